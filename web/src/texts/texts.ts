/**
 * Texts in two languages. A room keeps its own in `texts.ts` and reads them with `useText`; the
 * compiler refuses a key that one language lacks or that nobody wrote.
 */
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
  return { name, zh: zh as Readonly<Record<Key, string>>, en };
}

/**
 * The texts in a language, for code outside components. `{{name}}` takes the value of that name;
 * English says one with its own form (`key_one`) when the text counts and the count is 1.
 */
export function translator<Key extends string>(
  texts: Texts<Key>,
  language: Language,
): Translate<Key> {
  const said: Readonly<Record<string, string | undefined>> =
    language === 'en' ? texts.en : texts.zh;
  return (key, values = {}) => {
    const text = (values['count'] === 1 ? said[`${key}_one`] : undefined) ?? said[key] ?? key;
    return text.replace(/\{\{(\w+)\}\}/g, (place, name: string) => `${values[name] ?? place}`);
  };
}

/** Whether a room has a text under a key that was put together. */
export function hasText<Key extends string>(texts: Texts<Key>, key: string): key is Key {
  return Object.hasOwn(texts.zh, key);
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
