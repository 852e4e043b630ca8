/** Which tone a state of the data has. */
import type { Tone } from './states.tsx';

type Tones = Readonly<Record<string, Tone>>;

const ORDER: Tones = {
  refused: 'bad',
  accepted: 'accent',
  cancelled: 'muted',
  sent: 'accent',
  subscribed: 'accent',
  partlyConfirmed: 'warning',
  confirmed: 'good',
  rejected: 'bad',
  failed: 'bad',
};

const CUSTOMER: Tones = { active: 'good', frozen: 'warning', closed: 'muted' };
const KYC: Tones = { pending: 'warning', verified: 'good', expired: 'bad', rejected: 'bad' };
const ACCOUNT: Tones = {
  active: 'good',
  frozen: 'warning',
  closed: 'muted',
  opening: 'accent',
  rejected: 'bad',
  closing: 'accent',
};
const FUND: Tones = {
  '0': 'good',
  '1': 'accent',
  '4': 'muted',
  '5': 'warning',
  '6': 'warning',
  '8': 'muted',
  '9': 'muted',
};
const OUTCOME: Tones = { allow: 'good', allowWarned: 'warning', block: 'bad' };
const SEVERITY: Tones = { block: 'bad', approve: 'warning', remind: 'neutral' };
const EXCEPTION: Tones = { open: 'warning', assigned: 'accent' };
const APPROVAL: Tones = {
  waiting: 'accent',
  approved: 'good',
  rejected: 'bad',
  expired: 'muted',
};

const TONES = {
  orderState: ORDER,
  customerStatus: CUSTOMER,
  kycStatus: KYC,
  accountStatus: ACCOUNT,
  fundStatus: FUND,
  outcome: OUTCOME,
  severity: SEVERITY,
  exceptionState: EXCEPTION,
  approvalState: APPROVAL,
} as const;

export type TonedKind = keyof typeof TONES;

export function toneOf(kind: TonedKind, code: string): Tone {
  const tones: Tones = TONES[kind];
  return (Object.hasOwn(tones, code) ? tones[code] : undefined) ?? 'neutral';
}
