/** From the tree of a clipboard to blocks of text that have looks. Pure. */
import { BLOCK_ELEMENTS, INLINE_ELEMENTS } from '../allow-list.ts';
import type { Block, Leaf } from './block.ts';
import type { LooseElement, LooseNode } from './loose-tree.ts';
import { isLook, looksInside, PLAIN, type Looks } from './styles.ts';
import { markOf } from './word-lists.ts';

interface Around {
  looks: Looks;
  elements: readonly LooseElement[];
  isPre: boolean;
  /** Headings are bold by themselves. */
  isHeading: boolean;
}

const HEADING = /^h[1-6]$/;
const RUNS = new Set(['p', 'pre', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'dt', 'summary', 'caption']);
const KEPT: Readonly<Record<string, readonly string[]>> = {
  ol: ['start', 'type'],
  ul: ['type'],
  li: ['value'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
  col: ['span'],
};

/** Takes what stands in a clipboard; returns its blocks. Text without a block around it gets a paragraph. */
export function blocksOf(nodes: readonly LooseNode[]): Block[] {
  const targets = new Set<string>();
  findTargets(nodes, targets);
  const reader = new Reader(targets);
  return reader.blocks(nodes, { looks: PLAIN, elements: [], isPre: false, isHeading: false });
}

/** The names that links within the text lead to: footnotes. */
function findTargets(nodes: readonly LooseNode[], found: Set<string>): void {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    const href = node.attributes.get('href');
    if (href?.startsWith('#')) found.add(href.slice(1));
    findTargets(node.children, found);
  }
}

class Reader {
  readonly #targets: ReadonlySet<string>;

  constructor(targets: ReadonlySet<string>) {
    this.#targets = targets;
  }

  blocks(nodes: readonly LooseNode[], around: Around): Block[] {
    const result: Block[] = [];
    let run: Leaf[] = [];
    const endOfRun = () => {
      if (run.some((leaf) => leaf.tag !== undefined || leaf.text.trim() !== ''))
        result.push({ name: 'p', attributes: [], run, blocks: [] });
      run = [];
    };
    const visit = (children: readonly LooseNode[], inside: Around): void => {
      for (const node of children) {
        if (typeof node === 'string') run.push(...leafOf(node, inside));
        else if (isHidden(node)) continue;
        else if (BLOCK_ELEMENTS.has(node.name)) {
          endOfRun();
          result.push(...this.#block(node, inside));
        } else if (node.name === 'br' || node.name === 'img' || node.name === 'embed') run.push(tagLeaf(node, inside));
        else visit(node.children, this.#inside(node, inside));
      }
    };
    visit(nodes, around);
    endOfRun();
    return result;
  }

  #block(element: LooseElement, around: Around): Block[] {
    const name = headingOf(element) ?? element.name;
    const isHeading = around.isHeading || HEADING.test(name) || name === 'th' || name === 'summary';
    const looks = looksInside(around.looks, element.name, element.style);
    const isPre = around.isPre || name === 'pre' || element.style.get('white-space')?.startsWith('pre') === true;
    const inside = { ...around, looks, isPre, isHeading };
    if (name === 'hr') return [{ name, attributes: [], run: null, blocks: [] }];
    const blocks = this.blocks(element.children, inside);
    const [only] = blocks;
    const alone = blocks.length === 1 && only?.run && only.name === 'p' ? only : null;
    if (RUNS.has(name)) {
      if (blocks.length === 0) return [{ name: 'p', attributes: [], run: [], blocks: [] }];
      const mark = markOf(element);
      return blocks.map((block) =>
        block.run === null || block.name !== 'p'
          ? block
          : { ...block, name, attributes: this.#attributes(element, name), ...(mark ? { mark } : {}) },
      );
    }
    if (name === 'div' || name === 'center' || name === 'address') {
      // Programs without paragraphs write a div a line.
      if (blocks.length === 0)
        return element.children.length > 0 && name === 'div'
          ? [{ name: 'p', attributes: [], run: [], blocks: [] }]
          : [];
      const attributes = name === 'center' ? [['align', 'center'] as [string, string]] : this.#attributes(element, 'p');
      return blocks.map((block) =>
        block.attributes.length > 0 || attributes.length === 0 || block.run === null ? block : { ...block, attributes },
      );
    }
    const attributes = this.#attributes(element, name);
    // An item or a cell with one paragraph is an item with text.
    if (alone && (name === 'li' || name === 'td' || name === 'th' || name === 'dd'))
      return [{ name, attributes, run: alone.run, blocks: [] }];
    if (blocks.length === 0 && name !== 'td' && name !== 'th') return [];
    return [{ name, attributes, run: null, blocks }];
  }

  #attributes(element: LooseElement, name: string): [string, string][] {
    const { attributes, style } = element;
    const result: [string, string][] = [];
    const said = attributes.get('align')?.toLowerCase();
    const align = said === 'center' || said === 'right' ? said : style.get('text-align');
    if ((align === 'center' || align === 'right') && (name === 'p' || HEADING.test(name)))
      result.push(['align', align]);
    if (attributes.get('dir')?.toLowerCase() === 'rtl' || style.get('direction') === 'rtl') result.push(['dir', 'rtl']);
    for (const kept of KEPT[name] ?? []) {
      const value = attributes.get(kept);
      if (value !== undefined) result.push([kept, value]);
    }
    const id = attributes.get('id');
    if (id !== undefined && this.#targets.has(id)) result.push(['id', id]);
    return result;
  }

  #inside(element: LooseElement, around: Around): Around {
    const { name, attributes } = element;
    const looks = looksInside(around.looks, name, element.style);
    const isPre = around.isPre || element.style.get('white-space')?.startsWith('pre') === true;
    const saysMore =
      name === 'a' ? this.#leads(attributes) : INLINE_ELEMENTS.has(name) && !isLook(name) && name !== 'span';
    return { ...around, looks, isPre, elements: saysMore ? [...around.elements, element] : around.elements };
  }

  #leads(attributes: ReadonlyMap<string, string>): boolean {
    return attributes.has('href') || this.#targets.has(attributes.get('name') ?? attributes.get('id') ?? '');
  }
}

/** Word's titles, and paragraphs that only its outline knows to be headings. */
function headingOf({ name, attributes, style }: LooseElement): string | null {
  if (name !== 'p') return null;
  if (attributes.get('class') === 'MsoTitle') return 'h1';
  if (attributes.get('class') === 'MsoSubtitle') return 'h2';
  const level = style.get('mso-outline-level');
  return level !== undefined && /^[1-6]$/.test(level) ? `h${level}` : null;
}

function isHidden({ style }: LooseElement): boolean {
  return style.get('display') === 'none' || style.get('mso-hide') === 'all' || style.get('mso-list') === 'ignore';
}

function leafOf(text: string, { looks, elements, isPre, isHeading }: Around): Leaf[] {
  // Line ends in the source are spaces; so are what word processors fill lines with.
  const shown = isPre && text.trim() !== '' ? text : text.replace(/[ \t\r\n\f]+/g, ' ');
  if (shown === '') return [];
  return [{ text: shown, looks: isHeading ? { ...looks, bold: false } : looks, around: elements }];
}

function tagLeaf(element: LooseElement, { elements }: Around): Leaf {
  const { name, attributes } = element;
  const kept = ['src', 'alt', 'title', 'width', 'height'].flatMap((one) => {
    const value = attributes.get(one);
    return value === undefined || name === 'br'
      ? []
      : [` ${one}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`];
  });
  return { text: '', tag: `<${name}${kept.join('')}>`, looks: PLAIN, around: elements };
}
