import { UploadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Select } from 'antd';
import { type DragEvent, useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Posted } from '../../api/types.ts';
import { usePreferences } from '../../app/preferences.ts';
import { useHasRole } from '../../app/session.ts';
import { AllClear } from '../../parts/findings.tsx';
import { groupDecimal } from '../../parts/decimal.ts';
import { Figures } from '../../parts/figure-place.tsx';
import { Count, Data } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { Empty } from '../../parts/states.tsx';
import { DataTable } from '../../parts/table/data-table.tsx';
import { inLanguage, useText } from '../../texts/texts.ts';
import { COLUMNS, IMPORT_KINDS, type ImportKind } from './columns.ts';
import { Sent } from './proposed.tsx';
import { texts } from './texts.ts';

type Report = Posted<'/products/imports'>;
type Fault = Report['errors'][number];

/** Sends the file as it is: its bytes decide, not what a browser makes of them. */
function useImport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ kind, file, dryRun }: { kind: ImportKind; file: File; dryRun: boolean }) =>
      ask<Report>(() =>
        api.POST('/products/imports', {
          params: { query: { kind, dryRun } },
          headers: { 'content-type': 'text/csv' },
          body: file as never,
          bodySerializer: (body: unknown) => body as BodyInit,
        }),
      ),
    onSuccess: (report) =>
      report.dryRun
        ? undefined
        : Promise.all([
            queries.invalidateQueries({ queryKey: ['products'] }),
            queries.invalidateQueries({ queryKey: ['approvals'] }),
          ]),
  });
}

