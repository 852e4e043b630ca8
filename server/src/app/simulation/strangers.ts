/** A4: staff of another branch, and other customers, act on somebody who does not exist for them. */
import { amount, assert, units } from '@cairn/kernel';
import type { Actor } from '../../platform/actor.ts';
import { moveAssetAccount, transferCash } from '../../modules/accounts/index.ts';
import { questionnaireAt, submitAnswers } from '../../modules/suitability/index.ts';
import { cancelOrders, type PlaceOrder, placeOrders } from '../../modules/trading/index.ts';
import { staffActor } from '../sandbox/house.ts';
import { answersFor } from '../sandbox/investors.ts';
import { ask } from './asks.ts';
import { breach } from './day-checks.ts';
import { Disagreement } from './model/booking.ts';
import { STRANGER_IS_TOLD } from './model/office.ts';
import type { Client } from './people.ts';
import type { Play } from './play.ts';

const TITLE = [
  'To a stranger a customer, his orders and his accounts do not exist',
  '对无权限者，客户及其委托、账户均不存在',
] as const;

function strangerTo(play: Play, client: Client): Actor | undefined {
  const { oddDice: dice, people } = play;
  const others = people.clients.filter(({ branchCode }) => branchCode !== client.branchCode);
  if (others.length === 0) return undefined;
  const { branchCode, customerId } = dice.pick(others);
  if (dice.chance(0.5)) return { ...staffActor('far.off', 'adviser', 'operations'), branchCode };
  return { ...staffActor('somebody', 'investor'), kind: 'investor', customerId };
}

interface Try {
  readonly kind: keyof typeof STRANGER_IS_TOLD;
  /** The code of what one item of an answer was refused with, or what was done. */
  call(): Promise<string>;
}

/** A redemption, and the cancellation of an order that is there. */
function triesOfOrders({ house, broker }: Play, actor: Actor, { customerId }: Client): Try[] {
  const world = house.calm;
  const orders = [...(broker.worldsOf(customerId)[0]?.orders.values() ?? [])];
  const order = orders.find(({ state }) => state === 'accepted') ?? orders[0];
  const request: PlaceOrder = {
    customerId,
    clientOrderNo: 'strange',
    businessCode: '024',
    fundCode: '000001',
    channel: '2',
    units: units(100n),
    largeRedemptionFlag: '1',
  };
  const place: Try = {
    kind: 'place',
    async call() {
      const [result] = await placeOrders(world, actor, [request]);
      return result?.kind === 'error' ? result.code : 'decided';
    },
  };
  if (order === undefined) return [place];
  const cancel: Try = {
    kind: 'cancel',
    async call() {
      const [result] = await cancelOrders(world, actor, [order.id]);
      return result?.kind === 'error' ? result.code : 'cancelled';
    },
  };
  return [place, cancel];
}

/** Money, the state of an account, the questionnaire. */
function triesOfAccounts({ house }: Play, actor: Actor, client: Client): Try[] {
  const world = house.calm;
  const { customerId, assetAccountNo } = client;
  const clientTransferNo = 'strange';
  const idempotencyKey = undefined;
  const out = { assetAccountNo, direction: 'out', amount: amount(1n), clientTransferNo } as const;
  return [
    {
      kind: 'transfer',
      async call() {
        const [result] = await transferCash(world, actor, [{ ...out, idempotencyKey }]);
        return result !== undefined && 'fault' in result ? result.fault.code : 'moved';
      },
    },
    {
      kind: 'freeze',
      async call() {
        const change = { assetAccountNo, event: 'freeze', reason: 'tried' } as const;
        return (await moveAssetAccount(world, actor, change)).status;
      },
    },
    {
      kind: 'assess',
      async call() {
        const questionnaire = await questionnaireAt(world.db, 'person', world.clock.now());
        assert(questionnaire !== undefined, 'a questionnaire is in force');
        const { version: questionnaireVersion } = questionnaire;
        const answers = answersFor(questionnaire, 1);
        const clientSubmissionNo = 'strange';
        const [result] = await submitAnswers(world, actor, [
          { customerId, clientSubmissionNo, questionnaireVersion, answers, channel: 'counter' },
        ]);
        return result?.outcome === 'refused' ? (result.findings[0]?.code ?? '') : 'assessed';
      },
    },
  ];
}

/** A stranger tries one thing on a customer. */
export async function tryAsStranger(play: Play): Promise<void> {
  const { oddDice: dice, people, probes } = play;
  const client = dice.pick(people.clients);
  const actor = strangerTo(play, client);
  if (actor === undefined) return;
  const tries = [...triesOfOrders(play, actor, client), ...triesOfAccounts(play, actor, client)];
  const { kind, call } = dice.pick(tries);
  const what = `${kind} as a stranger`;
  const asking = { what, predicted: [STRANGER_IS_TOLD[kind]], call, say: (said: string) => said };
  try {
    await ask(probes, asking);
  } catch (error) {
    if (!(error instanceof Disagreement)) throw error;
    throw breach('A4', TITLE, [{ subject: what, detail: { said: error.message } }]);
  }
}
