/**
 * A work in a list: the same everywhere. It stands in ui because series lies below browse and both show blurbs.
 * It knows words and addresses only, no table.
 */
import { AuthorText, inLanguage } from './AuthorText.tsx';
import { Byline } from './Byline.tsx';
import {
  type CategoryView,
  type CreatorLink,
  type RatingView,
  type SeriesPart,
  statusWords,
  type TagLink,
  type WorkStatus,
} from './described-work.ts';
import { Icon } from './icons.tsx';
import { formatNumber, readingTime } from './numbers.ts';
import { TagList } from './TagList.tsx';
import { Time } from './Time.tsx';
import type { Language, SiteView } from './site-view.ts';

export { statusWords };
export type { CategoryView, CreatorLink, RatingView, SeriesPart, TagLink, WorkStatus };

export interface BlurbProps {
  /** Public id. */
  id: string;
  href: string;
  title: string;
  language: Language;
  /** In byline order. Empty for an anonymous work, shown as "Anonymous". */
  creators: CreatorLink[];
  /** null while a draft has none. */
  rating: RatingView | null;
  categories: CategoryView[];
  warnings: TagLink[];
  fandoms: TagLink[];
  relationships: TagLink[];
  characters: TagLink[];
  freeforms: TagLink[];
  /** Clean HTML or null. */
  summary: string | null;
  /** planned null is shown as "?". */
  chapters: { posted: number; planned: number | null };
  status: WorkStatus;
  words: number;
  kudos: number;
  comments: number;
  bookmarks: number;
  /** UTC milliseconds of the last update, or null for a draft that was never posted. */
  updatedAt: number | null;
  series: SeriesPart[];
  restricted: boolean;
  /** Search engines are asked to quote nothing of it. */
  noindex: boolean;
  draft: boolean;
  /** Hidden by a moderator. */
  hidden: boolean;
}

/**
 * `level` is the rank of its heading. `part` puts its number in the series it is listed in before the title.
 * The data attributes are a contract with userscripts: data-work (public id), data-rating (name), data-words,
 * data-complete (yes or no), data-language (BCP 47), data-chapters, data-restricted (yes or no).
 */
export function Blurb({
  site,
  blurb,
  level = 2,
  part,
}: {
  site: SiteView;
  blurb: BlurbProps;
  level?: 2 | 3;
  part?: number;
}) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <article
      class="blurb"
      data-work={blurb.id}
      data-rating={blurb.rating?.name}
      data-words={blurb.words}
      data-chapters={blurb.chapters.posted}
      data-complete={blurb.status === 'complete' ? 'yes' : 'no'}
      data-language={blurb.language.code}
      data-restricted={blurb.restricted ? 'yes' : 'no'}
    >
      <Signature blurb={blurb} />
      <div class="blurb-body" data-nosnippet={blurb.noindex || undefined}>
        <div class="blurb-head">
          {part !== undefined && <p class="eyebrow">Part {part}</p>}
          <Heading {...inLanguage(blurb.language)}>
            <a href={blurb.href}>{blurb.title || 'Untitled'}</a>
          </Heading>{' '}
          <Byline creators={blurb.creators} />
        </div>
        <StateMarks {...blurb} />
        <ul class="fandoms" aria-label="Fandoms">
          {blurb.fandoms.map((fandom) => (
            <li>
              <a href={fandom.href} dir="auto">
                {fandom.name}
              </a>
            </li>
          ))}
        </ul>
        <TagList
          label="Tags"
          groups={[
            { look: 'warning', tags: blurb.warnings },
            { look: 'relationship', tags: blurb.relationships },
            { look: 'character', tags: blurb.characters },
            { look: 'freeform', tags: blurb.freeforms },
          ]}
        />
        {blurb.summary && <AuthorText html={blurb.summary} language={blurb.language} kind="prose" />}
        {blurb.series.map((series) => (
          <p class="part">
            Part {series.position} of{' '}
            <a href={series.href} dir="auto">
              {series.title}
            </a>
          </p>
        ))}
        <Figures site={site} blurb={blurb} />
      </div>
    </article>
  );
}

/** Who may read it, where that is not everybody: an icon with its words. Nothing for an open, posted work. */
export function StateMarks(props: { restricted: boolean; draft: boolean; hidden: boolean }) {
  if (!props.restricted && !props.draft && !props.hidden) return null;
  return (
    <ul class="marks">
      {props.draft && (
        <li>
          <Icon name="draft" /> Draft
        </li>
      )}
      {props.hidden && (
        <li>
          <Icon name="hidden" /> Hidden by a moderator
        </li>
      )}
      {props.restricted && (
        <li>
          <Icon name="lock" /> Registered readers only
        </li>
      )}
    </ul>
  );
}

/** Rating, categories, chapters: the three things a reader looks for first, always in the same place. */
function Signature({ blurb }: { blurb: BlurbProps }) {
  const { posted, planned } = blurb.chapters;
  const [first, second, ...more] = blurb.categories;
  return (
    <ul class="sig" aria-label="Rating, category, chapters">
      <Tile look="rating" short={blurb.rating?.short ?? '–'} whole={blurb.rating?.name ?? 'No rating yet'} />
      {first && <Tile look="category" short={first.name} whole={first.name} />}
      {second && more.length === 0 && <Tile look="category" short={second.name} whole={second.name} />}
      {more.length > 0 && (
        <Tile
          look="category"
          short={`+${more.length + 1}`}
          whole={blurb.categories
            .slice(1)
            .map((category) => category.name)
            .join(', ')}
        />
      )}
      <Tile
        look={blurb.status === 'complete' ? 'done' : 'open'}
        short={`${posted}/${planned ?? '?'}`}
        whole={`${posted} of ${planned ?? 'an unknown number of'} chapters, ${statusWords[blurb.status].toLowerCase()}`}
      />
    </ul>
  );
}

function Tile({ look, short, whole }: { look: string; short: string; whole: string }) {
  if (short === whole) return <li class={look}>{whole}</li>;
  return (
    <li class={look} title={whole}>
      <span aria-hidden="true">{short}</span>
      <span class="visually-hidden">{whole}</span>
    </li>
  );
}

function Figures({ site, blurb }: { site: SiteView; blurb: BlurbProps }) {
  const time = readingTime(blurb.words, blurb.language.code, site.locale);
  return (
    <ul class="figures" aria-label="Figures">
      <li {...inLanguage(blurb.language)}>{blurb.language.name}</li>
      <Figure value={blurb.words} one="word" site={site} />
      {time && <li>{time}</li>}
      {blurb.status !== 'complete' && <li>{statusWords[blurb.status]}</li>}
      {blurb.kudos > 0 && <Figure value={blurb.kudos} one="kudos" many="kudos" site={site} />}
      {blurb.comments > 0 && <Figure value={blurb.comments} one="comment" site={site} />}
      {blurb.bookmarks > 0 && <Figure value={blurb.bookmarks} one="bookmark" site={site} />}
      {blurb.updatedAt !== null && (
        <li>
          Updated <Time at={blurb.updatedAt} site={site} hint day />
        </li>
      )}
    </ul>
  );
}

function Figure({ value, one, many, site }: { value: number; one: string; many?: string; site: SiteView }) {
  return (
    <li>
      <b>{formatNumber(value, site.locale)}</b> {value === 1 ? one : (many ?? `${one}s`)}
    </li>
  );
}
