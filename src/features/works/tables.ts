import type { Generated, GeneratedAlways } from 'kysely';
import type { Flag, Time } from '../../platform/db/tables.ts';
import type { TagKind } from '../tags/index.ts';
import type { Commenters, ConcealmentKind } from './deciding.ts';

export type TextFormatName = 'html' | 'markdown' | 'text';
export type PostingState = 'draft' | 'scheduled' | 'posted';

export interface WorksTable {
  id: Generated<number>;
  public_id: string;
  title: string;
  language: string | null;
  state: PostingState;
  restricted: Generated<Flag>;
  unrevealed: Generated<Flag>;
  anonymous: Generated<Flag>;
  hidden: Generated<Flag>;
  deleted_at: Time | null;
  listed_guest: GeneratedAlways<Flag>;
  listed_account: GeneratedAlways<Flag>;
  noindex: Generated<Flag>;
  commenters: Generated<Commenters>;
  comments_moderated: Generated<Flag>;
  downloads: Generated<Flag>;
  no_ai: Generated<Flag>;
  adult: Generated<Flag>;
  sample: Generated<Flag>;
  status: string;
  planned_chapters: number | null;
  posted_chapters: Generated<number>;
  words: Generated<number>;
  kudos: Generated<number>;
  comments: Generated<number>;
  bookmarks: Generated<number>;
  hits: Generated<number>;
  format: TextFormatName;
  summary_source: string;
  summary_html: string;
  notes_source: string;
  notes_html: string;
  end_notes_source: string;
  end_notes_html: string;
  rules: number;
  source_url: string | null;
  archived_by: number | null;
  /** JSON: what an import wants a person to look at, a sentence each. */
  notices: string;
  version: Generated<number>;
  created_at: Time;
  publish_at: Time | null;
  posted_at: Time | null;
  updated_at: Time;
}

export interface ChaptersTable {
  id: Generated<number>;
  public_id: string;
  work_id: number;
  position: number;
  state: PostingState;
  /** The number of the revision that readers see. */
  revision: number;
  words: number;
  publish_at: Time | null;
  /** The day it bears. Of a draft: the day it is to bear, or null for the day it is posted. */
  posted_at: Time | null;
  created_at: Time;
  /** Deleted, and still to be taken back: then its position is negative, and here stands the one it had. */
  deleted_at: Time | null;
  deleted_from: number | null;
}

export interface ChapterRevisionsTable {
  id: Generated<number>;
  chapter_id: number;
  number: number;
  title: string;
  format: TextFormatName;
  summary_source: string;
  summary_html: string;
  notes_source: string;
  notes_html: string;
  end_notes_source: string;
  end_notes_html: string;
  /** What readers should know before this chapter: one line of plain text. */
  warnings: Generated<string>;
  source: string;
  html: string;
  rules: number;
  words: number;
  saved_by: number | null;
  saved_at: Time;
}

export interface ImportedCreatorsTable {
  id: Generated<number>;
  public_id: string;
  name: string;
  name_key: string;
  site: string;
  url: string | null;
  created_at: Time;
}

export interface WorkCreatorsTable {
  work_id: number;
  position: number;
  pseud_id: number | null;
  imported_creator_id: number | null;
  state: 'accepted' | 'invited';
  /** What the invitation is called by in addresses, by which pseud it was made, and when; null for who has accepted. */
  invitation: Generated<string | null>;
  invited_by: Generated<number | null>;
  invited_at: Generated<Time | null>;
}

/** Who has refused to co-create a work, and is not asked again. */
export interface CreatorRefusalsTable {
  work_id: number;
  pseud_id: number;
  at: Time;
}

/** Who has agreed that a work is deleted, while not all of its creators have. */
export interface DeletionAgreementsTable {
  work_id: number;
  account_id: number;
  at: Time;
}

export interface WorkTagsTable {
  work_id: number;
  tag_id: number;
  kind: TagKind;
  position: number;
}

export interface ErasedWorksTable {
  public_id: string;
  at: Time;
}

/** That an account signs a work, or has brought it in: a random mark, gone when the account has given the work up. */
export interface BylineTiesTable {
  work_id: number;
  account_id: number;
  mark: string;
  /** Since when they have left the byline to others; kept for a while, should they come back. */
  left_at: Time | null;
}

/** Marks of ties that were cut for good, for the list beside the database. */
export interface CutTiesTable {
  mark: string;
  /** The byline goes on saying the name. */
  keeps_name: Flag;
  /** Somebody else kept the work, and has it since. */
  others: Flag;
  /** Whom it tied has come back: it is cut no more. */
  again: Generated<Flag>;
  at: Time;
}

/** What was typed on an opened form and not saved yet. */
export interface AutosavesTable {
  account_id: number;
  sheet: string;
  place: 'new-work' | 'work' | 'new-chapter' | 'chapter';
  work_id: number | null;
  /** Null too for a chapter that is erased. */
  chapter_id: number | null;
  /** The revision of the chapter or the version of the work that the form showed; 0 for what was not there yet. */
  base: number;
  /** Grows with each that one sheet sends. */
  sequence: number;
  /** How it begins, to know it again in a list. */
  opening: string;
  /** JSON: names and values as the form has them. */
  fields: string;
  bytes: number;
  saved_at: Time;
  /** The opened page that wrote it; null where none said so. */
  writer: string | null;
}

/** A form that was saved or thrown away. */
export interface SavedSheetsTable {
  account_id: number;
  sheet: string;
  /** What the sheet had sent by then. */
  sequence: number;
  /** Of what was saved; '' for what was thrown away. */
  digest: string;
  work_id: number | null;
  at: Time;
  /** The revision of the chapter or the version of the work that it became; null where nobody knows. */
  version: number | null;
}

/** Why a work is anonymous or unrevealed: it stays so while one cause holds it. */
export interface WorkConcealmentsTable {
  work_id: number;
  kind: ConcealmentKind;
  cause: string;
}

/** What an account's new works begin with. */
export interface NewWorkDefaultsTable {
  account_id: number;
  restricted: Flag;
  noindex: Flag;
  commenters: Commenters;
  comments_moderated: Flag;
  downloads: Flag;
  no_ai: Flag;
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    works: WorksTable;
    chapters: ChaptersTable;
    chapter_revisions: ChapterRevisionsTable;
    imported_creators: ImportedCreatorsTable;
    work_creators: WorkCreatorsTable;
    creator_refusals: CreatorRefusalsTable;
    deletion_agreements: DeletionAgreementsTable;
    work_tags: WorkTagsTable;
    erased_works: ErasedWorksTable;
    byline_ties: BylineTiesTable;
    cut_ties: CutTiesTable;
    autosaves: AutosavesTable;
    saved_sheets: SavedSheetsTable;
    work_concealments: WorkConcealmentsTable;
    new_work_defaults: NewWorkDefaultsTable;
  }
}
