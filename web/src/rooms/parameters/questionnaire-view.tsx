import { Data, Money } from '../../parts/figure.tsx';
import { Facts } from '../../parts/page.tsx';
import { Said } from '../../parts/questionnaire/question-form.tsx';
import { StateTag } from '../../parts/states.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { MatchTable } from './match-table.tsx';
import {
  CONVERSIONS,
  INVESTORS,
  LEVELS,
  type QuestionnaireContent,
  type RulesContent,
} from './suitability-data.ts';
import { texts } from './texts.ts';

type Option = QuestionnaireContent['questions'][number]['options'][number];

function OptionLine({ option }: { option: Option }) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <li>
      <Said item={option} />
      <span className="question-marks">
        <span className="num quiet">{t('suit.score', { score: option.score })}</span>
        {option.isLowest === true ? <StateTag tone="bad">{t('suit.lowest')}</StateTag> : null}
        {option.levelMax === undefined ? null : (
          <StateTag tone="warning">
            {t('suit.levelMax', { level: term('investorLevel', option.levelMax) })}
          </StateTag>
        )}
        {option.term === undefined ? null : (
          <StateTag tone="neutral">{term('term', option.term)}</StateTag>
        )}
        {option.varieties?.map((each) => (
          <StateTag key={each} tone="neutral">
            {term('variety', each)}
          </StateTag>
        ))}
      </span>
    </li>
  );
}

/** A questionnaire as a person of the trade reads it: questions, options, points and what they do. */
export function QuestionnaireView({ content }: { content: QuestionnaireContent }) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <div className="stack">
      <Facts
        columns={3}
        items={[
          ...LEVELS.map((level) => ({
            name: term('investorLevel', level),
            value: (
              <span className="num">{t('suit.score', { score: content.scoreMin[level] })}</span>
            ),
          })),
          {
            name: t('suit.validity'),
            value: <span className="num">{t('suit.days', { count: content.validityDays })}</span>,
          },
        ]}
      />
      <ol className="question-view">
        {content.questions.map((question, place) => (
          <li key={question.id}>
            <p className="question-view-text">
              <span className="num">{place + 1}. </span>
              <Said item={question} />
            </p>
            <ul>
              {question.options.map((option) => (
                <OptionLine key={option.id} option={option} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Matches({ isMatch }: { isMatch: boolean }) {
  const t = useText(texts);
  return (
    <span className={isMatch ? 'match-yes' : 'match-no'}>
      <span aria-hidden="true">{isMatch ? '●' : '○'}</span>
      <span className="out-of-sight">{t(isMatch ? 'rules.matches' : 'rules.not')}</span>
    </span>
  );
}

/** What an ordinary investor shows to be treated as professional. */
function Conversions({ conversion }: Pick<RulesContent, 'conversion'>) {
  const t = useText(texts);
  const amountOf = ([of, name, text]: (typeof CONVERSIONS)[number]) => {
    const value = conversion[of][name];
    return {
      name: t(text),
      value:
        value === undefined ? (
          <span className="quiet">{t('rules.none')}</span>
        ) : (
          <Money of={name} value={value} />
        ),
    };
  };
  return (
    <Facts
      columns={3}
      items={INVESTORS.flatMap((of) => [
        ...CONVERSIONS.filter(([whose]) => whose === of).map(amountOf),
        {
          name: t(`rules.${of}.experienceYearsMin`),
          value: <Data>{`${conversion[of].experienceYearsMin}`}</Data>,
        },
      ])}
    />
  );
}

/** The rules of matching in words. */
export function RulesView({ content }: { content: RulesContent }) {
  const t = useText(texts);
  const term = useTerms();
  const { mismatch, lowest, warning, retest, professional } = content;
  const severity = (of: 'warn' | 'block') => t(of === 'warn' ? 'rules.warn' : 'rules.block');
  return (
    <div className="stack">
      <MatchTable
        cell={(level, risk) => <Matches isMatch={content.match[level].includes(risk)} />}
      />
      <Facts
        columns={3}
        items={[
          ...(['level', 'term', 'variety'] as const).map((name) => ({
            name: t(`rules.mismatch.${name}`),
            value: severity(mismatch[name]),
          })),
          {
            name: t('rules.lowest'),
            value: lowest.riskLevels.map((risk) => term('riskLevel', risk)).join(' · '),
          },
          {
            name: t('rules.warning'),
            value: (
              <span className="num">{t('rules.minutes', { count: warning.validMinutes })}</span>
            ),
          },
          {
            name: t('rules.retest'),
            value: t('rules.retestText', {
              day: retest.perDayMax,
              days: retest.windowDays,
              window: retest.perWindowMax,
            }),
          },
          {
            name: t('rules.professional'),
            value: t(
              professional.isMatched ? 'rules.professional.matched' : 'rules.professional.free',
            ),
          },
        ]}
      />
      <h4 className="rules-head">{t('rules.conversionHead')}</h4>
      <Conversions conversion={content.conversion} />
      <details className="rules-warning">
        <summary>
          {t('rules.warningHead')} <Data>{warning.textVersion}</Data>
        </summary>
        <p translate="no">{warning.textZh}</p>
        <p translate="no">{warning.textEn}</p>
      </details>
    </div>
  );
}
