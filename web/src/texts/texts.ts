/**
 * Texts in two languages. A room keeps its own in `texts.ts` and reads them with `useText`; the
 * compiler refuses a key that one language lacks or that nobody wrote. i18next fills in the values.
 */
import i18next from 'i18next';
import { useMemo } from 'react';
import { type Language, usePreferences } from '../app/preferences.ts';

/** The texts of one room, under one name. */
export interface Texts<Key extends string> {
  readonly name: string;
  readonly zh: Readonly<Record<Key, string>>;
  readonly en: Readonly<Record<Key, string>>;
}

export type Translate<Key extends string> = (
  key: Key,
  values?: Readonly<Record<string, string | number>>,
) => string;

const i18n = i18next.createInstance();
void i18n.init({
  lng: 'zh-CN',
  fallbackLng: false,
  resources: {},
  keySeparator: false,
  nsSeparator: false,
  // React escapes what it shows.
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** English texts; one that counts may have a second form for one, under its key and `_one`. */
type English<Key extends string> = Readonly<Record<Key, string>> & {
  readonly [One in `${Key}_one`]?: string;
};

/** Declares the texts of a room; both languages have the same keys. */
export function defineTexts<const Zh extends Readonly<Record<string, string>>>(
  name: string,
  zh: Zh,
  en: English<Extract<keyof Zh, string>>,
): Texts<Extract<keyof Zh, string>> {
  type Key = Extract<keyof Zh, string>;
  i18n.addResourceBundle('zh-CN', name, zh);
  i18n.addResourceBundle('en', name, en);
  return { name, zh: zh as Readonly<Record<Key, string>>, en };
}

/** The texts in a language, for code outside components. */
export function translator<Key extends string>(
  texts: Texts<Key>,
  language: Language,
): Translate<Key> {
  const t = i18n.getFixedT(language, texts.name) as (key: string, values: object) => string;
  return (key, values) => t(key, values ?? {});
}

/** The texts of a room in the reader's language. */
export function useText<Key extends string>(texts: Texts<Key>): Translate<Key> {
  const { language } = usePreferences();
  return useMemo(() => translator(texts, language), [texts, language]);
}

/** Picks the reader's language out of an answer that carries both, as every message does. */
export function inLanguage(language: Language, both: { en: string; zh: string }): string {
  return language === 'en' ? both.en : both.zh;
}
