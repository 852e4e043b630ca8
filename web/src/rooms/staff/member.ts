import type { Got } from '../../api/types.ts';

/** A member of staff as administrators see one. */
export type Member = Got<'/staff'>['staff'][number];

/** Acts upon an auditor wait until compliance agrees. */
export const isWatched = (member: Member): boolean => member.roles.includes('auditor');
