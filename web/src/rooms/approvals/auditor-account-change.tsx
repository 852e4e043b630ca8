import { Diff, type Difference } from '../../parts/diff.tsx';
import { Facts } from '../../parts/page.tsx';
import { roleTexts } from '../../texts/roles.ts';
import { useText } from '../../texts/texts.ts';
import { type Approval, textIn } from './approval.ts';
import { texts } from './texts.ts';

const ACTS = ['roles', 'disable', 'reset', 'second-factor-reset'] as const;
const STATES = ['pending', 'active', 'disabled'] as const;
/** The state that an act leaves. */
const AFTER = { disable: 'disabled', reset: 'pending' } as const;

type Stored = Record<string, unknown>;
const hoursBetween = (from: string, until: string) =>
  (Date.parse(until) - Date.parse(from)) / 3_600_000;
const stateIn = (facts: Stored) => STATES.find((each) => each === facts['state']);

/** What an act upon an auditor's account does, in words, and what would stand there then. */
export function AuditorAccountChange({ approval: { payload, before } }: { approval: Approval }) {
  const t = useText(texts);
  const roleName = useText(roleTexts);
  const act = ACTS.find((each) => each === payload['act']);
  if (act === undefined || before === null) return null;
  const rolesIn = ({ roles }: Stored) =>
    Array.isArray(roles) ? roles.map((role) => roleName(role)).join(' · ') : null;
  const state = stateIn(before);
  const items: Difference[] = [];
  if (act === 'roles') {
    const name = t('account.roles');
    items.push({ key: 'roles', name, before: rolesIn(before), after: rolesIn(payload) });
  } else if (act === 'second-factor-reset') {
    items.push({
      key: 'factor',
      name: t('account.factor'),
      before: t(
        before['hasSecondFactor'] === true ? 'account.factor.bound' : 'account.factor.none',
      ),
      after: t('account.factor.none'),
    });
  } else {
    items.push({
      key: 'state',
      name: t('account.state'),
      before: state === undefined ? null : t(`account.state.${state}`),
      after: t(`account.state.${AFTER[act]}`),
    });
  }
  const [from, until] = [textIn(payload, 'at'), textIn(payload, 'codeUntil')];
  return (
    <div className="stack">
      <p>{t(`account.lead.${act}`)}</p>
      <Diff label={t('change')} items={items} />
      {from === undefined || until === undefined ? null : (
        <Facts
          columns={1}
          items={[
            {
              name: t('account.codeHours'),
              value: <span className="num">{hoursBetween(from, until)}</span>,
            },
          ]}
        />
      )}
    </div>
  );
}
