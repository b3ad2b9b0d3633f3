/**
 * What the pages of imports are given: plain values, addresses and where forms go. Nothing here is read from a request.
 * Texts of people (paths, titles, names, words of a story) are plain text, and the pages mark their direction.
 */
import type { ChoiceView } from '../../../ui/Form.tsx';
import type { PaginationView } from '../../../ui/Pagination.tsx';
import type { FormTarget, Language } from '../../../ui/site-view.ts';
import type { ImportOptions } from '../import-options.ts';
import type { ImportOrigin, ImportState } from '../import-run.ts';
import type { RepairKind, RepairState } from '../restore/repair.ts';
import type { ThreeWayRow } from '../difference.ts';

/** What became of a file; `undone`: it was brought in and the import was undone since. */
export type FileOutcome = 'posted' | 'draft' | 'unchanged' | 'update' | 'refused' | 'undone';

/** `cut-short`: it says that it runs and was not heard of for two minutes. */
export type ShownState = ImportState | 'cut-short';

/** How far an import is. */
export interface ImportProgress {
  /** Files dealt with, and of how many; `total` 0 while they are still being counted. */
  done: number;
  total: number;
  /** Null while nothing can be said. */
  secondsLeft: number | null;
}

/** An import as the list shows it. */
export interface ImportCardView {
  href: string;
  /** UTC milliseconds. */
  beganAt: number;
  origin: ImportOrigin;
  /** Paths or names of files as given; the first few are enough. */
  named: string[];
  options: ImportOptions;
  state: ShownState;
  /** Present while it runs. */
  progress: ImportProgress | null;
  counts: Readonly<Record<FileOutcome, number>>;
  /** Guesses its works leave for a person. */
  guesses: number;
  /** The first work with something to look at. */
  reviewHref: string | null;
}

/** The form that brings files in. Names of the fields are those of `ImportOptions`, and `files`. */
export interface UploadFormView {
  /** POST, multipart. */
  action: string;
  options: ImportOptions;
  /** Why it came back, one sentence. */
  problem: string | null;
  choices: {
    /** Values are codes, such as `teen`. */
    ratings: ChoiceView[];
    warnings: ChoiceView[];
    categories: ChoiceView[];
    languages: Language[];
  };
  /** What is read, in words: "AO3 downloads (HTML, EPUB)". */
  formats: string[];
  /** The most one import takes, in words: "512 MB", "20,000 files". */
  limits: { size: string; files: string };
}

export interface ImportsView {
  total: number;
  imports: ImportCardView[];
  pagination: PaginationView;
  upload: UploadFormView;
  /** Where removals that are remembered are listed. */
  removedHref: string;
}

/** A file of an import. */
export interface ImportedFileView {
  path: string;
  outcome: FileOutcome;
  /** Of what format it was read as, in words; null when it was not read. */
  format: string | null;
  /** The work it is or belongs to, where there is one. */
  work: {
    href: string;
    title: string;
    language: Language | null;
    /** As it is now, whatever the import made of it. */
    state: 'draft' | 'posted' | 'deleted';
    /** Guesses to look at. */
    guesses: number;
    /** Its review; null where there is nothing to review. */
    reviewHref: string | null;
    /** The open update found by this file. */
    updateHref: string | null;
  } | null;
  /** One sentence. */
  reason: string | null;
  repairs: string[];
  unmapped: string[];
}

/** Files that look like chapters of one work. The form sends `work` for each that stays ticked, in this order. */
export interface JoiningView {
  /** Tells it from others on the page; letters and digits. */
  id: string;
  files: { work: string; path: string; title: string }[];
  target: FormTarget;
}

export interface ImportView {
  href: string;
  beganAt: number;
  endedAt: number | null;
  origin: ImportOrigin;
  named: string[];
  options: ImportOptions;
  state: ShownState;
  progress: ImportProgress | null;
  /** Answers `{done, total, state, secondsLeft}`; asked while the import runs. */
  progressHref: string;
  counts: Readonly<Record<FileOutcome, number>>;
  guesses: number;
  /** Links that filter the report; the first, with outcome null, is all files. Those without files can be left out. */
  filters: { outcome: FileOutcome | null; count: number; href: string; current: boolean }[];
  files: ImportedFileView[];
  pagination: PaginationView;
  /** While it runs or waits for files. */
  stop: FormTarget | null;
  /** Takes up what was stopped or cut short. */
  goOn: FormTarget | null;
  /** The next work with guesses. */
  review: { href: string; works: number; guesses: number } | null;
  /** Posts all drafts of it that have all they need. */
  publication: { target: FormTarget; ready: number } | null;
  /** What undoing would delete. */
  undo: { target: FormTarget; drafts: number; posted: number } | null;
  joinings: JoiningView[];
}

/**
 * A piece of a block, in order. The `was` of all pieces of a text, joined, are the source; what a reader sees in the
 * result are the `text`s and `becomes`.
 */
export type MarkedPiece =
  /** Text that stands as it was. `from`: its offset in the source, where `was` and `text` are the same. */
  | { kind: 'text'; was: string; text: string; italic: boolean; from: number | null }
  /** A repair that is applied. */
  | {
      kind: 'repair';
      id: string;
      repair: RepairKind;
      was: string;
      /** As a `Repair`'s `after` has it. */
      becomes: string;
      italic: boolean;
      sure: boolean;
    }
  /** Where a suggestion stands that is not applied. `from` as with text. */
  | {
      kind: 'suggestion';
      id: string;
      repair: RepairKind;
      was: string;
      text: string;
      italic: boolean;
      from: number | null;
    };

