/** Small files for the readers' tests, made here: whole otwarchive downloads of each era, in the shape its templates had. */
import type { ImportedWork } from '../imported-work.ts';
import { recognise } from './index.ts';
import type { SourceFile } from './reader.ts';

export function fileOf(text: string, name = 'work'): SourceFile {
  return { name, text, raw: text, encoding: 'utf-8', bytes: new TextEncoder().encode(text) };
}

/** Recognises and reads; throws where a test expects a work and there is none. */
export async function readText(text: string, name = 'work'): Promise<{ format: string; work: ImportedWork }> {
  const file = fileOf(text, name);
  const reader = recognise(file);
  if (!reader) throw new Error('No reader takes this text.');
  const result = await reader.read(file);
  if (!result.ok) throw new Error(result.reason);
  return { format: reader.format, work: result.work };
}

const TAG = 'https://archiveofourown.org/tags/';

/** The page around a download: doctype, head, inline style. */
export function page(body: string): string {
  return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">
<head><title>The Kettle - wren - Port Ellory</title><style type="text/css">p.message { text-align: center; }</style></head>
<body>${body}</body></html>`;
}

export const MESSAGE_LINKS =
  'Posted originally on the <a href="https://archiveofourown.org/">Archive of Our Own</a> at <a href="http://archiveofourown.org/works/4242">http://archiveofourown.org/works/4242</a>.';

/** A multi-chapter work as downloads have been since October 2025: ids, plural labels, "Chapter N: Title". */
export const NEW_ERA = page(`
<div id="preface">
  <h2 class="toc-heading">Preface</h2>
  <p class="message"><b>The Kettle</b><br/>${MESSAGE_LINKS}</p>
  <div class="meta">
    <dl class="tags">
      <dt>Rating:</dt><dd><a href="${TAG}Teen%20And%20Up%20Audiences">Teen And Up Audiences</a></dd>
      <dt>Archive Warning:</dt><dd><a href="${TAG}Choose%20Not%20To%20Use%20Archive%20Warnings">Creator Chose Not To Use Archive Warnings</a></dd>
      <dt>Categories:</dt><dd><a href="${TAG}F*s*M">F/M</a>, <a href="${TAG}Gen">Gen</a></dd>
      <dt>Fandom:</dt><dd><a href="${TAG}Port%20Ellory%20-%20A*d*%20Nobody">Port Ellory - A. Nobody</a></dd>
      <dt>Relationships:</dt><dd><a href="${TAG}Ivo*s*Marta">Ivo/Marta</a>, <a href="${TAG}Marta%20*a*%20Wren">Marta &amp; Wren</a></dd>
      <dt>Character:</dt><dd><a href="${TAG}Ivo">Ivo</a></dd>
      <dt>Additional Tags:</dt><dd><a href="${TAG}Kettles*q*">Kettles?</a>, <a href="${TAG}*h*1%20in%20the%20Harbour">#1 in the Harbour</a>, <a href="https://elsewhere.example/x">100% Tea</a></dd>
      <dt>Language:</dt><dd>English</dd>
      <dt>Series:</dt><dd>Part 2 of
<a href="https://archiveofourown.org/series/77">Part 3 of Nothing</a>, Part 10 of
<a href="/series/78">Harbour</a></dd>
      <dt>Collections:</dt><dd><a href="https://archiveofourown.org/collections/tea">Tea</a>,
<a href="https://archiveofourown.org/collections/fog">Fog</a></dd>
      <dt>Stats:</dt><dd>
        Published: 2024-03-04
          Completed: 2024-05-06
        Words: 1,234,567
        Chapters: 2/2
      </dd>
    </dl>
    <h1>The Kettle &amp; the Sea</h1>
    <div class="byline">by <a rel="author" href="https://archiveofourown.org/users/wren_login/pseuds/Wren">Wren (wren_login)</a>, <a rel="author" href="https://archiveofourown.org/users/orphan_account/pseuds/orphan_account">orphan_account</a>, Old Tom [archived by <a rel="author" href="https://archiveofourown.org/users/keeper/pseuds/keeper">keeper</a>]</div>
    <p>Summary</p><blockquote class="userstuff"><p>It is <em>haunted</em>.</p></blockquote>
    <p>Notes</p><blockquote class="userstuff"><p>For Oona.</p></blockquote>
    <div class="endnote-link">See the end of the work for more <a href="#endnotes">notes</a></div>
    <ul><li>Inspired by <a href="https://archiveofourown.org/works/7">The Pot</a> by <a rel="author" href="/users/x">x</a>.</li><li>A translation of [Restricted Work] by y.</li></ul>
  </div>
</div>
<div id="chapters" class="userstuff">
<div class="meta group"><h2 class="heading">Chapter 1</h2>
  <p>Chapter Summary</p><blockquote class="userstuff"><p>It starts.</p></blockquote>
  <p>Chapter Notes</p>
  <div class="endnote-link">See the end of the chapter for <a href="#endnotes1">notes</a></div>
</div>
<!--chapter content-->
<div class="userstuff"><p>One <strong>fish</strong>.</p><hr/><p>Two.</p></div>
<!--/chapter content-->
<div class="meta" id="endnotes1"><p>Chapter End Notes</p><blockquote class="userstuff"><p>Thanks, one.</p></blockquote></div>
<div class="meta group"><h2 class="heading">Chapter 2: Chapter 9: The Lid</h2>
  <p class="byline">Chapter by <a rel="author" href="/users/ivo">Ivo</a></p>
  <p>Chapter Notes</p><blockquote class="userstuff"><p>Second note.</p></blockquote>
</div>
<!--chapter content-->
<div class="userstuff"><p>Three.</p></div>
<!--/chapter content-->
</div>
<div id="afterword">
  <h2 class="toc-heading">Afterword</h2>
  <div class="meta"><div id="endnotes"><p>End Notes</p><blockquote class="userstuff"><p>The end note.</p></blockquote></div>
    <dl><dt>Works inspired by this one:</dt><dd><a href="https://archiveofourown.org/works/9">The Lid</a> by z</dd></dl></div>
  <p class="message">Please <a href="https://archiveofourown.org/works/4242/comments/new">drop by the Archive and comment</a> to let the creator know if you enjoyed their work!</p>
</div>`);

/** As before February 2019: no ids but `chapters`, singular labels, chapters before words, titles alone over chapters. */
export const OLD_ERA = page(`
<p class="message"><b>The Kettle</b><br/>${MESSAGE_LINKS.replaceAll('https:', 'http:')}</p>
<div class="meta">
  <dl class="tags">
    <dt>Rating:</dt><dd><a href="http://archiveofourown.org/tags/Explicit">Explicit</a></dd>
    <dt>Archive Warning:</dt><dd><a href="http://archiveofourown.org/tags/No%20Archive%20Warnings%20Apply">No Archive Warnings Apply</a>, <a href="http://archiveofourown.org/tags/Major%20Character%20Death">Major Character Death</a></dd>
    <dt>Category:</dt><dd><a href="http://archiveofourown.org/tags/F*s*F">F/F</a></dd>
    <dt>Fandom:</dt><dd><a href="http://archiveofourown.org/tags/Port%20Ellory">Port Ellory</a>, Other Harbour</dd>
    <dt>Relationship:</dt><dd>Marta/Wren, Ivo &amp; Pell</dd>
    <dt>Series:</dt><dd>Part 1 of <a href="http://archiveofourown.org/series/5">Harbour</a></dd>
    <dt>Stats:</dt><dd>Published: 2012-01-02 Updated: 2013-02-03 Chapters: 2/? Words: 4567</dd>
  </dl>
  <h1>The Kettle</h1>
  <div class="byline">by Anonymous</div>
  <p>Notes</p>
  <div class="endnote-link">See the end of the work for <a href="#endnotes">notes</a></div>
</div>
<div id="chapters" class="userstuff">
  <div class="meta group"><h2 class="heading">The First Thing</h2></div>
  <div class="userstuff"><p>Alpha.</p></div>
  <div class="meta group"><h2 class="heading">Chapter 2</h2></div>
  <div class="userstuff"><p>Beta.</p></div>
  <div class="meta" id="endnotes2"><p>Chapter End Notes</p><blockquote class="userstuff"><p>Late.</p></blockquote></div>
</div>
<div class="meta"><div id="endnotes"><p>End Notes</p><blockquote class="userstuff"><p>Bye.</p></blockquote></div></div>
<p class="message">Please <a href="http://archiveofourown.org/works/4242/comments/new">drop by the archive and comment</a> to let the author know if you enjoyed their work!</p>`);

/** A one-shot; `stats` is what the era's statistics said, `heading` the hidden heading that 2019 brought. */
export function oneShot(
  stats: string,
  heading = '<h2 class="toc-heading">Steam</h2>',
  byline = '<a rel="author" href="/users/a/pseuds/a">a</a>',
): string {
  return page(`<div id="preface"><p class="message"><b>Steam</b><br/>${MESSAGE_LINKS}</p><div class="meta"><dl class="tags">
<dt>Rating:</dt><dd><a href="${TAG}Not%20Rated">Not Rated</a></dd><dt>Stats:</dt><dd>${stats}</dd></dl>
<h1>Steam</h1><div class="byline">by ${byline}</div></div></div>
<div id="chapters" class="userstuff">${heading}<div class="userstuff"><p>Hiss.</p></div></div>
<div id="afterword"><p class="message">Please <a href="/x">comment</a>!</p></div>`);
}
