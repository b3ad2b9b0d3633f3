/** The works every test knows: made by the same actions as real ones, in any state that a work can be in. */
import { clean } from '../src/platform/html/clean.ts';
import { newPublicId } from '../src/platform/db/public-id.ts';
import { SHEET_RULES } from '../src/platform/css/rules.ts';
import { checkSheet } from '../src/platform/css/sheet.ts';
import { withoutBlockIds } from '../src/platform/html/ids.ts';
import { addPseud, type Role } from '../src/features/accounts/index.ts';
import { setOpenness } from '../src/features/accounts/openness.actions.ts';
import { insertCredentials } from '../src/features/accounts/credentials.actions.ts';
import { replaceCodes } from '../src/features/accounts/recovery-codes.actions.ts';
import { makeInvitation } from '../src/features/accounts/invitations.actions.ts';
import { changeIcon } from '../src/features/accounts/pseuds/icon.actions.ts';
import { argonPasswords } from '../src/features/accounts/passwords/hash.ts';
import { NO_OPTIONS, type ImportOptions } from '../src/features/imports/index.ts';
import type { Rescue } from '../src/features/imports/imported-work.ts';
import { restore } from '../src/features/imports/restore/restore.ts';
import {
  beginImport,
  endImport,
  recordFiles,
  startUpload,
  type RecordedFile,
} from '../src/features/imports/runs.actions.ts';
import { makeSkin } from '../src/features/skins/actions.ts';
import { addToSeries, makeSeries } from '../src/features/series/own.actions.ts';
import { placeInSeries } from '../src/features/series/index.ts';
import { keepAutosave } from '../src/features/works/autosaves.actions.ts';
import { addChapter } from '../src/features/works/drafts.actions.ts';
import {
  createDraft,
  NO_TEXT,
  postWork,
  type CleanText,
  type NewChapter,
  type NewWork,
} from '../src/features/works/index.ts';
import { hashOfSecret } from '../src/features/accounts/index.ts';
import type { TagKind } from '../src/features/tags/index.ts';
import type { Person, TestSite } from './site.ts';

export interface CastWork {
  id: number;
  publicId: string;
  title: string;
}

/** What a test says of a work; the rest is ordinary. */
export interface WorkPlan {
  title?: string;
  /** The pseuds in the byline; nobody here for an imported work. */
  by?: readonly Person[];
  /** Names from outside. */
  importedBy?: readonly string[];
  /** Who brought it in. */
  archivedBy?: Person;
  rating?: string;
  fandoms?: readonly string[];
  tags?: readonly { kind: TagKind; name: string }[];
  summary?: string;
  notes?: string;
  endNotes?: string;
  /** The chapters' texts as HTML, or all that a chapter says. */
  chapters?: readonly (string | CastChapter)[];
  language?: string;
  sample?: boolean;
  sourceUrl?: string;
  postedAt?: number;
  /** What its import wants looked at. */
  notices?: readonly string[];
}

export interface CastChapter {
  title?: string;
  summary?: string;
  notes?: string;
  endNotes?: string;
  html: string;
}

/** What the state of a work is set to after it has been made; a draft when nothing is said. */
export interface WorkState {
  state?: 'draft' | 'scheduled' | 'posted';
  restricted?: boolean;
  unrevealed?: boolean;
  anonymous?: boolean;
  hidden?: boolean;
  deleted?: boolean;
}

/** How many words each chapter of the cast counts. */
export const WORDS_A_CHAPTER = 4;

export function cleanText(source: string): CleanText {
  if (source === '') return NO_TEXT;
  const result = clean(source, 'html');
  if (!result.ok) throw new Error(result.refusal);
  return { source, html: result.html };
}

/** A summary or notes: cleaned the same way, and kept without the ids that only chapters need. */
function shortText(source: string): CleanText {
  const text = cleanText(source);
  return { ...text, html: withoutBlockIds(text.html) };
}

