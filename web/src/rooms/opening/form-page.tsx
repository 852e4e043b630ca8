import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useKnownSession } from '../../app/session.ts';
import { Page, Panel } from '../../parts/page.tsx';
import { LoadFailed, ProblemNote } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
import { instantText } from '../../parts/time.ts';
import { useText } from '../../texts/texts.ts';
import { type Draft, useCheck, useKeep, useOpen, useWholeDraft } from './data.ts';
import { ExistingNote } from './existing-note.tsx';
import { CertificateFields, ContactFields } from './fields.tsx';
import './opening.css';
import { Review } from './review.tsx';
import { SimilarNote } from './similar-note.tsx';
import { StepList } from './step-list.tsx';
import { texts } from './texts.ts';
import {
  emptyTyped,
  type FieldName,
  fieldOf,
  firstOpenStep,
  STEP_FIELDS,
  type Typed,
  typedOf,
} from './typed.ts';

const route = getRouteApi('/staff/opening/form');

/** After this long without a key what was typed is kept by itself, once there is a draft. */
const IDLE_MS = 6_000;
const REVIEW = STEP_FIELDS.length;

interface Start {
  readonly typed: Typed;
  readonly step: number;
  readonly draft: Draft | undefined;
}

/** The form as it stands, what the server says of it, and the draft that keeps it. */
function useForm(start: Start, onDraft: (draft: Draft) => void) {
  const [typed, setTyped] = useState(start.typed);
  const [step, setStep] = useState(start.step);
  const [touched, setTouched] = useState<ReadonlySet<FieldName>>(new Set());
  const [draft, setDraft] = useState(start.draft);
  const [saved, setSaved] = useState(start.draft === undefined ? '' : JSON.stringify(start.typed));
  const { check, isCurrent, error } = useCheck(typed);
  const keep = useKeep();
  const save = async (at: number) => {
    const next = await keep.mutateAsync({ draft, typed, step: at });
    setDraft(next);
    setSaved(JSON.stringify(typed));
    onDraft(next);
  };
  return {
    typed,
    step,
    setStep,
    draft,
    check,
    isCurrent,
    checkError: error,
    keep,
    save,
    isSaved: saved === JSON.stringify(typed),
    set: (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change })),
    touch: (...fields: readonly FieldName[]) =>
      setTouched((before) => new Set([...before, ...fields])),
    /** What is wrong with a field, once its writer has left it. */
    faultsOf: (field: FieldName) =>
      touched.has(field)
        ? (check?.findings ?? []).filter((finding) => fieldOf(finding) === field)
        : [],
  };
}

export type OpeningForm = ReturnType<typeof useForm>;

function useIdleSave(form: OpeningForm): void {
  const { typed, isSaved, draft, keep } = form;
  const latest = useRef(form);
  latest.current = form;
  const isDue = draft !== undefined && !isSaved && !keep.isPending && !keep.isError;
  useEffect(() => {
    if (!isDue) return undefined;
    const timer = setTimeout(() => {
      const { save, step } = latest.current;
      void save(step).catch(() => undefined);
    }, IDLE_MS);
    return () => clearTimeout(timer);
  }, [isDue, typed]);
}

function SaveLine({ form: { draft, isSaved, keep } }: { form: OpeningForm }) {
  const t = useText(texts);
  const said = () => {
    if (keep.isPending) return t('save.saving');
    if (keep.isError) return t('save.failed');
    if (draft === undefined) return t('save.none');
    if (!isSaved) return t('save.changed');
    return t('save.saved', { time: instantText(draft.savedAt).slice(-5) });
  };
  return (
    <span className={`opening-save ${keep.isError ? 'opening-save-failed' : ''}`} role="status">
      {said()}
    </span>
  );
}

function focusField(field: FieldName | undefined): void {
  if (field !== undefined) document.getElementById(`opening-${field}`)?.focus();
}

