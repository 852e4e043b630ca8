import { DatePicker, Form, Radio, type FormInstance } from 'antd';
import { usePreferences } from '../../app/preferences.ts';
import { useText } from '../../texts/texts.ts';
import { Data } from '../figure.tsx';
import './documents.css';
import { FORMAT_NAMES, LANGUAGE_NAMES } from './names.ts';
import { texts } from './texts.ts';

/** A day as the calendar field gives it. */
interface Day {
  format(pattern: 'YYYY-MM-DD'): string;
}

/** What a form of documents holds. */
export interface DocumentChoice {
  kind: 'statement' | 'holdings';
  format: 'pdf' | 'xlsx';
  language: 'zh' | 'en';
  from?: Day | null;
  to?: Day | null;
}

/** The first choice: a printed statement in the reader's language. */
export function useFirstChoice(): DocumentChoice {
  const { language } = usePreferences();
  return { kind: 'statement', format: 'pdf', language: language === 'en' ? 'en' : 'zh' };
}

/** The choice as the server takes it; a report of holdings has no period. */
export function chosen({ kind, format, language, from, to }: DocumentChoice) {
  const day = (name: 'from' | 'to', value: Day | null | undefined) =>
    kind === 'holdings' || value === undefined || value === null
      ? {}
      : { [name]: value.format('YYYY-MM-DD') };
  return { kind, format, language, ...day('from', from), ...day('to', to) };
}

/** Which document, in what form, of what time. */
export function DocumentFields({ form }: { form: FormInstance }) {
  const t = useText(texts);
  const kind = Form.useWatch('kind', form) as DocumentChoice['kind'] | undefined;
  const named = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).map(([value, name]) => ({ value, label: <Data>{name}</Data> }));
  return (
    <>
      <Form.Item
        name="kind"
        label={t('kind')}
        extra={t(kind === 'holdings' ? 'kind.holdingsHint' : 'kind.statementHint')}
      >
        <Radio.Group
          options={(['statement', 'holdings'] as const).map((value) => ({
            value,
            label: t(`kind.${value}`),
          }))}
        />
      </Form.Item>
      {kind === 'holdings' ? null : (
        <div className="document-days">
          {(['from', 'to'] as const).map((name) => (
            <Form.Item key={name} name={name} label={t(name)} extra={t(`${name}.hint`)}>
              <DatePicker className="wide-field" />
            </Form.Item>
          ))}
        </div>
      )}
      <Form.Item name="format" label={t('format')}>
        <Radio.Group options={named(FORMAT_NAMES)} />
      </Form.Item>
      <Form.Item name="language" label={t('language')}>
        <Radio.Group options={named(LANGUAGE_NAMES)} />
      </Form.Item>
    </>
  );
}
