/**
 * What author HTML may consist of: the elements, the attributes each may carry, and what becomes of the rest.
 * The list follows what Archive of Our Own accepts, so that a work can move here without losing its shape;
 * what is missing on purpose: anything that loads, runs, submits, styles or positions.
 */
import type { Schema } from 'hast-util-sanitize';

/** Attributes any element may carry. `id` is kept as an anchor (`u-…`), `class` with the prefix `u-`. */
const EVERYWHERE = ['id', 'class', 'lang', 'dir', 'title'] as const;

const NONE: readonly string[] = [];
const CELL = ['align', 'colspan', 'rowspan', 'scope', 'headers', 'width', 'height'];

/** Elements that hold a line of text and may hold no block. */
const INLINE: Record<string, readonly string[]> = {
  a: ['href', 'name'],
  abbr: NONE,
  acronym: NONE,
  b: NONE,
  bdi: NONE,
  bdo: NONE,
  big: NONE,
  br: NONE,
  cite: NONE,
  code: NONE,
  del: ['cite', 'datetime'],
  dfn: NONE,
  em: NONE,
  i: NONE,
  ins: ['cite', 'datetime'],
  kbd: NONE,
  mark: NONE,
  q: ['cite'],
  rp: NONE,
  rt: NONE,
  ruby: NONE,
  s: NONE,
  samp: NONE,
  small: NONE,
  span: NONE,
  strike: NONE,
  strong: NONE,
  sub: NONE,
  sup: NONE,
  time: ['datetime'],
  tt: NONE,
  u: NONE,
  var: NONE,
  wbr: NONE,
};

/** Elements that stand on lines of their own. */
const BLOCK: Record<string, readonly string[]> = {
  address: NONE,
  blockquote: ['cite'],
  caption: ['align'],
  center: NONE,
  col: ['span', 'align', 'width'],
  colgroup: ['span', 'align', 'width'],
  dd: NONE,
  details: ['open'],
  div: ['align'],
  dl: NONE,
  dt: NONE,
  figcaption: NONE,
  figure: NONE,
  h1: ['align'],
  h2: ['align'],
  h3: ['align'],
  h4: ['align'],
  h5: ['align'],
  h6: ['align'],
  hr: ['align', 'width'],
  li: ['value'],
  ol: ['start', 'reversed', 'type'],
  p: ['align'],
  pre: NONE,
  summary: NONE,
  table: ['align', 'width'],
  tbody: ['align'],
  td: CELL,
  tfoot: ['align'],
  th: CELL,
  thead: ['align'],
  tr: ['align'],
  ul: ['type'],
};

/** Pictures and players. They never reach the output; a link to where they live takes their place. */
const MEDIA: Record<string, readonly string[]> = {
  img: ['src', 'alt', 'title', 'width', 'height'],
  embed: ['src', 'alt', 'title'],
};

/** Elements of other vocabularies and times, and the allowed one that says the same. */
const RENAMED: Record<string, string> = {
  article: 'div',
  aside: 'div',
  dialog: 'div',
  dir: 'ul',
  fieldset: 'div',
  font: 'span',
  footer: 'div',
  form: 'div',
  header: 'div',
  hgroup: 'div',
  image: 'img',
  legend: 'div',
  listing: 'pre',
  main: 'div',
  marquee: 'div',
  menu: 'ul',
  nav: 'div',
  plaintext: 'pre',
  search: 'div',
  section: 'div',
  xmp: 'pre',
};

/** Elements whose content is not prose and goes with them. */
export const REMOVED_WITH_CONTENT: ReadonlySet<string> = new Set([
  'datalist',
  'math',
  'noembed',
  'noframes',
  'script',
  'select',
  'style',
  'svg',
  'template',
  'textarea',
  'title',
]);

/** Players, and the word that a reader sees in the place of one. */
export const PLAYERS: ReadonlyMap<string, string> = new Map([
  ['applet', 'Embedded media'],
  ['audio', 'Audio'],
  ['embed', 'Embedded media'],
  ['iframe', 'Embedded media'],
  ['object', 'Embedded media'],
  ['video', 'Video'],
]);

/** What an element may be called in the output. */
export const BLOCK_ELEMENTS: ReadonlySet<string> = new Set(Object.keys(BLOCK));
export const INLINE_ELEMENTS: ReadonlySet<string> = new Set(Object.keys(INLINE));

/** Classes that only the cleaner gives, to the links that stand for pictures and players. */
export const PICTURE_CLASS = 'picture';
export const MEDIA_CLASS = 'media';

const attributesByElement = new Map<string, ReadonlySet<string>>(
  [...Object.entries(INLINE), ...Object.entries(BLOCK), ...Object.entries(MEDIA)].map(([name, own]) => [
    name,
    new Set([...EVERYWHERE, ...own]),
  ]),
);

/** The allowed name that an element gets (`section` → `div`), or undefined where only its content is kept. */
export function allowedName(name: string): string | undefined {
  return attributesByElement.has(name) ? name : RENAMED[name];
}

/** The attributes that are read from an element of this allowed name. */
export function readableAttributes(name: string): ReadonlySet<string> {
  return attributesByElement.get(name) ?? new Set();
}

/** True for a name whose raw HTML means something in Markdown; any other stays visible text there. */
export function meansMarkup(name: string): boolean {
  return PLAYERS.has(name) || (Object.hasOwn(RENAMED, name) ? name === 'font' : attributesByElement.has(name));
}

const propertyNames: Record<string, string> = {
  class: 'className',
  colspan: 'colSpan',
  datetime: 'dateTime',
  rowspan: 'rowSpan',
};

function properties(own: readonly string[]): string[] {
  return own.filter((name) => name !== 'name').map((name) => propertyNames[name] ?? name);
}

/**
 * The second lock: after the cleaner has built its tree, hast-util-sanitize drops whatever is not listed here.
 * Values are judged before, in attributes.ts.
 */
export const OUTPUT_SCHEMA: Schema = {
  allowComments: false,
  allowDoctypes: false,
  ancestors: {},
  attributes: {
    '*': properties(EVERYWHERE),
    ...Object.fromEntries(Object.entries({ ...INLINE, ...BLOCK }).map(([name, own]) => [name, properties(own)])),
    a: ['href', 'rel'],
  },
  clobber: [],
  protocols: { href: ['http', 'https', 'mailto'], cite: ['http', 'https'] },
  required: {},
  strip: [],
  tagNames: [...INLINE_ELEMENTS, ...BLOCK_ELEMENTS],
};
