/** What staff do to one customer at a time: his account is frozen or freed, he is assessed again. */
import { assert, type Random } from '@cairn/kernel';
import { moveAssetAccount } from '../../modules/accounts/index.ts';
import { questionnaireAt, submitAnswers } from '../../modules/suitability/index.ts';
import { playMaker } from '../sandbox/house.ts';
import { answersFor, type Boldness } from '../sandbox/investors.ts';
import type { Command } from './commands.ts';
import type { Broker } from './model/broker.ts';
import type { Client } from './people.ts';
import type { Probes } from './probes.ts';

const BOLDNESS: readonly Boldness[] = [1, 0.75, 0.5, 0.45, 0.25, 0.1];

/** Freezes an account, or frees one that is frozen. */
function freezeCommand(broker: Broker, probes: Probes, client: Client): Command {
  const { customerId, assetAccountNo } = client;
  const isFrozen = broker.worldsOf(customerId)[0]?.assetStatus === 'frozen';
  const event = isFrozen ? 'unfreeze' : 'freeze';
  return {
    name: event,
    customers: [customerId],
    run: (world) => moveAssetAccount(world, playMaker, { assetAccountNo, event, reason: 'asked' }),
    tell(outcome) {
      assert(outcome.kind === 'reply', `the account is moved: ${outcome.kind}`);
      const assetStatus = isFrozen ? 'active' : 'frozen';
      broker.change(customerId, (state) => ({ ...state, assetStatus }));
      probes.reach(`account ${event}`);
    },
  };
}

/** Has a customer answer the questionnaire again; what comes of it holds from then on. */
function assessCommand(
  broker: Broker,
  probes: Probes,
  client: Client,
  { boldness, no }: { readonly boldness: Boldness; readonly no: string },
): Command {
  const { customerId } = client;
  return {
    name: 'assess',
    customers: [customerId],
    async run(world) {
      const questionnaire = await questionnaireAt(world.db, 'person', world.clock.now());
      assert(questionnaire !== undefined, 'a questionnaire is in force');
      const [outcome] = await submitAnswers(world, playMaker, [
        {
          customerId,
          clientSubmissionNo: no,
          questionnaireVersion: questionnaire.version,
          answers: answersFor(questionnaire, boldness),
          channel: 'counter',
        },
      ]);
      return outcome;
    },
    tell(outcome) {
      assert(outcome.kind === 'reply', `the customer is assessed: ${outcome.kind}`);
      const result = outcome.value as Awaited<ReturnType<typeof submitAnswers>>[number];
      probes.reach(`reassessment ${result.outcome}`);
      if (result.outcome !== 'assessed') return;
      const { level, lowest, term, varieties, validUntil } = result;
      const isUsable = level !== null && validUntil !== null;
      const profile = isUsable
        ? { level, lowest, term: term ?? '', varieties, validUntil }
        : undefined;
      broker.change(customerId, (state) => ({ ...state, profile }));
    },
  };
}

/** One act of staff, on a customer of the dice's choice. */
export function drawStaffAct(
  random: Random,
  play: { readonly broker: Broker; readonly probes: Probes; readonly clients: readonly Client[] },
): Command {
  const { broker, probes, clients } = play;
  const client = random.pick(clients);
  if (random.chance(0.5)) return freezeCommand(broker, probes, client);
  const no = `again ${random.int(1, 999_999_999)}`;
  return assessCommand(broker, probes, client, { boldness: random.pick(BOLDNESS), no });
}
