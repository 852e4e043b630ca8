import type { ReactNode } from 'react';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { LEVELS, RISKS } from './suitability-data.ts';
import { texts } from './texts.ts';

/** Levels of investors against risks of products; `cell` says what stands where they meet. */
export function MatchTable({
  cell,
}: {
  cell: (level: (typeof LEVELS)[number], risk: number) => ReactNode;
}) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <table className="match-table">
      <caption>{t('rules.match')}</caption>
      <thead>
        <tr>
          <td />
          {RISKS.map((risk) => (
            <th key={risk} scope="col">
              {term('riskLevel', risk)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {LEVELS.map((level) => (
          <tr key={level}>
            <th scope="row">{term('investorLevel', level)}</th>
            {RISKS.map((risk) => (
              <td key={risk}>{cell(level, risk)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
