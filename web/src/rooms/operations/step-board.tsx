import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  LoadingOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { usePreferences } from '../../app/preferences.ts';
import { ActorName } from '../../parts/actor.tsx';
import { Count, Data } from '../../parts/figure.tsx';
import { StateTag, type Tone } from '../../parts/states.tsx';
import { clockText, lengthText } from '../../parts/time.ts';
import { inLanguage, useText } from '../../texts/texts.ts';
import type { Step } from './data.ts';
import { texts } from './texts.ts';

const LOOKS: Readonly<Record<Step['state'], { icon: ReactNode; tone: Tone }>> = {
  done: { icon: <CheckCircleFilled />, tone: 'good' },
  failed: { icon: <CloseCircleFilled />, tone: 'bad' },
  running: { icon: <LoadingOutlined />, tone: 'accent' },
  waiting: { icon: <ClockCircleOutlined />, tone: 'muted' },
};

function Counts({ step: { counts, startedAt } }: { step: Step }) {
  const { language } = usePreferences();
  const shown = counts.filter(({ value }) => value !== 0);
  if (shown.length === 0) return null;
  return (
    <ul className="step-counts">
      {shown.map(({ key, label, labelZh, value }) => (
        <li key={key}>
          {inLanguage(language, { en: label, zh: labelZh })}{' '}
          <strong>
            <Count of="stepCount" value={value} asOf={startedAt} />
          </strong>
        </li>
      ))}
    </ul>
  );
}

function Failure({ failure }: { failure: NonNullable<Step['failure']> }) {
  const { language } = usePreferences();
  return (
    <div className="step-failure" role="alert">
      <p>{inLanguage(language, { en: failure.message, zh: failure.messageZh })}</p>
      <Data isCode>{failure.code}</Data>
    </div>
  );
}

function When({ step }: { step: Step }) {
  const t = useText(texts);
  const { language } = usePreferences();
  if (step.startedAt === undefined) return null;
  return (
    <div className="step-when">
      <span className="num">
        {clockText(step.startedAt)}
        {step.durationMs === undefined ? null : (
          <span className="quiet"> · {lengthText(step.durationMs, language)}</span>
        )}
      </span>
      <span className="quiet">
        {t('board.run', { run: step.runNo })}
        {step.actor === undefined ? null : (
          <>
            {' · '}
            <ActorName actor={step.actor} />
          </>
        )}
      </span>
    </div>
  );
}

function StepRow({ step }: { step: Step }) {
  const t = useText(texts);
  const { language } = usePreferences();
  const { icon, tone } = LOOKS[step.state];
  return (
    <li className={`step step-${step.state}`}>
      <span className={`step-icon step-icon-${tone}`} aria-hidden="true">
        {icon}
      </span>
      <div className="step-main">
        <p className="step-title">
          {inLanguage(language, { en: step.title, zh: step.titleZh })}{' '}
          <StateTag tone={tone}>{t(`state.${step.state}`)}</StateTag>
          {step.isNext && step.state === 'waiting' ? (
            <span className="quiet">{t('state.next')}</span>
          ) : null}
        </p>
        <Counts step={step} />
        {step.failure === undefined ? null : <Failure failure={step.failure} />}
      </div>
      <When step={step} />
    </li>
  );
}

/** The steps of a day in their order. */
export function StepBoard({ steps }: { steps: readonly Step[] }) {
  const t = useText(texts);
  return (
    <ol className="steps" aria-label={t('board.title')} aria-live="polite">
      {steps.map((step) => (
        <StepRow key={step.step} step={step} />
      ))}
    </ol>
  );
}
