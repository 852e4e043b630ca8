import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { usePreferences } from '../../app/preferences.ts';
import { useHasRole } from '../../app/session.ts';
import { ProblemNote } from '../../parts/problem.tsx';
import { inLanguage, useText } from '../../texts/texts.ts';
import { type Board, type StepName, usePause, useRun } from './data.ts';
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

/** Running, pausing and retrying the day, for those who may. */
export function BoardTools({ board }: { board: Board }) {
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
