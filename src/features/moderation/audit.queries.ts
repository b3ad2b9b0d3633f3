/** The audit log, the newest row first. For the owner and moderators. */
import { chunks } from '../../platform/db/chunks.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { may, type Viewer } from '../accounts/index.ts';
import './tables.ts';

export interface LogRow {
  id: number;
  /** The pseud that whoever acted goes by; null once their account is erased. */
  by: string | null;
  right: string;
  action: string;
  /** `href` null: it is gone, and known by its number alone, so that rows about the same stand together. */
  subject: { kind: string; href: string | null; name: string };
  reason: string;
  at: number;
}

/** A page of the log; nothing for who may not see it. `about`: only what was done to one subject. */
export async function auditLog(
  handle: Handle,
  viewer: Viewer,
  page: { offset: number; limit: number },
  about?: { kind: string; id: number },
): Promise<{ total: number; rows: LogRow[] }> {
  if (!may(viewer, 'see-audit-log')) return { total: 0, rows: [] };
  const log = handle
    .selectFrom('audit_log')
    .$if(about !== undefined, (query) =>
      query.where('subject_kind', '=', about?.kind ?? '').where('subject_id', '=', about?.id ?? 0),
    );
  const { total } = await log.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await log.selectAll().orderBy('id', 'desc').limit(page.limit).offset(page.offset).execute();
  const ids = (kind: string) => rows.filter((row) => row.subject_kind === kind).map((row) => row.subject_id);
  const names = await actors(
    handle,
    rows.flatMap((row) => row.account_id ?? []),
  );
  const subjects: Record<string, Map<number, { href: string; name: string }>> = {
    work: await publicIds(handle, 'works', ids('work'), (id) => ({
      href: `/moderation/works/${id}`,
      name: `Work ${id}`,
    })),
    pseud: await pseuds(handle, ids('pseud')),
    report: await publicIds(handle, 'reports', ids('report'), (id) => ({
      href: `/moderation/reports/${id}`,
      name: `Report ${id}`,
    })),
    'legal-notice': await publicIds(handle, 'legal_notices', ids('legal-notice'), (id) => ({
      href: `/moderation/legal-notices/${id}`,
      name: `Legal notice ${id}`,
    })),
  };
  return {
    total: Number(total),
    rows: rows.map((row) => {
      const subject = subjects[row.subject_kind]?.get(row.subject_id);
      return {
        id: row.id,
        by: row.account_id === null ? null : (names.get(row.account_id) ?? null),
        right: row.used_right,
        action: row.action,
        subject: { kind: row.subject_kind, ...(subject ?? goneSubject(row.subject_kind, row.subject_id)) },
        reason: row.reason,
        at: row.at,
      };
    }),
  };
}

function goneSubject(kind: string, id: number): { href: null; name: string } {
  return { href: null, name: `${GONE_NAMES[kind] ?? 'something'} that is gone (no. ${id})` };
}

const GONE_NAMES: Record<string, string> = { work: 'a work', pseud: 'a pseud', report: 'a report' };

/** Accounts by the pseud that they go by. */
async function actors(handle: Handle, accountIds: readonly number[]): Promise<Map<number, string>> {
  const names = new Map<number, string>();
  for (const piece of chunks([...new Set(accountIds)])) {
    const rows = await handle
      .selectFrom('pseuds')
      .select(['account_id', 'name'])
      .where('account_id', 'in', piece)
      .where('is_default', '=', 1)
      .execute();
    for (const row of rows) names.set(row.account_id, row.name);
  }
  return names;
}

async function publicIds(
  handle: Handle,
  table: 'works' | 'reports' | 'legal_notices',
  ids: readonly number[],
  shown: (publicId: string) => { href: string; name: string },
): Promise<Map<number, { href: string; name: string }>> {
  const found = new Map<number, { href: string; name: string }>();
  for (const piece of chunks([...new Set(ids)])) {
    const rows = await handle.selectFrom(table).select(['id', 'public_id']).where('id', 'in', piece).execute();
    for (const row of rows) found.set(row.id, shown(row.public_id));
  }
  return found;
}

async function pseuds(handle: Handle, ids: readonly number[]): Promise<Map<number, { href: string; name: string }>> {
  const found = new Map<number, { href: string; name: string }>();
  for (const piece of chunks([...new Set(ids)])) {
    const rows = await handle
      .selectFrom('pseuds')
      .select(['id', 'public_id', 'name'])
      .where('id', 'in', piece)
      .execute();
    for (const row of rows) found.set(row.id, { href: `/moderation/people/${row.public_id}`, name: row.name });
  }
  return found;
}
