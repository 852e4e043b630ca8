import type { Got } from '../../api/types.ts';

/** A member of staff as administrators see one. */
export type Member = Got<'/staff'>['staff'][number];

/** Acts upon an auditor wait until compliance agrees: what is said before one is sent. */
export const isWatched = (member: Member): boolean => member.roles.includes('auditor');

/** Whether the server says that an act waits: who is listed may have become another since. */
export const isHeld = (answer: object): boolean => 'approvalId' in answer;
