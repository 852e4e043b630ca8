import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { usePreferences } from '../../app/preferences.ts';
import { useHasRole } from '../../app/session.ts';
import { Panel } from '../../parts/page.tsx';
import { LoadFailed, ProblemNote } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
import { inLanguage, useText } from '../../texts/texts.ts';
import { type Day, STEPS, type StepName, useDay, useDays, useRun } from './data.ts';
import { DayReport } from './day-report.tsx';
import { stepTitle } from './step-titles.ts';
import { StepBoard } from './step-board.tsx';
import { texts } from './texts.ts';

/** Runs everything that is left, or up to a step: the day then waits there. */
function RunButtons({
  day,
  isRunning,
  onRun,
}: {
  day: Day | null;
  isRunning: boolean;
  onRun: (until?: StepName) => void;
}) {
  const t = useText(texts);
  const { language } = usePreferences();
  const done = new Set(
    (day?.steps ?? []).flatMap(({ step, state }) => (state === 'done' ? [step] : [])),
  );
  const left = STEPS.filter((step) => !done.has(step));
  const hasFailed = day?.steps.some(({ state }) => state === 'failed') === true;
  const label = hasFailed ? 'run.retry' : done.size === 0 ? 'run.start' : 'run.go';
  return (
    <>
      <Dropdown
        trigger={['click']}
        disabled={isRunning || left.length < 2}
        menu={{
          items: left.slice(0, -1).map((step) => ({
            key: step,
            label: t('run.until', { step: stepTitle(language, step) }),
          })),
          onClick: ({ key }) => onRun(left.find((step) => step === key)),
        }}
      >
        <Button icon={<PauseOutlined />}>{t('run.pauseAt')}</Button>
      </Dropdown>
      <Button
        type="primary"
        icon={<CaretRightOutlined />}
        loading={isRunning}
        onClick={() => onRun()}
      >
        {t(label)}
      </Button>
    </>
  );
}

/** The day as a board of steps, with what runs and what is left. */
export function DayBoard({ businessDate }: { businessDate: string }) {
  const t = useText(texts);
  const { language } = usePreferences();
  const mayRun = useHasRole('operations');
  const run = useRun(businessDate);
  const days = useDays(run.isPending);
  const isThere = days.data?.some((each) => each.businessDate === businessDate) === true;
  const query = useDay(businessDate, { isThere, isRunning: run.isPending });
  if (query.isError) return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isLoading || days.data === undefined) return <Loading rows={10} />;
  const day = query.data ?? null;
  const isOpen = day === null || day.state !== 'closed';
  const doneCount = day?.steps.filter(({ state }) => state === 'done').length ?? 0;
  return (
    <div className="columns-board">
      <Panel
        title={t('board.title')}
        isFlush
        extra={
          <>
            <span className="quiet num">
              {t('board.progress', { done: doneCount, all: STEPS.length })}
            </span>
            {mayRun && isOpen ? (
              <RunButtons
                day={day}
                isRunning={run.isPending}
                onRun={(until) => run.mutate(until)}
              />
            ) : null}
          </>
        }
      >
        <progress
          className="board-progress"
          max={STEPS.length}
          value={doneCount}
          aria-label={t('board.progress', { done: doneCount, all: STEPS.length })}
        />
        {run.isError ? (
          <div className="board-problem">
            <ProblemNote error={run.error} />
          </div>
        ) : null}
        <StepBoard
          day={day}
          isRunning={run.isPending}
          titleOf={(step) => inLanguageTitle(day, step, language)}
        />
      </Panel>
      <DayReport businessDate={businessDate} report={day?.report} />
    </div>
  );
}

/** The server names the steps that it knows; the others have the same names. */
function inLanguageTitle(day: Day | null, step: StepName, language: 'en' | 'zh-CN'): string {
  const known = day?.steps.find((each) => each.step === step);
  if (known === undefined) return stepTitle(language, step);
  return inLanguage(language, { en: known.title, zh: known.titleZh });
}
