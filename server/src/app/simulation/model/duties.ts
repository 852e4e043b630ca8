/* The accounts of staff as the model keeps them, and what their administrator must be told. */

interface ModelUser {
  readonly id: string;
  readonly name: string;
  roles: readonly string[];
  state: 'pending' | 'active' | 'disabled';
}

/** Duties that stand alone. */
const ALONE = ['administrator', 'auditor'];

const mayStand = (roles: readonly string[]): boolean => {
  const distinct = new Set(roles);
  return distinct.size === 1 || !ALONE.some((role) => distinct.has(role));
};

/** The answer with an account: how it stands, and its duties. */
export const shownAs = (state: string, roles: readonly string[]): string =>
  `${state} ${roles.toSorted().join(' ')}`;

export class Duties {
  readonly #users = new Map<string, ModelUser>();

  users(): ModelUser[] {
    return [...this.#users.values()];
  }

  predictCreate(name: string, roles: readonly string[]): string {
    if (!mayStand(roles)) return 'STAFF_ROLES_CONFLICT';
    const isTaken = this.users().some((user) => user.name === name);
    return isTaken ? 'STAFF_NAME_TAKEN' : shownAs('pending', roles);
  }

  created(id: string, name: string, roles: readonly string[]): void {
    this.#users.set(id, { id, name, roles, state: 'pending' });
  }

  predictRoles(by: string, id: string, roles: readonly string[]): string {
    if (!mayStand(roles)) return 'STAFF_ROLES_CONFLICT';
    return this.#change(by, id, (user) => shownAs(user.state, roles));
  }

  changed(id: string, roles: readonly string[]): void {
    const user = this.#users.get(id);
    if (user !== undefined) user.roles = roles;
  }

  predictDisable(by: string, id: string): string {
    return this.#change(by, id, (user) => shownAs('disabled', user.roles));
  }

  disabled(id: string): void {
    const user = this.#users.get(id);
    if (user !== undefined) user.state = 'disabled';
  }

  /** What somebody is told who changes a user; what is done with an auditor waits. */
  #change(by: string, id: string, answer: (user: ModelUser) => string): string {
    if (by === id) return 'STAFF_OWN_ACCOUNT';
    const user = this.#users.get(id);
    if (user === undefined) return 'STAFF_NOT_FOUND';
    return user.roles.includes('auditor') ? 'waits for compliance' : answer(user);
  }
}
