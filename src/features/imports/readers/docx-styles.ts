/** The styles of a Word document, which mammoth knows by name only: what each says of its letters and paragraphs. */
import { readXml } from './office-zip.ts';

export interface DocxLook {
  name?: string;
  italic?: boolean;
  bold?: boolean;
  underline?: boolean;
  strike?: boolean;
  align?: string;
  /** 1 to 9, for a style that stands in outlines. */
  level?: number;
}

/** Styles refer to what they are based on; a chain longer than this, or a circle, ends here. */
const MAX_BASES = 20;

/** styles.xml in; the look of a style by its id, that of the styles it is based on included. */
export function docxLooks(xml: string | undefined): (id: string | null) => DocxLook {
  const styles = new Map<string, { base: string | undefined; own: DocxLook }>();
  let current: { base: string | undefined; own: DocxLook } | null = null;
  if (xml !== undefined)
    readXml(xml, {
      open: (name, attributes) => {
        const value = attributes['w:val'];
        if (name === 'w:style') {
          current = { base: undefined, own: {} };
          styles.set(attributes['w:styleId'] ?? '', current);
        } else if (current && name === 'w:basedOn') current.base = value;
        else if (current) readProperty(name, value, current.own);
      },
      close: (name) => {
        if (name === 'w:style') current = null;
      },
      text: () => undefined,
    });
  const known = new Map<string, DocxLook>();
  return (id) => {
    if (id === null) return {};
    const before = known.get(id);
    if (before) return before;
    const chain: DocxLook[] = [];
    let at = styles.get(id);
    for (let i = 0; at && i < MAX_BASES; i++) {
      chain.unshift(at.own);
      at = at.base === undefined ? undefined : styles.get(at.base);
    }
    // A name is a style's own.
    const { name: _inherited, ...look } = Object.assign({}, ...chain) as DocxLook;
    const name = styles.get(id)?.own.name;
    const whole = name === undefined ? look : { ...look, name };
    known.set(id, whole);
    return whole;
  };
}

function readProperty(name: string, value: string | undefined, own: DocxLook): void {
  const on = value !== '0' && value !== 'false' && value !== 'none' && value !== 'off';
  if (name === 'w:name' && value !== undefined) own.name = value;
  else if (name === 'w:i') own.italic = on;
  else if (name === 'w:b') own.bold = on;
  else if (name === 'w:u') own.underline = on;
  else if (name === 'w:strike') own.strike = on;
  else if (name === 'w:jc' && value !== undefined) own.align = value;
  else if (name === 'w:outlineLvl' && /^[0-8]$/.test(value ?? '')) own.level = Number(value) + 1;
}
