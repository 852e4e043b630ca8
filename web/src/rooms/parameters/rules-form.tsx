import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { Data } from '../../parts/figure.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { MatchTable } from './match-table.tsx';
import './rules-form.css';
import { CONVERSIONS, INVESTORS, RISKS, type RulesContent } from './suitability-data.ts';
import { texts } from './texts.ts';

const COUNT_MAX = 10_000;
const MINUTES_MAX = 1_440;
const YEARS_MAX = 50;
/** What a warning text may hold, filled in for each customer and product. */
const PLACEHOLDERS = ['{mismatches}', '{fundCode}'] as const;

interface Part {
  readonly content: RulesContent;
  readonly onChange: (content: RulesContent) => void;
}

const toggled = (risks: readonly number[], risk: number, isOn: boolean): number[] =>
  RISKS.filter((one) => (one === risk ? isOn : risks.includes(one)));

function MatchFields({ content, onChange }: Part) {
  const term = useTerms();
  const { match } = content;
  return (
    <MatchTable
      cell={(level, risk) => (
        <Checkbox
          aria-label={`${term('investorLevel', level)} ${term('riskLevel', risk)}`}
          checked={match[level].includes(risk)}
          onChange={({ target }) =>
            onChange({
              ...content,
              match: { ...match, [level]: toggled(match[level], risk, target.checked) },
            })
          }
        />
      )}
    />
  );
}

function DecisionFields({ content, onChange }: Part) {
  const t = useText(texts);
  const term = useTerms();
  const { mismatch, lowest, professional } = content;
  return (
    <div className="rules-fields">
      {(['level', 'term', 'variety'] as const).map((name) => (
        <Form.Item key={name} label={t(`rules.mismatch.${name}`)} htmlFor={`mismatch-${name}`}>
          <Select
            id={`mismatch-${name}`}
            aria-label={t(`rules.mismatch.${name}`)}
            value={mismatch[name]}
            onChange={(value) => onChange({ ...content, mismatch: { ...mismatch, [name]: value } })}
            options={(['warn', 'block'] as const).map((value) => ({
              value,
              label: t(`rules.${value}`),
            }))}
          />
        </Form.Item>
      ))}
      <Form.Item label={t('rules.lowest')}>
        {RISKS.map((risk) => (
          <Checkbox
            key={risk}
            checked={lowest.riskLevels.includes(risk)}
            onChange={({ target }) =>
              onChange({
                ...content,
                lowest: { riskLevels: toggled(lowest.riskLevels, risk, target.checked) },
              })
            }
          >
            {term('riskLevel', risk)}
          </Checkbox>
        ))}
      </Form.Item>
      <Form.Item label={t('rules.professional')}>
        <Checkbox
          checked={professional.isMatched}
          onChange={({ target }) =>
            onChange({ ...content, professional: { isMatched: target.checked } })
          }
        >
          {t('rules.professional.matched')}
        </Checkbox>
      </Form.Item>
    </div>
  );
}

function CountField({
  id,
  label,
  value,
  max = COUNT_MAX,
  min = 1,
  onChange,
}: {
  id: string;
  label: string;
  value: number;
  max?: number;
  min?: number;
  onChange: (value: number) => void;
}) {
  return (
    <Form.Item label={label} htmlFor={id}>
      <InputNumber
        id={id}
        controls={false}
        min={min}
        max={max}
        precision={0}
        value={value}
        onChange={(next) => onChange(next ?? min)}
      />
    </Form.Item>
  );
}

function CountFields({ content, onChange }: Part) {
  const t = useText(texts);
  const { retest, warning } = content;
  return (
    <div className="rules-fields">
      {(['perDayMax', 'windowDays', 'perWindowMax'] as const).map((name) => (
        <CountField
          key={name}
          id={`retest-${name}`}
          label={t(`rules.${name}`)}
          value={retest[name]}
          onChange={(value) => onChange({ ...content, retest: { ...retest, [name]: value } })}
        />
      ))}
      <CountField
        id="valid-minutes"
        label={t('rules.validMinutes')}
        max={MINUTES_MAX}
        value={warning.validMinutes}
        onChange={(validMinutes) => onChange({ ...content, warning: { ...warning, validMinutes } })}
      />
    </div>
  );
}

function WarningFields({ content, onChange }: Part) {
  const t = useText(texts);
  const { warning } = content;
  const set = (name: 'textVersion' | 'textZh' | 'textEn', value: string) =>
    onChange({ ...content, warning: { ...warning, [name]: value } });
  return (
    <>
      <Form.Item label={t('rules.textVersion')} htmlFor="text-version">
        <Input
          id="text-version"
          translate="no"
          maxLength={40}
          value={warning.textVersion}
          onChange={(event) => set('textVersion', event.target.value)}
        />
      </Form.Item>
      <div className="rules-texts">
        {(['textZh', 'textEn'] as const).map((name) => (
          <Form.Item
            key={name}
            label={t(`rules.${name}`)}
            htmlFor={`warning-${name}`}
            extra={
              <>
                {t('rules.placeholders')}
                {PLACEHOLDERS.map((one) => (
                  <Data key={one} isCode>
                    {` ${one}`}
                  </Data>
                ))}
              </>
            }
          >
            <Input.TextArea
              id={`warning-${name}`}
              translate="no"
              rows={6}
              value={warning[name]}
              onChange={(event) => set(name, event.target.value)}
            />
          </Form.Item>
        ))}
      </div>
    </>
  );
}

type Conversion = RulesContent['conversion']['person'];

/** The rule with another amount; one that may be absent goes when its field is emptied. */
function withAmount(
  rule: Conversion,
  name: (typeof CONVERSIONS)[number][1],
  value: string,
): Conversion {
  const next = { ...rule, [name]: value };
  if (value === '' && name !== 'financialAssetsMin') delete next[name];
  return next;
}

function ConversionFields({ content, onChange }: Part) {
  const t = useText(texts);
  const { conversion } = content;
  return (
    <div className="rules-fields">
      {CONVERSIONS.map(([of, name, text]) => (
        <Form.Item key={text} label={t(text)} htmlFor={`conversion-${of}-${name}`}>
          <Input
            id={`conversion-${of}-${name}`}
            className="num"
            inputMode="decimal"
            maxLength={20}
            value={conversion[of][name] ?? ''}
            onChange={(event) =>
              onChange({
                ...content,
                conversion: {
                  ...conversion,
                  [of]: withAmount(conversion[of], name, event.target.value.trim()),
                },
              })
            }
          />
        </Form.Item>
      ))}
      {INVESTORS.map((of) => (
        <CountField
          key={of}
          id={`conversion-${of}-years`}
          label={t(`rules.${of}.experienceYearsMin`)}
          min={0}
          max={YEARS_MAX}
          value={conversion[of].experienceYearsMin}
          onChange={(experienceYearsMin) =>
            onChange({
              ...content,
              conversion: { ...conversion, [of]: { ...conversion[of], experienceYearsMin } },
            })
          }
        />
      ))}
    </div>
  );
}

/** Every rule of matching as a field. */
export function RulesForm(part: Part) {
  const t = useText(texts);
  return (
    <div className="stack">
      <MatchFields {...part} />
      <DecisionFields {...part} />
      <CountFields {...part} />
      <h3 className="rules-head">{t('rules.warningHead')}</h3>
      <WarningFields {...part} />
      <h3 className="rules-head">{t('rules.conversionHead')}</h3>
      <ConversionFields {...part} />
    </div>
  );
}
