/**
 * An archive in which anything happens: works over a small pool of tags, changed by the actions that people have, and
 * questions about it. All of it follows from one seed.
 */
import { addCreator, makeWork, putInSeries, setState, type WorkState } from '../../../../test/cast.ts';
import { setCounters, setFigures, type Figures } from '../../../../test/figures.ts';
import type { Person, TestSite } from '../../../../test/site.ts';
import { eraseWork } from '../../../app/erase.ts';
import { renameDefaultPseud, type Viewer } from '../../accounts/index.ts';
import { ensureTag, ensureTags, linkTags, makeCanonical, makeSynonym, type TagKind } from '../../tags/index.ts';
import { deleteWork, editWork, NO_TEXT, restoreWork, restrictPostedWorks } from '../../works/index.ts';
import {
  codeTermId,
  CONCEPT_KINDS,
  FACET_KINDS,
  NUMBERS,
  ORDERS,
  type BrowseQuery,
  type FacetAsk,
  type NumberField,
  type Sort,
  type SuggestQuery,
  type Term,
  type TermKind,
  type Where,
} from '../browse-query.ts';

/** Numbers that follow from a seed. */
export interface Chance {
  /** 0 to `below` - 1. */
  number(below: number): number;
  /** True once in so many times. */
  once(times: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Some of a list, in a shuffled order. */
  some<T>(list: readonly T[], atLeast: number, atMost: number): T[];
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const number = (below: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  const pick = <T>(list: readonly T[]): T => {
    const one = list[number(list.length)];
    if (one === undefined) throw new Error('There is nothing to pick from.');
    return one;
  };
  return {
    number,
    once: (times) => number(times) === 0,
    pick,
    some(list, atLeast, atMost) {
      const left = [...list];
      const count = Math.min(list.length, atLeast + number(atMost - atLeast + 1));
      return Array.from({ length: count }, () => left.splice(number(left.length), 1)).flat();
    },
  };
}

type TagName = { kind: TagKind; name: string };

const POOL: Partial<Record<TagKind, readonly string[]>> = {
  fandom: ['Holmes', 'Holmes on Screen', 'Modern Holmes', 'Emma', 'Emma 1996', 'Dracula', 'Young Dracula', 'Gothic'],
  relationship: ['Holmes/Watson', 'Holmes/Anyone', 'Mina/Jonathan', 'Emma/Knightley', 'Mina & Lucy'],
  character: ['Holmes', 'Watson', 'Mina', 'Emma'],
  freeform: [
    'rain',
    'Rain again',
    'bees',
    'the bees',
    'slow burn',
    'burnt toast',
    'tea',
    'hot tea',
    'fog',
    'the fog',
    'snow',
  ],
  category: ['Gen', 'F/F', 'F/M', 'Multi'],
};
const NAMES = Object.entries(POOL).flatMap(([kind, names]) => names.map((name) => ({ kind: kind as TagKind, name })));
const FREE = NAMES.filter((tag) => tag.kind !== 'category');
const ratings = ['General Audiences', 'Mature', 'Explicit'];
const TITLES = ['The Bees', 'Bees', '“Bees”', 'A Rain', 'Émile', 'emile', '…', 'Zebra', 'An Apple', '﨎', '𠮷'];
const LANGUAGES = ['en', 'de', 'zh-Hans'];
/** Both sides of a year, of a day and of 1970, and a few that are the same. */
const TIMES = [-1, 0, 86_399_999, 86_400_000, Date.UTC(2024, 0, 1) - 1, Date.UTC(2024, 0, 1), Date.UTC(2024, 5, 30)];
const WORDS = [0, 1, 499, 500, 999, 1_000, 5_000, 250_000];

interface KeptWork {
  id: number;
  publicId: string;
  keeper: Viewer;
}

export class RandomArchive {
  readonly site: TestSite;
  readonly chance: Chance;
  readonly #people: Person[] = [];
  readonly #works: KeptWork[] = [];
  #isOfOne = false;

  constructor(site: TestSite, chance: Chance) {
    this.site = site;
    this.chance = chance;
  }

  /** Fills it with people, tags that stand under each other, and works. */
  async fill(works: number): Promise<void> {
    // One archive in three begins with one writer, until somebody is asked to create with them.
    const people = this.chance.once(3) ? ['anna'] : ['anna', 'Zoe', 'Éric', 'ethel'];
    this.#isOfOne = people.length === 1;
    for (const pseud of people) this.#people.push(await this.site.person(pseud));
    await this.site.ground.db.write((tx) => ensureTags(tx, 1, NAMES));
    for (let times = 0; times < 6; times += 1) await this.#wrangle();
    for (let times = 0; times < works; times += 1) await this.#post();
  }

  /** Changes something. @returns what, in words for who reads of a failure. */
  async change(): Promise<string> {
    const work = this.chance.pick(this.#works);
    switch (this.chance.number(13)) {
      case 0:
        return this.#post();
      case 1:
      case 2:
        return this.#edit(work);
      case 3:
        return this.#deleteOrRestore(work);
      case 4:
        return this.#setState(work);
      case 5:
      case 6:
      case 7:
        return this.#wrangle();
      case 8:
      case 9:
        return this.#count();
      case 10:
        return this.#rename();
      case 11:
        return this.#figures(work);
      default:
        return this.#rare(work);
    }
  }

  async #post(): Promise<string> {
    const { chance, site } = this;
    const by = chance.some(this.#people, 0, 2);
    const importedBy = !this.#isOfOne && chance.once(3) ? chance.some(['ethel', 'Ursula', 'Anna'], 1, 2) : [];
    const title = chance.pick(TITLES);
    const state: WorkState = { state: chance.once(10) ? 'draft' : 'posted', ...this.#flags() };
    const made = await makeWork(
      site,
      {
        title,
        ...(by.length > 0 ? { by } : {}),
        importedBy,
        rating: chance.pick(ratings),
        fandoms: chance.some(POOL.fandom ?? [], 1, 3),
        tags: this.#tags(),
        language: chance.pick(LANGUAGES),
        postedAt: chance.pick(TIMES),
        chapters: ['<p>a</p>'],
      },
      state,
    );
    const kept = { id: made.id, publicId: made.publicId, keeper: (by[0] ?? site.owner).viewer };
    this.#works.push(kept);
    const figures = chance.once(2) ? await this.#figures(kept) : '';
    const byline = [...by.map((one) => one.pseud), ...importedBy].join();
    return `post ${made.id} "${title}" by ${byline} ${JSON.stringify(state)} ${figures}`;
  }

  #flags(): WorkState {
    const { chance } = this;
    return {
      restricted: chance.once(5),
      hidden: chance.once(12),
      unrevealed: chance.once(12),
      anonymous: chance.once(4),
      deleted: chance.once(15),
    };
  }

  #tags(): TagName[] {
    return this.chance.some(
      NAMES.filter((tag) => tag.kind !== 'fandom'),
      0,
      9,
    );
  }

  async #edit(work: KeptWork): Promise<string> {
    const { chance } = this;
    const title = chance.pick(TITLES);
    const tags: TagName[] = [
      { kind: 'rating', name: chance.pick(ratings) },
      { kind: 'warning', name: 'No Archive Warnings Apply' },
      ...chance.some(POOL.fandom ?? [], 1, 3).map((name) => ({ kind: 'fandom' as const, name })),
      ...this.#tags(),
    ];
    if (chance.once(4)) tags.push({ kind: 'freeform', name: `new tag ${chance.number(3)}` });
    const answer = await this.site.ground.db.writeUnlessRefused((tx) =>
      editWork(tx, 1, work.keeper, work.publicId, {
        madeFrom: null,
        title,
        language: chance.pick(LANGUAGES),
        status: chance.pick(['in-progress', 'on-hiatus', 'discontinued']),
        plannedChapters: chance.pick([null, 1, 1, 3]),
        format: 'html',
        summary: NO_TEXT,
        notes: NO_TEXT,
        endNotes: NO_TEXT,
        tags,
        restricted: chance.once(5),
        noindex: false,
      }),
    );
    const refused = 'refusal' in answer ? ', refused' : '';
    return `edit ${work.id} to "${title}" ${tags.map((tag) => tag.name).join()}${refused}`;
  }

  async #deleteOrRestore(work: KeptWork): Promise<string> {
    const act = this.chance.once(2) ? deleteWork : restoreWork;
    await this.site.ground.db.writeUnlessRefused((tx) => act(tx, 1, work.keeper, work.publicId));
    return `${act.name} ${work.id}`;
  }

