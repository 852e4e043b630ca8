/** Orders between the wire and the domain. */
import {
  type Amount,
  assert,
  formatAmount,
  formatPrice,
  formatRate,
  formatUnits,
  parseAmount,
  parseUnits,
  rate,
  type Units,
} from '@cairn/kernel';
import type { Static } from 'typebox';
import type { App } from '../../platform/http/app.ts';
import type {
  FlowReply,
  OrderDetail,
  OrderView,
  PlaceOrderWire,
  PreviewReply,
  PreviewWire,
  ProofReply,
  Receipt,
} from './contract.ts';
import type { Proof } from '../suitability/index.ts';
import type { Channel, Order, PlaceOrder } from './domain/order.ts';
import type { OrderFlow } from './order-flow.ts';
import type { OrderReceipt } from './place.ts';
import type { OrderPreview } from './preview.ts';
import type { OrderHistory } from './queries.ts';

/** What findings are rendered with. */
type Texts = Pick<App, 'wireFindings'>;

const NO_DISCOUNT = rate(100_000_000n);

function amountOf(text: string): Amount {
  const value = parseAmount(text);
  assert(value !== undefined, 'the schema lets only amounts through');
  return value;
}

function unitsOf(text: string): Units {
  const value = parseUnits(text);
  assert(value !== undefined, 'the schema lets only units through');
  return value;
}

const CHANNELS: readonly Channel[] = ['0', '1', '2', '3', '4', '5'];

/** An order of the wire; a preview is given a number that no order can have. */
export function readOrder(wire: PlaceOrderWire | PreviewWire): PlaceOrder {
  const channel: Channel = CHANNELS.find((code) => code === wire.channel) ?? '2';
  const head = {
    customerId: wire.customerId,
    clientOrderNo: 'clientOrderNo' in wire ? wire.clientOrderNo : '',
    fundCode: wire.fundCode,
    channel,
  };
  switch (wire.kind) {
    case 'redemption':
      return {
        ...head,
        businessCode: '024',
        units: unitsOf(wire.units),
        largeRedemptionFlag: wire.largeRedemption === 'cancel' ? '0' : '1',
      };
    case 'dividendMethod':
      return {
        ...head,
        businessCode: '029',
        dividendMethod: wire.dividendMethod === 'reinvest' ? '0' : '1',
      };
    default:
      return {
        ...head,
        businessCode: wire.kind === 'subscription' ? '020' : '022',
        amount: amountOf(wire.amount),
        discountRate: NO_DISCOUNT,
        ...(wire.warningId === undefined ? {} : { warningId: wire.warningId }),
      };
  }
}

const KINDS = {
  '020': 'subscription',
  '022': 'purchase',
  '024': 'redemption',
  '029': 'dividendMethod',
} as const;

/** A receipt with the texts of its findings. */
export function showReceipt(texts: Texts, receipt: OrderReceipt): Static<typeof Receipt> {
  return { ...receipt, findings: texts.wireFindings(receipt.findings) };
}

/** An order as the wire shows it. */
export function showOrder(order: Order): Static<typeof OrderView> {
  const { amount, units, dividendMethod, largeRedemptionFlag, nav, confirmDate } = order;
  return {
    orderId: order.orderId,
    customerId: order.customerId,
    clientOrderNo: order.clientOrderNo,
    kind: KINDS[order.businessCode],
    businessCode: order.businessCode,
    fundCode: order.fundCode,
    shareClass: order.shareClass,
    registrarCode: order.registrarCode,
    assetAccountNo: order.assetAccountNo,
    tradingAccountNo: order.tradingAccountNo,
    ...(amount === undefined ? {} : { amount: formatAmount(amount) }),
    ...(units === undefined ? {} : { units: formatUnits(units) }),
    ...(dividendMethod === undefined
      ? {}
      : { dividendMethod: dividendMethod === '0' ? 'reinvest' : 'cash' }),
    ...(largeRedemptionFlag === undefined
      ? {}
      : { largeRedemption: largeRedemptionFlag === '0' ? 'cancel' : 'defer' }),
    discountRate: formatRate(order.discountRate),
    channel: order.channel,
    tradeDate: order.tradeDate,
    acceptedAt: order.acceptedAt,
    state: order.state,
    confirmedAmount: formatAmount(order.confirmedAmount),
    confirmedUnits: formatUnits(order.confirmedUnits),
    fee: formatAmount(order.fee),
    ...(nav === undefined ? {} : { nav: formatPrice(nav) }),
    ...(confirmDate === undefined ? {} : { confirmDate }),
  };
}

/** Orders of one fund and kind on a day, as the wire shows them. */
export function showFlow(flow: OrderFlow): Static<typeof FlowReply>['flows'][number] {
  return {
    fundCode: flow.fundCode,
    businessCode: flow.businessCode,
    accepted: flow.accepted,
    cancelled: flow.cancelled,
    amount: formatAmount(flow.amount),
    units: formatUnits(flow.units),
  };
}

/** An order with its reasons and its life. */
export function showHistory(texts: Texts, history: OrderHistory): Static<typeof OrderDetail> {
  return {
    order: showOrder(history.order),
    findings: texts.wireFindings(history.findings),
    events: history.events.map(({ seq, from, to, at, detail }) => ({
      seq,
      from,
      to,
      at,
      ...(detail === undefined ? {} : { detail }),
    })),
  };
}

/** A preview with the texts of its findings. */
export function showPreview(texts: Texts, preview: OrderPreview): Static<typeof PreviewReply> {
  const { outcome, tradeDate, expected, estimate } = preview;
  return {
    outcome,
    tradeDate,
    findings: texts.wireFindings(preview.findings),
    ...(expected === undefined ? {} : { expected: { ...expected } }),
    ...(estimate === undefined ? {} : { estimate: showEstimate(estimate) }),
  };
}

function showEstimate(
  estimate: NonNullable<OrderPreview['estimate']>,
): NonNullable<Static<typeof PreviewReply>['estimate']> {
  const { nav, fee, net, units, parts } = estimate;
  return {
    ...(nav === undefined ? {} : { nav: formatPrice(nav.nav), navDate: nav.navDate }),
    fee: formatAmount(fee),
    net: formatAmount(net),
    ...(units === undefined ? {} : { units: formatUnits(units) }),
    ...(parts === undefined
      ? {}
      : {
          lots: parts.map((part) => ({
            lotId: part.lotId,
            units: formatUnits(part.units),
            days: part.days,
            rate: formatRate(part.rate),
            gross: formatAmount(part.gross),
            fee: formatAmount(part.fee),
          })),
        }),
  };
}

/** A proof with the texts of its findings. */
export function showProof(texts: Texts, proof: Proof): Static<typeof ProofReply> {
  const { orderId, agrees, disagreements, decidedAt, recorded, recomputed } = proof;
  const { product, profileVersion, ruleVersion, warningId } = recorded;
  const judgement = ({ outcome, findings, inputDigest }: Proof['recomputed']) => ({
    outcome,
    findings: texts.wireFindings(findings),
    inputDigest,
  });
  return {
    orderId,
    agrees,
    disagreements: [...disagreements],
    decidedAt,
    fundCode: product.fundCode,
    riskLevel: product.riskLevel,
    parameterVersion: product.parameterVersion,
    ...(profileVersion === null ? {} : { profileVersion }),
    ...(ruleVersion === null ? {} : { ruleVersion }),
    ...(warningId === null ? {} : { warningId }),
    recorded: judgement(recorded),
    recomputed: judgement(recomputed),
  };
}
