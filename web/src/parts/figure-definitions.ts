import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.ts';
import type { Got } from '../api/types.ts';
import { usePreferences } from '../app/preferences.ts';
import { inLanguage } from '../texts/texts.ts';

/** The id of a figure that the server defines: nothing else is shown as one. */
export type FigureId = Got<'/figures'>['figures'][number]['id'];

/** What a figure is, in the reader's language. */
export interface FigureDefinition {
  readonly name: string;
  /** A sentence or a formula. */
  readonly definition: string;
  /** What it is made of. */
  readonly inputs?: string;
}

/** What the server says that a figure means; undefined until it has said so. */
export function useFigureDefinition(id: FigureId | undefined): FigureDefinition | undefined {
  const { language } = usePreferences();
  const { data } = useQuery({
    queryKey: ['figures'],
    staleTime: Number.POSITIVE_INFINITY,
    enabled: id !== undefined,
    queryFn: () => ask(() => api.GET('/figures')),
  });
  const figure = data?.figures.find((each) => each.id === id);
  if (figure === undefined) return undefined;
  return {
    name: inLanguage(language, { en: figure.title, zh: figure.titleZh }),
    definition: inLanguage(language, { en: figure.formula, zh: figure.formulaZh }),
    inputs: inLanguage(language, { en: figure.inputs, zh: figure.inputsZh }),
  };
}
