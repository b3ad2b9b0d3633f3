/**
 * A tag looked at: what it is and finds, its other names, its place among tags, how its works grow, and what stands
 * with it. All figures are of the audience that looks.
 */
import type { ComponentChildren } from 'preact';
import { ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf, formatNumber } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { TagList } from '../../../ui/TagList.tsx';
import type { TagAboutView } from './filtered-list-view.ts';
import { TagMeaning } from './TagMeaning.tsx';
import { TagTree } from './TagTree.tsx';
import { YearsChart } from './YearsChart.tsx';

export function TagAboutPage({ site, view }: { site: SiteView; view: TagAboutView }) {
  const { locale } = site;
  return (
    <Layout site={site} title={`About ${view.name}`} canonical={site.path} noindex={view.noindex}>
      <div class="page-head">
        <p class="eyebrow">{view.kindLine}</p>
        <h1 dir="auto">{view.name}</h1>
        <TagMeaning meaning={view.meaning} synonymOf={view.synonymOf} />
        <p class="onward-button">
          <ButtonLink href={view.listHref} look="primary">
            See {view.total === 1 ? 'the work' : `all ${countOf(view.total, 'work', locale)}`}
          </ButtonLink>
        </p>
      </div>
      {!view.counted && <p class="remark">Counts are being prepared; the total is exact.</p>}
      <div class="about-tag">
        {view.years.length > 0 && (
          <Part id="years" title="Works by year">
            <YearsChart years={view.years} locale={locale} />
          </Part>
        )}
        <Place view={view} locale={locale} />
        {view.related.length > 0 && (
          <Part id="related" title="Often together with">
            <div class="related">
              {view.related.map((kind) => (
                <Related kind={kind} locale={locale} name={view.name} />
              ))}
            </div>
          </Part>
        )}
      </div>
    </Layout>
  );
}

/** Other names, the tree, and what the tag belongs to. */
function Place({ view, locale }: { view: TagAboutView; locale: string }) {
  return (
    <>
      {view.tree.length > 0 && (
        <Part id="tree" title="Metatags and subtags">
          <TagTree nodes={view.tree} locale={locale} label="Metatags and subtags" />
          <p class="help">A tag finds the works of all tags below it.</p>
        </Part>
      )}
      {view.belongsTo.length > 0 && (
        <Part id="belongs" title="Belongs to">
          <ul class="belongs">
            {view.belongsTo.map((tag) => (
              <li>
                <a href={tag.href} dir="auto">
                  {tag.name}
                </a>{' '}
                <small>{tag.kind}</small>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {view.synonyms.length > 0 && (
        <Part id="synonyms" title="Synonyms">
          <TagList label="Synonyms" groups={[{ look: 'plain', tags: [...view.synonyms] }]} />
          <p class="help">Other names for the same thing. Each finds the same works.</p>
        </Part>
      )}
    </>
  );
}

function Related(props: { kind: TagAboutView['related'][number]; locale: string; name: string }) {
  const { kind, locale } = props;
  return (
    <section aria-label={kind.label}>
      <h3>{kind.label}</h3>
      <ul class="counted">
        {kind.tags.map((tag) => (
          <li>
            <a href={tag.href} dir="auto">
              {tag.name}
            </a>
            <a class="num" href={tag.bothHref}>
              {formatNumber(tag.works, locale)}
              <span class="visually-hidden">
                {' '}
                {tag.works === 1 ? 'work' : 'works'} with <bdi>{tag.name}</bdi> and <bdi>{props.name}</bdi>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section class="part-of-tag" aria-labelledby={id}>
      <h2 class="section-title" id={id}>
        {title}
      </h2>
      {children}
    </section>
  );
}
