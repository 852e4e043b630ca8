import { ArrowRightOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { defineTexts, useText } from '../texts/texts.ts';
import './diff.css';

const texts = defineTexts(
  'diff',
  {
    field: '项目',
    before: '变更前',
    after: '变更后',
    none: '无',
    unchanged: '没有差异',
  },
  {
    field: 'Field',
    before: 'Before',
    after: 'After',
    none: 'None',
    unchanged: 'No difference',
  },
);

export interface Difference {
  readonly key: string;
  readonly name: ReactNode;
  /** Null: there was nothing, or there is nothing any more. */
  readonly before: ReactNode | null;
  readonly after: ReactNode | null;
}

/** What a change does, field by field. */
export function Diff({ label, items }: { label: string; items: readonly Difference[] }) {
  const t = useText(texts);
  if (items.length === 0) return <p className="quiet">{t('unchanged')}</p>;
  return (
    <table className="diff" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t('field')}</th>
          <th scope="col">{t('before')}</th>
          <th scope="col" className="diff-arrow" aria-hidden="true" />
          <th scope="col">{t('after')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ key, name, before, after }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td className="diff-before">{before ?? <span className="quiet">{t('none')}</span>}</td>
            <td className="diff-arrow" aria-hidden="true">
              <ArrowRightOutlined />
            </td>
            <td className="diff-after">{after ?? <span className="quiet">{t('none')}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
