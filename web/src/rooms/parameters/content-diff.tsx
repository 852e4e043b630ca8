import { Diff } from '../../parts/diff.tsx';
import { Data } from '../../parts/figure.tsx';
import { differencesOf } from '../../parts/flatten.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

const LEAVES = {
  textZh: 'edit.textZh',
  textEn: 'edit.textEn',
  titleZh: 'edit.titleZh',
  titleEn: 'edit.titleEn',
  score: 'edit.score',
  levelMax: 'edit.levelMax',
  isLowest: 'edit.isLowest',
  validityDays: 'edit.validityDays',
  sample: 'suit.kind',
} as const;

/** A place in a questionnaire or in the rules in words, as far as there are some. */
function usePlace() {
  const t = useText(texts);
  return (path: string) => {
    const [, question, option, leaf = ''] =
      /^(?:\/questions\/(\d+))?(?:\/options\/(\d+))?\/(\w+)$/.exec(path) ?? [];
    const last = Object.entries(LEAVES).find(([name]) => name === leaf)?.[1];
    if (last === undefined) return <Data isCode>{path}</Data>;
    return [
      question === undefined
        ? ''
        : t('edit.question', { place: Number.parseInt(question, 10) + 1 }),
      option === undefined ? '' : t('edit.option', { place: Number.parseInt(option, 10) + 1 }),
      t(last),
    ]
      .filter((part) => part !== '')
      .join(' · ');
  };
}

/** What differs between two contents, place by place. */
export function ContentDiff({ before, after }: { before: unknown; after: unknown }) {
  const t = useText(texts);
  const placeOf = usePlace();
  const items = differencesOf(before, after);
  return (
    <div className="content-diff">
      <p className="quiet num">{t('suit.differences', { count: items.length })}</p>
      <Diff
        label={t('compare.title')}
        items={items.map((one) => ({
          key: one.path,
          name: placeOf(one.path),
          before: one.before === undefined ? null : <Data>{one.before}</Data>,
          after: one.after === undefined ? null : <Data>{one.after}</Data>,
        }))}
      />
    </div>
  );
}
