import { FormOutlined, FundOutlined, PieChartOutlined, UserOutlined } from '@ant-design/icons';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Mark } from '../../parts/brand.tsx';
import { words } from '../../texts/words.ts';
import { useText } from '../../texts/texts.ts';
import { LanguageButton, ThemeButton } from './header-tools.tsx';
import './investor-shell.css';
import './shell.css';
import { shell } from './texts.ts';

const TABS = [
  { path: '/my', label: 'my.assets', Icon: PieChartOutlined },
  { path: '/my/products', label: 'my.products', Icon: FundOutlined },
  { path: '/my/orders', label: 'my.orders', Icon: FormOutlined },
  { path: '/my/self', label: 'my.self', Icon: UserOutlined },
] as const;

/** The place that a page belongs to. */
const placeOf = (pathname: string) =>
  TABS.find(({ path }) => path !== '/my' && pathname.startsWith(path))?.path ?? '/my';

/** The four places: above on a wide screen, at the foot of a phone. */
function Tabs({ pathname }: { pathname: string }) {
  const t = useText(shell);
  const place = placeOf(pathname);
  return (
    <nav aria-label={t('my.nav')} className="my-tabs">
      {TABS.map(({ path, label, Icon }) => (
        <Link
          key={path}
          to={path}
          className={`my-tab ${path === place ? 'my-tab-here' : ''}`}
          activeOptions={{ exact: true }}
        >
          <Icon aria-hidden="true" />
          <span>{t(label)}</span>
        </Link>
      ))}
    </nav>
  );
}

/** Everything around the pages of an investor. On a phone the tabs leave room on inner pages. */
export function InvestorShell() {
  const t = useText(shell);
  const c = useText(words);
  const { pathname } = useLocation();
  const isPlace = TABS.some(({ path }) => path === pathname.replace(/\/$/, ''));
  return (
    <div className={`my-shell ${isPlace ? '' : 'my-shell-inner'}`}>
      <a href="#content" className="skip-link">
        {t('skip')}
      </a>
      <header className="my-header">
        <div className="my-header-row">
          <Link to="/my" className="my-brand">
            <Mark size={24} />
            <strong>{c('app.name')}</strong>
          </Link>
          <Tabs pathname={pathname} />
          <span className="my-header-tools">
            <LanguageButton />
            <ThemeButton />
          </span>
        </div>
      </header>
      <main id="content" className="my-content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
