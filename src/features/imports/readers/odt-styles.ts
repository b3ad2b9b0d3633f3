/** The styles of an OpenDocument text: what each says of its letters and paragraphs, its parents' word included. */
import type { Marks } from './story-writer.ts';
import { readXml } from './office-zip.ts';

export interface OdtLook extends Marks {
  align?: string | undefined;
  /** A page begins before a paragraph of this style. */
  pageBefore?: boolean | undefined;
  level?: number | undefined;
  title?: boolean | undefined;
  quotation?: boolean | undefined;
  ordered?: boolean | undefined;
}

interface Style {
  parent: string | undefined;
  own: OdtLook;
}

/** Styles refer to parents; a chain longer than this, or a circle, ends here. */
const MAX_PARENTS = 20;

export class OdtStyles {
  readonly #styles = new Map<string, Style>();
  readonly #known = new Map<string, OdtLook>();
  #current: Style | null = null;
  #list: { name: string; leveled: boolean } | null = null;

  /** Takes the styles out of styles.xml or content.xml; text in them is passed over. */
  read(xml: string | undefined): void {
    if (xml === undefined) return;
    readXml(xml, {
      open: (name, attributes) => this.#open(name, attributes),
      close: (name) => {
        if (name === 'style:style') this.#current = null;
        if (name === 'text:list-style') this.#list = null;
      },
      text: () => undefined,
    });
  }

  /** The look of a style by family (`paragraph`, `text`) and name; what it leaves open is absent. */
  look(family: string, name: string | undefined): OdtLook {
    const key = `${family} ${name ?? ''}`;
    const known = this.#known.get(key);
    if (known) return known;
    const chain: OdtLook[] = [];
    let at = name === undefined ? undefined : this.#styles.get(key);
    for (let i = 0; at && i < MAX_PARENTS; i++) {
      chain.unshift(at.own);
      at = at.parent === undefined ? undefined : this.#styles.get(`${family} ${at.parent}`);
    }
    const look: OdtLook = {};
    for (const own of chain)
      for (const [property, value] of Object.entries(own))
        if (value !== undefined) Object.assign(look, { [property]: value });
    this.#known.set(key, look);
    return look;
  }

  /** Whether a list of this style counts its items. */
  isOrdered(name: string | undefined): boolean {
    return this.look('list', name).ordered === true;
  }

  #open(name: string, attributes: Record<string, string>): void {
    if (name === 'style:style') {
      const own: OdtLook = {};
      const written = attributes['style:name'] ?? '';
      const shown = (attributes['style:display-name'] ?? written).replaceAll('_20_', ' ');
      this.#current = { parent: attributes['style:parent-style-name'], own };
      Object.assign(own, namedLook(shown), levelOf(attributes['style:default-outline-level']));
      this.#styles.set(`${attributes['style:family'] ?? ''} ${written}`, this.#current);
    } else if (name === 'style:text-properties' && this.#current) readText(attributes, this.#current.own);
    else if (name === 'style:paragraph-properties' && this.#current) readParagraph(attributes, this.#current.own);
    else if (name === 'text:list-style') this.#list = { name: attributes['style:name'] ?? '', leveled: false };
    else if (name.startsWith('text:list-level-style-') && this.#list && !this.#list.leveled) {
      this.#list.leveled = true;
      const ordered = name.endsWith('-number') && (attributes['style:num-format'] ?? '') !== '';
      this.#styles.set(`list ${this.#list.name}`, { parent: undefined, own: { ordered } });
    }
  }
}

/** The names that office programs give in English, whatever language they speak to people. */
function namedLook(name: string): OdtLook {
  const level = /^heading (\d)$/i.exec(name)?.[1];
  if (level) return { level: Number(level) };
  if (/^title$/i.test(name)) return { title: true };
  return /^(?:quotations?|quote|intense quote)$/i.test(name) ? { quotation: true } : {};
}

function levelOf(written: string | undefined): OdtLook {
  return /^[1-9]$|^10$/.test(written ?? '') ? { level: Number(written) } : {};
}

function readText(attributes: Record<string, string>, own: OdtLook): void {
  const style = attributes['fo:font-style'];
  if (style) own.italic = style !== 'normal';
  const weight = attributes['fo:font-weight'];
  if (weight) own.bold = /^(?:bold|[6-9]00)$/.test(weight);
  const under = attributes['style:text-underline-style'];
  if (under) own.underline = under !== 'none';
  const through = attributes['style:text-line-through-style'] ?? attributes['style:text-line-through-type'];
  if (through) own.strike = through !== 'none';
  const position = attributes['style:text-position'];
  if (position) own.raised = /^super|^[1-9]/.test(position) ? 'sup' : /^sub|^-/.test(position) ? 'sub' : undefined;
}

function readParagraph(attributes: Record<string, string>, own: OdtLook): void {
  const align = attributes['fo:text-align'];
  if (align) own.align = align === 'center' ? 'center' : /^(?:end|right)$/.test(align) ? 'right' : 'left';
  const before = attributes['fo:break-before'];
  if (before) own.pageBefore = before === 'page';
}
