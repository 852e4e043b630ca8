import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { usePreferences } from '../../app/preferences.ts';
import { useHasRole } from '../../app/session.ts';
import { Figures } from '../../parts/figure-place.tsx';
import { Panel } from '../../parts/page.tsx';
import { LoadFailed, ProblemNote } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
import { inLanguage, useText } from '../../texts/texts.ts';
import { type Board, type StepName, useBoard, usePause, useRun } from './data.ts';
import { DayReport } from './day-report.tsx';
import { StepBoard } from './step-board.tsx';
import { texts } from './texts.ts';

function PauseButton({ board, onPause }: { board: Board; onPause: () => void }) {
  const t = useText(texts);
  const isAsked = board.runner !== null && board.runner.pauseAskedBy !== null;
  return (
    <Button icon={<PauseOutlined />} disabled={isAsked} onClick={onPause}>
      {t(isAsked ? 'run.pausing' : 'run.pause')}
    </Button>
  );
}

/** Runs everything that is left, or up to a step: the day then waits there. */
function RunButtons({ board, onRun }: { board: Board; onRun: (until?: StepName) => void }) {
  const t = useText(texts);
  const { language } = usePreferences();
  const left = board.steps.filter(({ state }) => state !== 'done');
  const hasFailed = left.some(({ state }) => state === 'failed');
  const isNew = left.length === board.steps.length;
  return (
    <>
      <Dropdown
        trigger={['click']}
        disabled={left.length < 2}
        menu={{
          items: left.slice(0, -1).map(({ step, title, titleZh }) => ({
            key: step,
            label: t('run.until', { step: inLanguage(language, { en: title, zh: titleZh }) }),
          })),
          onClick: ({ key }) => onRun(left.find(({ step }) => step === key)?.step),
        }}
      >
        <Button>{t('run.pauseAt')}</Button>
      </Dropdown>
      <Button type="primary" icon={<CaretRightOutlined />} onClick={() => onRun()}>
        {t(hasFailed ? 'run.retry' : isNew ? 'run.start' : 'run.go')}
      </Button>
    </>
  );
}

function BoardTools({ board }: { board: Board }) {
  const mayRun = useHasRole('operations');
  const run = useRun(board.businessDate);
  const pause = usePause(board.businessDate);
  const problem = run.error ?? pause.error;
  if (!mayRun || board.state === 'closed') return null;
  return (
    <>
      {board.runner === null ? (
        <RunButtons board={board} onRun={(until) => run.mutate(until)} />
      ) : (
        <PauseButton board={board} onPause={() => pause.mutate()} />
      )}
      {problem === null ? null : <ProblemNote error={problem} />}
    </>
  );
}

/** The day as a board of steps, told live, with what runs and what is left. */
export function DayBoard({ businessDate }: { businessDate: string }) {
  const t = useText(texts);
  const query = useBoard(businessDate);
  if (query.isError) return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Loading rows={10} />;
  const board = query.data;
  const done = board.steps.filter(({ state }) => state === 'done').length;
  const progress = t('board.progress', { done, all: board.steps.length });
  return (
    <Figures at={query.dataUpdatedAt}>
      <div className="columns-board">
        <Panel
          title={t('board.title')}
          isFlush
          extra={
            <>
              <span className="quiet num">{progress}</span>
              <BoardTools board={board} />
            </>
          }
        >
          <progress
            className="board-progress"
            max={board.steps.length}
            value={done}
            aria-label={progress}
          />
          <StepBoard steps={board.steps} />
        </Panel>
        <DayReport board={board} />
      </div>
    </Figures>
  );
}
