import { Fragment } from 'react';
import { Data } from '../../parts/figure.tsx';
import { useText } from '../../texts/texts.ts';
import { partsOf } from './subject.ts';
import { texts } from './texts.ts';

/** What something is about, in words; in the server's own text where it has no words. */
export function Subject({ of }: { of: string }) {
  const t = useText(texts);
  const parts = partsOf(of);
  if (parts.length === 0) return <Data isCode>{of}</Data>;
  return (
    <>
      {parts.map(({ name, value }, at) => (
        <Fragment key={name}>
          {at === 0 ? '' : ' · '}
          {t(`subject.${name}`)} <Data isCode>{value}</Data>
        </Fragment>
      ))}
    </>
  );
}
