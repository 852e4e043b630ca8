import { DownloadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useProblemText } from '../../parts/problem.tsx';
import { useText } from '../../texts/texts.ts';
import { fetchArchive, type Run } from './data.ts';
import { texts } from './texts.ts';

/** Fetches the archive of a run that is done. */
export function ArchiveButton({ run, isMain = false }: { run: Run; isMain?: boolean }) {
  const t = useText(texts);
  const { message } = App.useApp();
  const problemText = useProblemText();
  const fetching = useMutation({
    mutationFn: () => fetchArchive(run.runId),
    onError: (error) => void message.error(problemText(error)),
  });
  return (
    <Button
      size={isMain ? 'middle' : 'small'}
      type={isMain ? 'primary' : 'default'}
      icon={<DownloadOutlined />}
      disabled={run.state !== 'done' || run.done === run.expired}
      loading={fetching.isPending}
      onClick={() => fetching.mutate()}
    >
      {t('archive')}
    </Button>
  );
}
