/** The page about a tag, and the sentence that says what a tag finds. */
import { KIND_LABELS, tagPath, type Tag, type TagKind } from '../tags/index.ts';
import { RELATED_KINDS, type TagAbout } from './tag-about.queries.ts';
import type { TagFamily } from './tag-family.queries.ts';
import type { NameField } from './filter/work-filter.ts';
import { narrowedHref } from './list-address.ts';
import type { TagAboutView, TagTreeNode } from './pages/filtered-list-view.ts';

/** "Fandom, canonical tag" */
export function kindLineOf(tag: Tag): string {
  return tag.canonical ? `${KIND_LABELS[tag.kind]}, canonical tag` : KIND_LABELS[tag.kind];
}

/** What a list of the tag holds, in one sentence. */
export function meaningOfTag(tag: Tag): string {
  if (tag.kind === 'media') return 'Media group fandoms. Works are found under those.';
  if (tag.synonymOf !== null) return 'Its works are found together with those of the canonical tag.';
  if (tag.canonical) return 'Finds the works with this tag, its synonyms and its subtags.';
  return 'Finds the works with exactly this tag. It has not been wrangled yet.';
}

export function aboutPath(tag: { kind: TagKind; name: string }): string {
  return `${tagPath(tag)}/about`;
}

const PLURALS: Record<(typeof RELATED_KINDS)[number], string> = {
  fandom: 'Fandoms',
  relationship: 'Relationships',
  character: 'Characters',
  freeform: 'Additional tags',
};
const FIELDS: Record<(typeof RELATED_KINDS)[number], NameField> = {
  fandom: 'fandom',
  relationship: 'relationship',
  character: 'character',
  freeform: 'tag',
};

export function tagAboutView(about: TagAbout): TagAboutView {
  const { tag, concept, relations } = about;
  const path = tagPath(tag);
  const link = (one: Tag) => ({ name: one.name, href: aboutPath(one) });
  return {
    name: tag.name,
    kindLine: kindLineOf(tag),
    meaning: meaningOfTag(tag),
    listHref: path,
    total: about.total,
    synonymOf: tag.id === concept.id ? null : link(concept),
    synonyms: about.synonyms.filter((one) => one.id !== tag.id).map(link),
    tree: about.family.tags.size > 1 ? treeOf(about.family, about.counts, concept.id) : [],
    belongsTo: relations.parents.map((one) => ({ ...link(one), kind: KIND_LABELS[one.kind] })),
    years: (about.years ?? []).map(({ year, works }) => {
      const date = String(year);
      return { year, works, href: narrowedHref(path, { field: 'posted', from: { date }, to: { date } }) };
    }),
    related: about.related.flatMap(({ kind, tags }) => {
      if (!isRelatedKind(kind)) return [];
      return {
        label: PLURALS[kind],
        tags: tags.map(({ tag: other, works }) => ({
          name: other.name,
          href: aboutPath(other),
          works,
          bothHref: narrowedHref(path, { field: FIELDS[kind], names: [other.name] }),
        })),
      };
    }),
    counted: about.years !== null,
    noindex: !tag.canonical,
  };
}

function isRelatedKind(kind: TagKind): kind is (typeof RELATED_KINDS)[number] {
  return (RELATED_KINDS as readonly TagKind[]).includes(kind);
}

/** Nodes drawn at most: a tag below two metatags stands under each of them. */
const NODES = 300;

function treeOf(family: TagFamily, counts: TagAbout['counts'], here: number): TagTreeNode[] {
  let drawn = 0;
  const node = (id: number, above: readonly number[]): TagTreeNode[] => {
    const tag = family.tags.get(id);
    if (!tag || above.includes(id) || drawn >= NODES) return [];
    drawn += 1;
    const below = (family.below.get(id) ?? []).flatMap((one) => node(one, [...above, id]));
    return [{ name: tag.name, href: aboutPath(tag), works: counts?.get(id) ?? null, here: id === here, below }];
  };
  return family.roots.flatMap((id) => node(id, []));
}
