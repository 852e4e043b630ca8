import { AutoComplete, Checkbox, Form, Input, Radio, Select } from 'antd';
import type { ReactNode } from 'react';
import { usePreferences } from '../../app/preferences.ts';
import { useKnownSession } from '../../app/session.ts';
import { DayField } from '../../parts/day-field.tsx';
import { advisersOf, useDirectory } from '../../parts/directory.ts';
import { Data } from '../../parts/figure.tsx';
import { useTerms } from '../../texts/terms.ts';
import { inLanguage, useText } from '../../texts/texts.ts';
import { houseOf } from './data.ts';
import type { OpeningForm } from './form-page.tsx';
import { texts } from './texts.ts';
import { CERTIFICATE_TYPES, type FieldName, tellsBirth } from './typed.ts';

interface FieldProps {
  form: OpeningForm;
  name: FieldName;
  label: string;
  isOptional?: boolean;
  extra?: ReactNode;
  isWide?: boolean;
  children: ReactNode;
}

const idOf = (name: FieldName): string => `opening-${name}`;
const helpIdOf = (name: FieldName): string => `opening-${name}-help`;

/** A field with its label; what the server finds wrong stands below it in words. */
function Field({
  form,
  name,
  label,
  isOptional = false,
  extra,
  isWide = false,
  children,
}: FieldProps) {
  const t = useText(texts);
  const { language } = usePreferences();
  const faults = form.faultsOf(name);
  const said = (
    <span id={helpIdOf(name)} role="alert">
      {faults.map(({ code, message, messageZh, remedy = '', remedyZh = '' }) => (
        <span key={code} className="opening-fault">
          {inLanguage(language, { en: `${message} ${remedy}`, zh: `${messageZh}${remedyZh}` })}
        </span>
      ))}
    </span>
  );
  return (
    <Form.Item
      htmlFor={idOf(name)}
      label={
        <>
          {label}
          {isOptional ? <span className="quiet opening-optional">{t('optional')}</span> : null}
        </>
      }
      className={isWide ? 'opening-wide' : ''}
      validateStatus={faults.length > 0 ? 'error' : ''}
      help={faults.length > 0 ? said : undefined}
      extra={faults.length > 0 ? undefined : extra}
    >
      {children}
    </Form.Item>
  );
}

function TextField({
  form,
  name,
  maxLength = 200,
  isNumber = false,
  ...rest
}: Omit<FieldProps, 'children'> & { maxLength?: number; isNumber?: boolean }) {
  const isWrong = form.faultsOf(name).length > 0;
  return (
    <Field form={form} name={name} {...rest}>
      <Input
        id={idOf(name)}
        className={isNumber ? 'num' : ''}
        autoComplete="off"
        spellCheck={false}
        maxLength={maxLength}
        value={form.typed[name]}
        aria-invalid={isWrong}
        {...(isWrong ? { 'aria-describedby': helpIdOf(name) } : {})}
        onChange={(event) => form.set({ [name]: event.target.value })}
        onBlur={() => (form.typed[name] === '' ? undefined : form.touch(name))}
      />
    </Field>
  );
}

function CertificateType({
  form,
  name,
  label,
  types,
  kind,
}: {
  form: OpeningForm;
  name: 'certificateType' | 'representativeType';
  label: string;
  types: readonly string[];
  kind: 'certificatePerson' | 'certificateOther';
}) {
  const term = useTerms();
  return (
    <Field form={form} name={name} label={label}>
      <Select
        id={idOf(name)}
        aria-label={label}
        value={form.typed[name]}
        onChange={(type) => form.set({ [name]: type })}
        options={types.map((value) => ({ value, label: term(kind, value) }))}
      />
    </Field>
  );
}

function ValidUntil({ form }: { form: OpeningForm }) {
  const t = useText(texts);
  const { validUntil, isLongTerm } = form.typed;
  return (
    <Field form={form} name="validUntil" label={t('validUntil')}>
      <div className="opening-until">
        <DayField
          id={idOf('validUntil')}
          value={isLongTerm ? '' : validUntil}
          isDisabled={isLongTerm}
          onChange={(day) => form.set({ validUntil: day })}
          onBlur={() => (validUntil === '' ? undefined : form.touch('validUntil'))}
        />
        <Checkbox
          checked={isLongTerm}
          onChange={(event) => form.set({ isLongTerm: event.target.checked })}
        >
          {t('longTerm')}
        </Checkbox>
      </div>
    </Field>
  );
}

function BirthFields({ form }: { form: OpeningForm }) {
  const t = useText(texts);
  const term = useTerms();
  const { birthDate, sex } = form.typed;
  return (
    <>
      <Field form={form} name="birthDate" label={t('birthDate')}>
        <DayField
          id={idOf('birthDate')}
          value={birthDate}
          onChange={(day) => form.set({ birthDate: day })}
          onBlur={() => (birthDate === '' ? undefined : form.touch('birthDate'))}
        />
      </Field>
      <Field form={form} name="sex" label={t('sex')} isOptional>
        <Radio.Group
          id={idOf('sex')}
          value={sex}
          onChange={(event) => form.set({ sex: event.target.value as '1' })}
          options={(['1', '2'] as const).map((value) => ({ value, label: term('sex', value) }))}
        />
      </Field>
    </>
  );
}

