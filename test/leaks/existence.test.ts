/**
 * What is not theirs might as well not exist: every address of a hidden thing answers a stranger exactly as the same
 * address of something that never was, and every form sent to it changes nothing.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, type TestSite } from '../site.ts';
import { secretArchive, type SecretArchive, type Walker } from './archive.ts';
import { FORMS, PAGES, type Address } from './routes.ts';
import { answerText, headerTexts, personOf, secretsIn, sendForm } from './walk.ts';

/** Routes whose addresses name a work, a chapter, a tag, a creator or a series. */
const NAMING = {
  GET: [...Object.keys(PAGES).filter((path) => /:(?:id|chapter|kind)/.test(path)), '/api/v1/works'],
  POST: Object.keys(FORMS).filter((path) => path.includes(':id')),
};
const STRANGERS = ['guest', 'reader'] as const satisfies readonly Walker[];

let site: TestSite;
let archive: SecretArchive;

beforeAll(async () => {
  site = await openSite();
  archive = await secretArchive(site, { open: 2 });
}, 60_000);
afterAll(() => site.close());

/** All that tells one answer from another, but for what no two answers have in common. */
async function essence(answer: Response, path: string): Promise<object> {
  const apart = new Set(['x-request-id', 'etag', 'date', 'content-length']);
  const text = await answerText(answer, path);
  return {
    status: answer.status,
    headers: headerTexts(answer.headers, path).filter(([name]) => !apart.has(name)),
    body: text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ''),
  };
}

describe.each(STRANGERS)('for the %s', (who) => {
  const audience = who === 'guest' ? 'guest' : 'account';

  test.each(NAMING.GET)('what is hidden behind GET %s looks as if it never was', async (pattern) => {
    const addresses = (PAGES[pattern]?.(archive) ?? []).filter((address) => address.never !== undefined);
    const person = personOf(archive, who);
    const isTheirs = ({ known, pageOf }: Address) =>
      known?.[audience] || (pageOf !== undefined && pageOf === person?.pseud);
    for (const { path } of addresses.filter(isTheirs))
      expect([200, 302], path).toContain((await site.get(path, person)).status);
    const hidden = addresses.filter((address) => !isTheirs(address));
    expect(hidden.length).toBeGreaterThan(0);
    const nothing = new Map<string, object>();
    for (const { path, never = '' } of hidden) {
      if (!nothing.has(never)) nothing.set(never, await essence(await site.get(never, person), never));
      const answer = await essence(await site.get(path, person), path);
      expect(answer, path).toMatchObject({ status: 404 });
      expect(answer, path).toEqual(nothing.get(never));
    }
  });

  test.each(NAMING.POST)('POST %s changes nothing of what is not theirs, and says nothing of it', async (pattern) => {
    const fields = { title: 'Taken Over', rating: 'general', language: 'en', fandoms: 'Dracula', warnings: 'none' };
    const before = await everything(site);
    const addresses = FORMS[pattern]?.(archive) ?? [];
    expect(addresses.length).toBeGreaterThan(0);
    const never = addresses[0]?.never ?? '';
    const nothing = await essence(await sendForm(site, never, fields, personOf(archive, who)), never);
    for (const { path } of addresses) {
      const answer = await essence(await sendForm(site, path, fields, personOf(archive, who)), path);
      expect(answer, path).toMatchObject({ status: 404 });
      expect(answer, path).toEqual(nothing);
      expect(
        secretsIn(JSON.stringify(answer), archive.secrets).filter((secret) => !secret.seenBy.includes(who)),
      ).toEqual([]);
    }
    expect(await everything(site)).toEqual(before);
  });
});

/** All rows of the tables that hold works, their parts and the log. */
async function everything(from: TestSite): Promise<object> {
  const { reads } = from.ground.db;
  return {
    works: await reads.selectFrom('works').selectAll().orderBy('id').execute(),
    chapters: await reads.selectFrom('chapters').selectAll().orderBy('id').execute(),
    tags: await reads.selectFrom('work_tags').selectAll().orderBy('work_id').orderBy('position').execute(),
    events: await reads.selectFrom('events').select('id').orderBy('id').execute(),
  };
}
