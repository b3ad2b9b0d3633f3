/**
 * How large a form may be. Nothing is read into memory that is not counted; only files go past, which the feature that takes
 * them streams to the disk within limits of its own.
 */
import { bodyLimit } from 'hono/body-limit';
import type { MiddlewareHandler } from 'hono';
import type { Feature } from '../platform/feature.ts';
import { saysForm } from '../platform/http/form.ts';
import { limit } from '../platform/http/limit.ts';
import type { ArchiveContext, ArchiveEnv } from '../features/accounts/index.ts';
import type { Refuse } from './refusing.tsx';

const KB = 1024;
/**
 * Bytes of a form: some texts beside choices. The longest is a legal notice, three times 5,000 characters that percent-encoded
 * may take nine bytes each; a test adds all of them up.
 */
export const FORM_BYTES = 256 * KB;
/** Bytes of a form for long texts. A chapter of 510,000 characters, percent-encoded, fits with what stands around it. */
export const LONG_FORM_BYTES = 8 * KB * KB;
/** Long forms in a minute from one network without being signed in: those of people whose session ended while they wrote. */
export const GUESTS_LONG_FORMS = { points: 10, seconds: 60 };

const KEPT_BY_THE_BROWSER = 'What you typed still stands in the form: the back button of your browser leads to it.';

/** Refuses with status 413 what is larger than its address takes, and with 429 what guests send long and too often. */
export function formLimits(features: readonly Feature<ArchiveEnv>[], refuse: Refuse): MiddlewareHandler<ArchiveEnv> {
  const often = limit(GUESTS_LONG_FORMS.points, GUESTS_LONG_FORMS.seconds);
  const upTo = (maxSize: number, said: string) =>
    bodyLimit({ maxSize, onError: (c) => refuse(c, 413, `What was sent is larger than ${said}. ${tail(c)}`) });
  const forms = upTo(FORM_BYTES, `${FORM_BYTES / KB} KB`);
  const longForms = upTo(LONG_FORM_BYTES, `${LONG_FORM_BYTES / KB / KB} MB`);
  return async (c, next) => {
    const { path } = c.req;
    const isGuest = c.var.viewer.accountId === null;
    const takes = (what: 'takesFiles' | 'takesLong' | 'carriesTyped') =>
      features.some((feature) => feature[what]?.test(path));
    if (takes('takesFiles') && !isGuest) return isFile(c) ? next() : longForms(c, next);
    const isLong = takes('carriesTyped') || (takes('takesLong') && (!isGuest || isFromPage(c)));
    if (!isLong) return forms(c, next);
    const wait = isGuest && saidBytes(c) > FORM_BYTES ? await often.take(c.var.network) : null;
    if (wait === null) return longForms(c, next);
    c.header('Retry-After', String(wait));
    return refuse(c, 429, `That was very often. Try again in ${wait} seconds. ${tail(c)}`);
  };
}

/** A file by itself, or a form with files: what streams it reads nothing else. */
function isFile(c: ArchiveContext): boolean {
  return c.req.method === 'PUT' || (c.req.header('content-type') ?? '').trim().toLowerCase().startsWith('multipart/');
}

/** A form as pages send it: the session of who wrote it may have ended. Programs say with each request who they are. */
function isFromPage(c: ArchiveContext): boolean {
  return saysForm(c) && !c.req.path.startsWith('/api/');
}

/** How large a request says it is; one that does not say may be of any size. */
function saidBytes(c: ArchiveContext): number {
  return c.req.header('transfer-encoding') === undefined ? Number(c.req.header('content-length') ?? 0) : Infinity;
}

function tail(c: ArchiveContext): string {
  return `Nothing was saved or changed.${saysForm(c) ? ` ${KEPT_BY_THE_BROWSER}` : ''}`;
}
