/**
 * A folder of story files as somebody's own collection might be: AO3's HTML downloads, Markdown and plain text, about
 * 2,000 words each, cut and combined from stories in the public domain, no two alike. The same seed writes the same files.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { inventTags, type InventedTag } from './invented-tags.ts';
import { randomFrom, type Random } from './random.ts';

const CORPUS = 'public_domain_fiction.jsonl.gz';
/** Files in one folder. */
const FOLDER = 500;
/** Words taken from one place before the next: so much is still a scene. */
const SCENE_WORDS = 500;
const LEAST_WORDS = 1_600;
const MOST_WORDS = 2_400;

interface Piece {
  title: string;
  paragraphs: { html: string; words: number }[];
}

export interface Story {
  number: number;
  title: string;
  creator: string;
  tags: InventedTag[];
  chapters: string[][];
  words: number;
}

/** Where the corpora lie, or a plain sentence that they are not there. */
export function corpusFile(): string {
  const folder = process.env['FANFOLD_CORPORA'] ?? join(import.meta.dirname, '..', '..', 'shared', 'corpora');
  return join(folder, CORPUS);
}

/** Stories without end, one after another, each with its number. */
export function* inventStories(random: Random): Generator<Story> {
  const pieces = readPieces(corpusFile());
  const tagsOf = inventTags(random);
  for (let number = 0; ; number += 1) yield inventStory(number, pieces, tagsOf(), random);
}

/** Writes `count` files below `folder`. @returns how many words they hold together. */
export function writeStoryFiles(folder: string, count: number, seed: number): number {
  const random = randomFrom(seed);
  let words = 0;
  for (const story of inventStories(random)) {
    const { number } = story;
    if (number === count) break;
    words += story.words;
    const below = join(folder, String(Math.floor(number / FOLDER)).padStart(3, '0'));
    if (number % FOLDER === 0) mkdirSync(below, { recursive: true });
    const name = `story-${String(number).padStart(6, '0')}`;
    const [ending, text] = written(story, random);
    writeFileSync(join(below, `${name}.${ending}`), text);
  }
  return words;
}

function readPieces(file: string): Piece[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  return lines.map((line) => {
    const { title, html } = JSON.parse(line) as { title: string; html: string };
    const paragraphs = (html.match(/<p>[^]*?<\/p>/g) ?? []).map((block) => {
      const decoded = block.replace(/&#x([0-9a-f]+);/gi, (_, code: string) =>
        String.fromCodePoint(Number.parseInt(code, 16)),
      );
      return { html: decoded, words: decoded.replace(/<[^>]+>/g, ' ').split(/\s+/).length - 2 };
    });
    return { title, paragraphs };
  });
}

function inventStory(number: number, pieces: readonly Piece[], tags: InventedTag[], random: Random): Story {
  const wanted = LEAST_WORDS + random.below(MOST_WORDS - LEAST_WORDS);
  const scenes: string[][] = [];
  let title = '';
  let words = 0;
  while (words < wanted) {
    const piece = random.pick(pieces);
    title ||= piece.title;
    const scene: string[] = [];
    let inScene = 0;
    for (const paragraph of piece.paragraphs.slice(random.below(piece.paragraphs.length))) {
      scene.push(paragraph.html);
      inScene += paragraph.words;
      if (inScene >= SCENE_WORDS || words + inScene >= wanted) break;
    }
    words += inScene;
    if (scene.length > 0) scenes.push(scene);
  }
  // Four works of five have one chapter.
  const chapters = random.chance(0.79) ? [scenes.flat()] : scenes;
  return {
    number,
    title: `${title}, again ${number}`,
    creator: `creator_${random.below(3_000)}`,
    tags,
    chapters,
    words,
  };
}

/** A file's ending and text: four of ten are AO3's HTML, as many Markdown, the rest plain text. */
function written(story: Story, random: Random): [ending: string, text: string] {
  const draw = random.next();
  if (draw < 0.4) return ['html', ao3Html(story)];
  if (draw < 0.8) return ['md', frontMatter(story, random.chance(0.8)) + markdownOf(story)];
  return ['txt', frontMatter(story, random.chance(0.8)) + textOf(story)];
}

/** Names of a story's tags of one kind. */
export const named = (story: Story, kind: InventedTag['kind']) =>
  story.tags.filter((tag) => tag.kind === kind).map((tag) => tag.name);

