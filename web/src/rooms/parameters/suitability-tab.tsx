import { Link } from '@tanstack/react-router';
import { Facts, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
import { instantText } from '../../parts/time.ts';
import { useText } from '../../texts/texts.ts';
import { words } from '../../texts/words.ts';
import {
  type DocumentId,
  DOCUMENTS,
  type DocumentVersion,
  useVersionsOf,
} from './suitability-data.ts';
import { texts } from './texts.ts';

function useSaid() {
  const t = useText(texts);
  return (version: DocumentVersion | undefined) =>
    version === undefined
      ? t('suit.noNext')
      : `${t('version', { version: version.version })} · ${t('from', { date: instantText(version.effectiveAt) })}`;
}

function DocumentCard({ of }: { of: DocumentId }) {
  const t = useText(texts);
  const w = useText(words);
  const said = useSaid();
  const query = useVersionsOf(of);
  const versions = query.data ?? [];
  return (
    <Panel
      title={t(`suit.${of}`)}
      extra={
        <Link
          to="/parameters/suitability/$of"
          params={{ of }}
          aria-label={`${w('act.show')} ${t(`suit.${of}`)}`}
        >
          {w('act.show')}
        </Link>
      }
    >
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <Loading rows={2} /> : null}
      {query.data === undefined ? null : (
        <Facts
          columns={1}
          items={[
            {
              name: t('suit.inForce'),
              value: said(versions.find(({ timing }) => timing === 'now')),
            },
            {
              name: t('suit.next'),
              value: said(versions.findLast(({ timing }) => timing === 'future')),
            },
            { name: t('suit.versions'), value: <span className="num">{versions.length}</span> },
          ]}
        />
      )}
    </Panel>
  );
}

/** The questionnaires and the rules, to their versions. */
export function SuitabilityTab() {
  return (
    <div className="documents">
      {DOCUMENTS.map((of) => (
        <DocumentCard key={of} of={of} />
      ))}
    </div>
  );
}
