/** How tags stand to each other: canonical, synonym, below and beside. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testSite, type TestSite } from '../../../test/site.ts';
import { ensureTag, linkTags, makeCanonical, makeSynonym } from './actions.ts';
import { conceptsOf, findTag, languages, tagRelations, tagsById, tagsMeantBy, vocabulary } from './queries.ts';
import type { Tag, TagKind } from './tag.ts';

async function tagIn(site: TestSite, name: string, kind: TagKind = 'fandom', canonical = true): Promise<Tag> {
  const { db } = site.ground;
  const tag = await db.write((tx) => ensureTag(tx, 1, kind, name));
  if (canonical) await db.write((tx) => makeCanonical(tx, 1, tag.id));
  return { ...tag, canonical };
}
const freshly = async (site: TestSite, tag: Tag) => (await tagsById(site.ground.db.reads, [tag.id])).get(tag.id) ?? tag;
const link = (site: TestSite, tag: Tag, relation: 'sub-of' | 'child-of', target: Tag) =>
  site.ground.db.write((tx) => linkTags(tx, 1, tag, relation, target));
const merge = (site: TestSite, tag: Tag, of: Tag) => site.ground.db.write((tx) => makeSynonym(tx, 1, tag, of));

describe('a tag is found', () => {
  test('by its kind and name, however it is spelled, and made only once', async () => {
    const site = await testSite();
    const { db } = site.ground;
    const made = await db.write((tx) => ensureTag(tx, 1, 'character', 'Brontë'));
    const again = await db.write((tx) => ensureTag(tx, 1, 'character', 'BRONTE'));
    expect(again).toEqual(made);
    expect(again.name).toBe('Brontë');
    expect(await findTag(db.reads, 'fandom', 'Brontë')).toBeNull();
  });

  test('and not made under a name that no tag can have', async () => {
    const { db } = (await testSite()).ground;
    await expect(db.write((tx) => ensureTag(tx, 1, 'fandom', 'a, b'))).rejects.toThrow('which no tag name can hold');
  });
});

describe('links', () => {
  test('a circle is refused, at any length', async () => {
    const site = await testSite();
    const [a, b, c] = [await tagIn(site, 'A'), await tagIn(site, 'B'), await tagIn(site, 'C')];
    expect(await link(site, a, 'sub-of', a)).toBe('would-circle');
    expect(await link(site, a, 'sub-of', b)).toBeNull();
    expect(await link(site, b, 'sub-of', c)).toBeNull();
    expect(await link(site, b, 'sub-of', c)).toBeNull();
    expect(await link(site, c, 'sub-of', a)).toBe('would-circle');
    expect((await tagRelations(site.ground.db.reads, b)).metatags.map((tag) => tag.name)).toEqual(['C']);
    expect((await tagRelations(site.ground.db.reads, b)).subtags.map((tag) => tag.name)).toEqual(['A']);
  });

  test('a tag stands below its own kind only, and belongs to any', async () => {
    const site = await testSite();
    const fandom = await tagIn(site, 'Dracula');
    const mina = await tagIn(site, 'Mina', 'character');
    expect(await link(site, mina, 'sub-of', fandom)).toBe('different-kinds');
    expect(await link(site, mina, 'child-of', fandom)).toBeNull();
    expect((await tagRelations(site.ground.db.reads, mina)).parents.map((tag) => tag.name)).toEqual(['Dracula']);
    expect(await tagsMeantBy(site.ground.db.reads, fandom)).toEqual([fandom.id]);
  });

  test('what is not canonical is not linked', async () => {
    const site = await testSite();
    const loose = await tagIn(site, 'loose', 'fandom', false);
    const firm = await tagIn(site, 'firm');
    expect(await link(site, loose, 'sub-of', firm)).toBe('not-canonical');
    expect(await link(site, firm, 'sub-of', loose)).toBe('not-canonical');
  });
});

describe('synonyms', () => {
  test('stand for a canonical tag of their kind, and cannot have synonyms themselves', async () => {
    const site = await testSite();
    const holmes = await tagIn(site, 'Sherlock Holmes', 'character');
    const loose = await tagIn(site, 'sherlock', 'character', false);
    const fandom = await tagIn(site, 'Sherlock Holmes');
    expect(await merge(site, loose, fandom)).toBe('different-kinds');
    expect(await merge(site, holmes, loose)).toBe('not-canonical');
    expect(await merge(site, holmes, holmes)).toBe('not-canonical');
    expect(await merge(site, loose, holmes)).toBeNull();
    const watson = await tagIn(site, 'Watson', 'character');
    expect(await merge(site, await freshly(site, holmes), watson)).toBe('has-synonyms');
    const relations = await tagRelations(site.ground.db.reads, await freshly(site, loose));
    expect(relations.canonical?.name).toBe('Sherlock Holmes');
    expect((await tagRelations(site.ground.db.reads, holmes)).synonyms.map((tag) => tag.name)).toEqual(['sherlock']);
  });

  test('a tag that has others below or above it is not made one: they would be lost to every filter', async () => {
    const site = await testSite();
    const [upper, lower, other] = [await tagIn(site, 'Upper'), await tagIn(site, 'Lower'), await tagIn(site, 'Other')];
    await link(site, lower, 'sub-of', upper);
    expect(await merge(site, upper, other)).toBe('has-links');
    expect(await merge(site, lower, other)).toBe('has-links');
  });

  test('become tags of their own again when made canonical', async () => {
    const site = await testSite();
    const holmes = await tagIn(site, 'Sherlock Holmes', 'character');
    const mycroft = await tagIn(site, 'Mycroft', 'character', false);
    await merge(site, mycroft, holmes);
    await site.ground.db.write((tx) => makeCanonical(tx, 1, mycroft.id));
    expect(await freshly(site, mycroft)).toMatchObject({ canonical: true, synonymOf: null });
  });
});

const inOrder = (ids: Iterable<number>) => [...ids].toSorted((a, b) => a - b);

/** A graph as plain as can be: whose synonym each tag is, and which tags stand right below which. */
interface Plain {
  synonymOf: Map<number, number>;
  below: [lower: number, upper: number][];
}

