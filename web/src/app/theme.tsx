import { App as AntApp, ConfigProvider, theme as antTheme, type ThemeConfig } from 'antd';
import type { Locale } from 'antd/es/locale';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import { type ReactNode, useLayoutEffect, useMemo } from 'react';
import { useText } from '../texts/texts.ts';
import { words } from '../texts/words.ts';
import { type Language, useMotion, usePreferences, useThemeName } from './preferences.ts';
import { styleNonce } from './style-nonce.ts';
import { paintPage, paletteOf, type ThemeName } from './tokens.ts';

const LOCALES: Readonly<Record<Language, Locale>> = { 'zh-CN': zhCN, en: enUS };

const csp = styleNonce === '' ? {} : { csp: { nonce: styleNonce } };

function configOf(name: ThemeName, motion: boolean): ThemeConfig {
  const palette = paletteOf(name);
  return {
    algorithm: name === 'dark' ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
    token: {
      colorPrimary: palette.accent,
      colorInfo: palette.accent,
      colorLink: palette.accent,
      // Lighter ones, as the library would derive, are too faint to read.
      colorLinkHover: palette.accent,
      colorLinkActive: palette.accent,
      colorError: palette.red,
      colorSuccess: palette.green,
      colorWarning: palette.amber,
      colorBgBase: palette.panel,
      colorBgLayout: palette.page,
      colorBgContainer: palette.panel,
      colorBgElevated: palette.raised,
      colorText: palette.text,
      colorTextSecondary: palette.textSecond,
      colorTextTertiary: palette.textThird,
      colorTextDescription: palette.textThird,
      colorTextPlaceholder: palette.textThird,
      colorTextLightSolid: palette.onAccent,
      colorBorder: palette.borderStrong,
      colorBorderSecondary: palette.border,
      borderRadius: 6,
      borderRadiusLG: 8,
      fontFamily: 'var(--font)',
      fontFamilyCode: 'var(--mono)',
      fontSize: 14,
      controlHeight: 34,
      controlHeightSM: 28,
      controlHeightLG: 42,
      wireframe: false,
      motion,
      motionDurationMid: '0.15s',
      motionDurationSlow: '0.2s',
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        fontWeight: 500,
      },
      Tooltip: { colorBgSpotlight: palette.ink, colorTextLightSolid: palette.inkText },
      Tabs: { horizontalItemPadding: '10px 0', horizontalMargin: '0 0 16px' },
      Form: { itemMarginBottom: 18, verticalLabelPadding: '0 0 4px' },
      Segmented: { itemSelectedBg: palette.panel, trackBg: palette.page },
    },
  };
}

/** Language and looks for everything below: Ant Design, the page's own properties, the title. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const { language, up } = usePreferences();
  const name = useThemeName();
  const motion = useMotion();
  useLayoutEffect(() => paintPage(name, up), [name, up]);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const t = useText(words);
  const config = useMemo(() => configOf(name, motion), [name, motion]);
  return (
    <ConfigProvider
      locale={LOCALES[language]}
      theme={config}
      {...csp}
      button={{ autoInsertSpace: false }}
      modal={{ closable: { 'aria-label': t('act.close') } }}
      drawer={{ closable: { 'aria-label': t('act.close') } }}
      form={{ requiredMark: false }}
    >
      <AntApp
        className="app-root"
        message={{ maxCount: 3 }}
        notification={{ placement: 'topRight' }}
      >
        {children}
      </AntApp>
    </ConfigProvider>
  );
}
