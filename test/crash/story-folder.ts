/** A folder of small stories of every kind that can be imported, with copies and with files that are refused. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom, type Random } from '../../bench/random.ts';
import { makeEpub } from '../../src/features/imports/readers/epub/epub.fixture.ts';
import { makeZip } from '../../src/platform/zip/zip.fixture.ts';

const WORDS =
  'the sea wall held and nobody in the harbour spoke of it until morning when Wren came down with the lamp still lit and said that the boat was gone'.split(
    ' ',
  );
const FANDOMS = ['Port Ellory', 'The Kettle & the Sea', 'Dracula - Bram Stoker', 'Journey to the West'];
const FREEFORMS = ['Slow Burn', 'Fog', 'Tea', 'Letters', 'Found Family', 'Ghosts?', 'Canon Divergence', 'Café'];
const CREATORS = ['wren', 'Old Tom', 'marta_k', 'José'];

/** Writes `count` files below `folder`, the same for the same seed. */
export function writeStoryFolder(folder: string, count: number, seed: number): void {
  const random = randomFrom(seed);
  let last = '';
  for (let number = 0; number < count; number += 1) {
    const below = join(folder, `shelf ${Math.floor(number / 100)}`);
    mkdirSync(below, { recursive: true });
    const [ending, content] = fileOf(number, random, last);
    if (typeof content === 'string' && ending === 'md') last = content;
    writeFileSync(join(below, `${String(number).padStart(3, '0')}.${ending}`), content);
  }
}

/** What `writeMixedShelf` writes, by how an import counts it. */
export interface Shelf {
  files: number;
  works: number;
}

/**
 * Writes a shelf with works in several files: as `metadata.csv` says, and by the numbers in their names; beside them
 * books, flattened texts, and a zip whose files are works and which holds two parts of one.
 */
export function writeMixedShelf(folder: string, each: number, seed: number): Shelf {
  const random = randomFrom(seed);
  const below = join(folder, 'mixed');
  mkdirSync(below, { recursive: true });
  const put = (name: string, content: string | Uint8Array) => writeFileSync(join(below, name), content);
  const part = () => paragraphs(random).join('\n\n');
  const rows = ['file,work,chapter,position'];
  const zipped: { name: string; content: string | Uint8Array }[] = [];
  for (let number = 0; number < each; number += 1) {
    for (const position of [1, 2, 3]) {
      rows.push(`said ${number} part ${position}.txt,Said ${number},Part ${position},${position}`);
      put(`said ${number} part ${position}.txt`, part());
    }
    for (const position of [1, 2]) put(`Numbered ${'abcdefghij'[number % 10]}${number}x-0${position}.md`, part());
    put(`book ${number}b.epub`, epub(number, random));
    put(`flat ${number}f.txt`, Array.from({ length: 5 }, () => paragraphs(random).join(' ')).join(' '));
    zipped.push({ name: `deep/zipped ${number}z.html`, content: ao3Html(100_000 + number, random) });
  }
  zipped.push({ name: 'parts/in a zip-1.txt', content: part() }, { name: 'parts/in a zip-2.txt', content: part() });
  put('metadata.csv', `${rows.join('\n')}\n`);
  put('downloads.zip', makeZip(zipped));
  return { files: each * 8 + 2, works: each * 5 + 1 };
}

function epub(number: number, random: Random): Uint8Array {
  const pages = Array.from({ length: 2 }, (_, at) => ({
    name: `chapter${at + 1}.xhtml`,
    body: `<h1>Chapter ${at + 1}</h1>${paragraphs(random)
      .map((paragraph) => `<p>${paragraph}</p>`)
      .join('')}`,
  }));
  return makeEpub({
    metadata: `<dc:identifier id="id">book-${number}</dc:identifier><dc:title>Book ${number}</dc:title><dc:creator>wren</dc:creator><dc:language>en</dc:language>`,
    pages,
    contents: pages.map((page, at) => [`Chapter ${at + 1}`, page.name]),
  });
}

