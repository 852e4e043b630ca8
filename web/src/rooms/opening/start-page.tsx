import { BankOutlined, ProductOutlined, RightOutlined, UserOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { App, Button } from 'antd';
import type { ComponentType } from 'react';
import { Data } from '../../parts/figure.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { Empty } from '../../parts/states.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { instantText } from '../../parts/time.ts';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { words } from '../../texts/words.ts';
import { type Draft, KINDS, useDiscard, useDrafts } from './data.ts';
import './opening.css';
import { texts } from './texts.ts';
import type { CustomerKind } from './typed.ts';

const ICONS: Readonly<Record<CustomerKind, ComponentType>> = {
  '0': BankOutlined,
  '1': UserOutlined,
  '2': ProductOutlined,
};

function Kinds() {
  const t = useText(texts);
  return (
    <ul className="opening-kinds">
      {KINDS.map((kind) => {
        const Icon = ICONS[kind];
        return (
          <li key={kind}>
            <Link to="/opening/form" search={{ kind }} className="opening-kind">
              <span className="opening-kind-icon" aria-hidden="true">
                <Icon />
              </span>
              <span>
                <strong>{t(`kind.${kind}`)}</strong>
                <span className="quiet">{t(`kind.${kind}.hint`)}</span>
              </span>
              <RightOutlined aria-hidden="true" />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function Discard({ draft: { draftId, nameMasked } }: { draft: Draft }) {
  const t = useText(texts);
  const w = useText(words);
  const { modal, message } = App.useApp();
  const discard = useDiscard();
  const ask = () =>
    void modal.confirm({
      title: t('drafts.discard'),
      content: t('drafts.sure'),
      okText: t('drafts.discard'),
      okButtonProps: { danger: true },
      cancelText: w('act.cancel'),
      onOk: async () => {
        await discard.mutateAsync(draftId);
        void message.success(t('drafts.discarded'));
      },
    });
  return (
    <Button size="small" danger loading={discard.isPending} onClick={ask}>
      {t('drafts.discard')}
      <span className="out-of-sight" translate="no">
        {' '}
        {nameMasked}
      </span>
    </Button>
  );
}

function useColumns(): Column<Draft>[] {
  const t = useText(texts);
  const term = useTerms();
  return [
    {
      key: 'name',
      title: t('drafts.name'),
      render: ({ draftId, kind, nameMasked }) => (
        <Link to="/opening/form" search={{ kind, draft: draftId }}>
          {nameMasked === '' ? t('drafts.unnamed') : <Data>{nameMasked}</Data>}
        </Link>
      ),
    },
    { key: 'kind', title: t('drafts.kind'), render: (row) => term('customerKind', row.kind) },
    {
      key: 'saved',
      title: t('drafts.saved'),
      render: (row) => <span className="num">{instantText(row.savedAt)}</span>,
    },
    {
      key: 'expires',
      title: t('drafts.expires'),
      render: (row) => <span className="num">{instantText(row.expiresAt)}</span>,
    },
    {
      key: 'actions',
      title: <span className="out-of-sight">{t('drafts.discard')}</span>,
      kind: 'action',
      render: (row) => <Discard draft={row} />,
    },
  ];
}

/** Where an opening begins, and where one that was left is gone on with. */
export function StartPage() {
  const t = useText(texts);
  const query = useDrafts();
  const columns = useColumns();
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Link to="/opening/due" search={{ due: 'lapsed' }} className="link-button">
          {t('due.title')}
        </Link>
      }
    >
      <Kinds />
      <Panel title={t('drafts.title')} isFlush>
        <DataTable
          label={t('drafts.title')}
          columns={columns}
          query={query}
          rowsOf={(data) => data.drafts}
          rowKey={(row) => row.draftId}
          empty={<Empty title={t('drafts.none')} hint={t('drafts.noneHint')} />}
        />
      </Panel>
    </Page>
  );
}
