/** A program that shows a token instead of a cookie. Tokens are asked for below `/api/v1/` alone; no page knows them. */
import type { Ground } from '../../../platform/ground.ts';
import { limit } from '../../../platform/http/limit.ts';
import { problem } from '../../../platform/http/problem.ts';
import type { ArchiveContext } from '../web.ts';
import type { Scope } from './scopes.ts';
import { dayOf, touchToken } from './tokens.actions.ts';
import { tokenShown, type LiveToken } from './tokens.queries.ts';

/** Requests of one account by all of its tokens, and those among them that change something. */
const REQUESTS = { points: 300, seconds: 60 };
const CHANGES = { points: 30, seconds: 60 };
/** Tokens of one network that are not good. */
const WRONG_TOKENS = { points: 30, seconds: 60 };

export interface BearerDoor {
  /** @returns who stands behind the token of a request; null for a request without one; or the answer that refuses it. */
  admit(c: ArchiveContext, network: string): Promise<LiveToken | Response | null>;
}

export function bearerDoor({ db, now }: Ground): BearerDoor {
  const requests = limit(REQUESTS.points, REQUESTS.seconds);
  const changes = limit(CHANGES.points, CHANGES.seconds);
  const wrong = limit(WRONG_TOKENS.points, WRONG_TOKENS.seconds);
  return {
    async admit(c, network) {
      const shown = c.req.path.startsWith('/api/v1/') ? bearerIn(c.req.header('authorization')) : null;
      if (shown === null) return null;
      const token = await tokenShown(db.reads, shown, now());
      if (!token) {
        const wait = await wrong.take(network);
        return wait === null ? unauthorized(c, 'This token is unknown, revoked or over.') : tooOften(c, wait);
      }
      const isChange = c.req.method !== 'GET' && c.req.method !== 'HEAD';
      // Of the account, which may have many tokens.
      const who = String(token.viewer.accountId);
      const wait = (await requests.take(who)) ?? (isChange ? await changes.take(who) : null);
      if (wait !== null) return tooOften(c, wait);
      if (!isChange && !token.scopes.has('read')) return lacks(c, 'read');
      if (token.usedOn !== dayOf(now())) await db.write((tx) => touchToken(tx, now(), token.id));
      return token;
    },
  };
}

/**
 * Asks for a token that may write. A cookie is never enough: what changes something here is no form of the archive's pages.
 * @returns the token, or the answer that refuses the request.
 */
export function writingToken(c: ArchiveContext, scope: Scope): LiveToken | Response {
  const token = c.var.apiToken;
  if (!token) return unauthorized(c, 'This needs a token: Authorization: Bearer ff_…');
  if (!token.scopes.has(scope)) return lacks(c, scope);
  if (!token.goodStanding)
    return problem(c, 403, 'suspended', 'Your account is suspended. It can read, and change nothing.');
  return token;
}

function bearerIn(header: string | undefined): string | null {
  return /^bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? null;
}

function unauthorized(c: ArchiveContext, sentence: string): Response {
  c.header('WWW-Authenticate', 'Bearer');
  return problem(c, 401, 'token-needed', sentence);
}

function lacks(c: ArchiveContext, scope: Scope): Response {
  return problem(c, 403, 'scope', `This token has not the scope ${scope}.`);
}

function tooOften(c: ArchiveContext, wait: number): Response {
  c.header('Retry-After', String(wait));
  return problem(c, 429, 'too-often', `That was very often. Try again in ${wait} seconds.`);
}
