import { InfoCircleFilled } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { useText } from '../../texts/texts.ts';
import type { Check } from './data.ts';
import { texts } from './texts.ts';

/** One person, one customer: who already has this certificate is told at once. */
export function ExistingNote({ existing }: { existing: NonNullable<Check['existing']> }) {
  const t = useText(texts);
  const { customerId } = existing;
  return (
    <div className="opening-existing" role="alert">
      <InfoCircleFilled aria-hidden="true" />
      <p>
        <strong>{t('existing')}</strong>
        {t(customerId === undefined ? 'existingOther' : 'existingOwn')}
      </p>
      {customerId === undefined ? null : (
        <Link to="/customers/$customerId" params={{ customerId }} className="link-button">
          {t('openExisting')}
        </Link>
      )}
    </div>
  );
}
