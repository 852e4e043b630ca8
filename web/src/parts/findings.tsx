import {
  CheckCircleFilled,
  ExclamationCircleFilled,
  InfoCircleFilled,
  StopFilled,
} from '@ant-design/icons';
import type { WireFinding } from '../api/problem.ts';
import { usePreferences } from '../app/preferences.ts';
import { defineTexts, inLanguage, useText } from '../texts/texts.ts';
import { groupAmounts } from './decimal.ts';
import './findings.css';

const texts = defineTexts(
  'findings',
  {
    block: '阻止',
    warn: '须确认',
    remind: '提示',
    remedy: '怎样才可以',
    label: '判断结果',
  },
  {
    block: 'Blocks',
    warn: 'To confirm',
    remind: 'Note',
    remedy: 'What would make it possible',
    label: 'Findings',
  },
);

const ICONS = {
  block: StopFilled,
  warn: ExclamationCircleFilled,
  remind: InfoCircleFilled,
} as const;

type Severity = keyof typeof ICONS;

const severityOf = (text: string): Severity =>
  text === 'block' || text === 'warn' ? text : 'remind';

function FindingItem({ finding }: { finding: WireFinding }) {
  const t = useText(texts);
  const { language } = usePreferences();
  const severity = severityOf(finding.severity);
  const Icon = ICONS[severity];
  const { remedy, remedyZh } = finding;
  return (
    <li className={`finding finding-${severity}`}>
      <Icon aria-hidden="true" />
      <div>
        <p>
          <span className="finding-severity">{t(severity)}</span>
          {groupAmounts(inLanguage(language, { en: finding.message, zh: finding.messageZh }))}
        </p>
        {remedy === undefined || remedyZh === undefined ? null : (
          <p className="finding-remedy">
            <span className="finding-remedy-label">{t('remedy')}</span>
            {groupAmounts(inLanguage(language, { en: remedy, zh: remedyZh }))}
          </p>
        )}
      </div>
    </li>
  );
}

/** Every finding of a decision with what would make the thing possible; nothing when all is well. */
export function Findings({ findings }: { findings: readonly WireFinding[] }) {
  const t = useText(texts);
  if (findings.length === 0) return null;
  return (
    <ul className="findings" aria-label={t('label')}>
      {findings.map((finding) => (
        <FindingItem key={`${finding.code} ${finding.message}`} finding={finding} />
      ))}
    </ul>
  );
}

/** One line that says that nothing stands in the way. */
export function AllClear({ children }: { children: string }) {
  return (
    <p className="all-clear">
      <CheckCircleFilled aria-hidden="true" />
      {children}
    </p>
  );
}
