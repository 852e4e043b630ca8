import { Data } from '../../parts/figure.tsx';
import { Facts } from '../../parts/page.tsx';
import type { Approval } from './approval.ts';
import { flatten } from '../../parts/flatten.ts';

/** The facts of a change, one by one. */
export function PlainChange({ approval: { payload } }: { approval: Approval }) {
  return (
    <Facts
      columns={2}
      items={[...flatten(payload)].map(([path, value]) => ({
        name: path.slice(1),
        value: <Data>{value}</Data>,
      }))}
    />
  );
}
