/** A customer who is being typed in: nothing is checked here, for nothing is decided by it. */

/** Days after the last save on which a draft is still there. */
export const DRAFT_DAYS = 7;

/** How many drafts one person may have: who never opens any is not collecting people. */
export const DRAFTS_MAX = 50;
