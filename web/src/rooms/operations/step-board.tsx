import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  LoadingOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { ActorName } from '../../parts/actor.tsx';
import { StateTag, type Tone } from '../../parts/states.tsx';
import { clockText, durationText } from '../../parts/time.ts';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { type Day, STEPS, type Step, type StepName } from './data.ts';
import { Failure } from './failure.tsx';
import { texts } from './texts.ts';

type StepState = 'done' | 'failed' | 'running' | 'waiting';

const LOOKS: Readonly<Record<StepState, { icon: ReactNode; tone: Tone }>> = {
  done: { icon: <CheckCircleFilled />, tone: 'good' },
  failed: { icon: <CloseCircleFilled />, tone: 'bad' },
  running: { icon: <LoadingOutlined />, tone: 'accent' },
  waiting: { icon: <ClockCircleOutlined />, tone: 'muted' },
};

/** The state of each step: the first that is not done runs, when the day runs. */
function stateOf(
  steps: ReadonlyMap<StepName, Step>,
  step: StepName,
  isRunning: boolean,
): StepState {
  const known = steps.get(step);
  if (known?.state === 'done') return 'done';
  const isNext = STEPS.find((each) => steps.get(each)?.state !== 'done') === step;
  if (isRunning && isNext) return 'running';
  if (known?.state === 'failed') return 'failed';
  return known === undefined ? 'waiting' : 'running';
}

/** '022 accepted' is a business code and a state; the others are things that were counted. */
function useCountName() {
  const term = useTerms();
  return (name: string): string => {
    const coded = /^(\d{3}) (\w+)$/.exec(name);
    if (coded === null) return term('stepCount', name);
    const [, code = '', state = ''] = coded;
    return `${term('businessCode', code)} ${term('orderState', state)}`;
  };
}

function Counts({ counts }: { counts: Step['counts'] }) {
  const nameOf = useCountName();
  const shown = Object.entries(counts).filter(([, count]) => count !== 0);
  if (shown.length === 0) return null;
  return (
    <ul className="step-counts">
      {shown.map(([name, count]) => (
        <li key={name}>
          {nameOf(name)} <strong className="num">{count.toLocaleString('en')}</strong>
        </li>
      ))}
    </ul>
  );
}

function StepRow({
  step,
  title,
  state,
}: {
  step: Step | undefined;
  title: string;
  state: StepState;
}) {
  const t = useText(texts);
  const { icon, tone } = LOOKS[state];
  return (
    <li className={`step step-${state}`}>
      <span className={`step-icon step-icon-${tone}`} aria-hidden="true">
        {icon}
      </span>
      <div className="step-main">
        <p className="step-title">
          {title} <StateTag tone={tone}>{t(`state.${state}`)}</StateTag>
        </p>
        {step === undefined ? null : <Counts counts={step.counts} />}
        {step?.failure == null || state === 'done' ? null : <Failure failure={step.failure} />}
      </div>
      {step === undefined ? null : (
        <div className="step-when">
          <span className="num">
            {clockText(step.startedAt)}
            {step.finishedAt === null ? null : (
              <span className="quiet"> · {durationText(step.startedAt, step.finishedAt)}</span>
            )}
          </span>
          <span className="quiet">
            {t('board.run', { run: step.runNo })} · <ActorName actor={step.actor} />
          </span>
        </div>
      )}
    </li>
  );
}

/** The steps of a day in their order. */
export function StepBoard({
  day,
  isRunning,
  titleOf,
}: {
  day: Day | null;
  isRunning: boolean;
  titleOf: (step: StepName) => string;
}) {
  const t = useText(texts);
  const steps = new Map((day?.steps ?? []).map((step) => [step.step, step]));
  return (
    <ol className="steps" aria-label={t('board.title')} aria-live="polite">
      {STEPS.map((name) => (
        <StepRow
          key={name}
          step={steps.get(name)}
          title={titleOf(name)}
          state={stateOf(steps, name, isRunning)}
        />
      ))}
    </ol>
  );
}
