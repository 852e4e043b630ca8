import { Button } from 'antd';
import { useState } from 'react';
import { useHasRole } from '../../app/session.ts';
import { usePreferences } from '../../app/preferences.ts';
import { Data } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import { State } from '../../parts/state.tsx';
import { Empty } from '../../parts/states.tsx';
import { Pager } from '../../parts/table/cursor-pages.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { instantText } from '../../parts/time.ts';
import { roleTexts } from '../../texts/roles.ts';
import { inLanguage, useText } from '../../texts/texts.ts';
import { AcceptButton } from './accept-button.tsx';
import { type Exception, useExceptions } from './data.ts';
import { ExceptionDrawer } from './exception-drawer.tsx';
import { Subject } from './subject-text.tsx';
import { texts } from './texts.ts';

function useColumns(open: (exception: Exception) => void): Column<Exception>[] {
  const t = useText(texts);
  const roles = useText(roleTexts);
  const { language } = usePreferences();
  return [
    {
      key: 'severity',
      title: t('exception.severity'),
      render: (row) => <State kind="severity" code={row.severity} />,
    },
    {
      key: 'what',
      title: t('exception.what'),
      isWrapping: true,
      render: (row) => (
        <Button type="link" className="exception-link" onClick={() => open(row)}>
          {inLanguage(language, { en: row.message, zh: row.messageZh })}
        </Button>
      ),
    },
    {
      key: 'subject',
      title: t('exception.subject'),
      isWrapping: true,
      render: (row) => <Subject of={row.subject} />,
    },
    {
      key: 'day',
      title: t('day'),
      render: (row) => <span className="num">{row.businessDate}</span>,
    },
    {
      key: 'owner',
      title: t('exception.owner'),
      render: ({ owner, ownerRole }) =>
        owner === null ? (
          <span className="quiet">
            {ownerRole in roleNames ? roles(ownerRole as keyof typeof roleNames) : ownerRole}
          </span>
        ) : (
          <Data>{owner}</Data>
        ),
    },
    {
      key: 'raised',
      title: t('exception.raised'),
      render: (row) => <span className="num">{instantText(row.raisedAt)}</span>,
    },
  ];
}

const roleNames = roleTexts.en;

/** What did not agree and waits for somebody, of one day or of all. */
export function ExceptionsTab({ businessDate }: { businessDate: string }) {
  const t = useText(texts);
  const [isAllDays, setAllDays] = useState(true);
  const [openId, setOpenId] = useState<string>();
  const mayAct = useHasRole('operations');
  const pages = useExceptions(isAllDays ? undefined : businessDate);
  const { query } = pages;
  const columns = useColumns((exception) => setOpenId(exception.exceptionId));
  const opened = query.data?.exceptions.find(({ exceptionId }) => exceptionId === openId);
  return (
    <Panel
      title={t(isAllDays ? 'exception.all' : 'exception.ofDay', { day: businessDate })}
      isFlush
      extra={
        <>
          <Button size="small" onClick={() => setAllDays(!isAllDays)}>
            {t(isAllDays ? 'exception.onlyDay' : 'exception.allDays', { day: businessDate })}
          </Button>
          {mayAct ? <AcceptButton businessDate={businessDate} /> : null}
        </>
      }
    >
      <DataTable
        label={t('tab.exceptions')}
        columns={columns}
        query={query}
        rowsOf={(data) => data.exceptions}
        rowKey={(row) => row.exceptionId}
        onOpen={(row) => setOpenId(row.exceptionId)}
        empty={<Empty title={t('exception.none')} hint={t('exception.noneHint')} />}
        foot={<Pager pages={pages} shown={query.data?.exceptions.length ?? 0} />}
      />
      <ExceptionDrawer exception={opened} mayAct={mayAct} onClose={() => setOpenId(undefined)} />
    </Panel>
  );
}