function FileDrop({ file, onFile }: { file: File | undefined; onFile: (file: File) => void }) {
  const t = useText(texts);
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped !== undefined) onFile(dropped);
  };
  return (
    <label
      className={`file-drop ${isOver ? 'file-drop-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        type="file"
        accept=".csv,text/csv"
        className="out-of-sight"
        aria-label={t('import.file')}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen !== undefined) onFile(chosen);
          event.target.value = '';
        }}
      />
      <UploadOutlined aria-hidden="true" />
      {file === undefined ? (
        <span>
          <strong>{t('import.drop')}</strong>
          <span className="quiet">{t('import.dropHint')}</span>
        </span>
      ) : (
        <span>
          <strong>
            <Data>{file.name}</Data>
          </strong>
          <span className="quiet num">
            {t('import.chosen', { size: groupDecimal(`${file.size}`) })}
          </span>
        </span>
      )}
    </label>
  );
}

function KindColumns({ kind }: { kind: ImportKind }) {
  const t = useText(texts);
  const [needed, optional] = COLUMNS[kind];
  return (
    <p className="import-columns">
      <span className="quiet">{t('import.columns')}</span>{' '}
      {needed.map((name) => (
        <Data key={name} isCode>
          {name}
        </Data>
      ))}
      {optional.length === 0 ? null : (
        <>
          <span className="quiet">{t('import.optional')}</span>{' '}
          {optional.map((name) => (
            <Data key={name} isCode>
              {name}
            </Data>
          ))}
        </>
      )}
    </p>
  );
}

const FIGURES = [
  ['rows', 'import.rows', 'importRows'],
  ['created', 'import.created', 'importCreated'],
  ['changed', 'import.changed', 'importChanged'],
  ['unchanged', 'import.unchanged', 'importUnchanged'],
  ['held', 'import.waits', 'importHeld'],
  ['errorCount', 'import.errors', 'importErrors'],
] as const;

function Counts({ report }: { report: Report }) {
  const t = useText(texts);
  return (
    <dl className="import-counts">
      {FIGURES.map(([name, text, of]) => (
        <div key={name} className={name === 'errorCount' && report.errorCount > 0 ? 'bad' : ''}>
          <dt>{t(text)}</dt>
          <dd>
            <Count of={of} value={report[name]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Faults({ report }: { report: Report }) {
  const t = useText(texts);
  const { language } = usePreferences();
  const { errors, errorCount } = report;
  return (
    <section>
      <h3 className="import-head">{t('import.faults')}</h3>
      {errors.length < errorCount ? (
        <p className="quiet num">
          {t('import.first', { count: errorCount, shown: errors.length })}
        </p>
      ) : null}
      <DataTable<Fault, Report>
        label={t('import.faults')}
        query={{
          data: report,
          error: undefined,
          isPending: false,
          isLoadingError: false,
          isFetching: false,
          refetch: () => undefined,
        }}
        rowsOf={(data) => data.errors}
        rowKey={({ line, column = '', code }) => `${line} ${column} ${code}`}
        heightMax={420}
        columns={[
          {
            key: 'line',
            title: t('import.line'),
            kind: 'figure',
            width: 90,
            render: ({ line }) => <span className="num">{line}</span>,
          },
          {
            key: 'column',
            title: t('import.column'),
            width: 200,
            render: ({ column }) => <Data isCode>{column ?? '—'}</Data>,
          },
          {
            key: 'fault',
            title: t('import.fault'),
            isWrapping: true,
            render: ({ message, messageZh }) =>
              inLanguage(language, { en: message, zh: messageZh }),
          },
        ]}
      />
    </section>
  );
}

function Outcome({ report }: { report: Report }) {
  const t = useText(texts);
  const { dryRun, errorCount, approvalId } = report;
  return (
    <Panel title={t(dryRun ? 'import.result' : 'import.done')}>
      <div className="stack" aria-live="polite">
        <Counts report={report} />
        {errorCount > 0 ? <Faults report={report} /> : null}
        {dryRun && errorCount === 0 ? <AllClear>{t('import.clear')}</AllClear> : null}
        {dryRun || errorCount > 0 ? null : (
          <Sent approvalId={approvalId}>
            {t(approvalId === undefined ? 'import.imported' : 'import.held')}
          </Sent>
        )}
      </div>
    </Panel>
  );
}

/** Choosing a file of one of some kinds: tried, with its faults by row, then brought in. */
export function ImportForm({ kinds }: { kinds: readonly [ImportKind, ...ImportKind[]] }) {
  const t = useText(texts);
  const [kind, setKind] = useState<ImportKind>(kinds[0]);
  const [file, setFile] = useState<File>();
  const run = useImport();
  const report = run.data;
  const isClear = report?.dryRun === true && report.errorCount === 0;
  const start = (dryRun: boolean) => {
    if (file !== undefined) run.mutate({ kind, file, dryRun });
  };
  return (
    <div className="stack">
      <Panel>
        <p className="quiet dialog-lead">{t('import.lead')}</p>
        <Form layout="vertical" component="div" className="import-form">
          <Form.Item label={t('import.kind')} htmlFor="import-kind">
            <Select<ImportKind>
              id="import-kind"
              aria-label={t('import.kind')}
              value={kind}
              onChange={(next) => {
                setKind(next);
                run.reset();
              }}
              options={kinds.map((value) => ({
                value,
                label: t(`import.kind.${value}`),
              }))}
            />
          </Form.Item>
          <FileDrop
            file={file}
            onFile={(chosen) => {
              setFile(chosen);
              run.reset();
            }}
          />
          <KindColumns kind={kind} />
          <div className="import-acts">
            <Button
              type={isClear ? 'default' : 'primary'}
              disabled={file === undefined}
              loading={run.isPending && run.variables.dryRun}
              onClick={() => start(true)}
            >
              {t('import.dryRun')}
            </Button>
            <Button
              type={isClear ? 'primary' : 'default'}
              disabled={!isClear}
              loading={run.isPending && !run.variables.dryRun}
              onClick={() => start(false)}
            >
              {t('import.run')}
            </Button>
          </div>
        </Form>
        {run.isError ? <ProblemNote error={run.error} /> : null}
      </Panel>
      {report === undefined ? null : (
        <Figures at={run.submittedAt}>
          <Outcome report={report} />
        </Figures>
      )}
    </div>
  );
}

/** Bringing in a file: tried first, with every fault by its row, and then whole or not at all. */
export function ImportTab() {
  const t = useText(texts);
  const mayImport = useHasRole('productManager', 'operations');
  if (mayImport) return <ImportForm kinds={IMPORT_KINDS} />;
  return (
    <Panel>
      <Empty title={t('import.readers')} />
    </Panel>
  );
}