function plainMeant({ synonymOf, below }: Plain, id: number, all: number[]): number[] {
  const reaches = (lower: number, upper: number): boolean =>
    lower === upper || below.some(([from, to]) => from === lower && reaches(to, upper));
  const concept = synonymOf.get(id) ?? id;
  return all.filter((one) => reaches(synonymOf.get(one) ?? one, concept));
}

test('any graph, diamonds and all, is read as a plain reading of it', async () => {
  const site = await testSite();
  const { db } = site.ground;
  let round = 0;
  const pair = fc.tuple(fc.nat(7), fc.nat(7));
  await fc.assert(
    fc.asyncProperty(fc.array(pair, { maxLength: 12 }), fc.array(pair, { maxLength: 5 }), async (links, merges) => {
      round += 1;
      const tags: Tag[] = [];
      for (let number = 0; number < 8; number++) tags.push(await tagIn(site, `round ${round} tag ${number}`));
      const plain: Plain = { synonymOf: new Map(), below: [] };
      const at = (number: number) => freshly(site, tags[number] as Tag);
      for (const [from, to] of links) {
        const [lower, upper] = [await at(from), await at(to)];
        if ((await link(site, lower, 'sub-of', upper)) === null) plain.below.push([lower.id, upper.id]);
      }
      for (const [from, to] of merges) {
        const [tag, of] = [await at(from), await at(to)];
        if ((await merge(site, tag, of)) === null) plain.synonymOf.set(tag.id, of.id);
      }
      const all = tags.map((tag) => tag.id);
      for (const id of all) {
        const tag = (await tagsById(db.reads, [id])).get(id) as Tag;
        const meant = await tagsMeantBy(db.reads, tag);
        expect(inOrder(meant), 'each once').toEqual(inOrder(new Set(meant)));
        expect(inOrder(meant)).toEqual(inOrder(plainMeant(plain, id, all)));
        // The other way round: a tag's concepts are those canonical tags by which it is meant.
        const concepts = await conceptsOf(db.reads, [id]);
        const canonical = all.filter((one) => !plain.synonymOf.has(one));
        expect(inOrder(concepts)).toEqual(inOrder(canonical.filter((one) => plainMeant(plain, one, all).includes(id))));
      }
    }),
    { numRuns: 8 },
  );
});

describe('the archive’s own words', () => {
  test('are the field’s, in its order, with the tags that stand for them', async () => {
    const { ratings, warnings, categories, statuses } = await vocabulary((await testSite()).ground.db.reads);
    expect(ratings.map((term) => term.label)).toEqual([
      'Not Rated',
      'General Audiences',
      'Teen And Up Audiences',
      'Mature',
      'Explicit',
    ]);
    expect(ratings.filter((term) => term.adult).map((term) => term.code)).toEqual(['not-rated', 'mature', 'explicit']);
    expect(warnings[0]).toMatchObject({
      label: 'Creator Chose Not To Use Archive Warnings',
      tag: { name: 'Choose Not To Use Archive Warnings' },
    });
    expect(warnings).toHaveLength(5);
    expect(categories.map((term) => term.label)).toEqual(['F/F', 'F/M', 'Gen', 'M/M', 'Multi', 'Other']);
    expect(statuses.map((term) => [term.code, term.tag])).toEqual([
      ['in-progress', null],
      ['on-hiatus', null],
      ['discontinued', null],
    ]);
  });

  test('are rows that a host can change', async () => {
    const { db } = (await testSite()).ground;
    await db.write((tx) =>
      tx.updateTable('vocabulary_terms').set({ label: 'All ages' }).where('code', '=', 'general').execute(),
    );
    expect((await vocabulary(db.reads)).ratings.map((term) => term.label)).toContain('All ages');
  });

  test('every language has a valid code and says which way it is written', async () => {
    const known = await languages((await testSite()).ground.db.reads);
    for (const { code } of known) expect(Intl.getCanonicalLocales(code), code).toEqual([code]);
    expect(new Set(known.map((one) => one.code)).size).toBe(known.length);
    const rightToLeft = known.filter((one) => one.direction === 'rtl').map((one) => one.code);
    expect(rightToLeft.toSorted()).toEqual(['ar', 'ckb', 'fa', 'he', 'ps', 'ur', 'yi']);
    expect(known.find((one) => one.code === 'ja')).toEqual({
      code: 'ja',
      name: '日本語',
      english: 'Japanese',
      direction: 'ltr',
    });
  });
});
