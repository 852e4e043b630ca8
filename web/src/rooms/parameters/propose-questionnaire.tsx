import { Form, InputNumber } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { useText } from '../../texts/texts.ts';
import { questionnaireFaults, scoreMaxOf } from './content-faults.ts';
import { ProposeDrawer } from './propose-drawer.tsx';
import { QuestionList } from './question-editor.tsx';
import { LEVELS, type QuestionnaireContent } from './suitability-data.ts';
import { texts } from './texts.ts';

/** The lowest level begins at no points. */
const RAISED = LEVELS.slice(1);

function ScaleFields({
  content,
  onChange,
}: {
  content: QuestionnaireContent;
  onChange: (content: QuestionnaireContent) => void;
}) {
  const t = useText(texts);
  const { scoreMin } = content;
  return (
    <div className="scale-fields">
      {RAISED.map((level) => (
        <Form.Item
          key={level}
          label={t('edit.scoreMin', { level: `C${level}` })}
          htmlFor={`score-${level}`}
        >
          <InputNumber
            controls={false}
            id={`score-${level}`}
            min={0}
            max={10_000}
            precision={0}
            value={scoreMin[level]}
            onChange={(score) =>
              onChange({ ...content, scoreMin: { ...scoreMin, [level]: score ?? 0 } })
            }
          />
        </Form.Item>
      ))}
      <Form.Item label={t('edit.validityDays')} htmlFor="validity-days">
        <InputNumber
          controls={false}
          id="validity-days"
          min={1}
          max={1095}
          precision={0}
          value={content.validityDays}
          onChange={(days) => onChange({ ...content, validityDays: days ?? 1 })}
        />
      </Form.Item>
    </div>
  );
}

/** A new version of a questionnaire. */
export function ProposeQuestionnaire({
  of,
  standing,
  onClose,
}: {
  of: 'person' | 'organisation';
  standing: QuestionnaireContent;
  onClose: () => void;
}) {
  const t = useText(texts);
  const [content, setContent] = useState(standing);
  return (
    <ProposeDrawer
      standing={standing}
      content={content}
      onChange={setContent}
      faults={questionnaireFaults(content)}
      fields={
        <>
          <ScaleFields content={content} onChange={setContent} />
          <p className="quiet num">{t('edit.scoreMax', { score: scoreMaxOf(content) })}</p>
        </>
      }
      send={(effectiveAt) =>
        ask(() =>
          api.POST('/suitability/questionnaires/{questionnaireId}', {
            params: { path: { questionnaireId: of } },
            body: { content, effectiveAt },
          }),
        )
      }
      onClose={onClose}
    >
      <QuestionList standing={standing} content={content} onChange={setContent} />
    </ProposeDrawer>
  );
}
