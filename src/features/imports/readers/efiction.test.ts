import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText, encodeText } from '../decode.ts';
import { efictionReader } from './efiction.ts';
import { fileOf } from './reading.fixture.ts';
import type { SourceFile } from './reader.ts';

const STORED = `<p align=\\"center\\"><i>One</i></p>
<p>\\"You never said it was haunted,\\" said Ivo. It wasn\\'t.</p>
<p>\\"I said it was old,\\" Marta said.<br />\\"Didn\\'t I?\\"</p>`;

function read(text: string) {
  const result = efictionReader.read(fileOf(text));
  if (!result.ok) throw new Error(result.reason);
  return result.work;
}
const sourceOf = (text: string) => read(text).chapters[0]?.text.source;

describe('a stored chapter', () => {
  test('loses its backslashes, and the report counts them', () => {
    const work = read(STORED);
    expect(work.chapters).toEqual([{ text: { format: 'html', source: STORED.replaceAll('\\', '') } }]);
    expect(work.repairs).toEqual(['10 backslashes before quotes were removed.']);
  });

  test('that was slashed twice or more loses all of them', () => {
    const again = (text: string) => text.replace(/["'\\]/g, '\\$&');
    expect(sourceOf(again(STORED))).toBe(STORED.replaceAll('\\', ''));
    expect(sourceOf(again(again(STORED)))).toBe(STORED.replaceAll('\\', ''));
  });

  test('whose quotes are only partly slashed is left as it is, and it is said', () => {
    const mixed = `<p>"Yes," \\"no,\\" 'a' \\'b\\'</p><p>c</p>`;
    expect(efictionReader.sniff(fileOf(mixed))).toBe(0);
    expect(sourceOf(mixed)).toBe(mixed);
    expect(read(mixed).repairs).toEqual([expect.stringContaining('left as they are')]);
  });

  test('without breaks has them where its lines ended', () => {
    expect(sourceOf('\\"Yes,\\" <i>she</i> said.\nShe did.\n\n\\"No.\\"')).toBe(
      '<p>"Yes," <i>she</i> said.<br>\nShe did.</p>\n<p>"No."</p>',
    );
  });

  test('without any HTML is plain text', () => {
    const text = '\\"Yes,\\" she said. \\"It\\\'s late.\\"\n\n\\"No.\\"';
    expect(efictionReader.sniff(fileOf(text))).toBeGreaterThan(0.5);
    expect(read(text).chapters[0]?.text).toEqual({ format: 'text', source: text.replaceAll('\\', '') });
  });

  test('with a header block is described by it', () => {
    const header = "<b>Title:</b> Wren\\'s Kettle<br />\n<b>Author:</b> Wren<br />\n<b>Rating:</b> PG<br /><br />\n";
    const work = read(header + STORED);
    expect(work).toMatchObject({ title: "Wren's Kettle", creators: [{ name: 'Wren' }], rating: 'PG' });
    expect(work.chapters[0]?.text.source).toBe(STORED.replaceAll('\\', ''));
  });

  test.each(['windows-1252', 'macintosh'])('in %s is read', (encoding) => {
    const text = `<p>\\"Où est\\" … “le café” – l’été, c\\'est tôt.</p><p>Voilà.</p>`;
    const bytes = encodeText(text, encoding, false);
    const decoded = decodeText(bytes);
    const file: SourceFile = { name: '1.txt', bytes, ...decoded };
    expect(efictionReader.sniff(file)).toBeGreaterThan(0.8);
    expect(efictionReader.read(file)).toMatchObject({
      work: { chapters: [{ text: { source: text.replaceAll('\\', '') } }] },
    });
  });

  test('without text is refused with a sentence', () => {
    expect(efictionReader.read(fileOf('<p><br /></p>'))).toEqual({ ok: false, reason: expect.stringMatching(/\.$/) });
  });
});

describe('sniffing', () => {
  test.each([
    ['a stored chapter', STORED, 0.8],
    ['one that begins with words', `Marta said \\"yes\\".<br />\\"No.\\"<br />`, 0.8],
  ])('%s', (_, text, least) => {
    expect(efictionReader.sniff(fileOf(text))).toBeGreaterThan(least);
  });

  test.each([
    ['HTML of unknown origin', '<p>"Yes."</p><p>"No."</p>'],
    ['a page', `<html><body>${STORED}</body></html>`],
    ['plain text', '"Yes," she said.'],
    ['Markdown with a few escapes', 'He wrote \\"a\\" and "b" and "c".'],
    ['a path', 'C:\\\\stories\\\\kettle'],
    ['nothing', ''],
  ])('not %s', (_, text) => {
    expect(efictionReader.sniff(fileOf(text))).toBe(0);
  });
});

test('slashing and reading is the identity, and never throws', () => {
  const piece = fc.constantFrom('"Yes," ', "didn't ", 'C:\\dir ', '<br />', '<i>a</i> ', 'word ', '\n', '\\');
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 20 }), (pieces) => {
      const text = `<p>"Start." It's</p>${pieces.join('')}<p>End.</p>`;
      const slashed = text.replace(/["'\\]/g, '\\$&');
      expect(sourceOf(slashed)).toBe(text.trim());
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => typeof efictionReader.read(fileOf(text)).ok === 'boolean'));
});

test.each([
  ['backslashes', '\\'.repeat(2_000_000)],
  ['slashed quotes', '\\"'.repeat(1_000_000)],
  ['tags', '<p>\\"'.repeat(400_000)],
  ['open tags', '<p '.repeat(600_000)],
  ['blank lines', `<i>\\"a\\"</i>${'\n \t'.repeat(600_000)}x`],
])('two megabytes of %s take little time', (_, text) => {
  const started = performance.now();
  const file = fileOf(text);
  efictionReader.sniff(file);
  expect(typeof efictionReader.read(file).ok).toBe('boolean');
  expect(performance.now() - started).toBeLessThan(8_000);
});
