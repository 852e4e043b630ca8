import { ExclamationCircleFilled, RightOutlined } from '@ant-design/icons';
import { daysBetween, localDate } from '@cairn/kernel';
import { Link } from '@tanstack/react-router';
import { type Customer, useCustomer, useProfile } from '../../parts/customer-data.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

const SOON_DAYS = 30;

type Notice = {
  readonly key: 'unassessed' | 'assessmentEnded' | 'assessmentEnds' | 'certificateEnds' | 'review';
  readonly date?: string;
};

const daysUntil = (today: string, date: string): number =>
  daysBetween(localDate(today), localDate(date));

function assessmentNotice(today: string, validUntil: string | null): Notice[] {
  if (validUntil === null) return [{ key: 'unassessed' }];
  const left = daysUntil(today, validUntil);
  if (left < 0) return [{ key: 'assessmentEnded', date: validUntil }];
  return left > SOON_DAYS ? [] : [{ key: 'assessmentEnds', date: validUntil }];
}

function identityNotices(today: string, customer: Customer): Notice[] {
  const { kycStatus, certificateValidUntil: until } = customer;
  if (kycStatus !== 'verified') return [{ key: 'review' }];
  if (until === null || daysUntil(today, until) > SOON_DAYS) return [];
  return [{ key: 'certificateEnds', date: until }];
}

/** What keeps the investor from buying now or soon, with the way to mend it. */
export function Notices({ customerId, today }: { customerId: string; today: string }) {
  const t = useText(texts);
  const { data: assessed } = useProfile(customerId);
  const customer = useCustomer(customerId);
  const notices: Notice[] = [
    ...(assessed === undefined
      ? []
      : assessmentNotice(today, assessed.profile?.validUntil ?? null)),
    ...(customer.data === undefined ? [] : identityNotices(today, customer.data)),
  ];
  if (notices.length === 0) return null;
  return (
    <ul className="my-notices" aria-label={t('notices')}>
      {notices.map(({ key, date = '' }) => {
        const text = (
          <>
            <ExclamationCircleFilled aria-hidden="true" />
            <span>{t(`notice.${key}`, { date })}</span>
          </>
        );
        const isMine = key !== 'review' && key !== 'certificateEnds';
        return (
          <li key={key}>
            {isMine ? (
              <Link to="/my/self/risk" className="my-notice">
                {text}
                <RightOutlined aria-hidden="true" />
              </Link>
            ) : (
              <p className="my-notice">{text}</p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
