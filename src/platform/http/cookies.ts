/** Cookies: out of reach for scripts, and for other hosts when the address is https (`__Host-`), by a plain name when it is http. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

export interface Cookies {
  get(c: Context, name: string): string | undefined;
  /** `seconds` absent: until the browser is closed. */
  set(c: Context, name: string, value: string, seconds?: number): void;
  clear(c: Context, name: string): void;
}

/** Browsers keep a cookie for at most 400 days. */
const LONGEST_SECONDS = 400 * 86_400;

export function cookies(https: boolean): Cookies {
  const named = (name: string) => (https ? `__Host-${name}` : name);
  return {
    get: (c, name) => getCookie(c, named(name)),
    set: (c, name, value, seconds) =>
      setCookie(c, named(name), value, {
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        secure: https,
        ...(seconds === undefined ? {} : { maxAge: Math.min(seconds, LONGEST_SECONDS) }),
      }),
    clear: (c, name) => {
      deleteCookie(c, named(name), { path: '/', secure: https });
    },
  };
}
