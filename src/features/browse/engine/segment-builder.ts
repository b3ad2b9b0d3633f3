/** Gathers documents and tags into columns, and builds a segment of them: how the index is made from the truth. */
import { AUDIENCE_BITS, type IndexDocument, type IndexTag } from './index-document.ts';
import { ByteStringsWriter } from './byte-strings.ts';
import { sourceOf, type Gathered } from './gathered.ts';
import { COPIED_COLUMNS, type CopiedColumn } from './segment-source.ts';
import { NO_CREATOR, type Segment } from './segment.ts';
import { writeSegment } from './segment-writer.ts';
import { FACET_KIND_COUNT, IMPORTED, KIND_NUMBERS, packedKey, PSEUD } from './term-key.ts';
import { TERM_KINDS } from '../browse-query.ts';

type Column = Uint32Array | Float64Array;

/** Documents and tags in, a segment out. A document or tag added twice counts as the last one said. */
export class SegmentBuilder {
  #columns = Object.fromEntries(
    COPIED_COLUMNS.map((name) => [
      name,
      name === 'posted' || name === 'updated' ? new Float64Array(64) : new Uint32Array(64),
    ]),
  ) as Record<CopiedColumn, Column>;
  #audiences = new Uint8Array(64);
  #creators = new Uint32Array(64);
  #names = new Uint32Array(64);
  /** Where the facet terms of each document begin, one more than there are documents. */
  #starts = new Uint32Array(65);
  #facets = new Uint32Array(1024);
  #others = { terms: new Uint32Array(64), documents: new Uint32Array(64), count: 0 };
  #works = 0;
  #mostFacets = 0;
  readonly #numbers = TERM_KINDS.map(() => new NumbersById());
  readonly #facetKeys: number[] = [];
  readonly #otherKeys: number[] = [];
  readonly #nameNumbers = new Map<string, number>();
  readonly #nameTexts = new ByteStringsWriter();
  readonly #titles = new ByteStringsWriter();
  readonly #tags = new Map<number, IndexTag>();

  addTags(tags: Iterable<IndexTag>): void {
    for (const tag of tags) this.#tags.set(tag.id, tag);
  }

  add(document: IndexDocument): void {
    const place = this.#works;
    if (place === this.#audiences.length) this.#grow();
    this.#addColumns(document, place);
    this.#addTerms(document, place);
    this.#titles.add(document.titleKey);
    this.#names[place] = this.#nameNumber(document.creatorKey);
    this.#works += 1;
  }

  /**
   * @param version the place in the event log that the documents are true of.
   * @param others what others have gathered: no work that is here, and no tag that is not. The builder is used up.
   */
  build(version: number, others: readonly Gathered[] = []): Segment {
    const gathered = this.gathered();
    return writeSegment({ version, sources: [gathered, ...others].map(sourceOf), tags: gathered.tags });
  }

  #addColumns(document: IndexDocument, place: number): void {
    const columns = this.#columns;
    columns.id[place] = document.id;
    columns.words[place] = atMost(document.words, 0xffff_ffff);
    columns.chapters[place] = atMost(document.chapters, 0xffff_ffff);
    columns.kudos[place] = atMost(document.kudos, 0xffff_ffff);
    columns.comments[place] = atMost(document.comments, 0xffff_ffff);
    columns.bookmarks[place] = atMost(document.bookmarks, 0xffff_ffff);
    columns.hits[place] = atMost(document.hits, 0xffff_ffff);
    columns.posted[place] = document.postedAt;
    columns.updated[place] = document.updatedAt;
    columns.fandoms[place] = atMost(document.counts.fandoms, 0xffff);
    columns.relationships[place] = atMost(document.counts.relationships, 0xffff);
    columns.characters[place] = atMost(document.counts.characters, 0xffff);
    columns.tags[place] = atMost(document.counts.tags, 0xffff);
    this.#audiences[place] = document.audiences & (AUDIENCE_BITS.guest | AUDIENCE_BITS.account);
  }

  #addTerms({ terms }: IndexDocument, place: number): void {
    let end = this.#starts[place] as number;
    const start = end;
    if (end + terms.length > this.#facets.length) this.#facets = grown(this.#facets, end + terms.length);
    let creator = NO_CREATOR;
    for (const { kind, id } of terms) {
      const number = KIND_NUMBERS[kind];
      const term = this.#termNumber(number, id);
      if (number < FACET_KIND_COUNT) this.#facets[end++] = term;
      else {
        this.#addOther(term, place);
        if (number === PSEUD || number === IMPORTED) creator = creator === NO_CREATOR ? term * 2 : creator | 1;
      }
    }
    this.#creators[place] = creator;
    this.#starts[place + 1] = end;
    this.#mostFacets = Math.max(this.#mostFacets, end - start);
  }

  #addOther(term: number, place: number): void {
    const others = this.#others;
    if (others.count === others.terms.length) {
      others.terms = grown(others.terms, others.count + 1);
      others.documents = grown(others.documents, others.count + 1);
    }
    others.terms[others.count] = term;
    others.documents[others.count] = place;
    others.count += 1;
  }

  #termNumber(kind: number, id: number): number {
    const numbers = this.#numbers[kind] ?? new NumbersById();
    const known = numbers.get(id);
    if (known >= 0) return known;
    const keys = kind < FACET_KIND_COUNT ? this.#facetKeys : this.#otherKeys;
    numbers.set(id, keys.length);
    return keys.push(packedKey(kind, id)) - 1;
  }

  #nameNumber(name: string): number {
    const known = this.#nameNumbers.get(name);
    if (known !== undefined) return known;
    this.#nameNumbers.set(name, this.#nameTexts.count);
    this.#nameTexts.add(name);
    return this.#nameTexts.count - 1;
  }

  #grow(): void {
    const wanted = this.#works * 2;
    for (const name of COPIED_COLUMNS) this.#columns[name] = grown(this.#columns[name], wanted);
    this.#audiences = grown(this.#audiences, wanted);
    this.#creators = grown(this.#creators, wanted);
    this.#names = grown(this.#names, wanted);
    this.#starts = grown(this.#starts, wanted + 1);
  }

  /** All that was gathered, as plain data. The builder is used up. */
  gathered(): Gathered {
    return {
      works: this.#works,
      columns: this.#columns,
      audiences: this.#audiences,
      creators: this.#creators,
      creatorNames: this.#names,
      starts: this.#starts,
      facets: this.#facets,
      others: this.#others,
      mostFacets: this.#mostFacets,
      facetKeys: Float64Array.from(this.#facetKeys),
      otherKeys: Float64Array.from(this.#otherKeys),
      names: this.#nameTexts.strings(),
      titles: this.#titles.strings(),
      tags: [...this.#tags.values()],
    };
  }
}

/** Ids of tags and people are counted up from 1: those below this have a place of their own. */
const PLACED = 2 ** 22;

/** Numbers by id: a map, but for small ids an array, which is asked for every tag of every work. */
class NumbersById {
  /** One more than the number, 0 for none. */
  #placed = new Uint32Array(0);
  readonly #others = new Map<number, number>();

  /** @returns the number of an id, -1 for none. */
  get(id: number): number {
    if (id < this.#placed.length) return (this.#placed[id] as number) - 1;
    return id < PLACED ? -1 : (this.#others.get(id) ?? -1);
  }

  set(id: number, number: number): void {
    if (id >= PLACED) {
      this.#others.set(id, number);
      return;
    }
    if (id >= this.#placed.length) this.#placed = grown(this.#placed, id + 64);
    this.#placed[id] = number + 1;
  }
}

function atMost(number: number, limit: number): number {
  return number > limit ? limit : number;
}

function grown<Numbers extends Uint8Array | Uint32Array | Float64Array>(numbers: Numbers, least: number): Numbers {
  const wider = new (numbers.constructor as new (length: number) => Numbers)(Math.max(numbers.length * 2, least));
  wider.set(numbers);
  return wider;
}
