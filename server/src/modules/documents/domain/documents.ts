/** A customer's figures put into a document: which of them, in what order, under what words. */
import { type Amount, formatAmount, parseAmount, subtract } from '@cairn/kernel';
import type { Assets, Curve, Movements } from '../../portfolio/index.ts';
import type { Document, DocumentKind, Language, Section } from './document.ts';
import { kindWord, word, type WordKey } from './texts.ts';

/** Whose document it is; the name is masked unless a purpose is given. */
export interface Holder {
  readonly customerId: string;
  readonly name: string;
  readonly certificateMasked: string;
  readonly assetAccountNos: readonly string[];
  /** Why personal data is shown in full; absent: it is masked. */
  readonly purpose?: string;
}

export interface Frame {
  readonly language: Language;
  readonly holder: Holder;
  /** When it is made, in the firm's time. */
  readonly madeAt: string;
}

type Say = (key: WordKey) => string;
type Figures = Extract<Section, { type: 'figures' }>['items'];

function fen(text: string): Amount {
  const value = parseAmount(text, 'CNY', { signed: true });
  if (value === undefined) throw new Error(`${text} is no amount`);
  return value;
}

function frameOf(
  { language, holder, madeAt }: Frame,
  kind: DocumentKind,
  time: readonly [name: string, value: string],
  isWide: boolean,
): { head: Section; document: Omit<Document, 'sections'>; tail: Section } {
  const say: Say = (key) => word(key, language);
  const title = say(kind === 'statement' ? 'statement' : 'holdingsReport');
  const rows: [string, string][] = [
    [say('customer'), holder.name],
    [say('customerId'), holder.customerId],
    [say('certificate'), holder.certificateMasked],
    [say('accounts'), holder.assetAccountNos.join(' ') || say('none')],
    [time[0], time[1]],
    [say('madeAt'), madeAt],
  ];
  if (holder.purpose !== undefined) rows.push([say('purpose'), holder.purpose]);
  const note = kind === 'statement' ? 'noteStatement' : 'noteHoldings';
  return {
    head: { type: 'facts', rows },
    document: {
      language,
      title,
      firm: say('firm'),
      subtitle: `${holder.name} · ${holder.customerId} · ${time[1]}`,
      foot: `${say('firm')} · ${title} · ${holder.customerId} · ${say('page')}`,
      isWide,
    },
    tail: { type: 'note', text: say(holder.purpose === undefined ? note : 'noteClear') },
  };
}

/** The statement of a period: assets at its ends, how they went, and all that moved. */
export function composeStatement(
  frame: Frame,
  { curve, movements }: { readonly curve: Curve; readonly movements: Movements },
): Document {
  const { language } = frame;
  const say: Say = (key) => word(key, language);
  const time = [say('period'), `${curve.from} ~ ${curve.to}`] as const;
  const { head, document, tail } = frameOf(frame, 'statement', time, false);
  const last = curve.points.at(-1);
  const end = last ?? curve.opening;
  const brought = formatAmount(subtract(fen(end.netDeposits), fen(curve.opening.netDeposits)));
  const items: Figures = [
    { name: say('openingTotal'), value: curve.opening.total, kind: 'figure' },
    { name: say('netDeposits'), value: brought, kind: 'figure' },
    { name: say('periodProfit'), value: curve.periodProfit, kind: 'gain' },
    { name: say('closingTotal'), value: end.total, kind: 'figure' },
    ...(last === undefined
      ? []
      : ([
          { name: say('cash'), value: last.cash, kind: 'figure' },
          { name: say('holdingsValue'), value: last.holdings, kind: 'figure' },
          { name: say('onTheWay'), value: last.onTheWay, kind: 'figure' },
          { name: say('totalProfit'), value: last.profit, kind: 'gain' },
        ] as const)),
  ];
  const points = curve.points.map(({ date, total }) => ({ date, value: total }));
  return {
    ...document,
    sections: [
      head,
      { type: 'figures', title: say('summary'), items },
      { type: 'curve', title: say('curve'), points },
      heldSection(say, curve),
      cashSection(say, language, movements),
      unitSection(say, language, movements),
      tail,
    ],
  };
}

function heldSection(say: Say, curve: Curve): Section {
  const end = curve.points.at(-1)?.date;
  return {
    type: 'table',
    title: say('held'),
    columns: [
      { title: say('fundCode'), kind: 'text', share: 1.2 },
      { title: say('fundName'), kind: 'text', share: 3.6 },
      { title: say('units'), kind: 'figure', share: 1.8 },
      { title: say('value'), kind: 'figure', share: 1.8 },
      { title: say('totalProfit'), kind: 'gain', share: 1.8 },
    ],
    rows: curve.funds.flatMap(({ fundCode, fundName, points }) => {
      const at = points.at(-1);
      if (at === undefined || at.date !== end || /^0(\.0+)?$/.test(at.units)) return [];
      return [[fundCode, fundName, at.units, at.value, at.profit]];
    }),
    empty: say('nothingHeld'),
  };
}

