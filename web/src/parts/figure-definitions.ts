import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.ts';
import { usePreferences } from '../app/preferences.ts';
import { defineTexts, inLanguage, useText } from '../texts/texts.ts';
import type { FigureSource } from './figure.tsx';

const texts = defineTexts('figureDefinitions', { inputs: '输入' }, { inputs: 'Inputs' });

/** What the server says that its figures mean; undefined until it has said so. */
export function useFigureSources(): (id: string, asOf?: string) => FigureSource | undefined {
  const t = useText(texts);
  const { language } = usePreferences();
  const { data } = useQuery({
    queryKey: ['figures'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => ask(() => api.GET('/figures')),
  });
  return (id, asOf) => {
    const figure = data?.figures.find((each) => each.id === id);
    if (figure === undefined) return undefined;
    return {
      name: inLanguage(language, { en: figure.title, zh: figure.titleZh }),
      definition: inLanguage(language, { en: figure.formula, zh: figure.formulaZh }),
      inputs: [
        {
          name: t('inputs'),
          value: inLanguage(language, { en: figure.inputs, zh: figure.inputsZh }),
        },
      ],
      ...(asOf === undefined ? {} : { asOf }),
    };
  };
}
