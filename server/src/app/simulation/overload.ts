/**
 * L2: more orders at once than a server takes in. It must answer those it has room for, tell the
 * others to come again without doing anything of theirs, and take orders again afterwards.
 */
import { AppError, assert } from '@cairn/kernel';
import { Batcher } from '../../platform/batcher.ts';
import {
  type KeyedRequest,
  keyRequest,
  placeRequests,
  type PlaceResult,
} from '../../modules/trading/index.ts';
import { playOperator } from '../sandbox/house.ts';
import { breach } from './day-checks.ts';
import type { Play } from './play.ts';
import { type Asked, orderReply } from './wire.ts';

const TITLE = [
  'A server with too much to do refuses the rest, keeps what it took, and goes on',
  '过载时拒绝多余请求，已受理者不丢，随后恢复',
] as const;
const ROOM = 4;
const RUSH = 10;

type Answer = PromiseSettledResult<PlaceResult>;

function tell({ broker, probes, ledger }: Play, asked: Asked, answer: Answer): void {
  if (answer.status === 'rejected') {
    // Nothing was done: the model has no order, and whoever reads the customer will find none.
    const { reason } = answer;
    if (!(reason instanceof AppError) || reason.code !== 'OVERLOADED') throw reason;
    probes.reach('order refused by overload');
    return;
  }
  ledger.hear(answer.value);
  const { reply, at } = orderReply(asked, answer.value);
  broker.placed(asked.model, at, reply);
}

/** A rush of orders on one server, larger than its queue. */
export async function rush(play: Play): Promise<void> {
  const { house, oddDice, rushDrawer: drawer, probes, swarm } = play;
  const world = house.calm;
  const batcher = new Batcher<KeyedRequest, PlaceResult>({
    lanes: 1,
    sizeMax: oddDice.int(1, ROOM),
    waitMs: 0,
    queueMax: swarm.queueMax,
    bucketOf: ({ bucket }) => bucket,
    handle: (requests) => placeRequests(world, requests),
  });
  const submit = async (some: readonly Asked[]) =>
    Promise.allSettled(
      some.map(({ house: order }) => batcher.submit(keyRequest({ actor: playOperator, order }))),
    );
  const asked = Array.from({ length: RUSH }, () => drawer.drawOrder());
  const answers = await submit(asked);
  for (const [n, one] of asked.entries()) {
    const answer = answers[n];
    assert(answer !== undefined, 'every order is answered');
    tell(play, one, answer);
  }
  const shed = asked.filter((_, n) => answers[n]?.status === 'rejected');
  // Whoever comes again finds room.
  const again = shed.slice(0, ROOM);
  const second = await submit(again);
  for (const [n, one] of again.entries()) {
    const answer = second[n];
    if (answer !== undefined) tell(play, one, answer);
  }
  const isShed = shed.length === RUSH - ROOM;
  const isOver = second.every(({ status }) => status === 'fulfilled') && batcher.depth === 0;
  if (!isShed || !isOver) {
    const detail = { asked: RUSH, room: ROOM, shed: shed.length, tookAgain: isOver };
    throw breach('L2', TITLE, [{ subject: 'orders at once', detail }]);
  }
  probes.reach('overload over');
}
