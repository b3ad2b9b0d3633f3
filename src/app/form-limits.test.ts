/** How large a form may be: every one of the archive's own fits with all its texts full, and nothing is read that is not counted. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, type Person, type TestSite } from '../../test/site.ts';
import { ADDRESS_CHARACTERS } from '../features/related-works/relation.ts';
import { REASON_CHARACTERS } from '../features/moderation/power.ts';
import { NOTICE_CHARACTERS } from '../features/moderation/legal-notice.ts';
import {
  ANSWER_CHARACTERS,
  EMAIL_CHARACTERS,
  NOTE_CHARACTERS,
  REPORT_CHARACTERS,
} from '../features/moderation/report.ts';
import {
  CHAPTER_CHARACTERS,
  CHAPTER_WARNINGS_CHARACTERS,
  NOTES_CHARACTERS,
  OWN_PAGE_CHARACTERS,
  PROFILE_CHARACTERS,
  PROFILE_LINKS,
  SITE_DESCRIPTION_CHARACTERS,
  SITE_NAME_CHARACTERS,
  SKIN_CHARACTERS,
  SUMMARY_CHARACTERS,
  TAG_CHARACTERS,
  TAGS_PER_WORK,
  TITLE_CHARACTERS,
} from '../features/site/index.ts';
import { FORM_BYTES, GUESTS_LONG_FORMS, LONG_FORM_BYTES } from './form-limits.ts';

const KB = 1024;
/** A character of Chinese or Japanese in a form: three bytes, each as three signs. */
const WIDEST = 9;
/** What stands around the texts: names of fields, choices, boxes, keys. */
const AROUND = 8 * KB;
const FORM = 'application/x-www-form-urlencoded';
const OWN = { origin: 'http://localhost', 'sec-fetch-site': 'same-origin', 'content-type': FORM };

let site: TestSite;
let wren: Person;
beforeAll(async () => {
  site = await openSite();
  wren = await site.person('wren');
});
afterAll(() => site.close());

const sum = (characters: readonly number[]) => characters.reduce((all, one) => all + one, 0) * WIDEST + AROUND;

describe('every form of the archive fits with all its texts full', () => {
  const NOTICE = [...Object.values(NOTICE_CHARACTERS), EMAIL_CHARACTERS];
  test.each([
    ['preferences', [NOTES_CHARACTERS, NOTES_CHARACTERS]],
    ['a legal notice', NOTICE],
    ['a report', [REPORT_CHARACTERS, EMAIL_CHARACTERS, ADDRESS_CHARACTERS]],
    ['an answer to a report, with a note', [ANSWER_CHARACTERS, NOTE_CHARACTERS]],
    ['a measure', [REASON_CHARACTERS, NOTE_CHARACTERS]],
    ['the settings of the archive', [SITE_NAME_CHARACTERS, SITE_DESCRIPTION_CHARACTERS]],
  ])('%s', (_form, characters) => {
    expect(sum(characters)).toBeLessThan(FORM_BYTES);
  });

  const SHORT_TEXTS = [TITLE_CHARACTERS, SUMMARY_CHARACTERS, NOTES_CHARACTERS, NOTES_CHARACTERS];
  const TAGS = TAGS_PER_WORK * (TAG_CHARACTERS + 1);
  test.each([
    ['a work with its first chapter', [...SHORT_TEXTS, TITLE_CHARACTERS, CHAPTER_CHARACTERS, TAGS]],
    ['a chapter', [...SHORT_TEXTS, CHAPTER_WARNINGS_CHARACTERS, CHAPTER_CHARACTERS]],
    ['a work skin', [TITLE_CHARACTERS, SKIN_CHARACTERS]],
    ['a page of the owner', [OWN_PAGE_CHARACTERS]],
    ['a profile', [PROFILE_CHARACTERS, PROFILE_LINKS.most * (PROFILE_LINKS.label + PROFILE_LINKS.address)]],
    ['a series', SHORT_TEXTS],
  ])('%s, where long texts are written', (_form, characters) => {
    expect(sum(characters)).toBeLessThan(LONG_FORM_BYTES);
  });

  test('preferences and a legal notice in Chinese are read to their end', async () => {
    const words = '語'.repeat(5_000);
    const preferences = await site.post('/account/preferences', { notes: words, endNotes: words }, wren);
    expect(preferences.status).toBe(422);
    expect(await preferences.text()).toContain(words);
    const notice = await site.post('/legal-notice', { places: words, what: words, why: words });
    expect(notice.status).toBe(422);
    expect((await notice.text()).split(words)).toHaveLength(4);
  });
});