function newChapter(chapter: CastChapter, plan: WorkPlan, index: number): NewChapter {
  return {
    title: chapter.title ?? `Part ${index + 1}`,
    format: 'html',
    summary: cleanText(chapter.summary ?? ''),
    notes: cleanText(chapter.notes ?? ''),
    endNotes: cleanText(chapter.endNotes ?? ''),
    text: cleanText(chapter.html),
    rules: 1,
    words: WORDS_A_CHAPTER,
    postedAt: plan.postedAt ?? null,
  };
}

function newWork(plan: WorkPlan): NewWork {
  const tags: { kind: TagKind; name: string }[] = [
    { kind: 'rating', name: plan.rating ?? 'General Audiences' },
    { kind: 'warning', name: 'No Archive Warnings Apply' },
    ...(plan.fandoms ?? ['Sherlock Holmes']).map((name) => ({ kind: 'fandom' as const, name })),
    ...(plan.tags ?? []),
  ];
  const chapters = (plan.chapters ?? ['<p>It rained in Sussex.</p>']).map((said, index) => {
    return newChapter(typeof said === 'string' ? { html: said } : said, plan, index);
  });
  return {
    title: plan.title ?? 'The Bees',
    language: plan.language ?? 'en',
    status: 'in-progress',
    plannedChapters: chapters.length,
    format: 'html',
    summary: shortText(plan.summary ?? ''),
    notes: shortText(plan.notes ?? ''),
    endNotes: shortText(plan.endNotes ?? ''),
    rules: 1,
    tags,
    creators: [
      ...(plan.by ?? []).map((person) => ({ kind: 'pseud' as const, pseudId: person.pseudId })),
      ...(plan.importedBy ?? []).map((name) => ({
        kind: 'imported' as const,
        name,
        site: 'elsewhere.example',
        url: null,
      })),
    ],
    archivedBy: plan.archivedBy?.pseudId ?? null,
    restricted: false,
    noindex: false,
    sample: plan.sample ?? false,
    sourceUrl: plan.sourceUrl ?? null,
    notices: plan.notices ?? [],
    postedAt: plan.postedAt ?? null,
    updatedAt: plan.postedAt ?? null,
    chapters,
    savedBy: null,
  };
}

/** Makes a work and puts it into a state. States whose pages come later are set on the row itself. */
export async function makeWork(site: TestSite, plan: WorkPlan = {}, state: WorkState = {}): Promise<CastWork> {
  const { db, now } = site.ground;
  const keeper = plan.by?.[0] ?? plan.archivedBy ?? site.owner;
  const whole = plan.by || plan.archivedBy ? plan : { ...plan, archivedBy: site.owner };
  const made = await db.write((tx) => createDraft(tx, now(), newWork(whole)));
  if (state.state === 'posted') {
    const posted = await db.write((tx) => postWork(tx, now(), keeper.viewer, made.publicId));
    if ('refusal' in posted) throw new Error(`The work could not be posted: ${posted.refusal}`);
  }
  await setState(site, made.id, state);
  return { ...made, title: plan.title ?? 'The Bees' };
}

/** Sets the state of a work on its row, as pages to come will. */
export async function setState(site: TestSite, workId: number, state: WorkState): Promise<void> {
  const { db, now } = site.ground;
  const flag = (value: boolean | undefined) => (value ? 1 : 0);
  await db.write((tx) =>
    tx
      .updateTable('works')
      .set({
        ...(state.state ? { state: state.state } : {}),
        restricted: flag(state.restricted),
        unrevealed: flag(state.unrevealed),
        anonymous: flag(state.anonymous),
        hidden: flag(state.hidden),
        deleted_at: state.deleted ? now() : null,
      })
      .where('id', '=', workId)
      .execute(),
  );
  await db.write((tx) =>
    tx
      .insertInto('events')
      .values({ kind: 'work.edited', subject: 'work', subject_id: workId, work_id: workId, version: 0, at: now() })
      .execute(),
  );
}

