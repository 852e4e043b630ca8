export * from './bond-figures.ts';
export * from './concentration.ts';
export * from './look-through.ts';
export * from './returns-style.ts';
export * from './style-box.ts';
export * from './style-drift.ts';