function cashSection(say: Say, language: Language, { cash }: Movements): Section {
  return {
    type: 'table',
    title: say('cashMoves'),
    columns: [
      { title: say('date'), kind: 'text', share: 1.4 },
      { title: say('kind'), kind: 'text', share: 2 },
      { title: say('ref'), kind: 'text', share: 4 },
      { title: say('amount'), kind: 'gain', share: 2 },
    ],
    rows: cash.map((row) => [row.date, kindWord('cash', row.kind, language), row.ref, row.amount]),
    empty: say('noMoves'),
  };
}

function unitSection(say: Say, language: Language, { units }: Movements): Section {
  return {
    type: 'table',
    title: say('unitMoves'),
    columns: [
      { title: say('date'), kind: 'text', share: 1.4 },
      { title: say('kind'), kind: 'text', share: 1.8 },
      { title: say('fundCode'), kind: 'text', share: 1.1 },
      { title: say('fundName'), kind: 'text', share: 3.4 },
      { title: say('units'), kind: 'gain', share: 1.8 },
      { title: say('amount'), kind: 'figure', share: 1.8 },
    ],
    rows: units.map((row) => [
      row.date,
      kindWord('units', row.kind, language),
      row.fundCode,
      row.fundName,
      row.units,
      row.amount,
    ]),
    empty: say('noMoves'),
  };
}

/** What a customer holds now: the totals, how they are spread, and each holding. */
export function composeHoldings(frame: Frame, assets: Assets): Document {
  const { language } = frame;
  const say: Say = (key) => word(key, language);
  const time = [say('asOf'), assets.date] as const;
  const { head, document, tail } = frameOf(frame, 'holdings', time, true);
  const items: Figures = [
    { name: say('total'), value: assets.total, kind: 'figure' },
    { name: say('holdingsValue'), value: assets.holdingsValue, kind: 'figure' },
    { name: say('cash'), value: assets.cash.balance, kind: 'figure' },
    { name: say('onTheWay'), value: assets.onTheWay, kind: 'figure' },
    { name: say('totalProfit'), value: assets.totalProfit, kind: 'gain' },
    ...gain(say('profit'), assets.profit),
    ...gain(say('dayProfit'), assets.dayProfit),
    { name: say('cost'), value: assets.cost, kind: 'figure' },
  ];
  const spread = (key: 'byType' | 'byRisk'): Section[] =>
    assets[key].length === 0
      ? []
      : [
          {
            type: 'bars',
            title: say(key),
            columns: [say('label'), say('value'), say('percent')],
            bars: assets[key].map(({ label, labelZh, value, weight }) => ({
              label: language === 'zh' ? labelZh : label,
              value,
              percent: weight,
            })),
          },
        ];
  return {
    ...document,
    sections: [
      head,
      { type: 'figures', title: say('summary'), items },
      ...spread('byType'),
      ...spread('byRisk'),
      holdingsSection(say, assets),
      duesSection(say, language, assets),
      tail,
    ],
  };
}

function gain(name: string, value: string | undefined): Figures {
  return value === undefined ? [] : [{ name, value, kind: 'gain' }];
}

function holdingsSection(say: Say, { holdings }: Assets): Section {
  return {
    type: 'table',
    title: say('heldNow'),
    columns: [
      { title: say('fundCode'), kind: 'text', share: 1.1 },
      { title: say('fundName'), kind: 'text', share: 3 },
      { title: say('risk'), kind: 'text', share: 1 },
      { title: say('units'), kind: 'figure', share: 1.7 },
      { title: say('nav'), kind: 'figure', share: 1.4 },
      { title: say('navDate'), kind: 'text', share: 1.4 },
      { title: say('cost'), kind: 'figure', share: 1.7 },
      { title: say('value'), kind: 'figure', share: 1.7 },
      { title: say('profit'), kind: 'gain', share: 1.7 },
      { title: say('profitPercent'), kind: 'gain', share: 1.1 },
      { title: say('percent'), kind: 'figure', share: 1 },
    ],
    rows: holdings.map((one) => [
      one.fundCode,
      one.fundName,
      one.riskLevel === undefined ? undefined : `R${one.riskLevel}`,
      one.units,
      // Four decimals are what funds publish; zeros beyond them say nothing.
      one.nav?.replace(/(\.\d{4}\d*?)0+$/, '$1'),
      one.navDate,
      one.cost,
      one.value,
      one.profit,
      one.profitPercent,
      one.weight,
    ]),
    empty: say('nothingHeld'),
  };
}

function duesSection(say: Say, language: Language, { dues }: Assets): Section {
  return {
    type: 'table',
    title: say('dues'),
    columns: [
      { title: say('kind'), kind: 'text', share: 2 },
      { title: say('ref'), kind: 'text', share: 4 },
      { title: say('dueDate'), kind: 'text', share: 1.5 },
      { title: say('amount'), kind: 'figure', share: 2 },
    ],
    rows: dues.map((due) => [
      kindWord('cash', due.kind, language),
      due.ref,
      due.dueDate,
      due.amount,
    ]),
    empty: say('noDues'),
  };
}
