/** Reads of what the archive says of itself. */
import { z } from 'zod';
import type { Handle } from '../../platform/db/tables.ts';
import { DEFAULT_SETTINGS, JOINING, type OwnPage, type SiteRules, type SiteSettings } from './site.ts';
import './tables.ts';

const stored = z.object({
  name: z.string(),
  description: z.string(),
  indexed: z.boolean(),
  noTraining: z.boolean(),
  samplesOffered: z.boolean(),
  joining: z.enum(JOINING),
  minimumAge: z.number(),
  invitationsEach: z.number(),
  invitationQueue: z.boolean(),
  queueEachDay: z.number(),
});

/** The archive's settings; what was never set has its default. */
export async function siteSettings(handle: Handle): Promise<SiteSettings> {
  const rows = await handle.selectFrom('site_settings').selectAll().execute();
  const values = Object.fromEntries(rows.map((row) => [row.name, JSON.parse(row.value) as unknown]));
  return stored.parse({ ...DEFAULT_SETTINGS, ...values });
}

/** The rules in force. */
export async function siteRules(handle: Handle): Promise<SiteRules> {
  const rows = await handle.selectFrom('site_rules').selectAll().execute();
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  return {
    refusedLabels: new Map(of('refused-label').map((row) => [row.value_key, { label: row.value, reason: row.reason }])),
    refusedRatings: new Map(of('refused-rating').map((row) => [row.value, row.reason])),
    registeredOnly: of('registered-only').length > 0,
  };
}

/** A page as the owner wrote it; null while they have not. */
export async function sitePage(
  handle: Handle,
  page: OwnPage,
): Promise<{ source: string; html: string; updatedAt: number } | null> {
  const row = await handle
    .selectFrom('site_pages')
    .select(['source', 'html', 'updated_at as updatedAt'])
    .where('name', '=', page)
    .executeTakeFirst();
  return row ?? null;
}
