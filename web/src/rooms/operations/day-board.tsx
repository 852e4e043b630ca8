import { Figures } from '../../parts/figure-place.tsx';
import { late } from '../../parts/late.tsx';
import { Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
import { useText } from '../../texts/texts.ts';
import { useBoard } from './data.ts';
import { DayReport } from './day-report.tsx';
import { StepBoard } from './step-board.tsx';
import { texts } from './texts.ts';

// What runs the day comes after the board that shows it.
const BoardTools = late(async () => (await import('./board-tools.tsx')).BoardTools);

/** The day as a board of steps, told live, with what runs and what is left. */
export function DayBoard({ businessDate }: { businessDate: string }) {
  const t = useText(texts);
  const query = useBoard(businessDate);
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
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
