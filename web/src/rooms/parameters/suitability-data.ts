/** Versions of the questionnaires and of the rules, as the room reads them. */
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { byEffect, type Timing, timingOf } from './timing.ts';

export const DOCUMENTS = ['person', 'organisation', 'rules'] as const;
export type DocumentId = (typeof DOCUMENTS)[number];

/** The levels of investors, C1 to C5, and of the risks of products, R1 to R5. */
export const LEVELS = ['1', '2', '3', '4', '5'] as const;
export const RISKS = [1, 2, 3, 4, 5];

export type QuestionnaireContent = Got<'/suitability/questionnaires/{questionnaireId}'>['content'];
export type RulesContent = Got<'/suitability/rules'>['content'];

/** Who may be treated as professional. */
export const INVESTORS = ['person', 'organisation'] as const;

/** The amounts that one of them shows for it: whose, which, and the text that names it. */
export const CONVERSIONS = [
  ['person', 'financialAssetsMin', 'rules.person.financialAssetsMin'],
  ['person', 'incomeMin', 'rules.person.incomeMin'],
  ['organisation', 'netAssetsMin', 'rules.organisation.netAssetsMin'],
  ['organisation', 'financialAssetsMin', 'rules.organisation.financialAssetsMin'],
] as const;

type Recorded = Got<'/suitability/rules/versions'>['versions'][number];

/** One version with its place in time. */
export type DocumentVersion = Recorded & { effective: string; timing: Timing };

async function loadVersions(of: DocumentId): Promise<readonly Recorded[]> {
  if (of === 'rules') return (await ask(() => api.GET('/suitability/rules/versions'))).versions;
  const params = { path: { questionnaireId: of } };
  const path = '/suitability/questionnaires/{questionnaireId}/versions';
  return (await ask(() => api.GET(path, { params }))).versions;
}

/** Every version of one of them, those to come first. */
export function useVersionsOf(of: DocumentId) {
  return useQuery({
    queryKey: ['suitability', 'versions', of],
    queryFn: async (): Promise<DocumentVersion[]> => {
      const versions = await loadVersions(of);
      // What is in force says where now is: the house keeps its own time.
      const now = versions.find(({ isInForce }) => isInForce)?.effectiveAt ?? '';
      const dated = versions.map((one) => ({ ...one, effective: one.effectiveAt }));
      return byEffect(dated).map((one) => ({ ...one, timing: timingOf(one, now) }));
    },
  });
}
