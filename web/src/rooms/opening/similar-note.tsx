import { InfoCircleFilled } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Data } from '../../parts/figure.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import type { Check } from './data.ts';
import { texts } from './texts.ts';

/** Customers who may be this person under another certificate: told, and decided by who opens. */
export function SimilarNote({ similar }: { similar: Check['similar'] }) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <div className="opening-existing opening-similar" role="status">
      <InfoCircleFilled aria-hidden="true" />
      <div>
        <p>
          <strong>{t('similar')}</strong>
          {t('similarHint')}
        </p>
        <ul>
          {similar.map(({ customerId, nameMasked, phoneMasked, reasons }) => (
            <li key={customerId}>
              <Link to="/customers/$customerId" params={{ customerId }} target="_blank">
                <Data>{nameMasked}</Data> <Data isCode>{customerId}</Data>
              </Link>{' '}
              <Data isCode>{phoneMasked}</Data>
              {' · '}
              {reasons.map((reason) => term('similarity', reason)).join(' · ')}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
