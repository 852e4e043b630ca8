import type { Got } from '../../api/types.ts';

/** A change that waits for a second person, or that one decided. */
export type Approval = Got<'/approvals'>['approvals'][number];

/** A text in the payload, when there is one under this name. */
export function textIn(payload: Approval['payload'], name: string): string | undefined {
  const value = payload[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? `${value}` : undefined;
}
