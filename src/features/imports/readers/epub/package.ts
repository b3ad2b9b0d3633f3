/** An EPUB's package file (OPF) of either version: what the book says of itself, its parts, and their order. */
import { posix } from 'node:path';
import { MAKE_AGAIN } from './container-rules.ts';
import type { Container } from './container.ts';
import { below, childrenOf, parseXml, xmlText } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** Something the book says of itself: `dc:title` is `title`; `<meta>` of either version goes by its property or name. */
export interface Statement {
  name: string;
  value: string;
  /** True for `<meta>` and `<link>`, false for Dublin Core's own elements. */
  meta: boolean;
  attributes: ReadonlyMap<string, string>;
  /** What EPUB 3 says of this statement: `role`, `file-as`, `title-type`, by property. */
  refinements: ReadonlyMap<string, string>;
}

export interface Part {
  path: string;
  type: string;
  properties: readonly string[];
}

export interface SpinePart extends Part {
  linear: boolean;
}

export interface Package {
  statements: readonly Statement[];
  parts: readonly Part[];
  spine: readonly SpinePart[];
  navigation: string | undefined;
  ncx: string | undefined;
  /** What EPUB 2 says of pages: `cover`, `title-page`, `toc`, `copyright-page`. */
  guide: readonly { type: string; path: string }[];
  /** Pages laid out like print: comics, picture books. */
  fixedLayout: boolean;
  slips: string[];
}

/** The longest works have some hundred pages. */
const MAX_SPINE = 10_000;

/** Reads the package; refused, with one sentence, when it is missing, ruined or without an order of pages. */
export async function readPackage(
  container: Container,
): Promise<{ ok: true; package: Package } | { ok: false; reason: string }> {
  const { packagePath } = container;
  const text = await container.text(packagePath);
  if (text === null) {
    const why = container.lost.get(packagePath) ?? 'is missing';
    return { ok: false, reason: `The package file “${packagePath}” of this EPUB ${why}. ${MAKE_AGAIN}` };
  }
  const parsed = parseXml(text);
  if (!parsed) return { ok: false, reason: `In this EPUB the package file “${packagePath}” is no XML. ${MAKE_AGAIN}` };
  const { root } = parsed;
  const parts = partsOf(root, packagePath);
  const spineElement = below(root, 'spine').at(0);
  const spine = spineOf(spineElement, parts);
  if (spine.length === 0) {
    return { ok: false, reason: `This EPUB’s package file names no pages in order. ${MAKE_AGAIN}` };
  }
  if (spine.length > MAX_SPINE) {
    return { ok: false, reason: 'This EPUB has more than 10,000 pages. Split it into several books.' };
  }
  const statements = statementsOf(below(root, 'metadata').at(0) ?? root);
  const ncxId = spineElement?.attributes.get('toc');
  const list = [...parts.values()];
  return {
    ok: true,
    package: {
      statements,
      parts: list,
      spine,
      navigation: list.find(({ properties }) => properties.includes('nav'))?.path,
      ncx: (parts.get(ncxId ?? '') ?? list.find(({ type }) => type === 'application/x-dtbncx+xml'))?.path,
      guide: below(root, 'reference').flatMap((reference) => {
        const path = pathOf(reference.attributes.get('href'), packagePath);
        return path === null ? [] : [{ type: (reference.attributes.get('type') ?? '').toLowerCase(), path }];
      }),
      fixedLayout: statements.some(({ name, value }) => name === 'rendition:layout' && value === 'pre-paginated'),
      slips: parsed.slips ? ['The EPUB’s package file is not well-formed XML; it was read as far as it goes.'] : [],
    },
  };
}

/** A link inside the book as a path in its zip; null for addresses outside. The fragment and the query are dropped. */
export function pathOf(href: string | undefined, from: string): string | null {
  if (href === undefined || /^[a-z][a-z0-9+.-]*:|^\/\//i.test(href)) return null;
  const bare = href.replace(/[?#].*$/s, '');
  if (bare === '') return from;
  let decoded = bare;
  try {
    decoded = decodeURIComponent(bare);
  } catch {
    // a stray percent sign
  }
  return posix.join(posix.dirname(from), decoded).replace(/^(?:\.\.\/)+|^\/+/, '');
}

function partsOf(root: XmlElement, packagePath: string): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const item of below(root, 'item')) {
    const path = pathOf(item.attributes.get('href'), packagePath);
    if (path === null) continue;
    parts.set(item.attributes.get('id') ?? path, {
      path,
      type: (item.attributes.get('media-type') ?? '').toLowerCase(),
      properties: (item.attributes.get('properties') ?? '').split(/\s+/).filter(Boolean),
    });
  }
  return parts;
}

/** Every page once, in order. */
function spineOf(spine: XmlElement | undefined, parts: ReadonlyMap<string, Part>): SpinePart[] {
  const found = new Map<string, SpinePart>();
  for (const ref of spine ? below(spine, 'itemref') : []) {
    const part = parts.get(ref.attributes.get('idref') ?? '');
    if (!part || found.has(part.path)) continue;
    found.set(part.path, { ...part, linear: ref.attributes.get('linear')?.toLowerCase() !== 'no' });
  }
  return [...found.values()];
}

/** Wrappers that the oldest packages put around their statements. */
const WRAPPERS = new Set(['dc-metadata', 'x-metadata']);

function statementsOf(metadata: XmlElement): Statement[] {
  const elements = childrenOf(metadata).flatMap((child) => (WRAPPERS.has(child.name) ? childrenOf(child) : [child]));
  const refinements = new Map<string, Map<string, string>>();
  for (const element of elements) {
    const refined = element.attributes.get('refines')?.replace(/^#/, '');
    const property = element.attributes.get('property');
    if (refined === undefined || property === undefined) continue;
    const known = refinements.get(refined) ?? new Map<string, string>();
    if (!known.has(property)) known.set(property, xmlText(element));
    refinements.set(refined, known);
  }
  return elements.flatMap((element): Statement[] => {
    const { attributes } = element;
    if (attributes.has('refines')) return [];
    const isMeta = element.name === 'meta' || element.name === 'link';
    const named = attributes.get('property') ?? attributes.get('name') ?? attributes.get('rel');
    const value = isMeta ? (attributes.get('content') ?? attributes.get('href') ?? xmlText(element)) : xmlText(element);
    const name = isMeta ? (named ?? '') : element.name.toLowerCase();
    if (name === '' || value.trim() === '') return [];
    const about = refinements.get(attributes.get('id') ?? '') ?? new Map<string, string>();
    return [{ name, value: value.trim(), meta: isMeta, attributes, refinements: about }];
  });
}