  async #setState(work: KeptWork): Promise<string> {
    const state = this.#flags();
    await setState(this.site, work.id, state);
    return `set ${work.id} ${JSON.stringify(state)}`;
  }

  async #wrangle(): Promise<string> {
    const { chance } = this;
    const kind = chance.pick(FREE).kind;
    const [one, other] = chance.some(POOL[kind] ?? [], 2, 2);
    const doing = chance.pick(['canonical', 'merge', 'merge', 'merge', 'link', 'link', 'child'] as const);
    const refused = await this.site.ground.db.write(async (tx) => {
      const tag = await ensureTag(tx, 1, kind, one ?? '');
      if (doing === 'canonical') return makeCanonical(tx, 1, tag.id);
      const to = doing === 'child' ? { kind: 'fandom' as const, name: 'Gothic' } : { kind, name: other ?? '' };
      const target = await ensureTag(tx, 1, to.kind, to.name);
      if (target.synonymOf === null) await makeCanonical(tx, 1, target.id);
      const canonical = await ensureTag(tx, 1, to.kind, to.name);
      if (doing === 'merge') return makeSynonym(tx, 1, tag, canonical);
      if (tag.synonymOf === null) await makeCanonical(tx, 1, tag.id);
      const linked = await ensureTag(tx, 1, kind, one ?? '');
      if (linked.id === canonical.id) return 'itself';
      return linkTags(tx, 1, linked, doing === 'child' ? 'child-of' : 'sub-of', canonical);
    });
    return `${doing} ${kind} "${one}" "${other}" ${refused ?? ''}`;
  }

  async #count(): Promise<string> {
    const { chance } = this;
    const works = chance.some(this.#works, 1, 4);
    for (const work of works) {
      await setCounters(this.site, work.id, {
        kudos: chance.number(4),
        comments: chance.number(3),
        bookmarks: chance.number(2),
        hits: chance.number(50),
      });
    }
    return `count ${works.map((work) => work.id).join()}`;
  }

  async #rename(): Promise<string> {
    const [person, name] = [this.chance.pick(this.#people), this.chance.pick(['Bea', 'anna', 'Zoë', 'Émile', 'q'])];
    await this.site.ground.db.write((tx) => renameDefaultPseud(tx, 1, person.viewer.accountId, name));
    return `rename ${person.pseud} ${name}`;
  }

  async #figures(work: KeptWork): Promise<string> {
    const { chance } = this;
    const figures: Figures = {
      words: chance.pick(WORDS),
      planned_chapters: chance.pick([null, 1, 2, 3]),
      posted_chapters: chance.pick([1, 1, 2, 3, 4]),
      kudos: chance.number(4),
      hits: chance.number(50),
      status: chance.pick(['in-progress', 'on-hiatus', 'a-status-of-old']),
      language: chance.pick([...LANGUAGES, null]),
      updated_at: chance.pick(TIMES),
      ...(chance.once(4) ? { posted_at: chance.pick([null, ...TIMES]) } : {}),
    };
    await setFigures(this.site, work.id, figures);
    return `figures ${work.id} ${JSON.stringify(figures)}`;
  }

  async #rare(work: KeptWork): Promise<string> {
    switch (this.chance.number(5)) {
      case 0:
        await eraseWork(this.site.ground, this.site.features, work.id);
        this.#works.splice(this.#works.indexOf(work), 1);
        return `erase ${work.id}`;
      case 1:
        await this.site.ground.db.write((tx) => restrictPostedWorks(tx, 1));
        return 'restrict all';
      case 2:
        await putInSeries(this.site, work.id, this.chance.pick(['Letters', 'Diaries']));
        return `series for ${work.id}, ${await this.#figures(work)}`;
      default:
        return this.#invite(work);
    }
  }

  async #invite(work: KeptWork): Promise<string> {
    const person = await this.site.person(`guest ${this.chance.number(1_000)}`);
    this.#people.push(person);
    const state = this.chance.pick(['accepted', 'invited'] as const);
    await addCreator(this.site, work.id, person, state);
    return `${state} ${person.pseud} on ${work.id}, ${await this.#figures(work)}`;
  }

  /** A question about it. Terms are picked from what is there, and now and then from what is not. */
  async query(): Promise<BrowseQuery> {
    const { chance } = this;
    const terms = await this.#terms();
    const where = chance.once(4) ? { all: [] } : this.#where(terms, chance.number(4));
    return {
      audience: chance.pick(['guest', 'account'] as const),
      where,
      hide: chance.once(3) ? this.#where(terms, 2) : null,
      sort: this.#sort(),
      offset: chance.pick([0, 0, 0, 0, 1, 5, 20, 1e6]),
      limit: chance.pick([100, 100, 25, 5, 1, 0]),
      facets: chance.once(3) ? null : this.#facets(terms),
    };
  }

  #where(terms: readonly Term[], depth: number): Where {
    const { chance } = this;
    const parts = () => Array.from({ length: chance.number(4) }, () => this.#where(terms, depth - 1));
    switch (depth === 0 ? 5 + chance.number(5) : chance.number(10)) {
      case 0:
      case 1:
        return { all: parts() };
      case 2:
      case 3:
        return { any: parts() };
      case 4:
      case 5:
        return { not: depth === 0 ? { term: chance.pick(terms) } : this.#where(terms, depth - 1) };
      case 6:
        return { works: Uint32Array.from(this.#someIds()).sort() };
      case 7:
        return this.#range();
      default:
        return { term: chance.pick(terms) };
    }
  }

  #someIds(): number[] {
    return [...new Set([...this.chance.some(this.#works, 0, 30).map((work) => work.id), this.chance.number(2 ** 20)])];
  }

  #range(): Where {
    const { chance } = this;
    const number = chance.pick(NUMBERS);
    const ends = [null, ...this.#ends(number)];
    return { number, from: chance.pick(ends), to: chance.pick(ends) };
  }

  #ends(field: NumberField): readonly number[] {
    if (field === 'words') return WORDS;
    if (field === 'posted' || field === 'updated') return TIMES.map((time) => Math.floor(time / 86_400_000));
    return [0, 1, 2, 3, 20];
  }

  #sort(): Sort {
    const { chance } = this;
    const reversed = chance.once(2);
    if (chance.once(6)) return { by: 'random', seed: chance.number(2 ** 26), reversed };
    if (chance.once(8)) return { by: 'relevance', ranked: Uint32Array.from(this.#someIds()), reversed };
    return { by: chance.pick(ORDERS), reversed };
  }

  #facets(terms: readonly Term[]): FacetAsk {
    const { chance } = this;
    const kinds = chance.some(FACET_KINDS, 1, FACET_KINDS.length);
    return {
      kinds,
      top: chance.pick([0, 1, 3, 10, 50]),
      also: chance.some(terms, 0, 4),
      without: chance.some(kinds, 0, 2).map((kind) => ({ kind, where: this.#where(terms, 1) })),
    };
  }

  async #terms(): Promise<Term[]> {
    const { reads } = this.site.ground.db;
    const tags = await reads.selectFrom('tags').select(['id', 'kind']).where('kind', '<>', 'media').execute();
    const used = tags.filter((tag) => NAMES.some((one) => one.kind === tag.kind) || tag.id < 4);
    const imported = await reads.selectFrom('imported_creators').select('id').execute();
    const of = (kind: TermKind, ids: readonly number[]): Term[] => ids.map((id) => ({ kind, id }));
    const concepts = used.map((tag) => ({ kind: tag.kind as TermKind, id: tag.id }));
    return [
      ...concepts,
      ...concepts,
      ...concepts.filter((one) => one.kind === 'relationship').map(({ id }) => ({ kind: 'main' as const, id })),
      ...of('language', LANGUAGES.map(codeTermId)),
      ...of('status', ['complete', 'in-progress', 'on-hiatus', 'a-status-of-old', 'none'].map(codeTermId)),
      ...of('trait', [1, 2, 3, 4]),
      ...of('length', [1, 2, 3, 10, 11]),
      ...of('year', [1969, 1970, 2023, 2024]),
      ...of(
        'pseud',
        this.#people.map((person) => person.pseudId),
      ),
      ...of(
        'imported',
        imported.map((row) => row.id),
      ),
      ...of('series', [1, 2]),
      ...of('collection', [1]),
      { kind: 'character', id: concepts[0]?.id ?? 1 },
      { kind: 'freeform', id: 2 ** 40 },
    ];
  }

  /** A question of type-ahead. */
  suggestion(): SuggestQuery {
    const { chance } = this;
    return {
      audience: chance.pick(['guest', 'account'] as const),
      kinds: chance.some(CONCEPT_KINDS, 1, CONCEPT_KINDS.length),
      text: chance.pick(['h', 'holmes', 'a', 'bees', 'the', 'mina', 'rain', 'burn', 'on s', 'e', 'new tag', '/', '_']),
      limit: chance.pick([1, 3, 10]),
    };
  }
}