/** Of every twenty files one is a copy, one the same story under other tags, one is refused. */
function fileOf(number: number, random: Random, last: string): [ending: string, content: string | Uint8Array] {
  const turn = number % 20;
  if (turn === 7) return ['copy.md', last];
  if (turn === 12) return ['again.md', last.replace('tag:', 'tag:\n  - Another Copy')];
  if (turn === 17) return number % 40 === 17 ? ['pdf', '%PDF-1.7\n1 0 obj\n'] : ['txt', ''];
  if (turn % 3 === 0) return ['md', frontMatter(number, random) + chapters(random, (at) => `# Chapter ${at}`)];
  if (turn % 3 === 1) return ['html', ao3Html(number, random)];
  return ['txt', frontMatter(number, random) + chapters(random, (at) => `Chapter ${at}`)];
}

function sentence(random: Random): string {
  return `${Array.from({ length: 12 }, () => random.pick(WORDS)).join(' ')}.`;
}

function paragraphs(random: Random): string[] {
  return Array.from({ length: 2 + random.below(4) }, () => `${sentence(random)} ${sentence(random)}`);
}

function chapters(random: Random, heading: (at: number) => string): string {
  const count = random.chance(0.3) ? 2 + random.below(2) : 1;
  if (count === 1) return paragraphs(random).join('\n\n');
  return Array.from({ length: count }, (_, at) => [heading(at + 1), ...paragraphs(random)].join('\n\n')).join('\n\n');
}

function some<T>(list: readonly T[], random: Random): T[] {
  return list.filter(() => random.chance(0.4));
}

/** One in ten lacks a rating and stays a draft; every third stands in a series; dates are given or not. */
function frontMatter(number: number, random: Random): string {
  const list = (key: string, names: readonly string[]) => [
    `${key}:`,
    ...names.map((name) => `  - ${JSON.stringify(name)}`),
  ];
  return [
    '---',
    `title: Story ${number}`,
    ...list('creator', [random.pick(CREATORS), ...some(CREATORS, random)]),
    ...(random.chance(0.1) ? [] : ['rating: General Audiences']),
    'warning: No Archive Warnings Apply',
    ...list('fandom', [random.pick(FANDOMS), ...some(FANDOMS, random)]),
    ...list('tag', ['Stories', ...some(FREEFORMS, random), `Tag ${random.below(200)}`]),
    'language: en',
    ...(random.chance(0.3) ? [`series: "Harbour Lights ${random.below(5)}"`] : []),
    ...(random.chance(0.5) ? [`published: 2019-0${1 + random.below(9)}-1${random.below(10)}`] : []),
    `summary: ${sentence(random)}`,
    '---',
    '',
    '',
  ].join('\n');
}

function ao3Html(number: number, random: Random): string {
  const address = `https://archive.example/works/${number}`;
  const row = (label: string, names: readonly string[]) =>
    names.length === 0
      ? ''
      : `<dt>${label}:</dt><dd>${names.map((name) => `<a href="https://archive.example/tags/x">${name.replaceAll('&', '&amp;')}</a>`).join(', ')}</dd>\n`;
  const creator = random.pick(['wren', 'marta_k']);
  const series = random.chance(0.3)
    ? `<dt>Series:</dt><dd>Part ${1 + random.below(9)} of <a href="https://archive.example/series/7">Harbour</a></dd>\n`
    : '';
  const text = paragraphs(random)
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join('\n');
  return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>Download ${number}</title></head><body>
<div id="preface"><h2 class="toc-heading">Preface</h2>
<p class="message"><b>Download ${number}</b><br />Posted originally on the <a href="https://archive.example/">Archive</a> at <a href="${address}">${address}</a>.</p>
<div class="meta"><dl class="tags">
${row('Rating', ['Teen And Up Audiences'])}${row('Archive Warning', ['No Archive Warnings Apply'])}${row('Fandoms', [random.pick(FANDOMS)])}${row('Additional Tags', some(FREEFORMS, random))}<dt>Language:</dt><dd>English</dd>
${series}<dt>Stats:</dt><dd>Published: 2020-01-02 Words: 100 Chapters: 1/1</dd></dl>
<h1>Download ${number}</h1><div class="byline">by <a rel="author" href="https://archive.example/users/${creator}/pseuds/${creator}">${creator}</a></div></div></div>
<div id="chapters" class="userstuff"><h2 class="toc-heading">Download ${number}</h2><div class="userstuff">
${text}
</div></div>
<div id="afterword"><p class="message">Please <a href="${address}/comments/new">comment</a>!</p></div>
</body></html>`;
}
