/** Everything known about a work, before its text: byline, summary, tags, figures, series, source, notes. */
import type { ComponentChildren } from 'preact';
import { AuthorText, inLanguage } from '../../../ui/AuthorText.tsx';
import { StateMarks, statusWords, type TagLink } from '../../../ui/Blurb.tsx';
import { Byline } from '../../../ui/Byline.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { countOf, formatNumber, readingTime } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { TagList, type TagLook } from '../../../ui/TagList.tsx';
import { Time } from '../../../ui/Time.tsx';
import { OwnerTools } from './OwnerTools.tsx';
import { TogetherFacts } from './Together.tsx';
import type { SeriesPlace, WorkView } from './work-view.ts';

/** `endNotesHref` is where the work's end notes stand: below the last chapter, on this page or another. */
export function TitlePage(props: { site: SiteView; work: WorkView; endNotesHref: string }) {
  const { site, work } = props;
  return (
    <header class="title-page">
      <OwnerTools work={work} />
      {work.hidden && <Hidden why={work.whyHidden} />}
      <StateMarks restricted={work.restricted} draft={false} hidden={work.hidden} />
      <h1 {...inLanguage(work.language)}>{work.title || 'Untitled'}</h1>
      <div class="makers">
        <Byline creators={work.creators} />
        {work.archivedBy && <ArchivedBy by={work.archivedBy} />}
      </div>
      {work.summary && (
        <section aria-labelledby="work-summary">
          <h2 id="work-summary" class="visually-hidden">
            Summary
          </h2>
          <AuthorText html={work.summary} language={work.language} kind="prose" />
        </section>
      )}
      <details class="about" open>
        <summary>About this work</summary>
        <AboutList site={site} work={work} />
      </details>
      {work.notes && (
        <details class="notes" open>
          <summary>Notes</summary>
          <AuthorText html={work.notes} language={work.language} kind="prose" />
          {work.endNotes && (
            <p>
              <a href={props.endNotesHref}>More notes at the end</a>
            </p>
          )}
        </details>
      )}
    </header>
  );
}

/** Only those who keep the work come here, and moderators. */
function Hidden({ why }: { why: string | null }) {
  return (
    <div class="notice">
      <Icon name="warning" />
      <p>
        The people who look after this archive have hidden this work. Only they and those who keep it can see it.
        {why !== null && (
          <>
            {' '}
            They say: <bdi>{why}</bdi>
          </>
        )}{' '}
        <a href="/contact">Contact them</a>
      </p>
    </div>
  );
}

function ArchivedBy({ by }: { by: NonNullable<WorkView['archivedBy']> }) {
  const name = <bdi>{by.name}</bdi>;
  return <p class="byline">archived by {by.href ? <a href={by.href}>{name}</a> : name}</p>;
}

function AboutList({ site, work }: { site: SiteView; work: WorkView }) {
  return (
    <dl class="facts">
      <TagFact label="Rating" tags={work.rating ? [work.rating] : []} />
      <TagFact label="Archive warnings" look="warning" tags={work.warnings} />
      <TagFact label="Categories" tags={work.categories} />
      <TagFact label="Fandoms" tags={work.fandoms} />
      <TagFact label="Relationships" look="relationship" tags={work.relationships} />
      <TagFact label="Characters" tags={work.characters} />
      <TagFact label="Additional tags" look="freeform" tags={work.freeforms} />
      <Fact label="Language">
        <span {...inLanguage(work.language)}>{work.language.name}</span>
      </Fact>
      {work.series.length > 0 && (
        <Fact label="Series">
          {work.series.map((place) => (
            <SeriesLine place={place} />
          ))}
        </Fact>
      )}
      <TogetherFacts together={work.together} />
      <Fact label="Length">
        <Length site={site} work={work} />
      </Fact>
      {work.postedAt !== null && (
        <Fact label="Posted">
          <Time at={work.postedAt} site={site} hint day />
          {work.updatedAt !== null && work.updatedAt > work.postedAt && (
            <>
              , updated <Time at={work.updatedAt} site={site} hint day />
            </>
          )}
        </Fact>
      )}
      <Responses site={site} work={work} />
      {work.source && (
        <Fact label="Source">
          Posted originally at{' '}
          <a href={work.source.href} rel="nofollow noopener external">
            {work.source.host}
          </a>
        </Fact>
      )}
    </dl>
  );
}

function Length({ site, work }: { site: SiteView; work: WorkView }) {
  const { posted, planned } = work.chapters;
  const time = readingTime(work.words, work.language.code, site.locale);
  return (
    <>
      {countOf(work.words, 'word', site.locale)}
      {time && `, ${time}`}
      <br />
      {posted === 1 && planned === 1
        ? 'One chapter'
        : `${formatNumber(posted, site.locale)} of ${planned ?? '?'} chapters`}
      , {statusWords[work.status].toLowerCase()}
    </>
  );
}

function Responses({ site, work }: { site: SiteView; work: WorkView }) {
  const counts = [
    work.kudos > 0 && `${formatNumber(work.kudos, site.locale)} kudos`,
    work.comments > 0 && countOf(work.comments, 'comment', site.locale),
    work.bookmarks > 0 && countOf(work.bookmarks, 'bookmark', site.locale),
    work.hits > 0 && countOf(work.hits, 'hit', site.locale),
  ].filter((count) => count !== false);
  return counts.length > 0 ? <Fact label="Readers left">{counts.join(', ')}</Fact> : null;
}

function SeriesLine({ place }: { place: SeriesPlace }) {
  return (
    <div class="series-place">
      <p>
        Part {place.position} of{' '}
        <a href={place.href} dir="auto">
          {place.title}
        </a>
      </p>
      {(place.previous ?? place.next) && (
        <p class="turn">
          {place.previous && (
            <a href={place.previous.href}>
              <Icon name="previous" /> <span class="visually-hidden">Previous part: </span>
              <bdi>{place.previous.title}</bdi>
            </a>
          )}
          {place.next && (
            <a href={place.next.href}>
              <span class="visually-hidden">Next part: </span>
              <bdi>{place.next.title}</bdi> <Icon name="next" />
            </a>
          )}
        </p>
      )}
    </div>
  );
}

function TagFact({ label, look = 'plain', tags }: { label: string; look?: TagLook; tags: TagLink[] }) {
  if (tags.length === 0) return null;
  return (
    <Fact label={label}>
      <TagList label={label} groups={[{ look, tags }]} />
    </Fact>
  );
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
