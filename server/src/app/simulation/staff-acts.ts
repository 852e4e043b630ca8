/** What staff do to one customer at a time: his account is frozen or freed, he is assessed again. */
import { assert, type Random, shanghaiDate } from '@cairn/kernel';
import { moveAssetAccount } from '../../modules/accounts/index.ts';
import {
  type AssessOutcome,
  questionnaireAt,
  submitAnswers,
} from '../../modules/suitability/index.ts';
import { playMaker } from '../sandbox/house.ts';
import { answersFor, type Boldness } from '../sandbox/investors.ts';
import { answerOf } from './asks.ts';
import type { Command } from './commands.ts';
import type { Outcome } from './house.ts';
import { type Answers, type AssessReply, predictAssessment } from './model/assessing.ts';
import { Disagreement } from './model/booking.ts';
import type { Broker } from './model/broker.ts';
import { predictMove } from './model/money.ts';
import type { Client } from './people.ts';
import type { Probes } from './probes.ts';

const BOLDNESS: readonly Boldness[] = [1, 0.75, 0.5, 0.45, 0.25, 0.1];

/** Freezes an account or frees it; at times what it is already. */
function freezeCommand(
  { broker, probes }: { readonly broker: Broker; readonly probes: Probes },
  client: Client,
  isWrong: boolean,
): Command {
  const { customerId, assetAccountNo } = client;
  const isFrozen = broker.worldsOf(customerId)[0]?.assetStatus === 'frozen';
  const event = isFrozen === isWrong ? 'freeze' : 'unfreeze';
  return {
    name: event,
    customers: [customerId],
    async run(world) {
      const { said } = await answerOf(
        () => moveAssetAccount(world, playMaker, { assetAccountNo, event, reason: 'asked' }),
        (moved) => `${moved.assetAccountNo} ${moved.status}`,
      );
      return said;
    },
    tell(outcome) {
      assert(outcome.kind === 'reply', `the account is moved: ${outcome.kind}`);
      const [state] = broker.worldsOf(customerId);
      assert(state !== undefined, `${customerId} has a world`);
      const { status, refusal } = predictMove(state, event);
      const predicted = refusal ?? `${assetAccountNo} ${status}`;
      if (outcome.value !== predicted) {
        throw new Disagreement(`${event} of ${assetAccountNo}`, predicted, outcome.value);
      }
      broker.change(customerId, (one) => ({ ...one, assetStatus: status }));
      probes.reach(refusal === undefined ? `account ${event}` : `account ${event}: ${refusal}`);
    },
  };
}

/** Answers in the words of the model. */
export const answersOf = (
  answers: readonly { readonly questionId: string; readonly optionIds: readonly string[] }[],
): Answers =>
  answers.map(({ questionId: question, optionIds: options }) => ({ question, options }));

function assessReply(outcome: AssessOutcome): AssessReply {
  if (outcome.outcome === 'refused') {
    const codes = outcome.findings.map(({ code }) => code);
    return { outcome: 'refused', codes, score: 0, profile: undefined };
  }
  const { level, lowest, term, varieties, validUntil } = outcome;
  const profile =
    level === null || validUntil === null || term === null || outcome.score === null
      ? undefined
      : { level, lowest, term, varieties, validUntil };
  return { outcome: outcome.outcome, codes: [], score: outcome.score ?? 0, profile };
}

const textOf = (reply: AssessReply): string => JSON.stringify(reply);

interface Submitted {
  readonly reply: AssessReply;
  readonly answers: Answers;
}

/** What the model says of a submission at one of the times at which it may have been decided. */
function tellAssessed(
  { broker, probes }: { readonly broker: Broker; readonly probes: Probes },
  customerId: string,
  no: string,
  { from, to, value }: Outcome<unknown> & { readonly value: Submitted },
): void {
  const { questionnaire } = broker.market;
  const [state] = broker.worldsOf(customerId);
  assert(questionnaire !== undefined && state !== undefined, 'the model knows both');
  const { answers, reply } = value;
  const predictions = [from, to].map((now) =>
    predictAssessment(questionnaire, state.assessments, { no, answers }, shanghaiDate(now)),
  );
  const found = predictions.find((one) => textOf(one.reply) === textOf(reply));
  if (found === undefined) {
    const models = predictions.map((one) => one.reply);
    throw new Disagreement(`assessment ${no} of ${customerId}`, models, reply);
  }
  const { profile } = reply;
  broker.change(customerId, (one) => ({
    ...one,
    assessments: found.next,
    ...(reply.outcome === 'assessed' ? { profile } : {}),
  }));
  probes.reach(`reassessment ${reply.outcome}${reply.codes.map((code) => ` ${code}`).join('')}`);
}

/** Has a customer answer the questionnaire again; what comes of it holds from then on. */
function assessCommand(
  parts: { readonly broker: Broker; readonly probes: Probes },
  client: Client,
  { boldness, no }: { readonly boldness: Boldness; readonly no: string },
): Command {
  const { customerId } = client;
  return {
    name: 'assess',
    customers: [customerId],
    async run(world): Promise<Submitted & { assessmentId?: string }> {
      const questionnaire = await questionnaireAt(world.db, 'person', world.clock.now());
      assert(questionnaire !== undefined, 'a questionnaire is in force');
      const answers = answersFor(questionnaire, boldness);
      const [outcome] = await submitAnswers(world, playMaker, [
        {
          customerId,
          clientSubmissionNo: no,
          questionnaireVersion: questionnaire.version,
          answers,
          channel: 'counter',
        },
      ]);
      assert(outcome !== undefined, 'a submission is answered');
      const id = outcome.outcome === 'refused' ? {} : { assessmentId: outcome.assessmentId };
      return { reply: assessReply(outcome), answers: answersOf(answers), ...id };
    },
    tell(outcome) {
      assert(outcome.kind === 'reply', `the customer is assessed: ${outcome.kind}`);
      const value = outcome.value as Submitted & { assessmentId?: string };
      tellAssessed(parts, customerId, no, { ...outcome, value });
      const { assessmentId: id } = value;
      if (id !== undefined) parts.broker.same(`assessment ${no} of ${customerId}`, id);
    },
  };
}

/** One act of staff, on a customer of the dice's choice. */
export function drawStaffAct(
  random: Random,
  play: { readonly broker: Broker; readonly probes: Probes; readonly clients: readonly Client[] },
): Command {
  const client = random.pick(play.clients);
  if (random.chance(0.5)) return freezeCommand(play, client, random.chance(0.2));
  // Now and then a number that was given before: the same answers, or others.
  const given = play.broker.worldsOf(client.customerId)[0]?.assessments.map(({ no }) => no) ?? [];
  const fresh = `again ${random.int(1, 999_999_999)}`;
  const no = random.chance(0.2) && given.length > 0 ? random.pick(given) : fresh;
  return assessCommand(play, client, { boldness: random.pick(BOLDNESS), no });
}
