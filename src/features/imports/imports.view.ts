/** From imports as they are kept to what their pages show. */
import { basename, dirname } from 'node:path/posix';
import type { PaginationView } from '../../ui/Pagination.tsx';
import { wasCutShort } from './import-run.ts';
import { numberedGroups } from './numbered-files.ts';
import type {
  FileOutcome,
  ImportCardView,
  ImportedFileView,
  ImportProgress,
  ImportView,
  JoiningView,
  ShownState,
} from './pages/import-view.ts';
import type { ImportCard, ImportedFile } from './runs.queries.ts';

/** Readers' names of formats, in words. */
const FORMATS: Readonly<Record<string, string>> = {
  'ao3-html': 'AO3 download (HTML)',
  'ao3-page': 'AO3 page saved from the browser',
  'ao3-epub': 'AO3 download (EPUB)',
  fanficfare: 'FanFicFare book (EPUB)',
  epub: 'EPUB',
  html: 'web page',
  docx: 'Word',
  odt: 'OpenDocument',
  rtf: 'RTF',
  markdown: 'Markdown',
  text: 'plain text',
  efiction: 'eFiction chapter',
  bbcode: 'BBCode',
};

/** A reader's name in words; an unknown one as it is. */
export function formatInWords(format: string | null): string | null {
  return format === null ? null : (FORMATS[format] ?? format);
}

export function shownState(run: ImportCard, now: number): ShownState {
  return wasCutShort(run, now) ? 'cut-short' : run.state;
}

/** How far an import is; the time left is what the weight done so far has taken, carried on. */
export function progressOf(run: ImportCard, now: number): ImportProgress {
  const done = Object.values(run.counts).reduce((sum, count) => sum + count, 0);
  const share = run.weight > 0 ? run.weightDone / run.weight : 0;
  const secondsLeft = share > 0 ? Math.round((((now - run.beganAt) / 1000) * (1 - share)) / share) : null;
  return { done, total: run.files, secondsLeft: run.state === 'running' ? secondsLeft : null };
}

/** An import in the list. `review`: the first of its works with something to look at. */
export function importCardView(run: ImportCard, now: number, review: string | null): ImportCardView {
  return {
    href: importPath(run),
    beganAt: run.beganAt,
    origin: run.origin,
    named: run.named,
    options: run.options,
    state: shownState(run, now),
    progress: run.state === 'running' ? progressOf(run, now) : null,
    counts: run.counts,
    guesses: run.guesses,
    reviewHref: review,
  };
}

export function importPath(run: { publicId: string }): string {
  return `/imports/${run.publicId}`;
}

const OUTCOMES: readonly FileOutcome[] = ['posted', 'draft', 'update', 'unchanged', 'refused', 'undone'];

/** What a person said in the address of an import's page. */
export function outcomeAsked(said: string | undefined): FileOutcome | null {
  return OUTCOMES.find((outcome) => outcome === said) ?? null;
}

export interface ImportPageFacts {
  run: ImportCard;
  now: number;
  /** `kept`: whether the viewer keeps its work; only then is there anything to review or to compare. */
  files: readonly (ImportedFile & { kept: boolean })[];
  asked: FileOutcome | null;
  page: number;
  perPage: number;
  /** Numbers of open updates by the id of their work. */
  updates: ReadonlyMap<number, number>;
  /** Drafts that have all they need. */
  ready: number;
  /** Works that came in with it and are there: how many are drafts, how many posted. */
  standing: { drafts: number; posted: number };
  review: { href: string; works: number; guesses: number } | null;
  /** All its drafts with the files they came from, for those that look like chapters of one work. */
  drafts: readonly { path: string; work: string; title: string }[];
}

/** One import. */
export function importView(facts: ImportPageFacts): ImportView {
  const { run, now, asked } = facts;
  const href = importPath(run);
  const state = shownState(run, now);
  const total = Object.values(run.counts).reduce((sum, count) => sum + count, 0);
  const shown = asked === null ? total : run.counts[asked];
  const mayEnd = run.state === 'gathering' || (run.state === 'running' && state !== 'cut-short');
  const mayGoOn = run.origin === 'upload' && run.state === 'stopped';
  const isOver = !mayEnd && run.state !== 'undone';
  return {
    href,
    beganAt: run.beganAt,
    endedAt: run.endedAt,
    origin: run.origin,
    named: run.named,
    options: run.options,
    state,
    progress: run.state === 'running' ? progressOf(run, now) : null,
    progressHref: `${href}/progress`,
    counts: run.counts,
    guesses: run.guesses,
    filters: [
      { outcome: null, count: total, href, current: asked === null },
      ...OUTCOMES.filter((outcome) => run.counts[outcome] > 0).map((outcome) => ({
        outcome,
        count: run.counts[outcome],
        href: `${href}?outcome=${outcome}`,
        current: asked === outcome,
      })),
    ],
    files: facts.files.map((file) => fileView(file, facts.updates)),
    pagination: pages(facts.page, shown, facts.perPage, (page) => pageHref(href, asked, page)),
    stop: mayEnd ? { action: `${href}/stop` } : null,
    goOn: mayGoOn ? { action: `${href}/start` } : null,
    review: facts.review,
    publication: facts.ready > 0 && isOver ? { target: { action: `${href}/publication` }, ready: facts.ready } : null,
    undo:
      isOver && facts.standing.drafts + facts.standing.posted > 0 && !run.options.dryRun
        ? { target: { action: `${href}/undo` }, ...facts.standing }
        : null,
    joinings: isOver ? joinings(href, facts.drafts) : [],
  };
}

function pageHref(href: string, asked: FileOutcome | null, page: number): string {
  const query = new URLSearchParams({
    ...(asked === null ? {} : { outcome: asked }),
    ...(page === 1 ? {} : { page: String(page) }),
  }).toString();
  return query === '' ? href : `${href}?${query}`;
}

/** Pages of a list. */
export function pages(page: number, total: number, perPage: number, hrefOf: (page: number) => string): PaginationView {
  return { page, pages: Math.max(1, Math.ceil(total / perPage)), hrefOf };
}

function fileView(file: ImportPageFacts['files'][number], updates: ReadonlyMap<number, number>): ImportedFileView {
  const { work } = file;
  const update = work === null || file.outcome !== 'update' ? undefined : updates.get(work.id);
  return {
    path: file.path,
    outcome: file.outcome,
    format: formatInWords(file.format),
    work:
      work === null
        ? null
        : {
            href: `/works/${work.publicId}`,
            title: work.title,
            language: null,
            state: work.deleted ? 'deleted' : work.state === 'posted' ? 'posted' : 'draft',
            guesses: file.kept ? work.guesses : 0,
            reviewHref: work.deleted || !file.kept || file.outcome === 'unchanged' ? null : reviewPath(work.publicId),
            updateHref: update === undefined ? null : `/works/${work.publicId}/updates/${update}`,
          },
    reason: file.reason,
    repairs: file.repairs,
    unmapped: file.unmapped,
  };
}

export function reviewPath(publicId: string): string {
  return `/works/${publicId}/review`;
}

function joinings(href: string, drafts: ImportPageFacts['drafts']): JoiningView[] {
  const files = drafts.map((one) => ({ ...one, name: basename(one.path), folder: dirname(one.path) }));
  return numberedGroups(files).map((group, i) => ({
    id: `joining-${i + 1}`,
    files: group.map(({ path, work, title }) => ({ path, work, title })),
    target: { action: `${href}/joining` },
  }));
}
