/** A story as mailing lists, forums and dead sites left it. */
import { encodeText } from '../src/features/imports/decode.ts';
import { escaped, named, textFrom, type Story } from './story-files.ts';

const COLUMNS = 72;

const paragraphsOf = (story: Story): string[] => story.chapters.flat().map((html) => textFrom(html).trim());

/** The whole story on one line: paragraphs and title gone. */
export function flattenedText(story: Story): string {
  return paragraphsOf(story).join(' ').replace(/\s+/g, ' ');
}

/** A post to a mailing list: a block of old headings, lines of 72 columns, paragraphs parted by blank lines. */
export function listPost(story: Story): string {
  const header = [
    `Title: ${story.title}`,
    `Author: ${story.creator}`,
    `Fandom: ${named(story, 'fandom')[0] ?? 'none'}`,
    `Pairing: ${named(story, 'relationship')[0] ?? 'none'}`,
    `Rating: ${['G', 'PG', 'PG-13', 'R'][story.number % 4]}`,
    'Disclaimer: Not mine. No money is made of this.',
    `Summary: ${textFrom(story.chapters[0]?.[0] ?? '')
      .replace(/\s+/g, ' ')
      .slice(0, 150)}`,
  ];
  return `${header.join('\n')}\n\n${paragraphsOf(story).map(wrapped).join('\n\n')}\n`;
}

function wrapped(paragraph: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(/\s+/)) {
    if (line !== '' && line.length + word.length >= COLUMNS) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line].join('\n');
}

/** A post to a forum. */
export function bbcodeText(story: Story): string {
  const text = story.chapters
    .flat()
    .map((html) => textFrom(html.replace(/<(\/?)em>/g, '[$1i]').replace(/<(\/?)strong>/g, '[$1b]')).trim())
    .join('\n\n');
  return `[b]Title:[/b] ${story.title}\n[b]Author:[/b] ${story.creator}\n[b]Rating:[/b] PG\n\n${text}\n[hr]\n[i]The end[/i]\n`;
}

/** A chapter as eFiction stored it: HTML with backslashed quotes, in Windows-1252. */
export function eFictionChapter(story: Story): Uint8Array {
  const html = story.chapters.flat().join('\n').replace(/[“”]/g, '"').replace(/[‘’]/g, "'").replace(/["']/g, '\\$&');
  return encodeText(html, 'windows-1252', false);
}

/** A page of an archive that is gone, saved by a browser with its menus, its form and its comments. */
export function savedPage(story: Story): string {
  const link = (name: string) => `<a href="/${name.toLowerCase()}.php">${name}</a>`;
  const title = escaped(story.title);
  return `<!DOCTYPE html>
<!-- saved from url=(0042)http://harbour-archive.example/viewstory.php?sid=${story.number} -->
<html><head><meta charset="utf-8"><title>${title} by ${story.creator} - The Harbour Archive</title>
<script src="menu.js"></script><style>body { font: 14px Verdana }</style></head>
<body><div id="header"><h1><a href="/">The Harbour Archive</a></h1></div>
<div id="menu"><ul>${['Home', 'Categories', 'Authors', 'Search', 'Help', 'Login'].map((name) => `<li>${link(name)}</li>`).join('')}</ul></div>
<div id="content"><h2>${title}</h2><div class="byline">by <a href="/viewuser.php?uid=${story.number % 3_000}">${story.creator}</a></div>
<div class="story">${story.chapters.flat().join('\n')}</div></div>
<div id="reviews"><h3>Reviews</h3><p>Lovely! More soon?</p></div>
<div id="footer"><p>Powered by a program that nobody keeps. ${link('Contact')} ${link('Rules')}</p></div>
</body></html>`;
}
