/**
 * BBCode to HTML for the cleaner: every word survives, unknown and unpaired tags as the text they are. Blank lines part
 * paragraphs. One pass; nesting is bounded, and tags that cross are closed and opened again, so that no input costs more
 * than its length.
 */
import { escapeHtml } from '../../../platform/html/text.ts';
import {
  ADDRESS_TAGS,
  BLOCK_TAGS,
  CHAPTER_TAG,
  HEADING_TAGS,
  INLINE_TAGS,
  LOOKS,
  matchedTags,
  SINGLE_TAGS,
} from './bbcode-tags.ts';
import type { Tag } from './bbcode-tags.ts';

export interface BbcodeHtml {
  /** The text, parted at chapter tags; `heading` is what they say. One without heading where there are none. */
  chapters: { heading?: string; html: string }[];
  /** Places where the text set a size, a colour or a font. */
  looks: number;
}

const MAX_BLOCKS = 32;
/** How often boxes that cross may be closed and opened again. */
const MAX_REOPENED = 10_000;

/** BBCode with single line feeds in, HTML out, uncleaned. */
export function bbcodeToHtml(text: string): BbcodeHtml {
  return new Pass(text).run();
}

interface Format {
  tag: Tag;
  open: string;
  close: string;
}

class Pass {
  readonly #text: string;
  readonly #lineIsParagraph: boolean;
  readonly #chapters: BbcodeHtml['chapters'] = [];
  #heading: string | undefined;
  #html: string[] = [];
  #blocks: Tag[] = [];
  #formats: Format[] = [];
  /** The paragraph or heading that is open. */
  #line: 'p' | 'h3' | null = null;
  #looks = 0;
  #reopened = 0;
  /** Tags left out although they have their other half: too deep, or twice the same. */
  readonly #left = new Set<Tag>();

  constructor(text: string) {
    this.#text = text;
    // A text without one blank line has a paragraph a line.
    this.#lineIsParagraph = !/\n[ \t]*\n/.test(text.trim());
  }

  run(): BbcodeHtml {
    let at = 0;
    for (const tag of matchedTags(this.#text)) {
      if (tag.from < at) continue;
      this.#put(this.#text.slice(at, tag.from));
      at = this.#take(tag);
    }
    this.#put(this.#text.slice(at));
    this.#endChapter();
    return { chapters: this.#chapters, looks: this.#looks };
  }

  /** @returns where the text goes on. */
  #take(tag: Tag): number {
    const { name, partner } = tag;
    const content = partner && !tag.closing ? this.#text.slice(tag.to, partner.from) : '';
    if (SINGLE_TAGS.has(name)) this.#between('<hr>');
    else if (name === CHAPTER_TAG) return this.#chapter(tag, content);
    else if (ADDRESS_TAGS.has(name)) return this.#address(tag, content);
    else if (HEADING_TAGS.has(name)) this.#headingTag(tag);
    else if (Object.hasOwn(BLOCK_TAGS, name)) this.#block(tag);
    else if (name === 'url' && !tag.closing) return this.#link(tag, content);
    else this.#format(tag);
    return tag.to;
  }

  #literal(tag: Tag): number {
    this.#put(this.#text.slice(tag.from, tag.to));
    return tag.to;
  }

