import { type ErrorRow, kernelErrors } from '@cairn/kernel';
import { platformErrors } from '../errors.ts';
import type { CatalogSource } from './catalog.ts';

const HEAD = `# Error codes / 错误代码

Every refused request is answered with problem details (RFC 9457): \`code\` is stable, texts are not.
每个被拒绝的请求都返回问题详情（RFC 9457）：\`code\` 稳定不变，文字可能调整。

This page is written by \`server/src/app/write-error-docs.ts\` from the error tables; a test compares them.
本页由程序根据错误表生成，并由测试核对。
`;

/** docs/errors.md as it must stand: every code of kernel, platform and modules, by owner. */
export function renderErrorDocs(sources: readonly CatalogSource[]): string {
  const platform = { name: 'platform', errors: platformErrors };
  const kernel = { name: 'kernel', errors: kernelErrors };
  const parts = [kernel, platform, ...sources].map(({ name, errors }) => {
    const rows = Object.entries<ErrorRow>(errors)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([code, [status, en, zh, isRetryable]]) =>
          `| \`${code}\` | ${status}${isRetryable ? ', retry' : ''} | ${cell(en)} | ${cell(zh)} |`,
      );
    return [
      `## ${name}`,
      '',
      '| Code | Status | English | 中文 |',
      '|---|---|---|---|',
      ...rows,
    ].join('\n');
  });
  return `${HEAD}\n${parts.join('\n\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`);
}