/** Adds somebody to a byline as a co-creator who has accepted or has only been invited. @returns what the invitation is called by. */
export async function addCreator(
  site: TestSite,
  workId: number,
  person: Person,
  state: 'accepted' | 'invited',
  by: Person | null = null,
): Promise<string> {
  const invitation = newPublicId();
  await site.ground.db.write(async (tx) => {
    const { position } = await tx
      .selectFrom('work_creators')
      .select((max) => max.fn.max<number | null>('position').as('position'))
      .where('work_id', '=', workId)
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('work_creators')
      .values({
        work_id: workId,
        position: (position ?? -1) + 1,
        pseud_id: person.pseudId,
        imported_creator_id: null,
        state,
        ...(state === 'invited' ? { invitation, invited_by: by?.pseudId ?? null, invited_at: site.ground.now() } : {}),
      })
      .execute();
  });
  return invitation;
}

/** Lets everybody invite somebody's pseud to co-create, and give it works. */
export async function openPseud(site: TestSite, { viewer, pseudId }: Person): Promise<void> {
  const { db, now } = site.ground;
  const own = await db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', pseudId)
    .executeTakeFirstOrThrow();
  const open = [own.public_id];
  await db.write((tx) => setOpenness(tx, now(), viewer.accountId, { coCreation: open, gifts: open }));
}

/** Invites somebody to create a work, whatever its state and theirs. @returns what the invitation is called by. */
export async function askToCreate(site: TestSite, work: CastWork, by: Person, whom: Person): Promise<string> {
  return addCreator(site, work.id, whom, 'invited', by);
}

/** Gives a work to somebody, whatever its state and theirs. @returns what the gift is called by. */
export async function giveTo(
  site: TestSite,
  work: CastWork,
  whom: Person,
  state: 'waiting' | 'accepted' | 'refused' = 'waiting',
): Promise<string> {
  const publicId = newPublicId();
  const gift = { public_id: publicId, work_id: work.id, pseud_id: whom.pseudId, name: '', name_key: null, state };
  await site.ground.db.write((tx) =>
    tx
      .insertInto('gifts')
      .values({ ...gift, given_at: site.ground.now() })
      .execute(),
  );
  return publicId;
}

/** Says that a work is inspired by another, whatever the state of both. @returns what the relation is called by. */
export async function relate(
  site: TestSite,
  work: { id: number },
  parent: { id: number },
  state: 'waiting' | 'approved' | 'refused' = 'waiting',
): Promise<string> {
  const publicId = newPublicId();
  await site.ground.db.write((tx) =>
    tx
      .insertInto('related_works')
      .values({
        public_id: publicId,
        work_id: work.id,
        kind: 'inspired-by',
        parent_id: parent.id,
        url: null,
        title: '',
        creator: '',
        language: null,
        state,
        asked_at: site.ground.now(),
      })
      .execute(),
  );
  return publicId;
}

/** Sets the state of one chapter of a posted work, counted from 1; the work counts the words and chapters that are posted. */
export async function setChapterState(
  site: TestSite,
  workId: number,
  position: number,
  state: 'draft' | 'scheduled' | 'posted',
): Promise<void> {
  await site.ground.db.write(async (tx) => {
    await tx
      .updateTable('chapters')
      .set({ state })
      .where('work_id', '=', workId)
      .where('position', '=', position)
      .execute();
    const chapters = await tx
      .selectFrom('chapters')
      .select(['state', 'words'])
      .where('work_id', '=', workId)
      .where('deleted_at', 'is', null)
      .execute();
    const posted = chapters.filter((chapter) => chapter.state === 'posted');
    await tx
      .updateTable('works')
      .set({ posted_chapters: posted.length, words: posted.reduce((sum, chapter) => sum + chapter.words, 0) })
      .where('id', '=', workId)
      .execute();
  });
}

/** Adds a chapter that has been deleted since, at the end of a work. */
export async function addDeletedChapter(site: TestSite, workId: number, said: CastChapter): Promise<void> {
  const { db, now } = site.ground;
  const position = 1_000;
  await db.write(async (tx) => {
    await addChapter(tx, now(), workId, position, newChapter(said, {}, 0), null);
    await tx
      .updateTable('chapters')
      .set({ state: 'posted' })
      .where('work_id', '=', workId)
      .where('position', '=', position)
      .execute();
  });
  await deleteChapterRow(site, workId, position);
}

