/** The demonstration's own questionnaires and rules: samples, marked as such, never a firm's. */
import { instant } from '@cairn/kernel';
import { actorName, systemActor } from '../../platform/actor.ts';
import { FIRM, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { type NewVersion, recordVersion } from './governance.ts';
import organisation from './sample/questionnaire-organisation.json' with { type: 'json' };
import person from './sample/questionnaire-person.json' with { type: 'json' };
import rules from './sample/rules.json' with { type: 'json' };

// The day on which the measures for investor suitability took effect, so that a business replayed
// from earlier years is judged as well.
const EFFECTIVE_AT = instant('2017-06-30T16:00:00.000Z');

const SAMPLES: readonly NewVersion[] = [
  { of: 'person', content: person, effectiveAt: EFFECTIVE_AT },
  { of: 'organisation', content: organisation, effectiveAt: EFFECTIVE_AT },
  { of: 'rules', content: rules, effectiveAt: EFFECTIVE_AT },
];

/**
 * Installs the sample questionnaires and rules where a firm has none yet; safe to run again.
 * Returns what was installed.
 */
export async function installSampleQuestionnaire(world: World): Promise<string[]> {
  const actor = systemActor('sample-questionnaire');
  return work(world, [FIRM], async ({ tx, now, audit }) => {
    const there = await tx.query<{ of: string }>(
      `select questionnaire_id as of from suitability.questionnaires
       union select 'rules' from suitability.rules`,
    );
    const missing = SAMPLES.filter((sample) => !there.some(({ of }) => of === sample.of));
    for (const sample of missing) {
      const version = await recordVersion(tx, sample, now, actorName(actor));
      audit({
        bucket: FIRM,
        actor,
        action: 'suitability.sample',
        subject: `suitability:${sample.of}`,
        result: 'done',
        detail: { version, effectiveAt: EFFECTIVE_AT },
      });
    }
    return missing.map(({ of }) => of);
  });
}