function Acts({
  form,
  onOpen,
  isOpening,
}: {
  form: OpeningForm;
  onOpen: () => void;
  isOpening: boolean;
}) {
  const t = useText(texts);
  const navigate = useNavigate();
  const { step, setStep, check, isCurrent, touch, save, keep } = form;
  const findings = check?.findings ?? [];
  const isFree = check?.existing === null;
  const fields = STEP_FIELDS[step] ?? [];
  const open = findings.map(fieldOf).filter((field) => fields.includes(field));
  const go = async () => {
    touch(...fields);
    if (open.length > 0) {
      focusField(open[0]);
      return;
    }
    await save(step + 1).then(
      () => setStep(step + 1),
      () => undefined,
    );
  };
  const leave = () =>
    save(step).then(
      () => navigate({ to: '/opening' }),
      () => undefined,
    );
  const isReady = isCurrent && isFree && firstOpenStep(findings) === REVIEW;
  return (
    <div className="opening-acts">
      <Button disabled={step === 0} onClick={() => setStep(step - 1)}>
        {t('previous')}
      </Button>
      <SaveLine form={form} />
      <Button loading={keep.isPending} onClick={() => void leave()}>
        {t('leave')}
      </Button>
      {step < REVIEW ? (
        <Button type="primary" disabled={!isCurrent || !isFree} onClick={() => void go()}>
          {t('next')}
        </Button>
      ) : (
        <Button type="primary" disabled={!isReady} loading={isOpening} onClick={onOpen}>
          {t('review.open')}
        </Button>
      )}
    </div>
  );
}

function Form({ start, onDraft }: { start: Start; onDraft: (draft: Draft) => void }) {
  const t = useText(texts);
  const { message } = App.useApp();
  const navigate = useNavigate();
  const form = useForm(start, onDraft);
  useIdleSave(form);
  const open = useOpen();
  const { typed, draft, step, setStep, check, keep, checkError } = form;
  const submit = () =>
    open.mutate(
      { typed, draft },
      {
        onSuccess: (customerId) => {
          void message.success(t('opened'));
          const params = { customerId };
          void navigate({ to: '/opening/customers/$customerId', params, replace: true });
        },
      },
    );
  return (
    <Page title={t(`form.title.${typed.kind}`)} before={<Link to="/opening">{t('title')}</Link>}>
      <StepList step={step} onGo={setStep} />
      <Panel className="opening-form">
        {check?.existing ? <ExistingNote existing={check.existing} /> : null}
        {check !== undefined && check.existing === null && check.similar.length > 0 ? (
          <SimilarNote similar={check.similar} />
        ) : null}
        {checkError === undefined ? null : <ProblemNote error={checkError} />}
        {step === 0 ? <CertificateFields form={form} /> : null}
        {step === 1 ? <ContactFields form={form} /> : null}
        {step >= REVIEW ? <Review form={form} /> : null}
        {open.isError ? <ProblemNote error={open.error} /> : null}
        {keep.isError ? <ProblemNote error={keep.error} /> : null}
        <Acts form={form} onOpen={submit} isOpening={open.isPending} />
      </Panel>
    </Page>
  );
}

function FromDraft({ draftId, onDraft }: { draftId: string; onDraft: (draft: Draft) => void }) {
  const query = useWholeDraft(draftId);
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Loading rows={6} />;
  const { draft, content } = query.data;
  const step = Math.min(content.step, REVIEW);
  return <Form start={{ typed: typedOf(content), step, draft }} onDraft={onDraft} />;
}

/** The guided form: certificate, contact, check. A draft keeps it on the server. */
export function FormPage() {
  const { kind, draft: draftId } = route.useSearch();
  const navigate = route.useNavigate();
  const { user } = useKnownSession();
  // A draft that this page made itself need not be read again.
  const [made, setMade] = useState<string>();
  const onDraft = (draft: Draft) => {
    if (draftId !== undefined) return;
    setMade(draft.draftId);
    void navigate({ search: { kind, draft: draft.draftId }, replace: true });
  };
  if (draftId !== undefined && draftId !== made) {
    return <FromDraft key={draftId} draftId={draftId} onDraft={onDraft} />;
  }
  const start = { typed: emptyTyped(kind, user.branchCode ?? ''), step: 0, draft: undefined };
  return <Form key={`new ${kind}`} start={start} onDraft={onDraft} />;
}
