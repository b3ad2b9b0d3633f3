/**
 * Who is looking. Every query that answers with other people's things takes a viewer, and every rule about what may be
 * seen speaks of one.
 */
import { RIGHTS, type Right, type Role } from './account.ts';

export interface Viewer {
  /** null for a guest. */
  accountId: number | null;
  roles: ReadonlySet<Role>;
  /** Has said to be willing to see works with adult content. */
  adult: boolean;
  /** Hidden works for which this session has given a reason to look at them. Counts only with the right to. */
  looks?: ReadonlySet<number>;
}

/** Somebody who is not signed in. */
export const GUEST: Viewer = { accountId: null, roles: new Set(), adult: false };

/** A guest who has consented to adult content, or not. */
export function guest(adult: boolean): Viewer {
  return adult ? { ...GUEST, adult } : GUEST;
}

/** Whether the viewer has an account that is suspended or banned: every other has a role. */
export function isHeld(viewer: Viewer): boolean {
  return viewer.accountId !== null && viewer.roles.size === 0;
}

/** Whether the viewer has a right: the one place where roles are asked. */
export function may(viewer: Viewer, right: Right): boolean {
  const roles: readonly Role[] = RIGHTS[right];
  return roles.some((role) => viewer.roles.has(role));
}
