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

export class Duties {
  readonly #users = new Map<string, ModelUser>();

  users(): ModelUser[] {
    return [...this.#users.values()];
  }

  predictCreate(name: string, roles: readonly string[]): string {
    if (!mayStand(roles)) return 'STAFF_ROLES_CONFLICT';
    const isTaken = this.users().some((user) => user.name === name);
    return isTaken ? 'STAFF_NAME_TAKEN' : 'pending';
  }

  created(id: string, name: string, roles: readonly string[]): void {
    this.#users.set(id, { id, name, roles, state: 'pending' });
  }

  predictRoles(by: string, id: string, roles: readonly string[]): string {
    if (!mayStand(roles)) return 'STAFF_ROLES_CONFLICT';
    return this.#change(by, id) ?? this.#users.get(id)?.state ?? '';
  }

  changed(id: string, roles: readonly string[]): void {
    const user = this.#users.get(id);
    if (user !== undefined) user.roles = roles;
  }

  predictDisable(by: string, id: string): string {
    return this.#change(by, id) ?? 'disabled';
  }

  disabled(id: string): void {
    const user = this.#users.get(id);
    if (user !== undefined) user.state = 'disabled';
  }

  /** Why a user cannot be changed by somebody. */
  #change(by: string, id: string): string | undefined {
    if (by === id) return 'STAFF_OWN_ACCOUNT';
    return this.#users.has(id) ? undefined : 'STAFF_NOT_FOUND';
  }
}
