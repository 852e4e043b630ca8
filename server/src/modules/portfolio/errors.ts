import type { ErrorTable } from '@cairn/kernel';

/** This module's rows of the error table. */
export const portfolioErrors = {
  PERIOD_INVALID: [
    422,
    'The period must run forward, end no later than today and span at most {daysMax} days.',
    '期间必须从早到晚、不晚于今天，且不超过 {daysMax} 天。',
    false,
  ],
} as const satisfies ErrorTable;
