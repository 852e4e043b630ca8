import type { ComponentType } from 'react';
import type { Approval } from './approval.ts';
import { AuditorAccountChange } from './auditor-account-change.tsx';
import { CalendarCorrections, CalendarYearChange } from './calendar-change.tsx';
import { ClearingChange } from './clearing-change.tsx';
import { FeeChange } from './fee-change.tsx';
import { InvestorClassChange } from './investor-class-change.tsx';
import { ParameterChange } from './parameter-change.tsx';
import { PlainChange } from './plain-change.tsx';
import { RetentionChange } from './retention-change.tsx';
import { VersionChange } from './version-change.tsx';

const VIEWS: Readonly<Record<string, ComponentType<{ approval: Approval }>>> = {
  'products.parameters': ParameterChange,
  'products.fee-schedules': FeeChange,
  'products.calendar-year': CalendarYearChange,
  'products.calendar-corrections': CalendarCorrections,
  'suitability.investor-class': InvestorClassChange,
  'suitability.version': VersionChange,
  'documents.retention': RetentionChange,
  'staff.auditor-account': AuditorAccountChange,
  'clearing.waive': ClearingChange,
  'clearing.accept-exceptions': ClearingChange,
  'clearing.void-record': ClearingChange,
};

/** What would be different, as people of that field see it; a kind nobody drew shows its facts. */
export function Change({ approval }: { approval: Approval }) {
  const View = Object.hasOwn(VIEWS, approval.kind) ? VIEWS[approval.kind] : undefined;
  return View === undefined ? <PlainChange approval={approval} /> : <View approval={approval} />;
}
