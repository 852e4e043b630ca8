/** The kernel's front door; ids, which need Node, are at '@cairn/kernel/ids'. */
export * from './brand.ts';
export * from './calendar.ts';
export * from './currency.ts';
export * from './date.ts';
export * from './errors.ts';
export * from './fixed.ts';
export * from './house-hours.ts';
export * from './money.ts';
export * from './random.ts';
export * from './result.ts';
export * from './house-hours.ts';
