/** What the pages of one work share: the work, its chapters, and what its owner can do with it. */
import type { CategoryView, CreatorLink, RatingView, TagLink, WorkStatus } from '../../../ui/Blurb.tsx';
import type { FormTarget, Language } from '../../../ui/site-view.ts';
import type { TogetherView } from './Together.tsx';

/** Present when the viewer may change the work. */
export interface WorkTools {
  editHref: string;
  /** Where its chapters are arranged, written and scheduled. */
  chaptersHref: string;
  /** What others may not know of it, a sentence each. */
  concealed: string[];
  /** When a scheduled work is posted, in UTC milliseconds. */
  publishAt: number | null;
  /** The confirmation page. */
  deleteHref: string;
  /** Whether one of its creators asks the others to delete it. */
  deletionAsked: boolean;
  /** Present on a draft that has all it needs. */
  post?: FormTarget;
  /** What a draft still lacks, with its article: "a rating". */
  missing: string[];
  /** How many things its import wants looked at. */
  notices: number;
  /** The file it was imported from. */
  originalHref: string | null;
  /** What an import left to look at; null for a work that did not come in by one. */
  reviewHref: string | null;
}

export interface SeriesPlace {
  title: string;
  href: string;
  position: number;
  previous: { href: string; title: string } | null;
  next: { href: string; title: string } | null;
}

export interface WorkView {
  /** Public id. */
  id: string;
  href: string;
  title: string;
  language: Language;
  /** In byline order. Empty for an anonymous work. */
  creators: CreatorLink[];
  /** The pseud that brought it in, for works of others. */
  archivedBy: { name: string; href: string | null } | null;
  rating: RatingView | null;
  warnings: TagLink[];
  categories: CategoryView[];
  fandoms: TagLink[];
  relationships: TagLink[];
  characters: TagLink[];
  freeforms: TagLink[];
  series: SeriesPlace[];
  /** Recipients, and works that it goes back to or that go back to it. */
  together: TogetherView;
  /** planned null is shown as "?". */
  chapters: { posted: number; planned: number | null };
  status: WorkStatus;
  words: number;
  kudos: number;
  comments: number;
  bookmarks: number;
  hits: number;
  /** UTC milliseconds. */
  postedAt: number | null;
  updatedAt: number | null;
  /** Where it was posted originally; `host` is shown when the label is needed short. */
  source: { href: string; host: string } | null;
  /** Clean HTML or null, all three. */
  summary: string | null;
  notes: string | null;
  endNotes: string | null;
  restricted: boolean;
  draft: boolean;
  hidden: boolean;
  /** Why it is hidden, in a moderator's words; null where it is not, or nobody has said. */
  whyHidden: string | null;
  /** Its creator asked that search engines leave it out. */
  noindex: boolean;
  /** From whom it takes comments, whether they wait for its creators, whether it is downloaded, whether AI is asked to keep off. */
  commenters: 'all' | 'registered' | 'nobody';
  commentsModerated: boolean;
  downloads: boolean;
  noAi: boolean;
  entireHref: string;
  /** The creator's style: where its sheet lies, and whether this reader leaves such styles on. Absent: the work has none. */
  skin?: { sheet: string; on: boolean };
  tools?: WorkTools;
}

/** A line of the chapter index. */
export interface ChapterLink {
  position: number;
  /** null for a chapter without a title: shown as "Chapter 3". */
  title: string | null;
  href: string;
  words: number;
  postedAt: number | null;
  draft: boolean;
}

/** A chapter's text with what stands around it. All HTML is clean. */
export interface ChapterText {
  /** Public id, unique on the page. */
  id: string;
  position: number;
  title: string | null;
  /** Plain text. */
  warnings: string | null;
  summary: string | null;
  notes: string | null;
  html: string;
  endNotes: string | null;
  words: number;
  draft: boolean;
}
