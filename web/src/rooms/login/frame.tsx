import { CheckOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { LanguageButton, ThemeButton } from '../../app/shell/header-tools.tsx';
import { Mark } from '../../parts/brand.tsx';
import { usePageTitle } from '../../parts/page.tsx';
import { words } from '../../texts/words.ts';
import { useText } from '../../texts/texts.ts';
import './login.css';
import { texts } from './texts.ts';

/** The two halves of every page before the console: what Cairn is, and one form. */
export function LoginFrame({
  title,
  lead,
  children,
}: {
  title: string;
  lead: string;
  children: ReactNode;
}) {
  const t = useText(texts);
  const c = useText(words);
  usePageTitle(title);
  return (
    <div className="login">
      <div className="login-side">
        <div className="login-brand">
          <Mark size={40} />
          <span translate="no" lang="zh-CN">
            聚石
          </span>
          <span className="login-brand-latin" translate="no" lang="en">
            Cairn
          </span>
        </div>
        <div>
          <p className="login-tagline">{c('app.tagline')}</p>
          <ul className="login-points">
            {(['exact', 'proven', 'explained'] as const).map((point) => (
              <li key={point}>
                <CheckOutlined aria-hidden="true" />
                {t(`point.${point}`)}
              </li>
            ))}
          </ul>
        </div>
        <Cairn />
      </div>
      <main className="login-main">
        <div className="login-tools">
          <LanguageButton />
          <ThemeButton />
        </div>
        <div className="login-box">
          <h1>{title}</h1>
          <p className="quiet login-lead">{lead}</p>
          {children}
        </div>
      </main>
    </div>
  );
}

/** The cairn itself, at the foot of the ink. */
function Cairn() {
  return (
    <svg className="login-cairn" viewBox="0 0 420 300" aria-hidden="true" focusable="false">
      <g fill="currentColor">
        <ellipse cx="210" cy="268" rx="176" ry="30" opacity="0.5" />
        <ellipse cx="222" cy="214" rx="140" ry="29" opacity="0.42" />
        <ellipse cx="200" cy="163" rx="106" ry="25" opacity="0.34" />
        <ellipse cx="216" cy="118" rx="77" ry="22" opacity="0.27" />
        <ellipse cx="204" cy="80" rx="52" ry="18" opacity="0.21" />
        <ellipse cx="211" cy="48" rx="31" ry="13" opacity="0.16" />
      </g>
    </svg>
  );
}
