/**
 * Readers at work on material that others made: real books and broken ones, hostile HTML, one text in 34 languages. Every
 * file is recognised and read as an import does it, among all readers.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { plainText } from '../../../platform/html/text.ts';
import { decodeText, encodeText } from '../decode.ts';
import type { ImportedText, ImportedWork } from '../imported-work.ts';
import { READERS, recognise, refusalFor } from './index.ts';

const CORPORA = process.env['FANFOLD_CORPORA'] ?? '../shared/corpora';

beforeAll(() => {
  if (!existsSync(CORPORA)) throw new Error(`There are no corpora at ${CORPORA}. Set FANFOLD_CORPORA to their folder.`);
});

type Came = { format: string; work: ImportedWork } | { format: string | null; reason: string };

/** What comes of a file, by the surest reader. */
async function bringIn(name: string, bytes: Uint8Array): Promise<Came> {
  const { text, raw, encoding } = decodeText(bytes);
  const file = { name, bytes, text, raw, encoding };
  const reader = recognise(file);
  if (!reader) return { format: null, reason: refusalFor(file) };
  const read = await reader.read(file);
  return read.ok ? { format: reader.format, work: read.work } : { format: reader.format, reason: read.reason };
}

/** All of a work that is read, title and headings with it, in order. */
function lettersOf(work: ImportedWork): string {
  const chapters = work.chapters.flatMap(({ title, summary, notes, text, endNotes }) => [
    title,
    summary,
    notes,
    text,
    endNotes,
  ]);
  const all = [work.title, work.summary, work.notes, ...chapters, work.endNotes];
  return letters(
    all
      .filter((one) => one !== undefined)
      .map(readable)
      .join('\n'),
  );
}

function readable(text: ImportedText | string): string {
  if (typeof text === 'string') return text;
  return text.format === 'html' ? plainText(text.source) : text.source;
}

const letters = (text: string): string => text.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}]+/gu, '');

/** By a part of a broken book's name: what its owner is to be told. */
const WHAT_IS_WRONG: readonly (readonly [name: string, reason: RegExp])[] = [
  ['container-not-ocf', /office document/],
  ['character-forbidden', /forbidden character/],
  ['duplicate-after', /two files whose names count as the same/],
  ['duplicate-zip-entry', /two files of the same name/],
  ['not-utf8', /the name of a file is not/],
  ['mimetype-file-missing', /lacks its file “mimetype”/],
  ['mimetype-entry-extra-field', /the file “mimetype” has/],
  ['unreadable-empty', /empty/],
  ['unreadable-image', /picture/],
  ['unreadable-no-end-header', /cut off/],
];

describe('books', () => {
  const folder = join(CORPORA, 'epub');
  const books = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.epub')) : [];
  const isBroken = (name: string) => /-(?:error|fatal)\.epub$/.test(name);

  test('are all there', () => {
    expect(books.filter(isBroken).length).toBeGreaterThan(10);
    expect(books.filter((name) => !isBroken(name)).length).toBeGreaterThan(10);
  });

  test.each(books.filter((name) => !isBroken(name)))(
    '%s is read',
    async (name) => {
      const came = await bringIn(name, readFileSync(join(folder, name)));
      expect(came).toMatchObject({ format: 'epub' });
      if (!('work' in came)) throw new Error(came.reason);
      expect(came.work.chapters.length).toBeGreaterThan(0);
      expect(lettersOf(came.work).length).toBeGreaterThan(0);
    },
    60_000,
  );

  test.each(books.filter(isBroken))('%s is refused, and the reason is a sentence', async (name) => {
    const came = await bringIn(name, readFileSync(join(folder, name)));
    if ('work' in came) throw new Error(`${name} was read.`);
    expect(came.reason).toMatch(/^[A-Z].*\.$/);
    expect(came.reason).toMatch(
      WHAT_IS_WRONG.find(([part]) => name.includes(part))?.[1] ?? /^the name says no reason$/,
    );
  });
});

describe('hostile and odd HTML', () => {
  test('trips no reader, alone or among the others', async () => {
    const attacks = JSON.parse(readFileSync(join(CORPORA, 'html-attacks.json'), 'utf8')) as { input: string }[];
    expect(attacks.length).toBeGreaterThan(10_000);
    const tripped: string[] = [];
    for (const [i, { input }] of attacks.entries()) {
      const bytes = new TextEncoder().encode(input);
      const { text, raw, encoding } = decodeText(bytes);
      const file = { name: `attack ${i}.html`, bytes, text, raw, encoding };
      try {
        for (const reader of READERS) {
          const certainty = reader.sniff(file);
          if (!(certainty >= 0 && certainty <= 1)) tripped.push(`${reader.format} is ${certainty} sure of ${input}`);
        }
        const came = await bringIn(file.name, bytes);
        if ('reason' in came && !/^[A-Z“].*[.!]$/s.test(came.reason)) tripped.push(`“${came.reason}” of ${input}`);
      } catch (error) {
        tripped.push(`${String(error)} at ${input}`);
      }
    }
    expect(tripped).toEqual([]);
  }, 120_000);

  test('trips no reader that did not ask for it', async () => {
    const attacks = JSON.parse(readFileSync(join(CORPORA, 'html-attacks.json'), 'utf8')) as { input: string }[];
    for (const [i, { input }] of attacks.entries()) {
      if (i % EVERY !== 0) continue;
      const bytes = new TextEncoder().encode(input);
      const { text, raw, encoding } = decodeText(bytes);
      for (const reader of READERS) {
        const read = await reader.read({ name: 'attack', bytes, text, raw, encoding });
        expect(read.ok || read.reason).toBeTruthy();
      }
    }
  }, 120_000);
});

/** Of the attacks, those that every reader is made to read. */
const EVERY = 10;

interface Language {
  bcp47: string;
  name: string;
  dir: string;
  html: string;
}

describe('one text in many languages', () => {
  const file = join(CORPORA, 'udhr_multilingual.json.gz');
  const languages = existsSync(file) ? (JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Language[]) : [];

  test('is there', () => expect(languages.length).toBeGreaterThan(30));

  const paragraphsOf = ({ html }: Language): string[] =>
    plainText(html)
      .split(/\n\s*/)
      .map((paragraph) => paragraph.trim())
      .filter((paragraph) => paragraph !== '');

  const broughtIn = async (name: string, bytes: Uint8Array): Promise<string> => {
    const came = await bringIn(name, bytes);
    if (!('work' in came)) throw new Error(`${name}: ${came.reason}`);
    return lettersOf(came.work);
  };

  test.each(languages)('$name comes in whole', async (language) => {
    const paragraphs = paragraphsOf(language);
    const wanted = letters(paragraphs.join('\n'));
    expect(wanted.length).toBeGreaterThan(500);
    const text = paragraphs.join('\n\n');
    const html = `<!DOCTYPE html><html lang="${language.bcp47}" dir="${language.dir}"><head><meta charset="utf-8"><title>x</title></head><body>${language.html}</body></html>`;
    const files: [name: string, bytes: Uint8Array][] = [
      ['text', new TextEncoder().encode(text)],
      ['UTF-16', encodeText(text, 'utf-16le', true)],
      ['UTF-16, the other way', encodeText(text, 'utf-16be', true)],
      ['one line', new TextEncoder().encode(paragraphs.join(' '))],
      ['HTML', new TextEncoder().encode(html)],
    ];
    for (const [name, bytes] of files) expect(await broughtIn(name, bytes), name).toContain(wanted);
  });
});
