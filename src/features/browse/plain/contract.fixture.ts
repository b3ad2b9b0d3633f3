/**
 * What every browse index keeps, told as stories over small archives: written once, run against each implementation.
 * `shelf` is the archive of a story, with a short way to ask.
 */
import { describe, expect, test } from 'vitest';
import { makeWork, putInSeries, setState, type WorkPlan, type WorkState } from '../../../../test/cast.ts';
import { setCounters, setFigures, type Figures } from '../../../../test/figures.ts';
import { testSite, type TestSite } from '../../../../test/site.ts';
import { logHead } from '../../../platform/events/log.ts';
import { ensureTag, linkTags, makeCanonical, makeSynonym } from '../../tags/index.ts';
import {
  codeTermId,
  EVERYTHING,
  LENGTHS,
  shuffleKey,
  shuffleNumbers,
  TRAITS,
  type BrowseAnswer,
  type BrowseIndex,
  type BrowseQuery,
  type ConceptKind,
  type FacetAsk,
  type NumberField,
  type Order,
  type TermKind,
  type Where,
} from '../browse-query.ts';

/** An index that is brought up to the head of the event log when it is asked to. */
export type RefreshedIndex = BrowseIndex & { refresh(): Promise<void> };
export type OpenIndex = (site: TestSite) => Promise<RefreshedIndex>;

const term = (kind: TermKind, id: number): Where => ({ term: { kind, id } });
const not = (where: Where): Where => ({ not: where });
const range = (number: NumberField, from: number | null, to: number | null): Where => ({ number, from, to });
const facets = (ask: Partial<FacetAsk>): FacetAsk => ({ kinds: [], top: 10, also: [], without: [], ...ask });

/** The archive of one story. */
class Shelf {
  readonly site: TestSite;
  readonly index: RefreshedIndex;
  readonly #titles = new Map<number, string>();

  constructor(site: TestSite, index: RefreshedIndex) {
    this.site = site;
    this.index = index;
  }

  /** Posts a work under a title. */
  async work(title: string, plan: WorkPlan & Figures = {}, state: WorkState = {}): Promise<number> {
    const { id } = await makeWork(this.site, { ...plan, title }, { state: 'posted', ...state });
    this.#titles.set(id, title);
    const { words, kudos, comments, bookmarks, hits, status, updated_at, posted_at } = plan;
    const given = { words, kudos, comments, bookmarks, hits, status, updated_at, posted_at };
    const { planned_chapters, posted_chapters } = plan;
    const figures = Object.fromEntries(
      Object.entries({ ...given, planned_chapters, posted_chapters }).filter(([, value]) => value !== undefined),
    );
    if (Object.keys(figures).length > 0) await setFigures(this.site, id, figures);
    return id;
  }

  /** The id of a tag, which is made when it is not there. */
  async tag(kind: ConceptKind, name: string): Promise<number> {
    return (await this.site.ground.db.write((tx) => ensureTag(tx, 1, kind, name))).id;
  }

  async canonical(kind: ConceptKind, name: string): Promise<number> {
    const id = await this.tag(kind, name);
    await this.site.ground.db.write((tx) => makeCanonical(tx, 1, id));
    return id;
  }

  /** Makes a tag a synonym of another, which becomes canonical. */
  async merge(kind: ConceptKind, synonym: string, into: string): Promise<void> {
    await this.canonical(kind, into);
    const refused = await this.site.ground.db.write(async (tx) =>
      makeSynonym(tx, 1, await ensureTag(tx, 1, kind, synonym), await ensureTag(tx, 1, kind, into)),
    );
    if (refused !== null) throw new Error(`The tags could not be joined: ${refused}`);
  }

  /** Places a tag below another; both become canonical. */
  async link(kind: ConceptKind, name: string, relation: 'sub-of' | 'child-of', [toKind, to]: [ConceptKind, string]) {
    await this.canonical(kind, name);
    await this.canonical(toKind, to);
    const refused = await this.site.ground.db.write(async (tx) =>
      linkTags(tx, 1, await ensureTag(tx, 1, kind, name), relation, await ensureTag(tx, 1, toKind, to)),
    );
    if (refused !== null) throw new Error(`The tags could not be joined: ${refused}`);
  }

  async ask(asked: Partial<BrowseQuery> = {}): Promise<BrowseAnswer> {
    await this.index.refresh();
    return this.index.search({
      audience: 'guest',
      where: EVERYTHING,
      hide: null,
      sort: { by: 'updated', reversed: false },
      offset: 0,
      limit: 100,
      facets: null,
      ...asked,
    });
  }

