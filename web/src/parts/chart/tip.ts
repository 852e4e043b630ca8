import type { Palette } from '../../app/tokens.ts';

export interface TipRow {
  readonly name: string;
  readonly value: string;
  readonly colour: string;
}

function element(className: string, text = ''): HTMLElement {
  const made = document.createElement('div');
  made.className = className;
  made.textContent = text;
  return made;
}

/** What stands beside the pointer: a head, and a line for each series. */
export function tipOf(head: string, rows: readonly TipRow[]): HTMLElement {
  const tip = element('chart-tip');
  tip.append(element('chart-tip-head', head));
  for (const { name, value, colour } of rows) {
    const row = element('chart-tip-row');
    const dot = element('chart-tip-dot');
    dot.style.background = colour;
    row.append(dot, element('', name), element('chart-tip-value', value));
    tip.append(row);
  }
  return tip;
}

/** The look of every tooltip. */
export const tipStyle = (palette: Palette) => ({
  backgroundColor: palette.raised,
  borderColor: palette.border,
  borderWidth: 1,
  padding: [8, 12],
  textStyle: { color: palette.text },
  confine: true,
});
