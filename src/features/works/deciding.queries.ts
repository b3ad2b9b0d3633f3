/** What creators hold concealed themselves, what else does, and what an account's new works begin with. */
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import {
  CONCEALMENTS,
  CREATORS_CAUSE,
  decisionsIn,
  UNSAID_DEFAULTS,
  type ConcealmentKind,
  type NewWorkDefaults,
} from './deciding.ts';
import './tables.ts';

/** By whom a work is held concealed. */
export interface HeldConcealed {
  byCreators: Record<ConcealmentKind, boolean>;
  byOthers: Record<ConcealmentKind, boolean>;
}

/** What holds a work, for those who keep it; who calls has been given the work. */
export async function concealmentsOf(handle: Handle, workId: number): Promise<HeldConcealed> {
  const rows = await handle
    .selectFrom('work_concealments')
    .select(['kind', 'cause'])
    .where('work_id', '=', workId)
    .execute();
  const heldBy = (isCause: (cause: string) => boolean) =>
    Object.fromEntries(
      CONCEALMENTS.map((kind) => [kind, rows.some((row) => row.kind === kind && isCause(row.cause))]),
    ) as Record<ConcealmentKind, boolean>;
  return {
    byCreators: heldBy((cause) => cause === CREATORS_CAUSE),
    byOthers: heldBy((cause) => cause !== CREATORS_CAUSE),
  };
}

/** What the viewer's new works begin with. */
export async function newWorkDefaults(handle: Handle, viewer: Viewer): Promise<NewWorkDefaults> {
  if (viewer.accountId === null) return UNSAID_DEFAULTS;
  const row = await handle
    .selectFrom('new_work_defaults')
    .selectAll()
    .where('account_id', '=', viewer.accountId)
    .executeTakeFirst();
  if (!row) return UNSAID_DEFAULTS;
  return { ...decisionsIn(row), restricted: row.restricted === 1, noindex: row.noindex === 1 };
}