/** Gives a chapter, counted from 1, an earlier revision of another text. */
export async function addOldRevision(site: TestSite, workId: number, position: number, word: string): Promise<void> {
  await site.ground.db.write(async (tx) => {
    const chapter = await tx
      .selectFrom('chapters')
      .select(['id', 'revision'])
      .where('work_id', '=', workId)
      .where('position', '=', position)
      .executeTakeFirstOrThrow();
    const revision = tx.selectFrom('chapter_revisions').selectAll().where('chapter_id', '=', chapter.id);
    const { id: _, ...present } = await revision.executeTakeFirstOrThrow();
    await tx
      .insertInto('chapter_revisions')
      .values({ ...present, number: chapter.revision + 1 })
      .execute();
    await tx
      .updateTable('chapter_revisions')
      .set({ source: `<p>${word}</p>`, html: `<p>${word}</p>` })
      .where('chapter_id', '=', chapter.id)
      .where('number', '=', chapter.revision)
      .execute();
    await tx
      .updateTable('chapters')
      .set({ revision: chapter.revision + 1 })
      .where('id', '=', chapter.id)
      .execute();
  });
}

/** Deletes one chapter of a work, counted from 1, as its keepers can; they can still take that back. */
export async function deleteChapterRow(site: TestSite, workId: number, position: number): Promise<void> {
  await site.ground.db.write((tx) =>
    tx
      .updateTable('chapters')
      .set((set) => ({ deleted_at: site.ground.now(), deleted_from: position, position: set.neg('id') }))
      .where('work_id', '=', workId)
      .where('position', '=', position)
      .execute(),
  );
}

/** The public ids of a work's chapters, in order. */
export async function chapterIds(site: TestSite, workId: number): Promise<string[]> {
  const rows = await site.ground.db.reads
    .selectFrom('chapters')
    .select('public_id')
    .where('work_id', '=', workId)
    .orderBy('position')
    .execute();
  return rows.map((row) => row.public_id);
}

/** Puts a work at the end of a series. @returns the public id of the series. */
export async function putInSeries(site: TestSite, workId: number, title: string): Promise<string> {
  const { db, now } = site.ground;
  await db.write((tx) => placeInSeries(tx, now(), workId, { title, key: `cast ${title}`, url: null, position: null }));
  const row = await db.reads
    .selectFrom('series')
    .select('public_id')
    .where('title', '=', title)
    .executeTakeFirstOrThrow();
  return row.public_id;
}

/** Makes a series by hand, as somebody, with works of theirs in this order. @returns its public id. */
export async function makeOwnSeries(
  site: TestSite,
  person: Person,
  title: string,
  workIds: readonly number[],
  said: { summary?: string; notes?: string } = {},
): Promise<string> {
  const { db, now } = site.ground;
  const summary = shortText(said.summary ?? '');
  const texts = { title, summary, notes: shortText(said.notes ?? ''), rules: 1, complete: false };
  return db.write(async (tx) => {
    const made = await makeSeries(tx, now(), person.viewer, texts);
    if ('refusal' in made) throw new Error(made.refusal);
    const added = await addToSeries(tx, now(), person.viewer, made.publicId, workIds);
    if ('refusal' in added) throw new Error(added.refusal);
    return made.publicId;
  });
}

/** Keeps a file as what a work was imported from. */
export async function keepOriginal(site: TestSite, workId: number, fileName: string, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const blob = await site.ground.files.put(bytes);
  await site.ground.db.write(async (tx) => {
    await tx
      .insertInto('import_sources')
      .values({
        work_id: workId,
        address_key: null,
        text_hash: blob,
        content_hash: blob,
        near_hash: null,
        opening_hash: null,
        format: 'text',
        stated_words: null,
        reviewed_at: null,
        imported_at: site.ground.now(),
      })
      .execute();
    await tx
      .insertInto('import_originals')
      .values({ work_id: workId, position: 1, blob, file_name: fileName, bytes: bytes.length })
      .execute();
  });
}

