/** The tour's pages as blocks: commands, and what the page says they print. */
import { readFileSync } from 'node:fs';

/** One block of commands with its expected output; '' when the page shows none. */
export interface TourStep {
  readonly commands: string;
  readonly output: string;
}

const page = (name: string): string =>
  readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

/** The fenced blocks of a page in order, with their language. */
export function blocksOf(name: string): { language: string; text: string }[] {
  return [...page(name).matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(
    ([, language = '', text = '']) => ({
      language,
      text,
    }),
  );
}

/** The steps of a page: each bash block with the text block that follows it. */
export function stepsOf(name: string): TourStep[] {
  const blocks = blocksOf(name);
  return blocks.flatMap(({ language, text }, index): TourStep[] => {
    if (language !== 'bash') return [];
    const next = blocks[index + 1];
    return [{ commands: text, output: next?.language === 'text' ? next.text : '' }];
  });
}

/** A pattern for what a page shows: `…` stands for anything on its line. */
export function patternOf(output: string): RegExp {
  const escaped = output.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('…', '[^\\n]*')}$`);
}