  #chapter(tag: Tag, content: string): number {
    if (tag.closing) return tag.to;
    const inside = tag.partner && tag.value === '';
    if (inside && (content.length > 300 || content.includes('\n'))) return this.#literal(tag);
    this.#endChapter();
    this.#heading = (inside ? content : tag.value).replace(/\s+/g, ' ').trim();
    return inside && tag.partner ? tag.partner.to : tag.to;
  }

  #endChapter(): void {
    this.#endParagraph();
    while (this.#blocks.length > 0) this.#closeBlock();
    const html = this.#html.join('').trim();
    if (html !== '' || this.#heading !== undefined)
      this.#chapters.push({ ...(this.#heading === undefined ? {} : { heading: this.#heading }), html });
    this.#html = [];
  }

  /** `[img]address[/img]`; of `[img=address]words[/img]` the words stay behind it. */
  #address(tag: Tag, content: string): number {
    if (tag.closing) return tag.partner && this.#left.has(tag.partner) ? this.#literal(tag) : tag.to;
    const inside = webAddress(content);
    const address = inside ?? webAddress(tag.value);
    if (!address) {
      this.#left.add(tag);
      return this.#literal(tag);
    }
    this.#startParagraph();
    const isPicture = tag.name.startsWith('im');
    this.#html.push(isPicture ? `<img src="${escapeHtml(address)}">` : anchor(address, address));
    return inside && tag.partner ? tag.partner.to : tag.to;
  }

  /** `[url]address[/url]` is a link by itself; `[url=address]words[/url]` one around words. Others stay text. */
  #link(tag: Tag, content: string): number {
    const address = webAddress(tag.value === '' ? content : tag.value);
    if (!address) {
      this.#left.add(tag);
      return this.#literal(tag);
    }
    if (tag.value === '' && tag.partner) {
      this.#startParagraph();
      this.#html.push(anchor(address, content.trim()));
      return tag.partner.to;
    }
    this.#format(tag, `<a href="${escapeHtml(address)}">`);
    return tag.to;
  }

  #format(tag: Tag, open?: string): void {
    const element = INLINE_TAGS[tag.name] ?? 'span';
    if (tag.closing) return this.#endFormat(tag);
    if (LOOKS.has(tag.name)) {
      this.#looks++;
      this.#left.add(tag);
    } else if (element === 'span' || this.#formats.some((one) => one.tag.name === tag.name)) this.#left.add(tag);
    else {
      const format = { tag, open: open ?? `<${element}>`, close: `</${element}>` };
      this.#formats.push(format);
      if (this.#line) this.#html.push(format.open);
    }
  }

  #endFormat(tag: Tag): void {
    const opening = tag.partner;
    if (!opening) return;
    if (this.#left.has(opening)) {
      if (opening.name === 'url') this.#literal(tag);
      return;
    }
    const place = this.#formats.findIndex((one) => one.tag === opening);
    if (place < 0) return;
    const above = this.#formats.slice(place + 1);
    if (this.#line) {
      for (const format of above.toReversed()) this.#html.push(format.close);
      this.#html.push(this.#formats[place]?.close ?? '');
      for (const format of above) this.#html.push(format.open);
    }
    this.#formats.splice(place, 1);
  }

  #headingTag(tag: Tag): void {
    this.#endParagraph();
    if (!tag.closing) {
      this.#html.push('<h3>');
      this.#line = 'h3';
      this.#html.push(...this.#formats.map((format) => format.open));
    }
  }

  #block(tag: Tag): void {
    if (tag.closing) {
      this.#endBlock(tag);
      return;
    }
    if (this.#blocks.length >= MAX_BLOCKS) {
      this.#left.add(tag);
      this.#literal(tag);
      return;
    }
    this.#endParagraph();
    this.#openBlock(tag, false);
  }

  #openBlock(tag: Tag, again: boolean): void {
    this.#blocks.push(tag);
    this.#html.push(BLOCK_TAGS[tag.name] ?? '<div>');
    const name = escapeHtml(tag.value);
    if (tag.name === 'spoiler') this.#html.push(`<summary>${name || 'Spoiler'}</summary>`);
    else if (tag.name === 'quote' && name !== '' && !again) this.#html.push(`<p><strong>${name}:</strong></p>`);
  }

  #closeBlock(): void {
    const tag = this.#blocks.pop();
    const element = /^<([a-z]+)/.exec(BLOCK_TAGS[tag?.name ?? ''] ?? '')?.[1] ?? 'div';
    this.#html.push(`</${element}>\n`);
  }

  #endBlock(tag: Tag): void {
    const opening = tag.partner;
    const place = opening ? this.#blocks.indexOf(opening) : -1;
    if (opening && this.#left.has(opening)) {
      this.#literal(tag);
      return;
    }
    if (place < 0) return;
    this.#endParagraph();
    const above = this.#blocks.slice(place + 1);
    for (let i = 0; i <= above.length; i++) this.#closeBlock();
    for (const one of above) {
      if (this.#reopened++ < MAX_REOPENED) this.#openBlock(one, true);
    }
  }

  #between(html: string): void {
    this.#endParagraph();
    this.#html.push(html, '\n');
  }

  #startParagraph(): void {
    if (this.#line) return;
    this.#line = 'p';
    this.#html.push('<p>', ...this.#formats.map((format) => format.open));
  }

  /** Ends the paragraph or heading that is open. */
  #endParagraph(): void {
    if (!this.#line) return;
    for (const format of this.#formats.toReversed()) this.#html.push(format.close);
    this.#html.push(`</${this.#line}>\n`);
    this.#line = null;
  }

  #put(text: string): void {
    for (const piece of text.split(this.#lineIsParagraph ? /(\n\s*)/ : /(\n[ \t]*\n\s*)/)) {
      if (piece.trim() !== '') {
        const said = this.#line ? piece : piece.trimStart();
        this.#startParagraph();
        this.#html.push(escapeHtml(said).replaceAll('\n', '<br>\n'));
      } else if (piece.includes('\n') && (this.#lineIsParagraph || /\n[ \t]*\n/.test(piece))) this.#endParagraph();
      else if (this.#line) this.#html.push(piece.replaceAll('\n', '<br>\n'));
    }
  }
}

function anchor(address: string, words: string): string {
  return `<a href="${escapeHtml(address)}">${escapeHtml(words)}</a>`;
}

function webAddress(written: string): string | null {
  const text = written.trim();
  if (text.length > 2000 || !/^https?:\/\//i.test(text) || /\s/.test(text)) return null;
  return URL.canParse(text) ? text : null;
}
