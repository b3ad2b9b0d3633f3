/**
 * What is not theirs might as well not exist: every address of a hidden thing answers a stranger exactly as the same
 * address of something that never was, and every form sent to it changes nothing.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAIL_NOWHERE } from '../post.ts';
import { contents } from '../rights/contents.ts';
import { openSite, type Person, type TestSite } from '../site.ts';
import { secretArchive, type SecretArchive, type Walker } from './archive.ts';
import { FILES, FORMS, PAGES, PARAMETERS, NEVER_ID, type Address } from './routes.ts';
import { answerText, askOverlapping, headerTexts, personOf, secretsIn, sendForm } from './walk.ts';

/** Routes whose addresses name a work, a chapter, a tag, a creator, a series or an import. */
const NAMING = {
  GET: Object.keys(PAGES).filter((path) => /:(?:id|chapter|kind|sheet|file)/.test(path)),
  CHANGES: [
    ...Object.keys(FORMS).map((path) => ['POST', path] as const),
    ...Object.keys(FILES).map((path) => ['PUT', path] as const),
  ].filter(([, path]) => /:id|:sheet\//.test(path)),
};
const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' };
const DISMISS = Object.fromEntries(new URLSearchParams('then=dismiss'));
const LOCAL = 'http://localhost';
const STRANGERS = ['guest', 'reader'] as const satisfies readonly Walker[];

let site: TestSite;
let archive: SecretArchive;

beforeAll(async () => {
  site = await openSite({ mail: MAIL_NOWHERE });
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
    for (const { never = '' } of hidden)
      if (!nothing.has(never)) nothing.set(never, await essence(await site.get(never, person), never));
    await askOverlapping(hidden, async ({ path, never = '' }) => {
      const answer = await essence(await site.get(path, person), path);
      expect(answer, path).toMatchObject({ status: 404 });
      expect(answer, path).toEqual(nothing.get(never));
    });
  });

  test.each(NAMING.CHANGES)(
    '%s %s changes nothing of what is not theirs, and says nothing of it',
    async (method, pattern) => {
      const fields = { title: 'Taken Over', rating: 'general', language: 'en', fandoms: 'Dracula', warnings: 'none' };
      const before = await contents(site);
      const addresses = (method === 'POST' ? FORMS : FILES)[pattern]?.(archive) ?? [];
      expect(addresses.length).toBeGreaterThan(0);
      const never = addresses[0]?.never ?? '';
      const send = (path: string) => sendForm(site, path, fields, personOf(archive, who), SAME_ORIGIN, LOCAL, method);
      const nothing = await essence(await send(never), never);
      await askOverlapping(addresses, async ({ path }) => {
        const answer = await essence(await send(path), path);
        // Programs are asked for a token before anything is looked for.
        expect(answer, path).toMatchObject({ status: pattern.startsWith('/api/') ? 401 : 404 });
        expect(answer, path).toEqual(nothing);
        expect(
          secretsIn(JSON.stringify(answer), archive.secrets).filter((secret) => !secret.seenBy.includes(who)),
        ).toEqual([]);
      });
      expect(await contents(site)).toEqual(before);
    },
  );
});

