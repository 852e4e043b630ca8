/** The administrator of the house opens accounts of staff, changes their duties and takes them away. */
import type { Role } from '../../platform/actor.ts';
import { AuthService } from '../../platform/auth/service.ts';
import {
  changeRoles,
  createStaff,
  disableStaff,
  type StaffUser,
} from '../../platform/auth/staff.ts';
import { loadSettings } from '../../platform/config.ts';
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
      say,
    });
    if (changed !== undefined) duties.changed(user.id, roles);
    return;
  }
  const gone = await ask(probes, {
    what: `end of ${user.id}`,
    predicted: [duties.predictDisable(by, user.id)],
    call: () => disableStaff(auth, actor, user.id),
    say,
  });
  if (gone !== undefined) duties.disabled(user.id);
}
