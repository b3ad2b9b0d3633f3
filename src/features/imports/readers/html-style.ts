/**
 * What a page's look means: italics, weight, lines and alignment said in `style` attributes and in the page's own style
 * sheet (Google's `.c3 { font-style: italic }`, Word's `span` styles), told as the elements that say the same.
 */
import type { Element, Root } from 'hast';
import { elementsNamed, isElement } from './html-tree.ts';

/** What is said of an element, by property; only those that mean something here. */
export type Look = ReadonlyMap<string, string>;

const MEANT =
  /^(?:font-style|font-weight|text-decoration|text-decoration-line|text-align|vertical-align|display|visibility|white-space)$/;
/** A style sheet of a saved page may hold a whole site's; the story's own rules stand early in it. */
const MAX_SHEET = 2_000_000;
const MAX_RULES = 20_000;

export interface Looks {
  /** What the sheets and the element's own attribute say of it. */
  of(element: Element): Look;
}

/** Reads all `<style>` sheets of a page. Only selectors of one element name and one class count: others are the site's. */
export function looksOf(page: Root): Looks {
  const rules = new Map<string, Map<string, string>>();
  for (const sheet of elementsNamed(page, 'style')) {
    const css = sheet.children.map((child) => (child.type === 'text' ? child.value : '')).join('');
    readSheet(css.slice(0, MAX_SHEET), rules);
  }
  const known = new Map<string, Look>();
  return {
    of(element) {
      const { className, style, align } = element.properties;
      const classes = Array.isArray(className) ? className.join(' ') : '';
      const own = typeof style === 'string' ? style : '';
      const key = `${element.tagName} ${classes} ${own} ${typeof align === 'string' ? align : ''}`;
      const before = known.get(key);
      if (before) return before;
      const look = new Map(rules.get(element.tagName));
      for (const name of classes.split(' ').filter(Boolean).slice(0, 20)) {
        for (const rule of [rules.get(`.${name}`), rules.get(`${element.tagName}.${name}`)]) {
          for (const [property, value] of rule ?? []) look.set(property, value);
        }
      }
      if (typeof align === 'string') look.set('text-align', align.toLowerCase());
      for (const [property, value] of declarations(own)) look.set(property, value);
      if (known.size < 50_000) known.set(key, look);
      return look;
    },
  };
}

/** Rules in, by selector. What stands in `@media` and the like is passed over, since it is for print or small screens. */
function readSheet(css: string, rules: Map<string, Map<string, string>>): void {
  const sheet = withoutComments(css);
  let at = 0;
  while (at < sheet.length && rules.size < MAX_RULES) {
    const open = sheet.indexOf('{', at);
    if (open < 0) return;
    const prelude = sheet.slice(at, open).trim().slice(-2000);
    if (prelude.startsWith('@')) {
      at = endOfBlock(sheet, open);
      continue;
    }
    const close = sheet.indexOf('}', open);
    const body = declarations(sheet.slice(open + 1, close < 0 ? sheet.length : close));
    at = close < 0 ? sheet.length : close + 1;
    if (body.size === 0) continue;
    for (const selector of prelude.split(',')) {
      const simple = /^(?:([a-z][a-z0-9]{0,10}))?(\.[\w-]{1,60})?$/i.exec(selector.trim());
      if (!simple || simple[0] === '') continue;
      const key = `${(simple[1] ?? '').toLowerCase()}${simple[2] ?? ''}`;
      const rule = rules.get(key) ?? new Map<string, string>();
      for (const [property, value] of body) rule.set(property, value);
      rules.set(key, rule);
    }
  }
}

function withoutComments(css: string): string {
  let result = '';
  let at = 0;
  for (;;) {
    const open = css.indexOf('/*', at);
    if (open < 0) return (result + css.slice(at)).replaceAll('<!--', '').replaceAll('-->', '');
    result += css.slice(at, open);
    const close = css.indexOf('*/', open + 2);
    if (close < 0) return result;
    at = close + 2;
  }
}

function endOfBlock(css: string, open: number): number {
  let depth = 0;
  for (let i = open; i < css.length; i++) {
    if (css[i] === '{') depth++;
    else if (css[i] === '}' && --depth === 0) return i + 1;
  }
  return css.length;
}

function declarations(written: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const declaration of written.slice(0, 20_000).split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const property = declaration.slice(0, colon).trim().toLowerCase();
    if (!MEANT.test(property)) continue;
    const value = declaration.slice(colon + 1, colon + 100).toLowerCase();
    found.set(
      property === 'text-decoration-line' ? 'text-decoration' : property,
      value.replace('!important', '').trim(),
    );
  }
  return found;
}

const SAME: Record<string, readonly string[]> = {
  i: ['i', 'em', 'cite', 'dfn', 'var', 'address'],
  b: ['b', 'strong', 'th', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  u: ['u', 'ins', 'a'],
  s: ['s', 'strike', 'del'],
  sup: ['sup'],
  sub: ['sub'],
};

/** The elements an element's look stands for, outermost first; none that its own name says already. */
export function marksOf(element: Element, look: Look): string[] {
  const marks: string[] = [];
  const mark = (name: string): void => {
    if (!SAME[name]?.includes(element.tagName)) marks.push(name);
  };
  const weight = look.get('font-weight') ?? '';
  if (/^bold|^[6-9]00$/.test(weight)) mark('b');
  if (/^(?:italic|oblique)/.test(look.get('font-style') ?? '')) mark('i');
  const line = look.get('text-decoration') ?? '';
  if (line.includes('underline')) mark('u');
  if (line.includes('line-through')) mark('s');
  const raised = look.get('vertical-align') ?? '';
  if (raised === 'super') mark('sup');
  if (raised === 'sub') mark('sub');
  return marks;
}

/** True for `<b style="font-weight: normal">` and the like, which editors wrap around what is not bold at all. */
export function isUnmarked(element: Element, look: Look): boolean {
  if (isElement(element, 'b') || isElement(element, 'strong'))
    return /^(?:normal|[1-4]00)$/.test(look.get('font-weight') ?? '');
  if (isElement(element, 'i') || isElement(element, 'em')) return look.get('font-style') === 'normal';
  return element.tagName === 'u' && look.get('text-decoration') === 'none';
}

/** `center`, `right` or `justify`; undefined for what starts where all text starts. */
export function alignmentOf(element: Element, look: Look): string | undefined {
  if (element.tagName === 'center') return 'center';
  const align = look.get('text-align') ?? '';
  return /^(?:center|right)$/.test(align) ? align : undefined;
}

export function isHidden(look: Look): boolean {
  return look.get('display') === 'none' || look.get('visibility') === 'hidden';
}
