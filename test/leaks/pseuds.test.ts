/**
 * Two pseuds of one account are two people to everybody else. Whatever is looked at about one says nothing of the other:
 * no page, list, address, header, file or refusal, and nothing that changes at the same moment.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeMeasure } from '../../src/features/moderation/people.actions.ts';
import { addPseud } from '../../src/features/accounts/index.ts';
import { handOver, picture } from '../../src/features/accounts/pictures.fixture.ts';
import { addCreator, chapterIds, makeWork, putInSeries, secureAccount, type CastWork } from '../cast.ts';
import { openSite, type Person, type TestSite } from '../site.ts';

interface Pen {
  person: Person;
  name: string;
  id: string;
  icon: string;
  work: CastWork;
  series: string;
  /** What nobody who looks at another pseud may meet. */
  marks: string[];
}

let site: TestSite;
let harebell: Pen;
let nightjar: Pen;
/** Somebody else’s pseud, with the same picture. */
let oriel: Pen;
const people = {} as Record<'fan' | 'coCreator' | 'moderator', Person>;
const SIGNS_IN_AS = 'ada_of_two_names';

beforeAll(async () => {
  site = await openSite();
  const ada = await site.person('harebell');
  await secureAccount(site, ada, SIGNS_IN_AS, 'four herons under ice');
  const { db, now } = site.ground;
  await db.write((tx) => addPseud(tx, now(), ada.viewer.accountId, 'nightjar'));
  // Reads and knows the one, and has never heard of the other.
  people.fan = await site.person('plumrose');
  people.coCreator = await site.person('curlew');
  people.moderator = await site.person('hellebore', ['member', 'moderator']);
  const bytes = await picture().jpeg().toBuffer();
  harebell = await pen(ada, 'harebell', bytes);
  nightjar = await pen(ada, 'nightjar', bytes);
  oriel = await pen(await site.person('oriel'), 'oriel', bytes);
  await addCreator(site, nightjar.work.id, people.coCreator, 'accepted');
  await site.follow();
}, 60_000);
afterAll(() => site.close());

