/** Checks of the documents: links lead somewhere, and the two README files say the same. */
import { posix } from 'node:path';
import type { Finding } from './tidy.ts';
import type { Tree } from './sources.ts';

/** The text without fenced code, so that code is not read as headings or links. */
function prose(text: string): string {
  return text.replace(/^(```|~~~)[\s\S]*?^\1.*$/gm, '').replace(/`[^`\n]*`/g, '');
}

/** The anchor that a heading gets: lower case, words joined by hyphens, punctuation dropped. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function headings(text: string): { level: number; title: string }[] {
  const plain = text.replace(/^(```|~~~)[\s\S]*?^\1.*$/gm, '');
  return [...plain.matchAll(/^(#{1,6})\s+(.+)$/gm)].map((match) => ({
    level: (match[1] ?? '').length,
    title: (match[2] ?? '').trim(),
  }));
}

/** Relative links that lead to no file, or to no heading of it. */
export function checkLinks(tree: Tree, allPaths: ReadonlySet<string>): Finding[] {
  const findings: Finding[] = [];
  for (const [path, text] of tree) {
    if (!path.endsWith('.md')) continue;
    for (const match of prose(text).matchAll(/\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)) {
      const link = match[1] ?? '';
      if (/^[a-z][a-z0-9+.-]*:/i.test(link)) continue;
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : posix.join(posix.dirname(path), decodeURI(file));
      const folder = target.replace(/\/$/, '');
      const there =
        allPaths.has(target) || [...allPaths].some((each) => each.startsWith(`${folder}/`));
      if (!there) findings.push({ at: path, message: `the link ${link} leads nowhere` });
      else if (anchor !== undefined && tree.has(target)) {
        const anchors = headings(tree.get(target) ?? '').map(({ title }) => anchorOf(title));
        if (!anchors.includes(decodeURI(anchor).toLowerCase())) {
          findings.push({ at: path, message: `${target} has no heading for #${anchor}` });
        }
      }
    }
  }
  return findings;
}

/** The lines of fenced code without their comments: what a reader copies. */
export function commandsOf(text: string): string[] {
  return [...text.matchAll(/^```[a-z]*\n([\s\S]*?)^```/gm)]
    .flatMap((match) => (match[1] ?? '').split('\n'))
    .map((line) => line.replace(/(^|\s)#\s.*$/, '').trimEnd())
    .filter((line) => line !== '');
}

/** What one language's README has and the other has not: shape of headings, and every command. */
export function compareReadmes(english: string, chinese: string): Finding[] {
  const findings: Finding[] = [];
  const shape = (text: string) => headings(text).map(({ level }) => level);
  if (shape(english).join() !== shape(chinese).join()) {
    const [here, there] = [headings(english).length, headings(chinese).length];
    const message = `headings differ: ${here} in English, ${there} in Chinese, or other levels`;
    findings.push({ at: 'README.zh-CN.md', message });
  }
  const [ours, theirs] = [commandsOf(english), commandsOf(chinese)];
  const length = Math.max(ours.length, theirs.length);
  for (let index = 0; index < length; index++) {
    if (ours[index] === theirs[index]) continue;
    const message = `command ${index + 1} differs: “${ours[index] ?? ''}” and “${theirs[index] ?? ''}”`;
    findings.push({ at: 'README.zh-CN.md', message });
    break;
  }
  return findings;
}

/** Names in the code column of the glossary that no code file and no migration holds. */
export function checkGlossary(text: string, tree: Tree): Finding[] {
  const code = [...tree]
    .filter(([path]) => /\.(ts|sql)$/.test(path) && !path.startsWith('architecture/'))
    .map(([, content]) => content)
    .join('\n');
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  const names = rows.flatMap((row) =>
    [...(row.split('|').at(-2) ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
  );
  return [...new Set(names)]
    .filter((name) => !code.includes(name.replace('…', '')))
    .map((name) => ({ at: 'docs/glossary.md', message: `no code says ${name}` }));
}
