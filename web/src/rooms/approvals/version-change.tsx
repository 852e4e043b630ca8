import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { ContentDiff } from '../../parts/content-diff/content-diff.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
import { instantText } from '../../parts/time.ts';
import { useText } from '../../texts/texts.ts';
import { type Approval, textIn } from './approval.ts';
import { PlainChange } from './plain-change.tsx';
import { texts } from './texts.ts';

/** The content in force: the rules, or one of the two questionnaires. */
function useContent(what: string | undefined) {
  return useQuery({
    queryKey: ['suitability', 'content', what],
    queryFn: async (): Promise<unknown> => {
      if (what === 'person' || what === 'organisation') {
        const path = { questionnaireId: what } as const;
        const { content } = await ask(() =>
          api.GET('/suitability/questionnaires/{questionnaireId}', { params: { path } }),
        );
        return content;
      }
      return (await ask(() => api.GET('/suitability/rules'))).content;
    },
  });
}

/** A new version of the rules or of a questionnaire, against the one in force. */
export function VersionChange({ approval }: { approval: Approval }) {
  const t = useText(texts);
  const { payload } = approval;
  const what = textIn(payload, 'of');
  const query = useContent(what);
  if (!('content' in payload)) return <PlainChange approval={approval} />;
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Loading rows={3} />;
  const from = textIn(payload, 'effectiveAt');
  return (
    <div className="stack">
      <p className="quiet">{t('from', { date: from === undefined ? '—' : instantText(from) })}</p>
      <ContentDiff before={query.data} after={payload['content']} />
    </div>
  );
}
