import { Checkbox, Drawer, Form } from 'antd';
import { type ReactNode, useState } from 'react';
import { ContentDiff } from '../../parts/content-diff/content-diff.tsx';
import { differencesOf } from '../../parts/flatten.ts';
import { useText } from '../../texts/texts.ts';
import type { ContentFault } from './content-faults.ts';
import { ContentFaultsNote } from './content-faults-note.tsx';
import { type Held, Proposed, ProposeFoot, usePropose } from './proposed.tsx';
import { texts } from './texts.ts';
import { effectiveAtOf, NO_WHEN, WhenFields } from './when-fields.tsx';

/**
 * A new version of a document, from the one in force: from when it holds, its fields, and what
 * differs, which is shown before it goes. `children` stand below the fields.
 */
export function ProposeDrawer<Content extends { sample: boolean }>({
  standing,
  content,
  onChange,
  faults,
  fields,
  children,
  send,
  onClose,
}: {
  standing: Content;
  content: Content;
  onChange: (content: Content) => void;
  faults: readonly ContentFault[];
  fields: ReactNode;
  children?: ReactNode;
  send: (effectiveAt: string) => Promise<Held>;
  onClose: () => void;
}) {
  const t = useText(texts);
  const [when, setWhen] = useState(NO_WHEN);
  const propose = usePropose(send);
  const isChanged = differencesOf(standing, content).length > 0;
  const effectiveAt = effectiveAtOf(when);
  return (
    <Drawer open onClose={onClose} size={980} title={t('edit.title')}>
      {propose.data === undefined ? (
        <div className="stack">
          <Form layout="vertical" component="div">
            <WhenFields when={when} onChange={setWhen} />
            {fields}
            <Checkbox
              checked={content.sample}
              onChange={(event) => onChange({ ...content, sample: event.target.checked })}
            >
              {t('edit.sample')}
            </Checkbox>
          </Form>
          {children}
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
