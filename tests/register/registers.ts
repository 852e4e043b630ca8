/** The registers of this repository. */
import badInputs from './bad-input.json' with { type: 'json' };
import statements from './security.json' with { type: 'json' };
import type { Register } from './register.ts';

export const security = statements as unknown as Register;
export const badInput = badInputs as unknown as Register;