/** Sends a body that does not say how long it is, in pieces of 64 KB. @returns the answer, and how many pieces were asked for. */
async function sendPieces(path: string, pieces: number, who: Person | null, headers = {}) {
  let read = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(stream) {
        if (read === pieces) return stream.close();
        read += 1;
        stream.enqueue(new Uint8Array(64 * KB).fill(0x61));
      },
    },
    { highWaterMark: 0 },
  );
  const cookie = who ? { cookie: who.cookie } : {};
  const init = { method: 'POST', body, duplex: 'half', headers: { ...OWN, ...cookie, ...headers } };
  const answer = await site.web.request(`http://localhost${path}`, init);
  return { answer, read };
}

describe('what is larger', () => {
  test('is not read on, also where files come in and by whoever sends it', async () => {
    for (const path of ['/imports', '/imports/0123456789/files', '/works/new']) {
      for (const who of [wren, site.owner]) {
        const { answer, read } = await sendPieces(path, 320, who);
        expect(answer.status, path).toBe(413);
        expect(read, path).toBeLessThanOrEqual(LONG_FORM_BYTES / (64 * KB) + 1);
      }
    }
    const small = await sendPieces('/account/preferences', 320, wren);
    expect(small.answer.status).toBe(413);
    expect(small.read).toBeLessThanOrEqual(FORM_BYTES / (64 * KB) + 1);
  });

  test('is refused with a sentence that says where the words are', async () => {
    const answer = await site.post('/account/preferences', { notes: 'a'.repeat(FORM_BYTES) }, wren);
    expect(answer.status).toBe(413);
    const html = await answer.text();
    expect(html).toContain('larger than 256 KB. Nothing was saved or changed.');
    expect(html).toContain('the back button of your browser');
  });
});

describe('somebody whose session has ended', () => {
  test('is told so in JSON where a script sends what they type, with nothing of it read, however often', async () => {
    const answers = [];
    for (let time = 0; time < 70; time += 1)
      answers.push(await sendPieces('/autosaves/0123456789', 320, null, { 'content-type': 'application/json' }));
    expect(new Set(answers.map(({ answer, read }) => `${answer.status} ${read}`))).toEqual(new Set(['401 0']));
    expect(await answers[0]?.answer.json()).toEqual({ reason: 'You are signed out.' });
    // And it has taken nothing from what their network may do.
    expect((await site.post('/preferences/theme')).status).toBe(303);
  });

  test.each([
    '/account/skins/new',
    '/rules/edit',
    '/contact/edit',
    '/account/series/new',
    '/works/0123456789/review/details',
  ])('finds all that they wrote on %s again, however long', async (path) => {
    const text = `The heron waited. ${'a'.repeat(FORM_BYTES)} It flew.`;
    const answer = await site.post(path, { madeFor: 'x'.repeat(20), text });
    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain(text);
  });

  test('can send so much some times a minute', async () => {
    const send = () => site.post('/rules/edit', { text: 'a' }, null, { 'content-length': String(FORM_BYTES + 1) });
    for (let time = 0; time < GUESTS_LONG_FORMS.points; time += 1) expect((await send()).status).not.toBe(429);
    const often = await send();
    expect(often.status).toBe(429);
    expect(Number(often.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await often.text()).toContain('the back button of your browser');
    // Short ones go on.
    expect((await site.post('/preferences/theme')).status).toBe(303);
  });
});
