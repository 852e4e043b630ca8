/** What an exception or a comparison is about, taken apart: the server writes it as one text. */

/** A part of a subject: what it is called, and its value. */
export interface SubjectPart {
  readonly name:
    | 'tradingAccount'
    | 'assetAccount'
    | 'fund'
    | 'shareClass'
    | 'registrar'
    | 'bucket'
    | 'file'
    | 'record'
    | 'party'
    | 'parcel'
    | 'serial'
    | 'business'
    | 'statement'
    | 'order'
    | 'day';
  readonly value: string;
}

const part = (name: SubjectPart['name'], value = ''): SubjectPart[] =>
  value === '' ? [] : [{ name, value }];

/** Each form of a subject, and its parts in the order in which people say them. */
const FORMS: readonly [RegExp, (found: readonly (string | undefined)[]) => SubjectPart[]][] = [
  [
    /^(?:break:units\/)?(\w{2})\/(\w+)\/(\w{6})\/(\w+)$/,
    ([, registrar, account, fund, share]) => [
      ...part('tradingAccount', account),
      ...part('fund', fund),
      // The class of plain units is the rule and is not said.
      ...part('shareClass', share === '0' ? '' : share),
      ...part('registrar', registrar),
    ],
  ],
  [/^(?:break:bankTotal\/)?bucket:(\d+)$/, ([, bucket]) => part('bucket', bucket)],
  [
    /^(?:break:(?:bankTotal|cash)\/)?(?:account:)?([0-9A-Z]{14,20})$/,
    ([, account]) => part('assetAccount', account),
  ],
  [
    /^(?:confirmation|account|distribution):\d+\/(\d+)\/(\d+)$/,
    ([, file, record]) => [...part('file', file), ...part('record', record)],
  ],
  [/^file:(\w+)\/(.+)$/, ([, party, file]) => [...part('party', party), ...part('file', file)]],
  [/^nav:(\w{6})(?:\/(.+))?$/, ([, fund, day]) => [...part('fund', fund), ...part('day', day)]],
  [
    /^(?:navs|differences):(\w+)\/(.+)$/,
    ([, registrar, day]) => [...part('registrar', registrar), ...part('day', day)],
  ],
  [
    /^missing:([\d-]+)\/(.+)$/,
    ([, day, parcel]) => [...part('parcel', parcel), ...part('day', day)],
  ],
  [
    /^package:(\w+)\/(OF[IJ])\/(\d{4})(\d\d)(\d\d)$/,
    ([, party, kind, ...day]) => [
      ...part('parcel', `${party}/${kind}`),
      ...part('day', day.join('-')),
    ],
  ],
  [
    /^serial:(\w+)\/(.+)\/(\w+)$/,
    ([, registrar, serial, business]) => [
      ...part('serial', serial),
      ...part('business', business),
      ...part('registrar', registrar),
    ],
  ],
  [/^statement:([\d-]+)$/, ([, day]) => part('statement', day)],
  [/^order:(\w+)$/, ([, order]) => part('order', order)],
];

/** The parts of a subject; none when its form is not known. */
export function partsOf(subject: string): SubjectPart[] {
  for (const [form, read] of FORMS) {
    const found = form.exec(subject);
    if (found !== null) return read(found);
  }
  return [];
}
