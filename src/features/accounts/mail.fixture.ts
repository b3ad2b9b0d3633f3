/** An archive that sends mail to a real server, for the stories of addresses, forgotten passwords and invitations. */
import { expect } from 'vitest';
import { mailServer, runJobs, type Receiver } from '../../../test/post.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { member, NAME, PASSWORD, send } from './people.fixture.ts';

export const ADDRESS = 'Quiet.Otter@river.example';
export const START = Date.UTC(2026, 5, 1, 12);
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** An archive that sends mail, with a clock to turn. */
export async function mailing() {
  const post = await mailServer();
  const clock = { now: START };
  const site = await testSite({ mail: post.settings, now: () => clock.now });
  // What comes round by the clock has its first turn.
  await runJobs(site);
  return { site, post, clock };
}

/** The paths that the letters to an address link to, the newest last. */
export const linksTo = (post: Receiver, address: string) =>
  post.letters
    .filter((letter) => letter.to.includes(address))
    .map((letter) => /http:\/\/localhost(\/\S*)/.exec(letter.text)?.[1] ?? '');
export const newest = (post: Receiver, address: string) => linksTo(post, address).at(-1) ?? '';
export const subjects = (post: Receiver) => post.letters.map((letter) => letter.subject);

export const give = (site: TestSite, person: Person, address: string, password = PASSWORD) =>
  send(site, '/account/email', { address, presentForAddress: password }, { cookie: person.cookie });

/** Somebody with a confirmed address. */
export async function reachable(site: TestSite, post: Receiver, name = NAME, address = ADDRESS) {
  const person = await member(site, name);
  expect((await give(site, person, address)).status).toBe(303);
  await runJobs(site);
  expect((await send(site, newest(post, address), {})).status).toBe(303);
  return person;
}