/** A block of a rescued text, original and result. */
export interface ReviewBlockView {
  /** Its element's id, and where a form that changes it leads back to. */
  id: string;
  /** The source offset it begins at: sent as `block`. */
  from: number;
  kind: 'paragraph' | 'heading' | 'chapter' | 'scene';
  /** '' for the story itself, otherwise what the block is part of: "End notes", "Rating". */
  place: string;
  pieces: MarkedPiece[];
  /** Whether it can be joined with the block before it. */
  joins: boolean;
  /** Ends of sentences within it; `offset` is sent. `words`: the last words before it. */
  breaks: { offset: number; words: string }[];
  /** Its repairs that can be taken or undone, the mechanical sure ones left out. */
  repairs: BlockRepairView[];
}

export interface BlockRepairView {
  id: string;
  kind: RepairKind;
  state: RepairState;
  certainty: number;
  was: string;
  becomes: string;
}

/** A question: one repair, or several of which only one can be taken. */
export interface GuessView {
  /** Its element's id. */
  id: string;
  kind: RepairKind;
  /** The most certain first. */
  answers: {
    /** Sent as `repair`. */
    repair: string;
    state: 'applied' | 'suggested';
    /** 0 to 1. */
    certainty: number;
    /** Some words of the result before and after it. */
    before: string;
    after: string;
    was: string;
    becomes: string;
  }[];
  /** The block it is in, on whatever page that is. */
  blockHref: string;
}

/** The rescued text of a review, as far as this page shows it. */
export interface ReviewTextView {
  /** POST of every form here; the fields hold `version`, and what tells the page to come back to. */
  target: FormTarget;
  language: Language | null;
  /** Open guesses of the whole text and those that are shown. */
  guessTotal: number;
  guesses: GuessView[];
  guessPages: PaginationView;
  /** Open guesses by kind, for answering all of one kind. */
  kinds: { kind: RepairKind; count: number }[];
  /** How many other files of the import could take the same answers; 0 where there are none. */
  others: number;
  /** Sure repairs by kind, the most frequent first. */
  sure: { kind: RepairKind; count: number }[];
  /** Chapters, or the files the work was made of; empty where there is one only. */
  sections: { label: string; href: string; current: boolean; guesses: number }[];
  blocks: ReviewBlockView[];
  pages: PaginationView;
}

/** Field names of the details form are these keys, as in the form that edits a work. */
export interface ReviewDetailsValues {
  title: string;
  /** Names with commas between, as typed. */
  fandoms: string;
  relationships: string;
  characters: string;
  freeforms: string;
  /** Codes. */
  rating: string;
  warnings: string[];
  categories: string[];
  /** BCP 47 code or ''. */
  language: string;
}

export type NameField = 'fandoms' | 'relationships' | 'characters' | 'freeforms';

export interface ReviewDetailsView {
  /** POST. `then` is 'save' or 'post'; `add` is a field and a name, "fandoms:Name", to be added and saved. */
  target: FormTarget;
  values: ReviewDetailsValues;
  errors: Partial<Record<keyof ReviewDetailsValues, string>>;
  titleDerived: boolean;
  languageGuessed: boolean;
  /** Names of tags the archive knows that stand in the text, and are not on the work. */
  suggested: Partial<Record<NameField, string[]>>;
  choices: UploadFormView['choices'];
  titleLimit: number;
}

export interface ReviewView {
  work: {
    href: string;
    title: string;
    language: Language | null;
    creators: string[];
    state: 'draft' | 'posted';
    words: number;
    chapters: number;
    /** The form with everything else about the work. */
    editHref: string;
    /** The file as it came in; one address for each file it was made of. */
    originals: { name: string; href: string }[];
  };
  /** With their article, as the list of drafts says it: "a rating". Empty when it can be posted. */
  missing: string[];
  /** Posts it as it stands; null while something is missing, and for what is posted. */
  post: FormTarget | null;
  details: ReviewDetailsView;
  /** Null where the text needed no rescue. */
  text: ReviewTextView | null;
  /** What was mended while reading, and what has no place here; a sentence each. */
  repairs: string[];
  unmapped: string[];
  /** An open update of it. */
  updateHref: string | null;
  /** The import it came in with. */
  importHref: string | null;
  next: { href: string; title: string; language: Language | null } | null;
  /** How many works of the import, this one not counted, still have guesses. */
  left: number;
}

/** A chapter of an update. */
export interface UpdateChapterView {
  /** Sent as `chapter` when ticked. */
  value: string;
  position: number;
  title: string | null;
  /** `changed`: the source has. `edited`: the source has, and so has the owner since. `gone`: the source lacks it now. */
  state: 'new' | 'changed' | 'edited' | 'same' | 'gone';
  /** Words as they stand here and at the source now. */
  wordsHere: number;
  wordsThere: number;
  /** Empty for `same`. */
  rows: ThreeWayRow[];
  /** The chapter was too large to be compared word by word. */
  coarse: boolean;
}

export interface UpdateView {
  work: { href: string; title: string; language: Language | null; creators: string[] };
  /** UTC milliseconds of when the change was found. */
  foundAt: number;
  /** The file's name. */
  file: string;
  state: 'open' | 'applied' | 'dismissed';
  /** What is said about the work: `value` is sent as `detail` when ticked. */
  details: { value: string; label: string; here: string; there: string; edited: boolean }[];
  chapters: UpdateChapterView[];
  /** Null when it is not open. The button sends `then` = 'apply' or 'dismiss'. */
  target: FormTarget | null;
}

export interface RemovedView {
  removals: { removedAt: number; note: string; allow: FormTarget }[];
  importsHref: string;
}
