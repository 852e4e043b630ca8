import { Checkbox, Drawer, Form } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { differencesOf } from '../../parts/flatten.ts';
import { useText } from '../../texts/texts.ts';
import { ContentDiff } from '../../parts/content-diff/content-diff.tsx';
import { ContentFaultsNote } from './content-faults-note.tsx';
import { rulesFaults } from './content-faults.ts';
import { Proposed, ProposeFoot, usePropose } from './proposed.tsx';
import { RulesForm } from './rules-form.tsx';
import type { RulesContent } from './suitability-data.ts';
import { texts } from './texts.ts';
import { effectiveAtOf, NO_WHEN, WhenFields } from './when-fields.tsx';

/** A new version of the rules of matching, from the one in force: what differs is shown first. */
export function ProposeRules({
  standing,
  onClose,
}: {
  standing: RulesContent;
  onClose: () => void;
}) {
  const t = useText(texts);
  const [content, setContent] = useState(standing);
  const [when, setWhen] = useState(NO_WHEN);
  const propose = usePropose((effectiveAt: string) =>
    ask(() => api.POST('/suitability/rules', { body: { content, effectiveAt } })),
  );
  const faults = rulesFaults(content);
  const isChanged = differencesOf(standing, content).length > 0;
  const effectiveAt = effectiveAtOf(when);
  return (
    <Drawer open onClose={onClose} size={980} title={t('edit.title')}>
      {propose.data === undefined ? (
        <div className="stack">
          <Form layout="vertical" component="div">
            <WhenFields when={when} onChange={setWhen} />
            <RulesForm content={content} onChange={setContent} />
            <Checkbox
              checked={content.sample}
              onChange={(event) => setContent({ ...content, sample: event.target.checked })}
            >
              {t('edit.sample')}
            </Checkbox>
          </Form>
          <section className="propose-preview">
            <h3>{t('edit.preview')}</h3>
            {isChanged ? (
              <ContentDiff before={standing} after={content} />
            ) : (
              <p className="quiet">{t('propose.none')}</p>
            )}
          </section>
          <ContentFaultsNote faults={faults} />
          <ProposeFoot
            propose={propose}
            isReady={isChanged && faults.length === 0 && effectiveAt !== undefined}
            onSend={() => effectiveAt !== undefined && propose.mutate(effectiveAt)}
          />
        </div>
      ) : (
        <Proposed held={propose.data} />
      )}
    </Drawer>
  );
}
