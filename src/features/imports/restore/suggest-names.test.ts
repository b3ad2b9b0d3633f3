/** What a text says of itself: who is in it, what it could be called, and whether it is another one in other type. */
import { expect, test } from 'vitest';
import { titleFromOpening } from './opening-title.ts';
import { suggestNames } from './suggest-names.ts';
import type { KnownName } from './suggest-names.ts';
import { typographyKey } from './typography.ts';

const KNOWN: KnownName[] = [
  { kind: 'fandom', name: 'Port Ellory (TV)' },
  { kind: 'fandom', name: 'Tides' },
  { kind: 'character', name: 'Marta Kettle' },
  { kind: 'character', name: 'Ivo Lid (Port Ellory)' },
  { kind: 'character', name: 'Wren Ellory' },
  { kind: 'character', name: 'Wren Tamsin' },
  { kind: 'character', name: 'Hope' },
  { kind: 'character', name: 'Léa Müller' },
  { kind: 'relationship', name: 'Marta Kettle/Ivo Lid' },
  { kind: 'relationship', name: 'Marta Kettle & Wren Ellory' },
];

test('names of the archive are suggested from the text', () => {
  const text =
    'Nobody ran in Port Ellory. Marta Kettle put the lid back. “You never said,” said Ivo. Ivo looked at Marta’s kettle, and Ivo hoped. Hope is a thing; I hope so. Wren came. Wren went. Wren slept. Lea Muller did not.';
  const found = suggestNames(text, KNOWN);
  expect(found.map(({ kind, name, count }) => `${kind}: ${name} ${count}`)).toEqual([
    'fandom: Port Ellory (TV) 1',
    'character: Marta Kettle 2',
    'character: Léa Müller 1',
    'character: Ivo Lid (Port Ellory) 3',
    'relationship: Marta Kettle/Ivo Lid 2',
  ]);
});

test('sixty thousand names and a hundred thousand words take a moment', () => {
  const names = Array.from({ length: 60_000 }, (_, i): KnownName => ({
    kind: i % 3 === 0 ? 'relationship' : 'character',
    name: i % 3 === 0 ? `Name${i + 1} Last${i % 700}/Name${i + 2} Last${i % 900}` : `Name${i} Last${i % 700}`,
  }));
  const text = Array.from({ length: 100_000 }, (_, i) => `Name${i % 5000}`).join(' ');
  const begin = performance.now();
  suggestNames(text, names);
  expect(performance.now() - begin).toBeLessThan(5000);
});

test.each([
  ['The kettle had been Marta’s idea. “You never said.”', 'The kettle had been Marta’s idea'],
  ['“You never said it was haunted,” said Ivo.', 'You never said it was haunted'],
  ['Mr. Lid came home. He slept.', 'Mr. Lid came home'],
  ['Where had he gone? Not far.', 'Where had he gone?'],
  [
    'It was the kind of evening on which kettles remember everything that was ever said to them by anybody at all.',
    'It was the kind of evening on which kettles remember…',
  ],
  [
    'When the tide came in at six that night, nobody in Port Ellory was ready for it.',
    'When the tide came in at six that night',
  ],
  ['行李是沙师兄挑的。可是每逢过山。', '行李是沙师兄挑的'],
  ['\ud800 \n\t* * *  \u0000', null],
])('%s opens as %s', (text, title) => {
  expect(titleFromOpening(text)).toBe(title);
});

test.each([
  ['“Yes—no …” said I’vo', '"Yes -- no..." said I\'vo'],
  ['<p>The ﬁrst <em>kettle</em>&nbsp;hums.</p>', 'THE FIRST *kettle* hums.'],
  ['soft\u00adhyphen', 'soft-hyphen'.replace('-', '')],
  ['« Oui »', '"Oui"'],
])('%s has the key of %s', (one, other) => {
  expect(typographyKey(one)).toBe(typographyKey(other));
});

test.each([
  ['It hums.', 'It hums!'],
  ['a lid', 'a lit'],
  ['<3 you', 'you'],
])('%s is not %s', (one, other) => {
  expect(typographyKey(one)).not.toBe(typographyKey(other));
});
