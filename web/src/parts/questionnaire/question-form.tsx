import { Checkbox, Radio } from 'antd';
import { usePreferences } from '../../app/preferences.ts';
import { inLanguage, useText } from '../../texts/texts.ts';
import type { Question } from './data.ts';
import { texts } from './texts.ts';

/** A text of the questionnaire, which carries both languages itself. */
export function Said({ item }: { item: { textEn: string; textZh: string } }) {
  const { language } = usePreferences();
  return <span translate="no">{inLanguage(language, { en: item.textEn, zh: item.textZh })}</span>;
}

/** One question with its options. */
export function QuestionForm({
  question,
  chosen,
  onChoose,
}: {
  question: Question;
  chosen: readonly string[];
  onChoose: (optionIds: readonly string[]) => void;
}) {
  const t = useText(texts);
  const options = question.options.map((option) => ({
    value: option.id,
    label: <Said item={option} />,
  }));
  return (
    <fieldset className="question">
      <legend>
        <Said item={question} />
        {question.answer === 'multiple' ? (
          <span className="quiet question-note">{t('several')}</span>
        ) : null}
      </legend>
      {question.answer === 'single' ? (
        <Radio.Group
          className="question-options"
          value={chosen[0]}
          onChange={(event) => onChoose([event.target.value as string])}
          options={options}
        />
      ) : (
        <Checkbox.Group
          className="question-options"
          value={[...chosen]}
          onChange={(values) => onChoose(values)}
          options={options}
        />
      )}
    </fieldset>
  );
}
