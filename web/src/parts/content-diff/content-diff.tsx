import { useTerms } from '../../texts/terms.ts';
import { hasText, useText } from '../../texts/texts.ts';
import { Diff } from '../diff.tsx';
import { Data } from '../figure.tsx';
import { differencesOf } from '../flatten.ts';
import './content-diff.css';
import { arrange, placeIn } from './arrange.ts';
import { texts } from './texts.ts';

/** A place in a questionnaire or in the rules in words, as far as there are some. */
function usePlace(contents: readonly unknown[]) {
  const t = useText(texts);
  const term = useTerms();
  return (path: string) => {
    const match = /^\/match\/([1-5])$/.exec(path)?.[1];
    if (match !== undefined) return `${t('match')} · ${term('investorLevel', match)}`;
    const [, question, option, leaf = ''] =
      /^(?:\/questions\/([^/]+))?(?:\/options\/([^/]+))?\/(.+)$/.exec(path) ?? [];
    const level = /^scoreMin\/([1-5])$/.exec(leaf)?.[1];
    const key = `leaf.${leaf}`;
    const ofLevel = level && t('scoreMin', { level: term('investorLevel', level) });
    const name = hasText(texts, key) ? t(key) : ofLevel;
    if (name === undefined) return <Data isCode>{path}</Data>;
    const place = placeIn(contents, question, option);
    return [
      place.question === undefined ? '' : t('question', { place: place.question }),
      place.option === undefined ? '' : t('option', { place: place.option }),
      name,
    ]
      .filter((part) => part !== '')
      .join(' · ');
  };
}

/** What differs between two contents of a questionnaire or of rules, place by place. */
export function ContentDiff({ before, after }: { before: unknown; after: unknown }) {
  const t = useText(texts);
  const placeOf = usePlace([after, before]);
  const items = differencesOf(arrange(before), arrange(after));
  return (
    // It scrolls when it is long: a keyboard must reach it.
    <div className="content-diff" role="group" tabIndex={0} aria-label={t('title')}>
      <p className="quiet num">{t('differences', { count: items.length })}</p>
      <Diff
        label={t('title')}
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
