/** The tags of BBCode that mean something, and which of them belong together in a text. Everything else is text. */

/** Formatting inside a line, and the element that says the same. */
export const INLINE_TAGS: Readonly<Record<string, string>> = {
  b: 'strong',
  bold: 'strong',
  i: 'em',
  italic: 'em',
  u: 'u',
  s: 's',
  strike: 's',
  sub: 'sub',
  sup: 'sup',
  super: 'sup',
  url: 'a',
  email: 'span',
  size: 'span',
  color: 'span',
  colour: 'span',
  font: 'span',
  smcaps: 'span',
};

/** Boxes around paragraphs. */
export const BLOCK_TAGS: Readonly<Record<string, string>> = {
  center: '<div align="center">',
  centre: '<div align="center">',
  right: '<div align="right">',
  left: '<div align="left">',
  justify: '<div>',
  quote: '<blockquote>',
  indent: '<blockquote>',
  spoiler: '<details>',
};

/** Lines of their own. */
export const HEADING_TAGS = new Set(['h1', 'h2', 'h3', 'h4', 'heading', 'title']);
/** What parts a text into chapters. */
export const CHAPTER_TAG = 'chapter';
/** Tags whose content is no prose: an address. */
export const ADDRESS_TAGS = new Set(['img', 'image', 'youtube', 'video', 'media']);
/** Tags without an end. */
export const SINGLE_TAGS = new Set(['hr', 'rule', 'divider']);
/** Looks that are not kept. */
export const LOOKS = new Set(['size', 'color', 'colour', 'font', 'smcaps']);

export interface Tag {
  name: string;
  closing: boolean;
  /** What stands after `=`, without quotes. */
  value: string;
  from: number;
  to: number;
  /** The tag it belongs to; absent for one without an end. */
  partner?: Tag;
}

const TAG = /\[(\/?)([a-z][a-z0-9]{0,9})(?:=([^\][\n]{0,400}))?\s?\/?\]/gi;

/** The known tags of a text that have their other half, and those that need none, in order. Linear. */
export function matchedTags(text: string): Tag[] {
  const tags: Tag[] = [];
  const open = new Map<string, Tag[]>();
  for (const match of text.matchAll(TAG)) {
    const name = (match[2] ?? '').toLowerCase();
    if (!isKnown(name)) continue;
    const closing = match[1] === '/';
    const value = (match[3] ?? '').trim().replace(/^(["'])(.*)\1$/, '$2');
    const tag: Tag = { name, closing, value, from: match.index, to: match.index + match[0].length };
    tags.push(tag);
    if (SINGLE_TAGS.has(name)) continue;
    const waiting = open.get(name) ?? [];
    open.set(name, waiting);
    if (!closing) waiting.push(tag);
    else {
      const opening = waiting.pop();
      if (opening) [tag.partner, opening.partner] = [opening, tag];
    }
  }
  return tags.filter(
    (tag) => tag.partner !== undefined || (SINGLE_TAGS.has(tag.name) && !tag.closing) || isChapterAlone(tag),
  );
}

/** `[chapter=Title]` needs no end. */
function isChapterAlone(tag: Tag): boolean {
  return tag.name === CHAPTER_TAG && !tag.closing && tag.value !== '';
}

function isKnown(name: string): boolean {
  return (
    Object.hasOwn(INLINE_TAGS, name) ||
    Object.hasOwn(BLOCK_TAGS, name) ||
    HEADING_TAGS.has(name) ||
    ADDRESS_TAGS.has(name) ||
    SINGLE_TAGS.has(name) ||
    name === CHAPTER_TAG
  );
}
