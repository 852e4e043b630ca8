import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App } from 'antd';
import { Page, Panel } from '../../parts/page.tsx';
import { useText } from '../../texts/texts.ts';
import { SessionsPanel } from '../account/account-page.tsx';
import { texts as accountTexts } from '../account/texts.ts';
import { PasswordForm } from '../login/password-form.tsx';
import { texts } from './texts.ts';

/** The investor's password and sessions. */
export function SecurityPage() {
  const t = useText(texts);
  const a = useText(accountTexts);
  const { message } = App.useApp();
  const queries = useQueryClient();
  return (
    <Page title={t('security')} before={<Link to="/my/self">{t('title')}</Link>}>
      <Panel title={a('password')} className="my-narrow">
        <PasswordForm
          onDone={() => {
            void message.success(a('password.done'));
            void queries.invalidateQueries({ queryKey: ['auth', 'sessions'] });
          }}
        />
      </Panel>
      {/* The last: nothing stands below that would move when they come. */}
      <SessionsPanel />
    </Page>
  );
}