describe.each(STRANGERS)('a list asked of by the %s', (who) => {
  /** What comes back for a name, with the name taken out of it in every way it can be written. */
  const answerTo = async (path: string, name: string, person: Person | null) => {
    const answer = await site.get(path, person);
    const body = await answer.text();
    const escaped = name.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
    const typed = encodeURIComponent(name).replaceAll('%20', '+').replaceAll("'", '%27');
    const forms = [typed, encodeURIComponent(name), escaped, name].flatMap((form) => [form, form.toLowerCase()]);
    const said = forms.reduce((text, form) => text.replaceAll(form, '…'), body);
    return { status: answer.status, said: said.replaceAll(/"version":\d+/g, '') };
  };

  test('says of a hidden name what it says of one that never was: the same sentence, total and counts', async () => {
    const person = personOf(archive, who);
    const audience = who === 'guest' ? 'guest' : 'account';
    const hidden = archive.tags.filter(({ kind, known }) => !known[audience] && kind in PARAMETERS);
    expect(hidden.length).toBeGreaterThan(20);
    await askOverlapping(hidden, async ({ kind, name }) => {
      for (const ask of [
        (one: string) => `/api/v1/works?${PARAMETERS[kind]}=${encodeURIComponent(one)}`,
        (one: string) => `/works?not-${PARAMETERS[kind]}=${encodeURIComponent(one)}`,
        (one: string) => `/works?q=${encodeURIComponent(`title:nothing OR ${PARAMETERS[kind]}:"${one}"`)}`,
      ]) {
        const asked = await answerTo(ask(name), name, person);
        // Of the same shape, so that both are written alike in addresses.
        const never = name.replace(/zq[a-z]{14}/, 'zqneverheardofit');
        expect(asked, ask(name)).toEqual(await answerTo(ask(never), never, person));
      }
    });
    for (const { id, name } of archive.creators.filter((one) => !one.known[audience] && one.name !== person?.pseud)) {
      const ask = (one: string) => `/api/v1/works?creator=${one}`;
      expect(await answerTo(ask(id), id, person), name).toEqual(await answerTo(ask(NEVER_ID), NEVER_ID, person));
    }
    for (const { id } of archive.series.filter((one) => !one.known[audience])) {
      const ask = (one: string) => `/works?not-series=${one}`;
      expect(await answerTo(ask(id), id, person), id).toEqual(await answerTo(ask(NEVER_ID), NEVER_ID, person));
    }
  });

  test('has never heard of the words of what is hidden', async () => {
    const person = personOf(archive, who);
    const theirs = archive.secrets.filter(({ word, seenBy }) => word.startsWith('zq') && !seenBy.includes(who));
    const total = async (query: string) =>
      ((await (await site.get(`/api/v1/works?${query}`, person)).json()) as { total: number }).total;
    for (let from = 0; from < theirs.length; from += 40) {
      const words = theirs.slice(from, from + 40).map((secret) => secret.word);
      expect(await total(`in=text&q=${encodeURIComponent(words.join(' OR '))}`), words.join()).toBe(0);
    }
  });
});

describe('one who may import, and another who may', () => {
  const pairs = [
    ['keeper', 'owner'],
    ['owner', 'keeper'],
  ] as const;

  test.each(pairs)('the %s finds nothing of what the %s brought in', async (who, other) => {
    const person = personOf(archive, who);
    const theirs = archive.imports.filter((one) => one.by === other);
    expect(theirs).toHaveLength(2);
    for (const { id } of theirs) {
      for (const rest of ['', '/progress']) {
        const path = `/imports/${id}${rest}`;
        const never = `/imports/${NEVER_ID}${rest}`;
        const nothing = await essence(await site.get(never, person), never);
        const answer = await essence(await site.get(path, person), path);
        expect(answer, path).toMatchObject({ status: 404 });
        expect(answer, path).toEqual(nothing);
      }
    }
  });

  test.each(pairs)(
    'the %s cannot stop, start, undo, post, join or add to what the %s brought in',
    async (who, other) => {
      const person = personOf(archive, who);
      const before = await contents(site);
      const acts = ['stop', 'start', 'undo', 'publication', 'joining', 'files?name=more.txt'];
      for (const { id } of archive.imports.filter((one) => one.by === other)) {
        for (const act of acts) {
          const method = act.startsWith('files') ? 'PUT' : 'POST';
          const answer = await sendForm(site, `/imports/${id}/${act}`, {}, person, SAME_ORIGIN, LOCAL, method);
          expect(answer.status, act).toBe(404);
        }
      }
      expect(await contents(site)).toEqual(before);
    },
  );

  test("a draft of somebody else's cannot be joined to one's own, nor reviewed, nor changed by an update", async () => {
    const named = (name: string) => archive.works.find((work) => work.name === name)?.publicId ?? '';
    const person = personOf(archive, 'owner');
    const own = archive.imports.find((one) => one.by === 'owner')?.id;
    const before = await contents(site);
    const works = new URLSearchParams([named('imported draft'), named('draft')].map((id) => ['work', id]));
    const joined = await site.web.request(`${LOCAL}/imports/${own}/joining`, {
      method: 'POST',
      body: works,
      headers: { ...SAME_ORIGIN, cookie: person?.cookie ?? '' },
    });
    expect(joined.headers.get('location')).toContain(`/imports/${own}`);
    for (const name of ['imported draft', 'imported hidden', 'hidden', 'draft']) {
      for (const rest of ['review', 'review/details', 'updates/1']) {
        expect((await site.get(`/works/${named(name)}/${rest}`, person)).status, name).toBe(404);
        const answer = await sendForm(site, `/works/${named(name)}/${rest}`, DISMISS, person);
        expect(answer.status, `${name} ${rest}`).toBe(404);
      }
    }
    expect(await contents(site)).toEqual(before);
  });
});
