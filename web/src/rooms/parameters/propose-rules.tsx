import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { rulesFaults } from './content-faults.ts';
import { ProposeDrawer } from './propose-drawer.tsx';
import { RulesForm } from './rules-form.tsx';
import type { RulesContent } from './suitability-data.ts';

/** A new version of the rules of matching. */
export function ProposeRules({
  standing,
  onClose,
}: {
  standing: RulesContent;
  onClose: () => void;
}) {
  const [content, setContent] = useState(standing);
  return (
    <ProposeDrawer
      standing={standing}
      content={content}
      onChange={setContent}
      faults={rulesFaults(content)}
      fields={<RulesForm content={content} onChange={setContent} />}
      send={(effectiveAt) =>
        ask(() => api.POST('/suitability/rules', { body: { content, effectiveAt } }))
      }
      onClose={onClose}
    />
  );
}
