/** A story as AO3 and FanFicFare hand it over, and as an EPUB of another program. */
import {
  calibreFrom,
  fanFicFareBook,
  makeEpub,
  type MadePage,
} from '../src/features/imports/readers/epub/epub.fixture.ts';
import { ao3Html, escaped, named, type Story } from './story-files.ts';

/** As before 2019: no ids around the preface and the afterword, labels in the singular, the address with http. */
export function oldAo3Html(story: Story): string {
  return ao3Html(story)
    .replace('<div id="preface">\n<h2 class="toc-heading">Preface</h2>\n', '')
    .replace('</blockquote>\n</div>\n</div>\n<div id="chapters"', '</blockquote>\n</div>\n<div id="chapters"')
    .replace(/<div id="afterword">\s*<h2 class="toc-heading">Afterword<\/h2>\s*([^]*)<\/div>/, '$1')
    .replace(/<h2 class="toc-heading">[^<]*<\/h2>\n/, '')
    .replaceAll('<!--chapter content-->\n', '')
    .replaceAll('\n<!--/chapter content-->', '')
    .replace(/<dt>(Archive Warning|Fandom|Relationship|Character)s:/g, '<dt>$1:')
    .replace('<dt>Categories:', '<dt>Category:')
    .replaceAll('https://archiveofourown.org', 'http://archiveofourown.org');
}

/** As Calibre makes it of AO3's HTML. */
export function ao3Epub(story: Story): Uint8Array {
  return makeEpub(calibreFrom(ao3Html(story)));
}

/** As a word processor or a shop would make it. */
export function anyEpub(story: Story): Uint8Array {
  const pages: MadePage[] = story.chapters.map((chapter, at) => ({
    name: `chapter${at + 1}.xhtml`,
    body: `<section><h1>Chapter ${at + 1}</h1>\n${chapter.join('\n')}</section>`,
  }));
  return makeEpub({
    version: '3.0',
    metadata: `<dc:identifier id="id">urn:uuid:00000000-0000-4000-8000-${String(story.number).padStart(12, '0')}</dc:identifier>
<dc:title>${escaped(story.title)}</dc:title><dc:creator>${story.creator}</dc:creator><dc:language>en</dc:language>
${named(story, 'freeform')
  .map((name) => `<dc:subject>${escaped(name)}</dc:subject>`)
  .join('')}`,
    pages: [
      {
        name: 'title.xhtml',
        body: `<h1>${escaped(story.title)}</h1><p>${story.creator}</p>`,
      },
      ...pages,
    ],
    contents: pages.map((page, at) => [`Chapter ${at + 1}`, page.name]),
  });
}

/** As FanFicFare makes it of the story's page at AO3. */
export function fanFicFareEpub(story: Story): Uint8Array {
  const model = fanFicFareBook();
  const own = (text: string) =>
    text
      .replaceAll('works/4242', `works/${2_000_000 + story.number}`)
      .replaceAll('s4242', `s${2_000_000 + story.number}`)
      .replaceAll('The Kettle', escaped(story.title));
  const fronts = model.pages.slice(0, 4).map((page) => ({ ...page, body: own(page.body ?? '') }));
  const first = model.pages[4];
  const chapters: MadePage[] = story.chapters.map((chapter, at) => ({
    name: `file${String(at + 1).padStart(4, '0')}.xhtml`,
    bodyAttributes: 'class="fff_chapter"',
    head: own(first?.head ?? '').replaceAll('1. The Lid', `${at + 1}. Chapter ${at + 1}`),
    body: `<h3 class="fff_chapter_title">${at + 1}. Chapter ${at + 1}</h3><div class="story"><div class="userstuff module" role="article"><h3 class="landmark heading" id="work">Chapter Text</h3>${chapter.join('\n')}</div></div>`,
  }));
  return makeEpub({
    ...model,
    metadata: own(model.metadata ?? ''),
    pages: [...fronts, ...chapters],
    contents: chapters.map((page, at) => [`${at + 1}. Chapter ${at + 1}`, page.name]),
  });
}
