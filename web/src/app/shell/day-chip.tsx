import { CalendarOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, BACKGROUND } from '../../api/client.ts';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { useHasRole } from '../session.ts';
import { shell } from './texts.ts';

const ANEW_MS = 30_000;

/** The business day and how it stands, for those who watch it. */
export function DayChip() {
  const t = useText(shell);
  const term = useTerms();
  const mayWatch = useHasRole('operations', 'compliance', 'auditor', 'reviewer');
  const { data: board } = useQuery({
    queryKey: ['operations', 'due'],
    enabled: mayWatch,
    refetchInterval: ANEW_MS,
    queryFn: () => ask(() => api.GET('/business-days/due/board', { headers: BACKGROUND })),
  });
  if (board === undefined) return null;
  return (
    <Link to="/operations" className="day-chip">
      <CalendarOutlined />
      <span className="day-chip-words">{t('day')}</span>
      <strong className="num">{board.businessDate}</strong>
      <span className={`day-chip-state day-chip-${board.state}`}>
        {term('dayState', board.state)}
      </span>
    </Link>
  );
}