/** Suspends somebody's account. */
export async function suspend(site: TestSite, person: Person): Promise<void> {
  await site.ground.db.write((tx) =>
    tx.updateTable('accounts').set({ state: 'suspended' }).where('id', '=', person.viewer.accountId).execute(),
  );
}

/** Gives somebody's session a look at hidden works, as if they had said why. Without the right to, it counts for nothing. */
export async function grantLooks(site: TestSite, person: Person, workIds: readonly number[]): Promise<void> {
  const session = hashOfSecret(person.cookie.split('=')[1] ?? '');
  await site.ground.db.write(async (tx) => {
    for (const id of workIds) {
      await tx
        .insertInto('moderator_looks')
        .values({ session_hash: session, kind: 'hidden-work', subject_id: id, ends_at: site.ground.now() + 3_600_000 })
        .execute();
    }
  });
}

/** Makes one tag a synonym of another of its kind, which becomes canonical. */
export async function mergeTag(site: TestSite, tag: { kind: TagKind; name: string }, into: string): Promise<void> {
  await site.ground.db.write(async (tx) => {
    const named = (name: string) =>
      tx
        .selectFrom('tags')
        .select('id')
        .where('kind', '=', tag.kind)
        .where('name', '=', name)
        .executeTakeFirstOrThrow();
    const [synonym, concept] = [await named(tag.name), await named(into)];
    await tx.updateTable('tags').set({ canonical: 1 }).where('id', '=', concept.id).execute();
    await tx.updateTable('tags').set({ synonym_of: concept.id }).where('id', '=', synonym.id).execute();
    await tx
      .insertInto('events')
      .values({ kind: 'tag.merged', subject: 'tag', subject_id: synonym.id, version: 0, at: site.ground.now() })
      .execute();
  });
}

/** Makes the one original of a work a text that was rescued: its repairs stand in the work's review, as the restorer finds them. */
export async function keepRescue(site: TestSite, workId: number, text: string): Promise<void> {
  const { repairs, notation, from, to } = restore(text, { notation: 'text' });
  const rescue: Rescue = { repairs, notation, from, to };
  await site.ground.db.write((tx) =>
    tx
      .insertInto('import_rescues')
      .values({ work_id: workId, position: 1, rescue: JSON.stringify(rescue) })
      .execute(),
  );
}

/** Proposes a change that was found at the source of a work, as an import of the changed file does. */
export async function proposeChange(site: TestSite, workId: number, fileName: string, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const blob = await site.ground.files.put(bytes);
  const { db, now } = site.ground;
  await db.write((tx) =>
    tx
      .insertInto('import_updates')
      .values({
        work_id: workId,
        number: 1,
        import_id: null,
        state: 'open',
        content_hash: `changed ${blob}`,
        blobs: JSON.stringify([{ blob, fileName, bytes: bytes.length }]),
        format: 'markdown',
        found_at: now(),
        settled_at: null,
      })
      .execute(),
  );
}

/** What a test says of an import; the rest is ordinary: one that is over, or waits for files. */
export interface ImportPlan {
  by: Person;
  named?: readonly string[];
  options?: Partial<ImportOptions>;
  files?: readonly (Pick<RecordedFile, 'file' | 'outcome'> & Partial<RecordedFile>)[];
  state?: 'done' | 'gathering';
}

/** Records an import by the actions that real ones use. */
export async function recordImport(site: TestSite, plan: ImportPlan): Promise<{ id: number; publicId: string }> {
  const { db, now } = site.ground;
  return db.write(async (tx) => {
    const run = await beginImport(tx, now(), {
      accountId: plan.by.viewer.accountId,
      origin: 'upload',
      named: plan.named ?? ['stories.zip'],
      options: { ...NO_OPTIONS, ...plan.options },
    });
    if (plan.state === 'gathering') return run;
    await startUpload(tx, now(), run.id);
    const files = (plan.files ?? []).map((file) => ({ ...NOTHING_SAID_OF_A_FILE, ...file }));
    await recordFiles(tx, now(), run.id, files, 0);
    await endImport(tx, now(), run.id, 'done');
    return run;
  });
}

