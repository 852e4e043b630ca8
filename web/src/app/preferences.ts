/**
 * What a reader sets for himself: language, theme, colour of a rise. It stays in this browser and
 * holds nothing secret; a browser that keeps nothing (private mode) simply forgets it.
 */
import { useState, useSyncExternalStore } from 'react';
import type { ThemeName, UpColour } from './tokens.ts';

export type Language = 'zh-CN' | 'en';

export interface Preferences {
  readonly language: Language;
  readonly theme: ThemeName | 'system';
  readonly up: UpColour;
  readonly isSiderNarrow: boolean;
  /** An investor's amounts are hidden until he asks to see them. */
  readonly hidesAmounts: boolean;
}

const KEY = 'cairn.preferences';
const DEFAULTS: Preferences = {
  language: 'zh-CN',
  theme: 'system',
  up: 'red',
  isSiderNarrow: false,
  hidesAmounts: false,
};

function pick<T>(value: unknown, allowed: readonly T[], fallback: T): T {
  return allowed.find((each) => each === value) ?? fallback;
}

function read(): Preferences {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>;
    return {
      language: pick(kept['language'], ['zh-CN', 'en'], DEFAULTS.language),
      theme: pick(kept['theme'], ['light', 'dark', 'system'], DEFAULTS.theme),
      up: pick(kept['up'], ['red', 'green'], DEFAULTS.up),
      isSiderNarrow: kept['isSiderNarrow'] === true,
      hidesAmounts: kept['hidesAmounts'] === true,
    };
  } catch {
    return DEFAULTS;
  }
}

let current = read();
const listeners = new Set<() => void>();

/** Changes some preferences and tells everyone who shows them. */
export function setPreferences(changes: Partial<Preferences>): void {
  current = { ...current, ...changes };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // A full or forbidden store loses the preference at the next visit, nothing else.
  }
  for (const tell of listeners) tell();
}

export const getPreferences = (): Preferences => current;

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, getPreferences);
}

/** Whether a wish of the reader's system holds, such as a dark scheme or less motion. */
function useMedia(query: string): boolean {
  const [list] = useState(() => matchMedia(query));
  return useSyncExternalStore(
    (tell) => {
      list.addEventListener('change', tell);
      return () => list.removeEventListener('change', tell);
    },
    () => list.matches,
  );
}

/** Whether things may move. */
export const useMotion = (): boolean => !useMedia('(prefers-reduced-motion: reduce)');

/** The theme in effect, with 'system' resolved. */
export function useThemeName(): ThemeName {
  const isDark = useMedia('(prefers-color-scheme: dark)');
  const { theme } = usePreferences();
  if (theme !== 'system') return theme;
  return isDark ? 'dark' : 'light';
}
