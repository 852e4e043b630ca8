import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useHasRole } from '../../app/session.ts';
import { ActorName } from '../../parts/actor.tsx';
import { ContentDiff } from '../../parts/content-diff/content-diff.tsx';
import { Figures } from '../../parts/figure-place.tsx';
import { Facts, Page, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { instantText } from '../../parts/time.ts';
import { useText } from '../../texts/texts.ts';
import './parameters.css';
import './rules-form.css';
import { QuestionnaireView, RulesView } from './questionnaire-view.tsx';
import {
  type DocumentId,
  DOCUMENTS,
  type DocumentVersion,
  type QuestionnaireContent,
  type RulesContent,
  useVersionsOf,
} from './suitability-data.ts';
import { texts } from './texts.ts';
import { VersionList } from './version-list.tsx';
import { useWaiting, WaitingChanges } from './waiting.tsx';
import { late } from '../../parts/late.tsx';

const ProposeQuestionnaire = late(
  async () => (await import('./propose-questionnaire.tsx')).ProposeQuestionnaire,
);

const ProposeRules = late(async () => (await import('./propose-rules.tsx')).ProposeRules);

const route = getRouteApi('/staff/parameters/suitability/$of');

function Recorded({ version }: { version: DocumentVersion }) {
  const t = useText(texts);
  const { sample } = version.content as { sample: boolean };
  return (
    <Facts
      columns={3}
      items={[
        { name: t('suit.recordedBy'), value: <ActorName actor={version.recordedBy} /> },
        {
          name: t('suit.recordedAt'),
          value: <span className="num">{instantText(version.recordedAt)}</span>,
        },
        { name: t('suit.kind'), value: t(sample ? 'suit.sample' : 'suit.real') },
      ]}
    />
  );
}

function Shown({
  of,
  version,
  earlier,
}: {
  of: DocumentId;
  version: DocumentVersion;
  earlier: DocumentVersion | undefined;
}) {
  const t = useText(texts);
  return (
    <div className="stack version-shown">
      <Recorded version={version} />
      <h3>{t('compare.title')}</h3>
      {earlier === undefined ? (
        <p className="quiet">{t('compare.first')}</p>
      ) : (
        <ContentDiff before={earlier.content} after={version.content} />
      )}
      <h3>{t('compare.whole')}</h3>
      {of === 'rules' ? (
        <Figures asOf={version.effectiveAt}>
          <RulesView content={version.content as RulesContent} />
        </Figures>
      ) : (
        <QuestionnaireView content={version.content as QuestionnaireContent} />
      )}
    </div>
  );
}

function Versions({ of, versions }: { of: DocumentId; versions: readonly DocumentVersion[] }) {
  const t = useText(texts);
  const [open, setOpen] = useState<string>();
  const inForce = versions.find(({ timing }) => timing === 'now') ?? versions[0];
  const shown = versions.find(({ version }) => `${version}` === open) ?? inForce;
  if (shown === undefined) return <Empty title={t('suit.none')} />;
  return (
    <div className="versions">
      <VersionList
        label={t('suit.versions')}
        open={`${shown.version}`}
        onOpen={setOpen}
        items={versions.map((one) => ({
          key: `${one.version}`,
          name: t('version', { version: one.version }),
          from: instantText(one.effectiveAt),
          timing: one.timing,
        }))}
      />
      <Shown
        key={shown.version}
        of={of}
        version={shown}
        earlier={versions[versions.indexOf(shown) + 1]}
      />
    </div>
  );
}

/** Every version of a questionnaire or of the rules, what differs, and drawing up the next one. */
export function SuitabilityPage() {
  const t = useText(texts);
  const { of: asked } = route.useParams();
  const of = DOCUMENTS.find((one) => one === asked) ?? 'person';
  const query = useVersionsOf(of);
  const subject = `suitability:${of}`;
  const waiting = useWaiting(subject);
  const mayPropose = useHasRole('compliance', 'operations');
  const [isDrawing, setDrawing] = useState(false);
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined || waiting.isPending) return <Loading rows={8} />;
  const inForce = query.data.find(({ timing }) => timing === 'now') ?? query.data[0];
  const canDraw = mayPropose && inForce !== undefined;
  return (
    <Page
      title={t(`suit.${of}`)}
      lead={t('suit.lead')}
      before={
        <Link to="/parameters" search={{ tab: 'suitability' }}>
          {t('title')}
        </Link>
      }
      actions={
        canDraw ? (
          <Button type="primary" onClick={() => setDrawing(true)}>
            {t('suit.new')}
          </Button>
        ) : undefined
      }
    >
      <WaitingChanges subject={subject} />
      <Panel title={t('suit.versions')} isFlush>
        <Versions of={of} versions={query.data} />
      </Panel>
      {isDrawing && canDraw && of === 'rules' ? (
        <ProposeRules
          standing={inForce.content as RulesContent}
          onClose={() => setDrawing(false)}
        />
      ) : null}
      {isDrawing && canDraw && of !== 'rules' ? (
        <ProposeQuestionnaire
          of={of}
          standing={inForce.content as QuestionnaireContent}
          onClose={() => setDrawing(false)}
        />
      ) : null}
    </Page>
  );
}
