import { Button } from 'antd';
import type { ReactNode } from 'react';
import { AllClear, Findings } from '../../parts/findings.tsx';
import { Data } from '../../parts/figure.tsx';
import { Facts } from '../../parts/page.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import type { OpeningForm } from './form-page.tsx';
import { texts } from './texts.ts';

interface Item {
  readonly name: string;
  readonly value: ReactNode;
}

const filled = (name: string, value: string): Item[] =>
  value === '' ? [] : [{ name, value: <Data>{value}</Data> }];

function useItems({ typed, check }: OpeningForm): readonly [Item[], Item[]] {
  const t = useText(texts);
  const term = useTerms();
  const isPerson = typed.kind === '1';
  const kind = isPerson ? 'certificatePerson' : 'certificateOther';
  const certificate = [
    ...filled(t(isPerson ? 'name' : `name.${typed.kind}`), typed.name),
    { name: t('certificateType'), value: term(kind, typed.certificateType) },
    ...filled(t('certificateNo'), typed.certificateNo),
    {
      name: t('validUntil'),
      value: typed.isLongTerm ? t('longTerm') : <span className="num">{typed.validUntil}</span>,
    },
    ...(isPerson
      ? [
          { name: t('birthDate'), value: <span className="num">{check?.birthDate ?? '—'}</span> },
          { name: t('sex'), value: term('sex', check?.sex) },
        ]
      : []),
  ];
  const contact = [
    ...filled(t('phone'), typed.phone),
    ...filled(t('email'), typed.email),
    ...filled(t('address'), typed.address),
    ...filled(t('postCode'), typed.postCode),
    ...(isPerson
      ? [{ name: t('civilCapacity'), value: term('civilCapacity', check?.civilCapacity) }]
      : [
          ...filled(t('representativeName'), typed.representativeName),
          {
            name: t('representativeType'),
            value: term('certificatePerson', typed.representativeType),
          },
          ...filled(t('representativeNo'), typed.representativeNo),
        ]),
    ...filled(t('branchCode'), typed.branchCode),
    ...filled(t('adviserId'), typed.adviserId),
  ];
  return [certificate, contact];
}

/** Everything once more, to be compared with the originals before the customer is opened. */
export function Review({ form }: { form: OpeningForm }) {
  const t = useText(texts);
  const parts = useItems(form);
  const findings = form.check?.findings ?? [];
  return (
    <div className="stack">
      <p className="quiet">{t('review.lead')}</p>
      {parts.map((items, place) => {
        const step = t(place === 0 ? 'steps.0' : 'steps.1');
        return (
          <section key={step} className="opening-review">
            <div className="opening-review-head">
              <h2>{step}</h2>
              <Button size="small" onClick={() => form.setStep(place)}>
                {t('review.edit', { step })}
              </Button>
            </div>
            <Facts columns={3} items={items} />
          </section>
        );
      })}
      {form.check === undefined ? null : findings.length === 0 ? null : (
        <Findings findings={findings} />
      )}
      {form.isCurrent && findings.length === 0 && form.check?.existing === null ? (
        <AllClear>{t('review.clear')}</AllClear>
      ) : null}
    </div>
  );
}
