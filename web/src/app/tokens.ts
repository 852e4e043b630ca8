/**
 * The design in numbers: one table of colours for each theme. The page gets them as custom
 * properties, Ant Design as its tokens and charts as their palette, so nothing says a colour twice.
 */

/** What a colour is for. Text colours reach 4.5:1 on every surface they are used on. */
export interface Palette {
  /** The page behind everything, panels on it, and panels on panels. */
  page: string;
  panel: string;
  sunken: string;
  raised: string;
  border: string;
  borderStrong: string;
  text: string;
  textSecond: string;
  textThird: string;
  accent: string;
  accentSoft: string;
  onAccent: string;
  red: string;
  redSoft: string;
  green: string;
  greenSoft: string;
  amber: string;
  amberSoft: string;
  /** The side bar, the same ink in both themes. */
  ink: string;
  inkText: string;
  inkTextSecond: string;
  inkHover: string;
  inkSelected: string;
  shadow: string;
  /** Series of charts, in the order they are given out. */
  series: readonly string[];
}

export const LIGHT: Palette = {
  page: '#f3f5f8',
  panel: '#ffffff',
  sunken: '#f7f9fb',
  raised: '#ffffff',
  border: '#e2e7ee',
  borderStrong: '#c6cfdb',
  text: '#17212f',
  textSecond: '#4b5a6d',
  textThird: '#667487',
  accent: '#2156b3',
  accentSoft: '#eaf1fd',
  onAccent: '#ffffff',
  red: '#c8161d',
  redSoft: '#fdf0f0',
  green: '#0b7a4b',
  greenSoft: '#ebf7f1',
  amber: '#8f5a00',
  amberSoft: '#fdf5e4',
  ink: '#12213a',
  inkText: '#f1f5fb',
  inkTextSecond: '#a9b7cc',
  inkHover: '#1c2f50',
  inkSelected: '#2a4675',
  shadow: '0 1px 2px rgb(16 30 54 / 5%), 0 4px 16px rgb(16 30 54 / 6%)',
  series: ['#2f6fde', '#e08a1e', '#2a9d8f', '#8a63d2', '#d1495b', '#5b8c2a', '#00809d', '#94724a'],
};

export const DARK: Palette = {
  page: '#0c121a',
  panel: '#141d28',
  sunken: '#101822',
  raised: '#1b2633',
  border: '#263343',
  borderStrong: '#3a4a5e',
  text: '#e6ecf4',
  textSecond: '#a9b6c6',
  textThird: '#8695a8',
  accent: '#7aa7f7',
  accentSoft: '#182c4c',
  onAccent: '#0b1420',
  red: '#ff7875',
  redSoft: '#351b1f',
  green: '#4cc38a',
  greenSoft: '#12301f',
  amber: '#e8b04b',
  amberSoft: '#33270f',
  ink: '#0a1019',
  inkText: '#f1f5fb',
  inkTextSecond: '#97a6bb',
  inkHover: '#172334',
  inkSelected: '#20365a',
  shadow: '0 1px 2px rgb(0 0 0 / 40%), 0 6px 20px rgb(0 0 0 / 30%)',
  series: ['#6b9ffa', '#f0a94a', '#46c2b1', '#af8cf0', '#f07a8a', '#93c25b', '#3fb8d4', '#c4a075'],
};

export type ThemeName = 'light' | 'dark';
export type UpColour = 'red' | 'green';

export const paletteOf = (theme: ThemeName): Palette => (theme === 'dark' ? DARK : LIGHT);

/** The two colours of movement, as the reader set them. */
export function movementColours(palette: Palette, up: UpColour): { up: string; down: string } {
  return up === 'red'
    ? { up: palette.red, down: palette.green }
    : { up: palette.green, down: palette.red };
}

const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Writes the palette onto the page as custom properties: `accentSoft` becomes `--accent-soft`. */
export function paintPage(theme: ThemeName, up: UpColour): void {
  const palette = paletteOf(theme);
  const root = document.documentElement;
  root.dataset['theme'] = theme;
  root.style.colorScheme = theme;
  for (const [name, value] of Object.entries(palette)) {
    if (typeof value === 'string') root.style.setProperty(`--${kebab(name)}`, value);
  }
  const movement = movementColours(palette, up);
  root.style.setProperty('--up', movement.up);
  root.style.setProperty('--down', movement.down);
}
