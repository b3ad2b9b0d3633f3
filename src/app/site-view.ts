/** The archive as one request sees it: what every page is given beside its own view. */
import { untilCommitted } from '../platform/db/committed.ts';
import type { Reads } from '../platform/db/tables.ts';
import type { Ground } from '../platform/ground.ts';
import {
  defaultPseud,
  deviceKey,
  displayOf,
  may,
  NOTICE_COOKIE,
  type ArchiveContext,
} from '../features/accounts/index.ts';
import { standingNotice } from '../features/moderation/index.ts';
import { siteSettings, type SiteSettings } from '../features/site/index.ts';
import { parsePreferences, readingCookie, themeCookie } from '../ui/preferences.ts';
import type { Notice, SiteView } from '../ui/site-view.ts';
import { z } from 'zod';
import type { Assets } from './assets.ts';
import { waitingAt } from './waiting.ts';

const LOCALES = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

const settingsOf = new WeakMap<Reads, () => Promise<SiteSettings>>();

/** The archive's settings, read again only after something was written. */
function settingsNow(reads: Reads): Promise<SiteSettings> {
  const settings = settingsOf.get(reads) ?? untilCommitted(reads, siteSettings);
  settingsOf.set(reads, settings);
  return settings();
}

export async function siteViewFor(
  c: ArchiveContext,
  ground: Ground,
  assets: Assets,
  origin: string,
): Promise<SiteView> {
  const { viewer, cookies, preferences } = c.var;
  const { pathname, search } = new URL(c.req.url);
  const [settings, pseud, standing, madeFor, waiting] = await Promise.all([
    settingsNow(ground.db.reads),
    viewer.accountId === null ? null : defaultPseud(ground.db.reads, viewer.accountId),
    viewer.accountId === null ? null : standingNotice(ground.db.reads, viewer.accountId, ground.now()),
    viewer.accountId === null ? null : deviceKey(ground.db.reads, viewer.accountId),
    waitingAt(pathname, ground.db.reads, viewer),
  ]);
  const notice = readNotice(c);
  return {
    name: settings.name,
    description: settings.description,
    locale: localeOf(c.req.header('accept-language')),
    now: ground.now(),
    path: pathname + search,
    viewer: pseud && {
      name: pseud.name,
      owner: may(viewer, 'configure-site'),
      imports: may(viewer, 'import-works'),
      writes: may(viewer, 'change-own-works'),
      moderates: may(viewer, 'see-reports'),
      ...(waiting ? { waiting } : {}),
    },
    ...(madeFor === null ? {} : { madeFor }),
    joinable: settings.joining !== 'closed',
    ...(standing ? { standing } : {}),
    preferences: displayOf(preferences, parsePreferences(cookies.get(c, themeCookie), cookies.get(c, readingCookie))),
    timeZone: preferences.timeZone,
    assets: assets.address,
    ...(notice ? { notice } : {}),
    indexable: settings.indexed,
    noTraining: settings.noTraining,
    origin,
  };
}

/** The first language of the browser whose numbers and dates can be written. */
export function localeOf(accepted: string | undefined): string {
  for (const part of (accepted ?? '').split(',')) {
    const said = part.split(';')[0]?.trim() ?? '';
    if (isKnownLocale(said)) return said;
  }
  return 'en';
}

/** Asking for one's support is dear, and browsers say the same few. */
const KNOWN_LOCALES = 200;
const locales = new Map<string, boolean>();

function isKnownLocale(said: string): boolean {
  const known = locales.get(said) ?? canBeWritten(said);
  if (locales.size < KNOWN_LOCALES) locales.set(said, known);
  return known;
}

function canBeWritten(said: string): boolean {
  if (!LOCALES.test(said)) return false;
  try {
    return Intl.NumberFormat.supportedLocalesOf([said]).length > 0;
  } catch {
    // It has the form of a language tag and is none: `de-1996-1996`.
    return false;
  }
}

const noticeShape = z.object({
  kind: z.enum(['done', 'refused']),
  text: z.string().max(500),
  undo: z
    .object({
      action: z.string().regex(/^\/(?:(?:works|series)\/[0-9a-z]{10}|account\/works)\/restoration$/),
      fields: z.record(z.enum(['works']), z.string().regex(/^[0-9a-z ]{0,1200}$/)).optional(),
      label: z.string().max(40),
    })
    .optional(),
});

/** The sentence left by the form before, shown once. It came back by way of the browser, so it is read like any input. */
function readNotice(c: ArchiveContext): Notice | null {
  const carried = c.req.method === 'GET' ? c.var.cookies.get(c, NOTICE_COOKIE) : undefined;
  if (carried === undefined) return null;
  c.var.cookies.clear(c, NOTICE_COOKIE);
  try {
    const notice = noticeShape.parse(JSON.parse(Buffer.from(carried, 'base64url').toString('utf8')));
    return { kind: notice.kind, text: notice.text, ...(notice.undo ? { undo: undoOf(notice.undo) } : {}) };
  } catch {
    return null;
  }
}

function undoOf({ fields, ...undo }: NonNullable<z.infer<typeof noticeShape>['undo']>): NonNullable<Notice['undo']> {
  return fields === undefined ? undo : { ...undo, fields };
}