/** A story's YAML front matter. */
export function frontMatter(story: Story, saysLanguage: boolean): string {
  const list = (key: string, kind: InventedTag['kind']) => {
    const names = named(story, kind);
    return names.length === 0 ? [] : [`${key}:`, ...names.map((name) => `  - ${JSON.stringify(name)}`)];
  };
  return [
    '---',
    `title: ${JSON.stringify(story.title)}`,
    `creator: ${story.creator}`,
    ...list('rating', 'rating'),
    ...list('warning', 'warning'),
    ...list('category', 'category'),
    ...list('fandom', 'fandom'),
    ...list('relationship', 'relationship'),
    ...list('character', 'character'),
    ...list('tag', 'freeform'),
    ...(saysLanguage ? ['language: en'] : []),
    `published: 20${String(10 + (story.number % 15))}-0${1 + (story.number % 9)}-1${story.number % 10}`,
    'summary: |',
    `  ${textFrom(story.chapters[0]?.[0] ?? '')
      .slice(0, 300)
      .replaceAll('\n', ' ')}`,
    '---',
    '',
    '',
  ].join('\n');
}

/** HTML of the corpus as text; a break is a new line. */
export function textFrom(html: string): string {
  return html
    .replace(/<br\/?>\s*/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&amp;', '&');
}

function markdownFrom(html: string): string {
  return textFrom(
    html
      .replace(/<\/?em>/g, '*')
      .replace(/<\/?strong>/g, '**')
      .replace(/<br\/?>\s*/g, '  \n'),
  );
}

/** A story's chapters as Markdown. */
export function markdownOf(story: Story): string {
  const several = story.chapters.length > 1;
  return story.chapters
    .map((chapter, at) => [...(several ? [`# Chapter ${at + 1}`] : []), ...chapter.map(markdownFrom)].join('\n\n'))
    .join('\n\n');
}

/** A story's chapters as plain text with blank lines. */
export function textOf(story: Story): string {
  const several = story.chapters.length > 1;
  return story.chapters
    .map((chapter, at) => [...(several ? [`Chapter ${at + 1}`] : []), ...chapter.map(textFrom)].join('\n\n'))
    .join('\n\n\n');
}

/** Text inside HTML. */
export const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** AO3's HTML download of a story, as it has been since 2019. */
export function ao3Html(story: Story): string {
  const host = 'https://archiveofourown.org';
  const row = (label: string, kind: InventedTag['kind']) => {
    const links = named(story, kind).map(
      (name) => `<a href="${host}/tags/${encodeURIComponent(name)}">${escaped(name)}</a>`,
    );
    return links.length === 0 ? '' : `<dt>${label}:</dt>\n<dd>${links.join(', ')}</dd>\n`;
  };
  const address = `${host}/works/${1_000_000 + story.number}`;
  const several = story.chapters.length > 1;
  const chapters = story.chapters.map(
    (chapter, at) =>
      `${several ? `<div class="meta group"><h2 class="heading">Chapter ${at + 1}</h2></div>\n<!--chapter content-->\n` : ''}<div class="userstuff">${chapter.join('\n')}</div>${several ? '\n<!--/chapter content-->' : ''}`,
  );
  return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>${escaped(story.title)}</title>
<style type="text/css">p.message { text-align: center; }</style></head>
<body>
<div id="preface">
<h2 class="toc-heading">Preface</h2>
<p class="message"><b>${escaped(story.title)}</b><br />Posted originally on the <a href="${host}/">Archive of Our Own</a> at <a href="${address}">${address}</a>.</p>
<div class="meta">
<dl class="tags">
${row('Rating', 'rating')}${row('Archive Warnings', 'warning')}${row('Categories', 'category')}${row('Fandoms', 'fandom')}${row('Relationships', 'relationship')}${row('Characters', 'character')}${row('Additional Tags', 'freeform')}<dt>Language:</dt>
<dd>English</dd>
<dt>Stats:</dt>
<dd>Published: 2019-03-0${1 + (story.number % 9)} Words: ${story.words.toLocaleString('en')} Chapters: ${story.chapters.length}/${story.chapters.length}</dd>
</dl>
<h1>${escaped(story.title)}</h1>
<div class="byline">by <a rel="author" href="${host}/users/${story.creator}/pseuds/${story.creator}">${story.creator}</a></div>
<p>Summary</p>
<blockquote class="userstuff">${story.chapters[0]?.[0] ?? ''}</blockquote>
</div>
</div>
<div id="chapters" class="userstuff">
${several ? '' : `<h2 class="toc-heading">${escaped(story.title)}</h2>\n`}${chapters.join('\n')}
</div>
<div id="afterword">
<h2 class="toc-heading">Afterword</h2>
<p class="message">Please <a href="${address}/comments/new">drop by the Archive and comment</a> to let the creator know if you enjoyed their work!</p>
</div>
</body>
</html>
`;
}
