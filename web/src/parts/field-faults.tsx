import type { Problem } from '../api/problem.ts';
import { usePreferences } from '../app/preferences.ts';
import { inLanguage } from '../texts/texts.ts';
import { nameOfField } from './field-names.ts';

/** What is wrong with each field of a request, by the name that the reader knows it by. */
export function FieldFaults({ problem }: { problem: Problem }) {
  const { language } = usePreferences();
  const fields = problem.body?.errors ?? [];
  if (fields.length === 0) return null;
  return (
    <ul className="problem-fields">
      {fields.map((field) => (
        <li key={`${field.path} ${field.message}`}>
          <strong>{nameOfField(field.path, language)}</strong>{' '}
          {inLanguage(language, { en: field.message, zh: field.messageZh })}
        </li>
      ))}
    </ul>
  );
}
