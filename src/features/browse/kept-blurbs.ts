/**
 * Blurbs that were rendered once and are kept, by work and by what they were made for. The works looked at longest ago
 * go first when room runs out. Pure: whoever keeps one says what it holds for, and says when it no longer does.
 */

export interface KeptBlurb {
  html: string;
  /** The work is not for search engines. */
  noindex: boolean;
}

export interface KeptBlurbs {
  find(work: number, key: string): KeptBlurb | undefined;
  keep(work: number, key: string, blurb: KeptBlurb): void;
  /** Takes away all blurbs of a work. */
  forget(work: number): void;
  clear(): void;
  /** Blurbs and, about, bytes that are kept. */
  size(): { blurbs: number; bytes: number };
}

/** A blurb takes about 4 KB: this is most of the front pages of a large archive in two locales. */
export const KEPT_BLURBS = { blurbs: 20_000, bytes: 64 * 1024 * 1024 } as const;
/** Of one work: by audience, locale and day. The oldest goes first. */
const OF_ONE_WORK = 6;

export function keptBlurbs(limit: { blurbs: number; bytes: number } = KEPT_BLURBS): KeptBlurbs {
  /** In the order in which they were looked at. */
  const works = new Map<number, Map<string, KeptBlurb>>();
  let blurbs = 0;
  let bytes = 0;
  const drop = (of: Map<string, KeptBlurb>, key: string) => {
    blurbs -= 1;
    bytes -= sizeOf(key, of.get(key));
    of.delete(key);
  };
  const forget = (work: number) => {
    const of = works.get(work);
    if (!of) return;
    for (const key of [...of.keys()]) drop(of, key);
    works.delete(work);
  };
  const makeRoom = (except: number) => {
    for (const work of works.keys()) {
      if ((blurbs <= limit.blurbs && bytes <= limit.bytes) || work === except) return;
      forget(work);
    }
  };
  return {
    find(work, key) {
      const of = works.get(work);
      const found = of?.get(key);
      if (!of || !found) return undefined;
      works.delete(work);
      works.set(work, of);
      return found;
    },
    keep(work, key, blurb) {
      const of = works.get(work) ?? new Map<string, KeptBlurb>();
      works.delete(work);
      works.set(work, of);
      if (of.has(key)) drop(of, key);
      for (const oldest of [...of.keys()].slice(0, Math.max(0, of.size - OF_ONE_WORK + 1))) drop(of, oldest);
      of.set(key, { ...blurb, html: inOnePiece(blurb.html) });
      blurbs += 1;
      bytes += sizeOf(key, blurb);
      makeRoom(work);
    },
    forget,
    clear() {
      works.clear();
      blurbs = 0;
      bytes = 0;
    },
    size: () => ({ blurbs, bytes }),
  };
}

/**
 * The same text, in one piece of memory. What was put together of many small texts is kept by V8 as a tree of them until
 * somebody looks inside: a blurb of 2.4 KB took 16. It is copied, since a look whose answer nobody wants is left out.
 */
function inOnePiece(text: string): string {
  return Buffer.from(text).toString();
}

/** Most text is kept at one byte a character; the rest is what the maps take. */
function sizeOf(key: string, blurb: KeptBlurb | undefined): number {
  return key.length + (blurb?.html.length ?? 0) + 200;
}
