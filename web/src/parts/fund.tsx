import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '../api/client.ts';
import { isInvestor, useSession } from '../app/session.ts';
import { Data } from './figure.tsx';

const MINUTE_MS = 60_000;

export const fundQuery = (fundCode: string) => ({
  queryKey: ['products', 'fund', fundCode],
  queryFn: () => ask(() => api.GET('/products/{fundCode}', { params: { path: { fundCode } } })),
  staleTime: 10 * MINUTE_MS,
});

/** A fund with the terms in force today; kept for a while, since many places name it. */
export function useFund(fundCode: string, isAsked = true) {
  return useQuery({ ...fundQuery(fundCode), enabled: isAsked });
}

/** Where the reader finds a fund: investors have pages of their own. */
function useFundPath() {
  return isInvestor(useSession()) ? '/my/products/$fundCode' : '/products/$fundCode';
}

/** A fund whose name is known already. */
export function FundLink({ code, name }: { code: string; name: string }) {
  const path = useFundPath();
  return (
    <Data>
      <Link to={path} params={{ fundCode: code }}>
        {name}
      </Link>
    </Data>
  );
}

/** A fund by its name, with its code behind it. The code alone stands until the name is here. */
export function FundName({
  code,
  isLink = true,
  hasCode = true,
}: {
  code: string;
  isLink?: boolean;
  hasCode?: boolean;
}) {
  const path = useFundPath();
  const { data } = useFund(code);
  const text = (
    <span className="fund-name">
      {data === undefined ? null : <span className="fund-name-text">{data.name}</span>}
      {hasCode || data === undefined ? <span className="code quiet">{code}</span> : null}
    </span>
  );
  if (!isLink) return <Data>{text}</Data>;
  return (
    <Data>
      <Link to={path} params={{ fundCode: code }} className="fund-link">
        {text}
      </Link>
    </Data>
  );
}