/** What the number of an identity card tells, so that it can be compared with the person. */
function useTold({ typed, check }: OpeningForm): string | undefined {
  const t = useText(texts);
  const term = useTerms();
  if (!tellsBirth(typed) || check?.birthDate === undefined) return undefined;
  return t('told', { date: check.birthDate, sex: term('sex', check.sex) });
}

/** The first step: who it is, by the certificate. */
export function CertificateFields({ form }: { form: OpeningForm }) {
  const t = useText(texts);
  const told = useTold(form);
  const { kind } = form.typed;
  const isPerson = kind === '1';
  return (
    <Form layout="vertical" component="div" className="opening-grid">
      <TextField form={form} name="name" label={t(isPerson ? 'name' : `name.${kind}`)} isWide />
      <CertificateType
        form={form}
        name="certificateType"
        label={t('certificateType')}
        types={CERTIFICATE_TYPES[kind]}
        kind={isPerson ? 'certificatePerson' : 'certificateOther'}
      />
      <TextField
        form={form}
        name="certificateNo"
        label={t('certificateNo')}
        maxLength={40}
        isNumber
        extra={told === undefined ? undefined : <span className="num">{told}</span>}
      />
      <ValidUntil form={form} />
      {isPerson && !tellsBirth(form.typed) ? <BirthFields form={form} /> : null}
    </Form>
  );
}

function CapacityField({ form }: { form: OpeningForm }) {
  const t = useText(texts);
  const term = useTerms();
  const { check, typed } = form;
  const byAge = check?.civilCapacity;
  return (
    <Field form={form} name="civilCapacity" label={t('civilCapacity')}>
      <Select
        id={idOf('civilCapacity')}
        aria-label={t('civilCapacity')}
        value={typed.civilCapacity}
        onChange={(civilCapacity) => {
          form.set({ civilCapacity });
          form.touch('civilCapacity');
        }}
        options={[
          {
            value: '' as const,
            label: t('civilCapacity.byAge', {
              capacity: term('civilCapacity', typed.civilCapacity === '' ? byAge : null),
            }),
          },
          ...(['full', 'limited', 'none'] as const).map((value) => ({
            value,
            label: term('civilCapacity', value),
          })),
        ]}
      />
    </Field>
  );
}

function RepresentativeFields({ form }: { form: OpeningForm }) {
  const t = useText(texts);
  return (
    <>
      <TextField form={form} name="representativeName" label={t('representativeName')} />
      <CertificateType
        form={form}
        name="representativeType"
        label={t('representativeType')}
        types={CERTIFICATE_TYPES['1']}
        kind="certificatePerson"
      />
      <TextField
        form={form}
        name="representativeNo"
        label={t('representativeNo')}
        maxLength={40}
        isNumber
      />
    </>
  );
}

function HouseFields({ form }: { form: OpeningForm }) {
  const t = useText(texts);
  const { user } = useKnownSession();
  const { data } = useDirectory(houseOf);
  const { branchCode, adviserId } = form.typed;
  const advisers = advisersOf(data?.people ?? [], branchCode);
  return (
    <>
      <Field form={form} name="branchCode" label={t('branchCode')}>
        <AutoComplete
          id={idOf('branchCode')}
          aria-label={t('branchCode')}
          disabled={user.branchCode !== undefined}
          value={branchCode}
          onChange={(next: string) => form.set({ branchCode: next.toUpperCase() })}
          onBlur={() => form.touch('branchCode')}
          options={(data?.branches ?? []).map((value) => ({
            value,
            label: <Data>{value}</Data>,
          }))}
        />
      </Field>
      <Field form={form} name="adviserId" label={t('adviserId')} isOptional>
        <Select
          id={idOf('adviserId')}
          aria-label={t('adviserId')}
          value={adviserId}
          onChange={(next) => form.set({ adviserId: next })}
          options={[
            { value: '', label: t('adviserId.none') },
            ...advisers.map(({ userName }) => ({
              value: userName,
              label: <Data>{userName}</Data>,
            })),
          ]}
        />
      </Field>
    </>
  );
}

/** The second step: how to reach the customer, who acts for it, and whose customer it is. */
export function ContactFields({ form }: { form: OpeningForm }) {
  const t = useText(texts);
  const isPerson = form.typed.kind === '1';
  return (
    <Form layout="vertical" component="div" className="opening-grid">
      <TextField
        form={form}
        name="phone"
        label={t('phone')}
        maxLength={30}
        isNumber
        extra={t('phone.hint')}
      />
      <TextField form={form} name="email" label={t('email')} maxLength={60} isOptional />
      <TextField form={form} name="address" label={t('address')} isOptional isWide />
      <TextField
        form={form}
        name="postCode"
        label={t('postCode')}
        maxLength={6}
        isNumber
        isOptional
      />
      {isPerson ? <CapacityField form={form} /> : <RepresentativeFields form={form} />}
      <HouseFields form={form} />
    </Form>
  );
}
