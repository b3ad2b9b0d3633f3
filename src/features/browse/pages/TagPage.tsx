/** What a tag is, what it is joined to, and the works it finds. */
import type { TagLink } from '../../../ui/Blurb.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { TagList } from '../../../ui/TagList.tsx';
import { ListTotal, pageTitle, WorkList, type WorkListView } from './WorksPage.tsx';

export type TagKindName =
  | 'media'
  | 'fandom'
  | 'relationship'
  | 'character'
  | 'freeform'
  | 'rating'
  | 'warning'
  | 'category';

export interface TagView {
  name: string;
  kind: TagKindName;
  canonical: boolean;
  /** Set on a synonym: the canonical tag whose works it finds. */
  synonymOf: TagLink | null;
  synonyms: TagLink[];
  metatags: TagLink[];
  subtags: TagLink[];
  /** Child-of: a character's fandoms, a fandom's media. */
  belongsTo: TagLink[];
  list: WorkListView;
}

const kindWords: Readonly<Record<TagKindName, string>> = {
  media: 'Media',
  fandom: 'Fandom',
  relationship: 'Relationship',
  character: 'Character',
  freeform: 'Additional tag',
  rating: 'Rating',
  warning: 'Archive warning',
  category: 'Category',
};

export function TagPage({ site, view }: { site: SiteView; view: TagView }) {
  return (
    <Layout site={site} title={pageTitle(view.name, view.list)} canonical={site.path} noindex={view.list.noindex}>
      <div class="page-head">
        <p class="eyebrow">
          {kindWords[view.kind]}
          {view.canonical && ', canonical tag'}
        </p>
        <h1 dir="auto">{view.name}</h1>
        <ListTotal site={site} list={view.list} />
      </div>
      <TagFacts view={view} />
      <WorkList site={site} list={view.list} />
    </Layout>
  );
}

function TagFacts({ view }: { view: TagView }) {
  const facts = [
    { label: 'Synonym of', help: 'Its works are found there too.', tags: view.synonymOf ? [view.synonymOf] : [] },
    { label: 'Belongs to', tags: view.belongsTo },
    { label: 'Metatags', help: 'They find this tag’s works too.', tags: view.metatags },
    { label: 'Subtags', help: 'Their works are found here too.', tags: view.subtags },
    { label: 'Synonyms', help: 'Other names for the same thing.', tags: view.synonyms },
  ].filter((fact) => fact.tags.length > 0);
  if (facts.length === 0) return null;
  return (
    <dl class="facts box">
      {facts.map((fact) => (
        <div>
          <dt>{fact.label}</dt>
          <dd>
            <TagList label={fact.label} groups={[{ look: 'plain', tags: fact.tags }]} />
            {fact.help && <p class="help">{fact.help}</p>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