  /** The titles of the works that are answered, in order. */
  async titles(asked: Partial<BrowseQuery> = {}): Promise<string[]> {
    const answer = await this.ask(asked);
    return answer.ids.map((id) => this.#titles.get(id) ?? `work ${id}`);
  }

  /** The titles that match, in the order of the alphabet. */
  async found(where: Where, asked: Partial<BrowseQuery> = {}): Promise<string[]> {
    const titles = await this.titles({ where, ...asked });
    const { total } = await this.ask({ where, ...asked, limit: 0 });
    if (total !== titles.length) throw new Error(`The total is ${total}, and the list holds ${titles.length} works.`);
    return titles.toSorted();
  }
}

/** The stories, for one implementation. `open` answers an index over an archive that is still empty. */
export function browseIndexContract(name: string, open: OpenIndex): void {
  const emptyShelf = async () => {
    const site = await testSite();
    return new Shelf(site, await open(site));
  };

  describe(`the browse index, ${name}: what is found`, () => {
    test('everything is what the audience may see in lists, and the version is the head of the log', async () => {
      const shelf = await emptyShelf();
      expect(await shelf.ask()).toMatchObject({ total: 0, hidden: 0, ids: [], facets: null });
      await shelf.work('for everyone');
      await shelf.work('for accounts', {}, { restricted: true });
      await shelf.work('draft', {}, { state: 'draft' });
      await shelf.work('hidden', {}, { hidden: true });
      await shelf.work('unrevealed', {}, { unrevealed: true });
      await shelf.work('deleted', {}, { deleted: true });
      expect(await shelf.found(EVERYTHING)).toEqual(['for everyone']);
      expect(await shelf.found(EVERYTHING, { audience: 'account' })).toEqual(['for accounts', 'for everyone']);
      expect((await shelf.ask()).version).toBe(await logHead(shelf.site.ground.db.reads));
    });

    test('a work goes out of the lists when it is hidden, and comes back', async () => {
      const shelf = await emptyShelf();
      const id = await shelf.work('The Bees');
      expect(await shelf.found(EVERYTHING)).toEqual(['The Bees']);
      await setState(shelf.site, id, { state: 'posted', hidden: true });
      expect(await shelf.found(EVERYTHING)).toEqual([]);
      await setState(shelf.site, id, { state: 'posted', restricted: true });
      expect(await shelf.found(EVERYTHING)).toEqual([]);
      expect(await shelf.found(EVERYTHING, { audience: 'account' })).toEqual(['The Bees']);
      await setState(shelf.site, id, { state: 'posted' });
      expect(await shelf.found(EVERYTHING)).toEqual(['The Bees']);
    });

    test('a tag finds the works of its synonyms, and a work with both is counted once', async () => {
      const shelf = await emptyShelf();
      await shelf.work('canonical', { fandoms: ['Sherlock Holmes'] });
      await shelf.work('synonym', { fandoms: ['SH'] });
      await shelf.work('both', { fandoms: ['Sherlock Holmes', 'SH'] });
      await shelf.work('neither', { fandoms: ['Emma'] });
      const [holmes, sh] = [await shelf.tag('fandom', 'Sherlock Holmes'), await shelf.tag('fandom', 'SH')];
      expect(await shelf.found(term('fandom', sh))).toEqual(['both', 'synonym']);
      await shelf.merge('fandom', 'SH', 'Sherlock Holmes');
      expect(await shelf.found(term('fandom', holmes))).toEqual(['both', 'canonical', 'synonym']);
      expect(await shelf.found(not(term('fandom', holmes)))).toEqual(['neither']);
      expect(await shelf.found(term('fandom', sh))).toEqual([]);
      const { facets: counted } = await shelf.ask({ facets: facets({ kinds: ['fandom'] }) });
      expect(counted?.fandom).toEqual([{ id: holmes, works: 3 }]);
      await shelf.canonical('fandom', 'SH');
      expect(await shelf.found(term('fandom', holmes))).toEqual(['both', 'canonical']);
      expect(await shelf.found(term('fandom', sh))).toEqual(['both', 'synonym']);
    });

    test('a metatag finds the works of all below it; what is child of a tag is not found under it', async () => {
      const shelf = await emptyShelf();
      await shelf.work('novel', { fandoms: ['Dracula (1897)'] });
      await shelf.work('film', { fandoms: ['Dracula (1931)'] });
      await shelf.work('edition', { fandoms: ['Dracula (first edition)'] });
      await shelf.work('Mina', { fandoms: ['Vampires'], tags: [{ kind: 'character', name: 'Mina Harker' }] });
      await shelf.link('fandom', 'Dracula (1897)', 'sub-of', ['fandom', 'Dracula']);
      await shelf.link('fandom', 'Dracula (1931)', 'sub-of', ['fandom', 'Dracula']);
      await shelf.link('fandom', 'Dracula (first edition)', 'sub-of', ['fandom', 'Dracula (1897)']);
      await shelf.link('character', 'Mina Harker', 'child-of', ['fandom', 'Dracula']);
      const dracula = await shelf.tag('fandom', 'Dracula');
      expect(await shelf.found(term('fandom', dracula))).toEqual(['edition', 'film', 'novel']);
      expect(await shelf.found(term('fandom', await shelf.tag('fandom', 'Dracula (1897)')))).toEqual([
        'edition',
        'novel',
      ]);
      expect(await shelf.found(term('character', dracula))).toEqual([]);
    });

    test('where metatags meet again above, each work still counts once', async () => {
      const shelf = await emptyShelf();
      const plan = { fandoms: ['Sherlock (2010)', 'Modern Holmes'] };
      await shelf.work('both floors', plan);
      for (const middle of ['Modern Holmes', 'Holmes on Screen']) {
        await shelf.link('fandom', 'Sherlock (2010)', 'sub-of', ['fandom', middle]);
        await shelf.link('fandom', middle, 'sub-of', ['fandom', 'Holmes']);
      }
      const ids = await Promise.all(
        ['Sherlock (2010)', 'Modern Holmes', 'Holmes on Screen', 'Holmes'].map((one) => shelf.tag('fandom', one)),
      );
      const { facets: counted } = await shelf.ask({ facets: facets({ kinds: ['fandom'] }) });
      expect(counted?.fandom).toEqual(ids.toSorted((a, b) => a - b).map((id) => ({ id, works: 1 })));
      expect(await shelf.found(term('fandom', ids[3] ?? 0))).toEqual(['both floors']);
    });

    test('who wrote an anonymous work is found by nothing', async () => {
      const shelf = await emptyShelf();
      const [anna, zoe] = [await shelf.site.person('Anna'), await shelf.site.person('Zoe')];
      const id = await shelf.work('secret', { by: [anna] }, { anonymous: true });
      await shelf.work('signed', { by: [zoe] });
      await putInSeries(shelf.site, id, 'Letters');
      await setState(shelf.site, id, { state: 'posted', anonymous: true });
      expect(await shelf.found(term('pseud', anna.pseudId))).toEqual([]);
      expect(await shelf.found(not(term('pseud', anna.pseudId)))).toEqual(['secret', 'signed']);
      expect(await shelf.found(term('series', 1))).toEqual([]);
      expect(await shelf.titles({ sort: { by: 'creator', reversed: false } })).toEqual(['signed', 'secret']);
      const muted = await shelf.ask({ hide: term('pseud', anna.pseudId) });
      expect(muted).toMatchObject({ total: 2, hidden: 0 });
    });

    test('bylines: pseuds, names from outside, and only who has accepted', async () => {
      const shelf = await emptyShelf();
      const [anna, zoe] = [await shelf.site.person('Anna'), await shelf.site.person('Zoe')];
      await shelf.work('together', { by: [zoe, anna] });
      await shelf.work('imported', { importedBy: ['Ethel'] });
      const { id: ethel } = await shelf.site.ground.db.reads
        .selectFrom('imported_creators')
        .select('id')
        .executeTakeFirstOrThrow();
      expect(await shelf.found(term('pseud', anna.pseudId))).toEqual(['together']);
      expect(await shelf.found(term('imported', ethel))).toEqual(['imported']);
      expect(await shelf.found(not(term('imported', ethel)))).toEqual(['together']);
    });

    test('a series holds the works that are placed in it', async () => {
      const shelf = await emptyShelf();
      const id = await shelf.work('first part');
      await shelf.work('alone');
      await putInSeries(shelf.site, id, 'Letters');
      await setState(shelf.site, id, { state: 'posted' });
      expect(await shelf.found(term('series', 1))).toEqual(['first part']);
      expect(await shelf.found(term('series', 2))).toEqual([]);
    });

    test('main is the relationship listed first, and what stands above it', async () => {
      const shelf = await emptyShelf();
      const couple = (name: string) => ({ kind: 'relationship' as const, name });
      await shelf.work('one', { tags: [couple('Holmes/Watson'), couple('Mina/Jonathan')] });
      await shelf.work('two', { tags: [couple('Mina/Jonathan'), couple('Holmes/Watson')] });
      await shelf.link('relationship', 'Holmes/Watson', 'sub-of', ['relationship', 'Holmes/Anyone']);
      const [holmes, any] = [
        await shelf.tag('relationship', 'Holmes/Watson'),
        await shelf.tag('relationship', 'Holmes/Anyone'),
      ];
      expect(await shelf.found(term('main', holmes))).toEqual(['one']);
      expect(await shelf.found(term('main', any))).toEqual(['one']);
      expect(await shelf.found(term('relationship', any))).toEqual(['one', 'two']);
    });

    test('a crossover has fandoms that no metatag joins, not even by way of a third', async () => {
      const shelf = await emptyShelf();
      await shelf.work('one fandom', { fandoms: ['Emma'] });
      await shelf.work('two worlds', { fandoms: ['Emma', 'Dracula (1931)'] });
      await shelf.work('joined', { fandoms: ['Dracula (1931)', 'Dracula (1897)'] });
      await shelf.work('with its metatag', { fandoms: ['Dracula', 'Dracula (1897)'] });
      await shelf.work('joined by a third', { fandoms: ['Dracula (1931)', 'Frankenstein', 'Gothic Film'] });
      await shelf.link('fandom', 'Dracula (1931)', 'sub-of', ['fandom', 'Dracula']);
      await shelf.link('fandom', 'Dracula (1897)', 'sub-of', ['fandom', 'Dracula']);
      await shelf.link('fandom', 'Dracula (1931)', 'sub-of', ['fandom', 'Universal Pictures']);
      await shelf.link('fandom', 'Gothic Film', 'sub-of', ['fandom', 'Universal Pictures']);
      await shelf.link('fandom', 'Gothic Film', 'sub-of', ['fandom', 'Gothic']);
      await shelf.link('fandom', 'Frankenstein', 'sub-of', ['fandom', 'Gothic']);
      expect(await shelf.found(term('trait', TRAITS.crossover))).toEqual(['two worlds']);
      const { facets: counted } = await shelf.ask({ facets: facets({ kinds: ['trait'] }) });
      expect(counted?.trait).toContainEqual({ id: TRAITS.crossover, works: 1 });
    });

    test('complete, one-shot and status follow from the chapters', async () => {
      const shelf = await emptyShelf();
      await shelf.work('one-shot', { planned_chapters: 1 });
      await shelf.work('finished', { chapters: ['<p>a</p>', '<p>b</p>'], status: 'on-hiatus' });
      await shelf.work('going on', { planned_chapters: 5 });
      await shelf.work('nobody knows', { planned_chapters: null, status: 'on-hiatus' });
      expect(await shelf.found(term('trait', TRAITS.complete))).toEqual(['finished', 'one-shot']);
      expect(await shelf.found(not(term('trait', TRAITS.complete)))).toEqual(['going on', 'nobody knows']);
      expect(await shelf.found(term('trait', TRAITS.oneshot))).toEqual(['one-shot']);
      expect(await shelf.found(term('status', codeTermId('complete')))).toEqual(['finished', 'one-shot']);
      expect(await shelf.found(term('status', codeTermId('on-hiatus')))).toEqual(['nobody knows']);
      expect(await shelf.found(term('status', codeTermId('no-such-status')))).toEqual([]);
    });

    test('languages and terms that nothing stands for', async () => {
      const shelf = await emptyShelf();
      await shelf.work('English');
      await shelf.work('Deutsch', { language: 'de' });
      const id = await shelf.work('unsaid');
      await setFigures(shelf.site, id, { language: null });
      expect(await shelf.found(term('language', codeTermId('de')))).toEqual(['Deutsch']);
      expect(await shelf.found(term('language', codeTermId('DE')))).toEqual(['Deutsch']);
      expect(await shelf.found(not(term('language', codeTermId('de'))))).toEqual(['English', 'unsaid']);
      for (const kind of ['fandom', 'main', 'pseud', 'imported', 'series', 'collection', 'trait', 'length'] as const) {
        expect(await shelf.found(term(kind, 2 ** 46))).toEqual([]);
      }
    });

    test('ranges hold both their ends, and days and years are those of UTC', async () => {
      const shelf = await emptyShelf();
      const day = Date.UTC(2024, 11, 31) / 86_400_000;
      const last = Date.UTC(2024, 11, 31, 23, 59, 59, 999);
      await shelf.work('old', { words: LENGTHS[0] - 1, postedAt: last, kudos: 3 });
      await shelf.work('new', { words: LENGTHS[0], postedAt: last + 1, kudos: 7 });
      await shelf.work('ancient', { words: 10 ** 7, postedAt: -1 });
      expect(await shelf.found(range('posted', day, day))).toEqual(['old']);
      expect(await shelf.found(range('posted', day + 1, null))).toEqual(['new']);
      expect(await shelf.found(range('updated', null, -1))).toEqual(['ancient']);
      expect(await shelf.found(range('posted', 0, null))).toEqual(['new', 'old']);
      expect(await shelf.found(range('kudos', 3, 7))).toEqual(['new', 'old']);
      expect(await shelf.found(range('kudos', 4, 6))).toEqual([]);
      expect(await shelf.found(range('kudos', 7, 3))).toEqual([]);
      expect(await shelf.found(range('words', null, null))).toEqual(['ancient', 'new', 'old']);
      expect(await shelf.found(term('length', 1))).toEqual(['old']);
      expect(await shelf.found(term('length', 2))).toEqual(['new']);
      expect(await shelf.found(term('length', LENGTHS.length + 1))).toEqual(['ancient']);
      expect(await shelf.found(term('year', 2024))).toEqual(['old']);
      expect(await shelf.found(term('year', 2025))).toEqual(['new']);
      expect(await shelf.found(term('year', 1969))).toEqual(['ancient']);
    });

    test('the number of tags is what stands on the work, synonyms too', async () => {
      const shelf = await emptyShelf();
      await shelf.work('two spellings', { fandoms: ['Sherlock Holmes', 'SH'] });
      await shelf.work('plain', { tags: [{ kind: 'freeform', name: 'rain' }] });
      await shelf.merge('fandom', 'SH', 'Sherlock Holmes');
      expect(await shelf.found(range('fandoms', 2, null))).toEqual(['two spellings']);
      expect(await shelf.found(range('tags', 1, 1))).toEqual(['plain']);
      expect(await shelf.found(range('characters', 0, 0))).toEqual(['plain', 'two spellings']);
    });

    test('counters are true as soon as they are counted', async () => {
      const shelf = await emptyShelf();
      const id = await shelf.work('The Bees');
      await shelf.work('The Rain', { kudos: 5 });
      await shelf.ask();
      await setCounters(shelf.site, id, { kudos: 9 });
      expect(await shelf.found(range('kudos', 9, null))).toEqual(['The Bees']);
    });

    test('works can be named by their ids', async () => {
      const shelf = await emptyShelf();
      const [one, , three] = [await shelf.work('one'), await shelf.work('two'), await shelf.work('three')];
      const draft = await shelf.work('draft', {}, { state: 'draft' });
      const works = (...ids: number[]): Where => ({ works: Uint32Array.from(ids) });
      expect(await shelf.found(works(one, three, draft, draft + 99))).toEqual(['one', 'three']);
      expect(await shelf.found(not(works(one)))).toEqual(['three', 'two']);
      expect(await shelf.found(works())).toEqual([]);
    });

    test('all of nothing is everything, any of nothing is nothing', async () => {
      const shelf = await emptyShelf();
      const id = await shelf.work('The Bees');
      expect(await shelf.found({ all: [] })).toEqual(['The Bees']);
      expect(await shelf.found({ any: [] })).toEqual([]);
      expect(await shelf.found(not({ any: [] }))).toEqual(['The Bees']);
      const bees: Where = { works: Uint32Array.of(id) };
      expect(await shelf.found({ any: [{ any: [] }, { all: [bees, not(not(bees))] }] })).toEqual(['The Bees']);
    });

    test('a condition of 300 parts, 20 deep, is answered like any other', async () => {
      const shelf = await emptyShelf();
      await shelf.work('The Bees');
      await shelf.work('The Rain', { fandoms: ['Emma'] });
      const emma = await shelf.tag('fandom', 'Emma');
      const wide: Where = {
        any: Array.from({ length: 300 }, (_, at) => (at % 2 === 0 ? term('fandom', emma) : range('hits', at, at))),
      };
      expect(await shelf.found(wide)).toEqual(['The Rain']);
      expect(await shelf.found({ all: [wide, ...wide.any.map(not)] })).toEqual([]);
      let deep: Where = term('fandom', emma);
      for (let depth = 0; depth < 20; depth += 1) {
        deep = depth % 2 === 0 ? not({ all: [deep] }) : { any: [deep, ...wide.any.slice(0, 14)] };
      }
      expect((await shelf.found(deep)).length).toBeLessThan(3);
    });
  });

  describe(`the browse index, ${name}: what is counted`, () => {
    const tags = (...names: string[]) => names.map((one) => ({ kind: 'freeform' as const, name: one }));

    test('values: most works first, then the smallest id, and only as many as are wanted', async () => {
      const shelf = await emptyShelf();
      const [rain, bees, tea] = await Promise.all(
        ['rain', 'bees', 'tea'].map((one) => shelf.canonical('freeform', one)),
      );
      await shelf.work('one', { tags: tags('rain', 'bees', 'tea') });
      await shelf.work('two', { tags: tags('tea') });
      const top = [rain, bees].toSorted((a = 0, b = 0) => a - b);
      const { facets: counted } = await shelf.ask({ facets: facets({ kinds: ['freeform', 'character'], top: 2 }) });
      expect(counted).toEqual({
        freeform: [
          { id: tea, works: 2 },
          { id: top[0], works: 1 },
        ],
        character: [],
      });
    });

    test('values that are also wanted follow, with zero where no work is left', async () => {
      const shelf = await emptyShelf();
      const [rain, bees] = [await shelf.canonical('freeform', 'rain'), await shelf.canonical('freeform', 'bees')];
      await shelf.work('one', { tags: tags('rain') });
      const also = [rain, bees].map((id) => ({ kind: 'freeform' as const, id }));
      const ask = facets({ kinds: ['freeform'], also: [...also, { kind: 'fandom', id: bees }] });
      expect((await shelf.ask({ facets: ask })).facets).toEqual({
        freeform: [
          { id: rain, works: 1 },
          { id: bees, works: 0 },
        ],
      });
    });

    test('a tag nobody has wrangled is offered once two creators use it, signed and in sight', async () => {
      const shelf = await emptyShelf();
      const [anna, zoe] = [await shelf.site.person('Anna'), await shelf.site.person('Zoe')];
      const rain = await shelf.tag('freeform', 'rain');
      const plan = { by: [anna], tags: tags('rain') };
      await shelf.work('one', plan);
      await shelf.work('of an archive of several', { by: [await shelf.site.person('Ursula')] });
      await shelf.work('two', plan);
      const offered = async (audience: 'guest' | 'account' = 'guest') =>
        (await shelf.ask({ audience, facets: facets({ kinds: ['freeform'] }) })).facets?.freeform;
      expect(await offered()).toEqual([]);
      const id = await shelf.work('by another', { ...plan, by: [zoe] }, { anonymous: true });
      expect(await offered()).toEqual([]);
      await setState(shelf.site, id, { state: 'posted', restricted: true });
      expect(await offered()).toEqual([]);
      expect(await offered('account')).toEqual([{ id: rain, works: 3 }]);
      await setState(shelf.site, id, { state: 'posted' });
      expect(await offered()).toEqual([{ id: rain, works: 3 }]);
      const one = { ...facets({ kinds: ['freeform'], top: 0 }), also: [{ kind: 'freeform' as const, id: rain }] };
      expect((await shelf.ask({ facets: one })).facets?.freeform).toEqual([{ id: rain, works: 3 }]);
    });

    test('where one creator signs all that anybody signs, all of their tags are offered, to each audience by itself', async () => {
      const shelf = await emptyShelf();
      const [anna, zoe] = [await shelf.site.person('Anna'), await shelf.site.person('Zoe')];
      const [rain, tea] = [await shelf.tag('freeform', 'rain'), await shelf.tag('freeform', 'tea')];
      const offered = async (audience: 'guest' | 'account' = 'guest') =>
        (await shelf.ask({ audience, facets: facets({ kinds: ['freeform'] }) })).facets?.freeform?.map(({ id }) => id);
      await shelf.work('unsigned', { tags: tags('fog') });
      await shelf.work('secret', { by: [anna], tags: tags('bees') }, { anonymous: true });
      expect(await offered()).toEqual([]);
      const first = await shelf.work('one', { by: [anna], tags: tags('rain', 'tea') });
      expect(await offered()).toEqual([rain, tea]);
      // Nobody signs these, or none that guests see.
      await shelf.work('hers', { by: [zoe], tags: tags('bees') }, { anonymous: true });
      await shelf.work('kept back', { by: [zoe] }, { unrevealed: true });
      const second = await shelf.work('two', { by: [zoe], tags: tags('tea') }, { restricted: true });
      expect(await offered()).toEqual([rain, tea]);
      expect(await offered('account')).toEqual([tea]);
      await setState(shelf.site, second, { state: 'posted' });
      expect(await offered()).toEqual([tea]);
      await setState(shelf.site, first, { state: 'posted', hidden: true });
      expect(await offered()).toEqual([tea]);
      await setState(shelf.site, second, { state: 'posted', anonymous: true });
      expect(await offered()).toEqual([]);
      await setState(shelf.site, first, { state: 'posted' });
      expect(new Set(await offered())).toEqual(new Set([rain, tea]));
    });

    test('one work of two creators is an archive of two', async () => {
      const shelf = await emptyShelf();
      const [anna, zoe] = [await shelf.site.person('Anna'), await shelf.site.person('Zoe')];
      const [rain, fog] = [await shelf.tag('freeform', 'rain'), await shelf.tag('freeform', 'fog')];
      await shelf.work('one', { by: [anna], tags: tags('rain') });
      const both = await shelf.work('both', { by: [anna, zoe], tags: tags('fog') });
      const offered = async () =>
        (await shelf.ask({ facets: facets({ kinds: ['freeform'] }) })).facets?.freeform?.map(({ id }) => id);
      expect(await offered()).toEqual([fog]);
      await setState(shelf.site, both, { state: 'posted', hidden: true });
      expect(await offered()).toEqual([rain]);
      await shelf.work('from elsewhere', { importedBy: ['Anna'] });
      expect(await offered()).toEqual([]);
    });

    test('an anonymous work is counted under its tags all the same', async () => {
      const shelf = await emptyShelf();
      const rain = await shelf.canonical('freeform', 'rain');
      await shelf.work('secret', { tags: tags('rain') }, { anonymous: true });
      const { facets: counted } = await shelf.ask({ facets: facets({ kinds: ['freeform'] }) });
      expect(counted?.freeform).toEqual([{ id: rain, works: 1 }]);
    });

    test('where any of several was chosen, its kind is counted without that choice', async () => {
      const shelf = await emptyShelf();
      const [emma, dracula] = [await shelf.canonical('fandom', 'Emma'), await shelf.canonical('fandom', 'Dracula')];
      const rain = await shelf.canonical('freeform', 'rain');
      await shelf.work('one', { fandoms: ['Emma'], tags: tags('rain') });
      await shelf.work('two', { fandoms: ['Dracula'], tags: tags('rain') });
      await shelf.work('three', { fandoms: ['Dracula'] });
      const chosen: Where = { all: [term('freeform', rain), { any: [term('fandom', emma)] }] };
      const ask = facets({
        kinds: ['fandom', 'freeform'],
        without: [{ kind: 'fandom', where: { all: [term('freeform', rain)] } }],
      });
      const answer = await shelf.ask({ where: chosen, facets: ask });
      expect(answer.total).toBe(1);
      expect(answer.facets).toEqual({
        fandom: [emma, dracula].toSorted((a, b) => a - b).map((id) => ({ id, works: 1 })),
        freeform: [{ id: rain, works: 1 }],
      });
    });

    test('what a person hides is left out of total, page and counts, and only they are told how many', async () => {
      const shelf = await emptyShelf();
      const [rain, bees] = [await shelf.canonical('freeform', 'rain'), await shelf.canonical('freeform', 'bees')];
      await shelf.work('one', { tags: tags('rain', 'bees') });
      await shelf.work('two', { tags: tags('rain') });
      await shelf.work('three', { tags: tags('bees') });
      const ask = facets({ kinds: ['freeform'], without: [{ kind: 'freeform', where: EVERYTHING }] });
      const answer = await shelf.ask({ where: term('freeform', rain), hide: term('freeform', bees), facets: ask });
      expect(answer).toMatchObject({ total: 1, hidden: 1, facets: { freeform: [{ id: rain, works: 1 }] } });
    });

    test('years, lengths, languages, statuses and traits are counted by their ids', async () => {
      const shelf = await emptyShelf();
      await shelf.work('one', { postedAt: Date.UTC(2024, 5, 1), words: 700 });
      const kinds = ['year', 'length', 'language', 'status', 'trait'] as const;
      expect((await shelf.ask({ facets: facets({ kinds }) })).facets).toEqual({
        year: [{ id: 2024, works: 1 }],
        length: [{ id: 2, works: 1 }],
        language: [{ id: codeTermId('en'), works: 1 }],
        status: [{ id: codeTermId('complete'), works: 1 }],
        trait: [
          { id: TRAITS.complete, works: 1 },
          { id: TRAITS.oneshot, works: 1 },
        ],
      });
    });
  });

  describe(`the browse index, ${name}: in which order`, () => {
    test('largest and newest first, ties newest id first, also turned round', async () => {
      const shelf = await emptyShelf();
      const at = Date.UTC(2024, 0, 1);
      await shelf.work('a', { words: 5, kudos: 1, postedAt: at });
      await shelf.work('b', { words: 9, kudos: 1, postedAt: at + 1 });
      await shelf.work('c', { words: 5, kudos: 2, postedAt: at });
      const by = async (order: Order, reversed = false) =>
        (await shelf.titles({ sort: { by: order, reversed } })).join('');
      expect(await by('updated')).toBe('bca');
      expect(await by('updated', true)).toBe('cab');
      expect(await by('posted')).toBe('bca');
      expect(await by('words')).toBe('bca');
      expect(await by('words', true)).toBe('cab');
      expect(await by('kudos')).toBe('cba');
      expect(await by('kudos', true)).toBe('bac');
      expect(await by('hits')).toBe('cba');
      expect(await by('comments', true)).toBe('cba');
      expect(await by('bookmarks')).toBe('cba');
    });

    test('titles from A on, without article and quotation marks, other scripts by code point', async () => {
      const shelf = await emptyShelf();
      for (const title of ['The Zebra', '𠮷', '“Apples”', '﨎', 'a Mouse', 'Émile', 'mice']) await shelf.work(title);
      const sort = { by: 'title' as const, reversed: false };
      const sorted = ['“Apples”', 'Émile', 'mice', 'a Mouse', 'The Zebra', '﨎', '𠮷'];
      expect(await shelf.titles({ sort })).toEqual(sorted);
      expect(await shelf.titles({ sort: { ...sort, reversed: true } })).toEqual(sorted.toReversed());
      expect(await shelf.titles({ sort, offset: 1, limit: 2 })).toEqual(sorted.slice(1, 3));
    });

    test('creators from A on, those without a public name behind all others', async () => {
      const shelf = await emptyShelf();
      const [anna, zoe] = [await shelf.site.person('anna'), await shelf.site.person('Zoe')];
      await shelf.work('secret', { by: [anna] }, { anonymous: true });
      await shelf.work('by Zoe', { by: [zoe, anna] });
      await shelf.work('by Éric', { importedBy: ['Éric'] });
      await shelf.work('by Anna', { by: [anna] });
      await shelf.work('also by Anna', { by: [anna, zoe] });
      expect(await shelf.titles({ sort: { by: 'creator', reversed: false } })).toEqual([
        'also by Anna',
        'by Anna',
        'by Éric',
        'by Zoe',
        'secret',
      ]);
    });

    test('shuffled, the same for the same seed', async () => {
      const shelf = await emptyShelf();
      const ids: number[] = [];
      for (const title of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) ids.push(await shelf.work(title));
      for (const seed of [0, 7, 2 ** 26 - 1]) {
        const numbers = shuffleNumbers(seed);
        const shuffled = ids.toSorted((a, b) => shuffleKey(a, numbers) - shuffleKey(b, numbers));
        const sort = { by: 'random' as const, seed, reversed: false };
        expect((await shelf.ask({ sort })).ids).toEqual(shuffled);
        expect((await shelf.ask({ sort: { ...sort, reversed: true } })).ids).toEqual(shuffled.toReversed());
      }
    });

    test('by relevance as ranked, the rest behind, newest first', async () => {
      const shelf = await emptyShelf();
      const [a, b, c, d] = [await shelf.work('a'), await shelf.work('b'), await shelf.work('c'), await shelf.work('d')];
      const sort = { by: 'relevance' as const, ranked: Uint32Array.of(c, 9_999, a), reversed: false };
      expect((await shelf.ask({ sort })).ids).toEqual([c, a, d, b]);
      expect((await shelf.ask({ sort, offset: 1, limit: 2 })).ids).toEqual([a, d]);
    });

    test('pages join to the whole list, however deep; beyond the last there is none', async () => {
      const shelf = await emptyShelf();
      for (let at = 0; at < 11; at += 1) await shelf.work(`work ${at}`, { words: at % 3, postedAt: (at % 2) * 1_000 });
      for (const by of ['updated', 'words', 'title', 'creator'] as const) {
        for (const reversed of [false, true]) {
          const sort = { by, reversed };
          const whole = (await shelf.ask({ sort })).ids;
          const pages: number[] = [];
          for (let offset = 0; offset < 11; offset += 3) {
            pages.push(...(await shelf.ask({ sort, offset, limit: 3 })).ids);
          }
          expect(pages).toEqual(whole);
        }
      }
      const beyond = await shelf.ask({ offset: 1e9, limit: 25, facets: facets({ kinds: ['language'] }) });
      expect(beyond).toMatchObject({ total: 11, ids: [], facets: { language: [{ works: 11 }] } });
      expect(await shelf.ask({ offset: 11 })).toMatchObject({ total: 11, ids: [] });
      expect(await shelf.ask({ limit: 0 })).toMatchObject({ total: 11, ids: [] });
    });
  });

  describe(`the browse index, ${name}: type-ahead`, () => {
    const suggest = async (shelf: Shelf, text: string, asked: { limit?: number; audience?: 'account' } = {}) => {
      await shelf.index.refresh();
      return shelf.index.suggest({
        audience: asked.audience ?? 'guest',
        kinds: ['fandom', 'freeform'],
        text,
        limit: asked.limit ?? 10,
      });
    };

    test('names that begin with the text come before those that hold it, each most works first', async () => {
      const shelf = await emptyShelf();
      const dracula = await shelf.canonical('fandom', 'Dracula');
      const drama = await shelf.canonical('fandom', 'Drama');
      const young = await shelf.canonical('fandom', 'Young Dracula');
      await shelf.canonical('fandom', 'Dracula Untold');
      await shelf.work('one', { fandoms: ['Dracula', 'Drama', 'Young Dracula'] });
      await shelf.work('two', { fandoms: ['Drama', 'Young Dracula'] });
      await shelf.work('three', { fandoms: ['Young Dracula'] });
      expect(await suggest(shelf, 'dra')).toEqual([
        { tag: drama, concept: drama, works: 2, begins: true },
        { tag: dracula, concept: dracula, works: 1, begins: true },
        { tag: young, concept: young, works: 3, begins: false },
      ]);
      expect(await suggest(shelf, 'dra', { limit: 1 })).toHaveLength(1);
      expect(await suggest(shelf, 'untold')).toEqual([]);
      expect(await suggest(shelf, 'd_a')).toEqual([]);
      expect(await suggest(shelf, '%')).toEqual([]);
      expect(await suggest(shelf, '\\')).toEqual([]);
    });

    test('a synonym is shown with what it stands for, once a concept', async () => {
      const shelf = await emptyShelf();
      await shelf.work('one', { fandoms: ['SH'] });
      await shelf.work('two', { fandoms: ['Shiny Detective'] });
      await shelf.work('three', { fandoms: ['A Sherlock'] });
      for (const synonym of ['SH', 'Shiny Detective', 'A Sherlock']) await shelf.merge('fandom', synonym, 'Holmes');
      await shelf.work('four', { fandoms: ['Shire'] });
      await shelf.merge('fandom', 'Shire', 'The Hobbit Shire');
      await shelf.work('five', { fandoms: ['Old Sherry'] });
      await shelf.merge('fandom', 'Old Sherry', 'Dry Sherry');
      const [holmes, sh] = [await shelf.tag('fandom', 'Holmes'), await shelf.tag('fandom', 'SH')];
      const [hobbit, shire] = [await shelf.tag('fandom', 'The Hobbit Shire'), await shelf.tag('fandom', 'Shire')];
      const sherry = await shelf.tag('fandom', 'Dry Sherry');
      expect(await suggest(shelf, 'sh')).toEqual([
        { tag: sh, concept: holmes, works: 3, begins: true },
        { tag: shire, concept: hobbit, works: 1, begins: true },
        { tag: sherry, concept: sherry, works: 1, begins: false },
      ]);
      expect(await suggest(shelf, 'detective')).toMatchObject([{ concept: holmes, works: 3, begins: false }]);
    });

    test('nothing is offered that stands only on works out of sight, or of one creator among several', async () => {
      const shelf = await emptyShelf();
      const zoe = await shelf.site.person('Zoe');
      const rain = { kind: 'freeform' as const, name: 'rain' };
      const tag = await shelf.canonical('freeform', 'rain');
      await shelf.work('restricted', { tags: [rain] }, { restricted: true });
      await shelf.work('own words', { by: [zoe], tags: [{ kind: 'freeform', name: 'rain again' }] });
      await shelf.work('of another', { by: [await shelf.site.person('Anna')] });
      expect(await suggest(shelf, 'rain')).toEqual([]);
      expect(await suggest(shelf, 'rain', { audience: 'account' })).toEqual([
        { tag, concept: tag, works: 1, begins: true },
      ]);
    });

    test('where there is one creator, what they typed is suggested until another signs a work', async () => {
      const shelf = await emptyShelf();
      const own = await shelf.tag('freeform', 'rain again');
      await shelf.work('own words', {
        by: [await shelf.site.person('Zoe')],
        tags: [{ kind: 'freeform', name: 'rain again' }],
      });
      expect(await suggest(shelf, 'rain')).toEqual([{ tag: own, concept: own, works: 1, begins: true }]);
      expect(await suggest(shelf, 'again')).toEqual([{ tag: own, concept: own, works: 1, begins: false }]);
      await shelf.work('of another', { by: [await shelf.site.person('Anna')] }, { restricted: true });
      expect(await suggest(shelf, 'rain')).toHaveLength(1);
      expect(await suggest(shelf, 'rain', { audience: 'account' })).toEqual([]);
    });
  });
}
