/** What every route of the archive finds in its context, and the answers that routes share. */
import type { Context } from 'hono';
import type { SiteView } from '../../ui/site-view.ts';
import type { Cookies } from '../../platform/http/cookies.ts';
import { deviceName } from './device.ts';
import { DEVICE_KNOWN_MS } from './happening.ts';
import type { AccountPreferences } from './preferences.ts';
import { newSecret } from './secret.ts';
import type { LiveToken } from './tokens/tokens.queries.ts';
import type { Viewer } from './viewer.ts';

export interface ArchiveEnv {
  Variables: {
    requestId: string;
    viewer: Viewer;
    /** The session's token, for the few routes that end or change the session. */
    sessionToken: string | null;
    /** The token that a program has shown instead, below `/api/v1/`. */
    apiToken: LiveToken | null;
    site: SiteView;
    /** What the account has chosen for itself; the defaults for a guest. The one place that says so. */
    preferences: AccountPreferences;
    cookies: Cookies;
    /** The network the request comes from, for limits. Never kept or logged. */
    network: string;
  };
}

export type ArchiveContext = Context<ArchiveEnv>;

/** After a form: shows the next page by GET, with a sentence on it that says what was done. */
export function seeOther(c: ArchiveContext, path: string, notice?: SiteView['notice']): Response {
  if (notice) c.var.cookies.set(c, NOTICE_COOKIE, Buffer.from(JSON.stringify(notice)).toString('base64url'), 60);
  return c.redirect(path, 303);
}

/**
 * The browser of a request, for a session that begins in it: what it consented to, what to call it, the session it had, the mark
 * it is known by. One without a mark is given one, which says nothing and is kept as a hash together with the account.
 */
export function browserOf(c: ArchiveContext): { adult: boolean; device: string; token: string | null; mark: string } {
  const carried = c.var.cookies.get(c, DEVICE_COOKIE);
  const mark = carried !== undefined && /^[\w-]{43}$/.test(carried) ? carried : newSecret();
  c.var.cookies.set(c, DEVICE_COOKIE, mark, DEVICE_KNOWN_MS / 1000);
  return {
    mark,
    adult: c.var.viewer.adult,
    device: deviceName(c.req.header('user-agent')),
    token: c.var.sessionToken,
  };
}

/** Who asks for a change of what guards an account, and in which session. */
export function askingIn(c: ArchiveContext, accountId: number): { accountId: number; sessionToken: string | null } {
  return { accountId, sessionToken: c.var.sessionToken };
}

/** An answer that holds a secret shown once: no browser and nothing on the way keeps it. */
export function neverKept(answer: Response): Response {
  answer.headers.set('Cache-Control', 'no-store');
  return answer;
}

export const NOTICE_COOKIE = 'notice';
export const SESSION_COOKIE = 'session';
export const ADULT_COOKIE = 'adult';
const DEVICE_COOKIE = 'device';

/** A path of this archive to go back to, or `/` for anything else: never another host. */
export function localPath(said: unknown): string {
  if (typeof said !== 'string' || !said.startsWith('/') || /^\/[/\\]/.test(said) || /[\u0000-\u001f\\]/.test(said))
    return '/';
  const address = URL.parse(said, 'http://archive.invalid');
  if (address?.host !== 'archive.invalid') return '/';
  // Dots are gone only now: "/.//evil.example" would lead to another host after all.
  return address.pathname.startsWith('//') ? '/' : address.pathname + address.search;
}