const NOTHING_SAID_OF_A_FILE = {
  work: null,
  workId: null,
  reason: null,
  format: 'text',
  repairs: [],
  unmapped: [],
  guesses: 0,
  stamp: '',
};

/** Puts an invitation into somebody's hands, whatever the host allows each. */
export async function giveInvitation(site: TestSite, person: Person): Promise<{ publicId: string; code: string }> {
  const { db, now } = site.ground;
  const viewer = { ...person.viewer, roles: new Set<Role>(['owner']) };
  const made = await db.write((tx) => makeInvitation(tx, now(), viewer));
  if ('refusal' in made) throw new Error(made.refusal);
  const row = await db.reads
    .selectFrom('invitations')
    .select('public_id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return { publicId: row.public_id, code: made.code };
}

/** Gives somebody a name and a password to sign in with. @returns their recovery codes. */
export async function secureAccount(site: TestSite, person: Person, name: string, password: string): Promise<string[]> {
  const { db, now } = site.ground;
  const passwordHash = await argonPasswords({ memory: 64, passes: 1 }).hash(password);
  return db.write(async (tx) => {
    await insertCredentials(tx, now(), person.viewer.accountId, { name, passwordHash });
    return replaceCodes(tx, now(), person.viewer.accountId);
  });
}

/** Leaves words that somebody typed, for a new work when no place is said, and did not save. @returns the key of its sheet. */
export async function leaveUnsaved(
  site: TestSite,
  person: Person,
  words: string,
  place = '/works/new',
): Promise<string> {
  const sheet = newPublicId();
  const sent = { place, base: 1, sequence: 1, fields: [['text', words]] as [string, string][] };
  const kept = await site.ground.db.write((tx) => keepAutosave(tx, site.ground.now(), person.viewer, sheet, sent));
  if ('refusal' in kept) throw new Error(`The words could not be kept: ${kept.refusal}`);
  return sheet;
}

/** Gives an account another pseud, with an icon of its own: no real picture, unless one is said. @returns its public id, and the name in its icon's address. */
export async function showIcon(
  site: TestSite,
  accountId: number,
  name: string,
  alt: string,
  bytes: Uint8Array = Buffer.from(`the picture of ${name}`),
): Promise<{ publicId: string; icon: string; blob: string }> {
  const { db, files, now } = site.ground;
  const blob = await files.put(bytes);
  return db.write(async (tx) => {
    const pseud = await addPseud(tx, now(), accountId, name);
    if ('refusal' in pseud) throw new Error(pseud.refusal);
    await changeIcon(tx, now(), accountId, pseud.publicId, { blob, alt });
    const icon = await tx
      .selectFrom('pseud_icons')
      .select('public_id')
      .where('blob', '=', blob)
      .executeTakeFirstOrThrow();
    return { publicId: pseud.publicId, icon: icon.public_id, blob };
  });
}

/** Writes a skin as somebody, and lets a work wear it. @returns its public id. */
export async function giveSkin(
  site: TestSite,
  person: Person,
  work: { id: number },
  css: string,
  title = 'Letters',
  comment = '',
): Promise<string> {
  const { db, now } = site.ground;
  const sheet = checkSheet(css, { box: '.work-skin', layer: 'skin' });
  if (!sheet.ok) throw new Error(sheet.refusals[0]?.sentence);
  const source = `/* ${comment} */ ${css}`;
  return db.write(async (tx) => {
    const made = await makeSkin(tx, now(), person.viewer, { title, source, css: sheet.css, rules: SHEET_RULES });
    if ('refusal' in made) throw new Error(made.refusal);
    const skin = tx.selectFrom('work_skins').select('id').where('public_id', '=', made.publicId);
    const { id } = await skin.executeTakeFirstOrThrow();
    await tx.insertInto('work_skin_choices').values({ work_id: work.id, skin_id: id }).execute();
    return made.publicId;
  });
}