/** A pseud as its owner makes it by the forms: profile, icon, a work in a series. */
async function pen(of: Person, name: string, bytes: Uint8Array): Promise<Pen> {
  const { reads } = site.ground.db;
  const row = await reads
    .selectFrom('pseuds')
    .select(['id', 'public_id'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  const own = `/account/pseuds/${row.public_id}`;
  await site.post(`${own}/profile`, { text: `I am ${name}word.`, linkAddress1: `https://${name}link.example/` }, of);
  expect((await handOver(site, `${own}/icon`, of, { bytes }, `An icon of ${name}alt`)).status).toBe(303);
  const icon = await reads
    .selectFrom('pseud_icons')
    .select('public_id')
    .where('pseud_id', '=', row.id)
    .executeTakeFirstOrThrow();
  const person = { ...of, pseud: name, pseudId: row.id };
  const title = `The ${name}tale`;
  const work = await makeWork(site, { title, by: [person], fandoms: [`${name}fandom`] }, { state: 'posted' });
  const series = await putInSeries(site, work.id, `A ${name}series`);
  const marks = [name, row.public_id, icon.public_id, work.publicId, series];
  return { person, name, id: row.public_id, icon: `/icons/${icon.public_id}.webp`, work, series, marks };
}

/** Every address that is about one pseud and about nobody else. */
async function about({ name, id, icon, work, series }: Pen): Promise<string[]> {
  const [chapter] = await chapterIds(site, work.id);
  return [
    `/creators/${id}`,
    `/creators/${id}?sort=title&q=tale`,
    `/creators/${id}?page=2`,
    `/works?creator=${id}`,
    `/works?q=byline:${name}`,
    `/works?q=${name}tale&in=text`,
    `/tags/fandom/${name}fandom`,
    `/tags/fandom/${name}fandom/about`,
    `/series/${series}`,
    `/works/${work.publicId}/any`,
    `/works/${work.publicId}/any/entire`,
    `/works/${work.publicId}/any/chapters/${chapter}`,
    `/api/v1/works?creator=${id}`,
    `/api/v1/works/${work.publicId}`,
    `/api/v1/tags/suggestions?q=${name.slice(0, 4)}`,
    `/reports/new?about=/creators/${id}`,
    icon,
  ];
}

const WHO = ['guest', 'fan', 'coCreator', 'moderator'] as const;
const personOf = (who: (typeof WHO)[number]) => (who === 'guest' ? null : people[who]);

describe.each(WHO)('for the %s', (who) => {
  test.each([
    ['harebell', 'nightjar'],
    ['nightjar', 'harebell'],
  ])('nothing about %s says a word of %s, nor of how their account signs in', async (one, other) => {
    const [shown, hidden] = one === 'harebell' ? [harebell, nightjar] : [nightjar, harebell];
    expect(hidden.name).toBe(other);
    const paths = await about(shown);
    if (who === 'moderator') paths.push(`/moderation/people/${shown.id}`, `/moderation/people?name=${shown.name}`);
    for (const path of paths) {
      const answer = await site.get(path, personOf(who));
      const said = `${JSON.stringify([...answer.headers])} ${await answer.text()}`.toLowerCase();
      expect([200, 302, 404], path).toContain(answer.status);
      for (const mark of [...hidden.marks, SIGNS_IN_AS]) expect(said.includes(mark), `${mark} at ${path}`).toBe(false);
    }
    // It has looked at what there is.
    const page = await (await site.get(`/creators/${shown.id}`, personOf(who))).text();
    for (const word of [`${shown.name}word`, `${shown.name}link`, `${shown.name}alt`, shown.icon])
      expect(page).toContain(word);
  });

  test('the page of a pseud with a sibling is that of one without, word for word', async () => {
    const essence = async (of: Pen) => {
      const page = await (await site.get(`/creators/${of.id}`, personOf(who))).text();
      return of.marks.reduce((text, mark) => text.replaceAll(mark, '…'), page);
    };
    expect(await essence(harebell)).toBe(await essence(oriel));
  });
});

test('the same picture on two pseuds is two icons: other addresses, headers, bytes and files', async () => {
  const shown = [];
  for (const of of [harebell, nightjar, oriel]) {
    const answer = await site.get(of.icon, people.fan);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const headers = new Headers(answer.headers);
    headers.delete('x-request-id');
    shown.push({ of, bytes, headers, sum: createHash('sha256').update(bytes).digest() });
  }
  const [one, other, strangers] = shown;
  // Those of one account have no more in common than those of two.
  for (const [a, b] of [
    [one, other],
    [one, strangers],
    [other, strangers],
  ]) {
    if (!a || !b) throw new Error('There are three.');
    expect(a.bytes.equals(b.bytes)).toBe(false);
    expect(a.headers.get('etag')).not.toBe(b.headers.get('etag'));
    const alike = (headers: Headers) => [...headers].filter(([name]) => name !== 'etag' && name !== 'content-length');
    expect(alike(a.headers)).toEqual(alike(b.headers));
  }
  for (const { of, headers, sum } of shown) {
    expect(headers.get('last-modified')).toBeNull();
    expect(headers.get('cache-control')).toContain('private');
    const said = `${JSON.stringify([...headers])} ${of.icon}`;
    for (const coded of ['hex', 'base64url', 'base64'] as const)
      expect(said).not.toContain(sum.toString(coded).slice(0, 12));
  }
  // What a browser holds already is not sent again, and only at its own address.
  const held = { 'if-none-match': one?.headers.get('etag') ?? '' };
  expect((await site.get(harebell.icon, null, held)).status).toBe(304);
  expect((await site.get(nightjar.icon, null, held)).status).toBe(200);
});

test('to leave one out of a list leaves the other in it', async () => {
  const list = await (await site.get(`/works?not-creator=${harebell.id}`)).text();
  expect(list).toContain('nightjartale');
  expect(list).not.toContain('harebelltale');
});

test('a name is refused to nobody because somebody else has it: refusals say nothing of who has which', async () => {
  const { db, now } = site.ground;
  const stranger = await site.person('plover');
  const answers: string[] = [];
  for (const name of ['harebell', 'nightjar', 'oriel', 'nobody at all']) {
    const answer = await site.post('/account/pseuds', { name }, stranger);
    answers.push(`${answer.status} ${(answer.headers.get('location') ?? '').replace(/[0-9a-z]{10}$/, '…')}`);
  }
  expect(new Set(answers).size).toBe(1);
  expect(await db.write((tx) => addPseud(tx, now(), stranger.viewer.accountId, 'NIGHTJAR'))).toEqual({
    refusal: 'taken',
  });
});

test('a ban of the one changes nothing about the other', async () => {
  const look = async () => {
    const answers = [];
    for (const path of await about(nightjar)) {
      const answer = await site.get(path);
      answers.push([path, answer.status, (await answer.text()).replace(/"version":\d+/, '')]);
    }
    return answers;
  };
  const before = await look();
  const { db, now } = site.ground;
  const ban = { kind: 'ban' as const, reason: 'Spam.', endsAt: null };
  await db.write((tx) => takeMeasure(tx, now(), site.owner.viewer, harebell.id, ban));
  expect((await site.get(harebell.icon)).status).toBe(404);
  expect(await look()).toEqual(before);
});
