import { Progress } from 'antd';
import { useText } from '../../texts/texts.ts';
import type { Run } from './data.ts';
import { texts } from './texts.ts';

/** How far a run is, in words and as a bar. */
export function RunProgress({ run: { items, done, failed, expired, state } }: { run: Run }) {
  const t = useText(texts);
  const words = t('progress', { done, items });
  return (
    <div className="run-progress">
      <Progress
        percent={Math.floor(((done + failed) * 100) / items)}
        size="small"
        showInfo={false}
        aria-label={words}
        status={failed > 0 ? 'exception' : state === 'done' ? 'success' : 'active'}
      />
      <span className="num">{words}</span>
      {expired > 0 && expired === done ? <span className="quiet">{t('run.expired')}</span> : null}
      {failed === 0 ? null : <span className="run-failed">{t('failed', { count: failed })}</span>}
    </div>
  );
}
