/** People with a name and a password, and the forms they send, for the tests of accounts. */
import { secureAccount } from '../../../test/cast.ts';
import type { Person, TestSite } from '../../../test/site.ts';

export const NAME = 'quiet_otter';
export const PASSWORD = 'four herons under ice';
export const NEW = 'lanterns in the marsh';

/** Somebody with a name and a password. */
export async function member(site: TestSite, name = NAME): Promise<Person & { codes: string[] }> {
  const person = await site.person(`pseud of ${name}`.replaceAll('_', ' '));
  return { ...person, codes: await secureAccount(site, person, name, PASSWORD) };
}

let network = 0;
/** Sends a form as a browser does, each from a network of its own, unless one is named. */
export async function send(
  site: TestSite,
  path: string,
  fields: Record<string, string>,
  more: { cookie?: string; from?: string; agent?: string } = {},
): Promise<Response> {
  network += 1;
  return site.web.request(
    `http://localhost${path}`,
    {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(more.cookie ? { cookie: more.cookie } : {}),
        ...(more.agent ? { 'user-agent': more.agent } : {}),
      },
    },
    { incoming: { socket: { remoteAddress: more.from ?? `10.9.${network >> 8}.${network & 255}` } } },
  );
}
/** The session's cookie that an answer set, as the browser sends it back. */
export const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith('session='))
    ?.split(';')[0];
/** Whether a cookie signs somebody in: drafts are for accounts alone. */
export const isSignedIn = async (site: TestSite, cookie: string | undefined) =>
  (await site.get('/drafts', null, cookie === undefined ? {} : { cookie })).status === 200;
