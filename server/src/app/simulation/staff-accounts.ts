/** The administrator of the house opens accounts of staff, changes their duties and takes them away. */
import { type Actor, actorName, type Role } from '../../platform/actor.ts';
import { decideApproval } from '../../platform/approvals.ts';
import { AuthService } from '../../platform/auth/service.ts';
import { createStaff, type StaffUser } from '../../platform/auth/staff.ts';
import { type ActOutcome, changeRoles, disableStaff } from '../../platform/auth/staff-acts.ts';
import { loadSettings } from '../../platform/config.ts';
import type { World } from '../../platform/world.ts';
import { staffActor } from '../sandbox/house.ts';
import { ask } from './asks.ts';
import { shownAs } from './model/duties.ts';
import type { Play } from './play.ts';

const DUTIES: readonly (readonly Role[])[] = [
  ['administrator'],
  ['auditor'],
  ['operations'],
  ['adviser', 'operations'],
  ['auditor', 'adviser'],
  ['administrator', 'auditor'],
  ['reviewer', 'administrator'],
];
const NAMES = ['an.li', 'bei.ma', 'cao.xu', 'dai.wu', 'er.yan'];
const ADMINISTRATOR = 'ada.min';
const OTHER_ADMINISTRATOR = staffActor('ben.min', 'administrator');
const COMPLIANCE = staffActor('con.lu', 'compliance');

const say = ({ state, roles }: StaffUser): string => shownAs(state, roles);

/** One thing that the administrator does, or tries, with the accounts of staff. */
export async function manageAccounts(play: Play): Promise<void> {
  const { oddDice: dice, duties, probes, house } = play;
  const world = house.calm;
  const auth = new AuthService(world, loadSettings({}), world.clock);
  const roles = dice.pick(DUTIES);
  const known = duties.users();
  const user = known.length === 0 || dice.chance(0.4) ? undefined : dice.pick(known);
  if (user === undefined) {
    const name = dice.pick(NAMES);
    const made = await ask(probes, {
      what: `new account of ${name}`,
      predicted: [duties.predictCreate(name, roles)],
      call: () =>
        createStaff(auth, staffActor(ADMINISTRATOR, 'administrator'), { userName: name, roles }),
      say: ({ staff }) => say(staff),
    });
    if (made !== undefined) duties.created(made.staff.staffId, name, roles);
    return;
  }
  const isOwn = dice.chance(0.2);
  const by = isOwn ? user.id : ADMINISTRATOR;
  const actor = staffActor(by, 'administrator');
  if (dice.chance(0.6)) {
    const changed = await ask(probes, {
      what: `new duties of ${user.id}`,
      predicted: [duties.predictRoles(by, user.id, roles)],
      call: () => changeRoles(auth, actor, user.id, roles),
      say: sayOutcome,
    });
    if (await isDone(play, changed, actor)) duties.changed(user.id, roles);
    return;
  }
  const gone = await ask(probes, {
    what: `end of ${user.id}`,
    predicted: [duties.predictDisable(by, user.id)],
    call: () => disableStaff(auth, actor, user.id),
    say: sayOutcome,
  });
  if (await isDone(play, gone, actor)) duties.disabled(user.id);
}

const sayOutcome = (outcome: ActOutcome): string =>
  'staff' in outcome ? say(outcome.staff) : 'waits for compliance';

/** Whether the act is done; one upon an auditor is when compliance agrees, and no administrator. */
async function isDone(
  { oddDice: dice, probes, house }: Play,
  outcome: ActOutcome | undefined,
  maker: Actor,
): Promise<boolean> {
  if (outcome === undefined || 'staff' in outcome) return outcome !== undefined;
  const { approvalId } = outcome;
  const decide = (checker: Actor, predicted: string) =>
    ask(probes, {
      what: `decision of ${actorName(checker)} on an auditor`,
      predicted: [predicted],
      call: () => decideApproval(house.calm, checker, approvalId, 'approve', 'agreed'),
      say: ({ state }) => state,
    });
  await decide(maker, 'APPROVAL_OWN_REQUEST');
  await decide(OTHER_ADMINISTRATOR, 'APPROVAL_ROLE_MISSING');
  await decide(await hireToAgree(house.calm, maker, approvalId), 'STAFF_ONE_HAND');
  if (dice.chance(0.3)) return false;
  return (await decide(COMPLIANCE, 'approved')) !== undefined;
}

/** An account of compliance that the one who asked opens only to agree with it. */
async function hireToAgree(world: World, maker: Actor, approvalId: string): Promise<Actor> {
  const auth = new AuthService(world, loadSettings({}), world.clock);
  const userName = `puppet.${approvalId.toLowerCase()}`;
  const { staff } = await createStaff(auth, maker, { userName, roles: ['compliance'] });
  return staffActor(staff.staffId, 'compliance');
}
