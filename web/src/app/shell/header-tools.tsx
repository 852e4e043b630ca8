import { DownOutlined, MoonOutlined, SunOutlined, UserOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Popover, Tooltip } from 'antd';
import { useState } from 'react';
import { words } from '../../texts/words.ts';
import { roleTexts } from '../../texts/roles.ts';
import { Choice } from '../../parts/choice.tsx';
import { useText } from '../../texts/texts.ts';
import { setPreferences, usePreferences, useThemeName } from '../preferences.ts';
import { logOut, useKnownSession } from '../session.ts';
import { DayChip } from './day-chip.tsx';
import { shell } from './texts.ts';

/** Switches the language; the button is written in the language it leads to. */
export function LanguageButton() {
  const t = useText(shell);
  const { language } = usePreferences();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <Button
      type="text"
      lang={other}
      translate="no"
      aria-label={`${other === 'en' ? 'EN' : '中文'} · ${t('language.switch')}`}
      onClick={() => setPreferences({ language: other })}
    >
      {other === 'en' ? 'EN' : '中文'}
    </Button>
  );
}

/** Switches between light and dark. */
export function ThemeButton() {
  const t = useText(shell);
  const theme = useThemeName();
  const isDark = theme === 'dark';
  const label = isDark ? t('theme.toLight') : t('theme.toDark');
  return (
    <Tooltip title={label}>
      <Button
        type="text"
        icon={isDark ? <SunOutlined /> : <MoonOutlined />}
        aria-label={label}
        onClick={() => setPreferences({ theme: isDark ? 'light' : 'dark' })}
      />
    </Tooltip>
  );
}

/** How the reader wants to see the pages: light or dark, and the colour of a rise. */
export function PreferenceChoices() {
  const c = useText(words);
  const { up, theme } = usePreferences();
  return (
    <dl className="user-preferences">
      <dt>{c('pref.theme')}</dt>
      <dd>
        <Choice
          label={c('pref.theme')}
          isBlock
          size="small"
          value={theme}
          onChange={(value) => setPreferences({ theme: value })}
          options={(['light', 'dark', 'system'] as const).map((value) => ({
            value,
            label: c(`pref.theme.${value}`),
          }))}
        />
      </dd>
      <dt>{c('pref.up')}</dt>
      <dd>
        <Choice
          label={c('pref.up')}
          isBlock
          size="small"
          value={up}
          onChange={(value) => setPreferences({ up: value })}
          options={(['red', 'green'] as const).map((value) => ({
            value,
            label: c(`pref.up.${value}`),
          }))}
        />
      </dd>
    </dl>
  );
}

function UserPanel({ onLeave }: { onLeave: () => void }) {
  const t = useText(shell);
  const roles = useText(roleTexts);
  const { user, userName } = useKnownSession();
  return (
    <div className="user-panel">
      <p className="user-name" translate="no">
        {userName}
      </p>
      <p className="quiet">{user.roles.map((role) => roles(role)).join(' · ')}</p>
      <p className="quiet">
        {user.branchCode === undefined
          ? t('user.firm')
          : t('user.branch', { code: user.branchCode })}
      </p>
      <PreferenceChoices />
      <Link to="/account" className="user-link" onClick={onLeave}>
        {t('user.sessions')}
      </Link>
      <Button block onClick={() => void logOut()}>
        {t('user.logout')}
      </Button>
    </div>
  );
}

function UserMenu() {
  const t = useText(shell);
  const [isOpen, setOpen] = useState(false);
  const { userName } = useKnownSession();
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      content={<UserPanel onLeave={() => setOpen(false)} />}
    >
      <Button type="text" className="user-button">
        <span className="user-avatar" aria-hidden="true">
          <UserOutlined />
        </span>
        <span className="user-button-name" translate="no">
          {userName}
        </span>
        <span className="out-of-sight">{t('user.menu')}</span>
        <DownOutlined className="user-button-arrow" />
      </Button>
    </Popover>
  );
}

/** The right end of the header. */
export function HeaderTools() {
  return (
    <div className="header-tools">
      <DayChip />
      <span className="header-space" />
      <LanguageButton />
      <ThemeButton />
      <UserMenu />
    </div>
  );
}
