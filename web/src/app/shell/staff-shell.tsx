import { MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { Link, Outlet, useLocation, useRouteContext } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { Mark } from '../../parts/brand.tsx';
import { late } from '../../parts/late.tsx';
import { words } from '../../texts/words.ts';
import { inLanguage, useText } from '../../texts/texts.ts';
import { setPreferences, usePreferences } from '../preferences.ts';
import { entrantsOf, ROOM_GROUPS, type Room } from '../room.ts';
import { type Role, useKnownSession } from '../session.ts';
import { HeaderTools } from './header-tools.tsx';
import './shell.css';
import { shell } from './texts.ts';

/** Only a narrow window has it. */
const NarrowMenu = late(async () => (await import('./narrow-menu.tsx')).NarrowMenu);

/** Only who types the address of a room that is not his meets it. */
const NoEntry = late(async () => (await import('./no-entry.tsx')).NoEntry);

const isAmong = (entrants: readonly Role[], roles: readonly Role[]): boolean =>
  entrants.some((role) => roles.includes(role));

function RoomLink({ room }: { room: Room }) {
  const { language } = usePreferences();
  const label = inLanguage(language, room.label);
  const Icon = room.icon;
  return (
    <Link
      to={room.path}
      className="sider-link"
      title={label}
      activeOptions={{ exact: room.path === '/' }}
    >
      <Icon />
      <span className="sider-label">{label}</span>
    </Link>
  );
}

/** The rooms that the reader has a part in, by group. */
function RoomNavigation({ rooms }: { rooms: readonly Room[] }) {
  const t = useText(shell);
  const { user } = useKnownSession();
  const open = rooms.filter((room) => isAmong(room.roles, user.roles));
  return (
    <nav aria-label={t('nav.label')} className="sider-nav">
      {ROOM_GROUPS.map((group) => {
        const own = open.filter((room) => room.group === group);
        if (own.length === 0) return null;
        return (
          <section key={group} aria-labelledby={`nav-${group}`}>
            <h2 id={`nav-${group}`} className="sider-group">
              {t(`group.${group}`)}
            </h2>
            <ul>
              {own.map((room) => (
                <li key={room.id}>
                  <RoomLink room={room} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}

function Brand() {
  const t = useText(words);
  return (
    <Link to="/" className="sider-brand" aria-label={t('app.name')}>
      <Mark />
      <span className="sider-label">
        <strong>{t('app.name')}</strong>
      </span>
    </Link>
  );
}

/** Everything around the pages of staff: rooms at the side, day and account above. */
export function StaffShell() {
  const t = useText(shell);
  const { rooms } = useRouteContext({ from: '__root__' });
  const { isSiderNarrow } = usePreferences();
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const { user } = useKnownSession();
  const { pathname } = useLocation();
  const entrants = entrantsOf(rooms, pathname);
  useEffect(() => setDrawerOpen(false), [pathname]);
  return (
    <div className={`shell ${isSiderNarrow ? 'shell-narrow' : ''}`}>
      <a href="#content" className="skip-link">
        {t('skip')}
      </a>
      <aside className="sider">
        <Brand />
        <RoomNavigation rooms={rooms} />
        <button
          type="button"
          className="sider-fold plain-button"
          aria-label={isSiderNarrow ? t('nav.wide') : t('nav.narrow')}
          onClick={() => setPreferences({ isSiderNarrow: !isSiderNarrow })}
        >
          {isSiderNarrow ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        </button>
      </aside>
      <header className="header">
        <Button
          className="header-open"
          type="text"
          icon={<MenuOutlined />}
          aria-label={t('nav.open')}
          onClick={() => setDrawerOpen(true)}
        />
        <HeaderTools />
      </header>
      <main id="content" className="content" tabIndex={-1}>
        {entrants === undefined || isAmong(entrants, user.roles) ? <Outlet /> : <NoEntry />}
      </main>
      {isDrawerOpen ? (
        <NarrowMenu onClose={() => setDrawerOpen(false)}>
          <Brand />
          <RoomNavigation rooms={rooms} />
        </NarrowMenu>
      ) : null}
    </div>
  );
}
