/**
 * An archive in which every hidden thing carries its own secret word: one for each field of each work that is not for
 * everybody, for names, files, series and tokens. Beside each word stands, written by hand, who may see it.
 *
 * A feature that hides something adds its thing here: `secret(…)` gives it a word and says who may see it.
 */
import { createHash } from 'node:crypto';
import { confirmAddress, giveAddress, makeAddressLink } from '../../src/features/accounts/addresses.actions.ts';
import { makePasswordLink } from '../../src/features/accounts/forgotten.actions.ts';
import { guest, makeOwnerLink, startSession } from '../../src/features/accounts/index.ts';
import { changeProfile } from '../../src/features/accounts/pseuds/profile.actions.ts';
import { inviteByMail, makeCodeToSend } from '../../src/features/accounts/invitation-letters.actions.ts';
import { askForPlace, confirmPlace, makePlaceLink } from '../../src/features/accounts/queue.actions.ts';
import { changeSettings } from '../../src/features/site/index.ts';
import { rememberRemoval } from '../../src/features/imports/index.ts';
import { hideForReason } from '../../src/features/moderation/hiding.actions.ts';
import { makeNotice } from '../../src/features/moderation/legal.actions.ts';
import { takeMeasure } from '../../src/features/moderation/people.actions.ts';
import { addNote, closeReport, makeReport } from '../../src/features/moderation/reports.actions.ts';
import type { TagKind } from '../../src/features/tags/index.ts';
import {
  addCreator,
  addDeletedChapter,
  addOldRevision,
  chapterIds,
  giveInvitation,
  giveSkin,
  grantLooks,
  keepOriginal,
  keepRescue,
  leaveUnsaved,
  makeWork,
  mergeTag,
  proposeChange,
  putInSeries,
  recordImport,
  secureAccount,
  setChapterState,
  setState,
  showIcon,
  WORDS_A_CHAPTER,
  type WorkPlan,
  type WorkState,
} from '../cast.ts';
import { givePasskey, giveToken } from '../keys.ts';
import type { Person, TestSite } from '../site.ts';
import { addDecided } from './decided.ts';
import { addTogether } from './together.ts';

/** Everybody who walks through the archive. `keeper` is the archivist who brings in what others wrote. */
export const WALKERS = ['guest', 'reader', 'invited', 'creator', 'keeper', 'moderator', 'owner'] as const;
export type Walker = (typeof WALKERS)[number];

export interface Secret {
  /** A word that stands nowhere else. */
  word: string;
  /** What it is, for who reads a failure. */
  what: string;
  /** Who may see it; each of them must meet it somewhere, or the walk has not looked everywhere. */
  seenBy: readonly Walker[];
}

/** For whom a thing is there, of those who stand in no relation to it: a guest, and anybody with an account. */
export interface Known {
  guest: boolean;
  account: boolean;
}

export interface SecretWork {
  name: string;
  id: number;
  publicId: string;
  chapters: readonly string[];
  /** In whose lists it stands; without a relation to it, the same people can open it. */
  listed: Known;
  fandoms: readonly string[];
  words: number;
  /** It wears a skin. */
  dressed?: boolean;
}

export interface SecretArchive {
  site: TestSite;
  people: Record<Exclude<Walker, 'guest'>, Person>;
  secrets: readonly Secret[];
  works: readonly SecretWork[];
  /** Every tag's kind and name, every creator's and series' public id: what a visitor could try. */
  tags: readonly (NamedTag & { known: Known })[];
  creators: readonly { id: string; name: string; known: Known; gifted: Known }[];
  /** What people ask each other: invitations to create, gifts, relations between works; nothing of it is the reader's. */
  asked: { invitations: readonly string[]; gifts: readonly string[]; relations: readonly string[] };
  series: readonly { id: string; known: Known }[];
  imports: readonly { id: string; by: Walker }[];
  /** What accounts call their sessions and their invitations by; none of them is the reader's. */
  sessions: readonly string[];
  invitations: readonly string[];
  /** Public ids of pseuds; none of them is the reader's. And the names in the addresses of icons. */
  pseuds: readonly string[];
  icons: readonly { name: string; known: Known }[];
  /** Public ids of reports and of legal notices. */
  reports: readonly string[];
  notices: readonly string[];
  /** Keys of what the creator typed and did not save. */
  unsaved: readonly string[];
  /** Public ids of work skins; none of them is the reader's. */
  skins: readonly string[];
  /** Public ids of passkeys and of tokens; none of them is the reader's. */
  passkeys: readonly string[];
  tokens: readonly string[];
}

interface NamedTag {
  kind: TagKind;
  name: string;
}

const EVERYBODY: readonly Walker[] = WALKERS;
const NOBODY: readonly Walker[] = [];
const ACCOUNTS: readonly Walker[] = WALKERS.filter((who) => who !== 'guest');
const MODERATORS: readonly Walker[] = ['moderator', 'owner'];
/** Those who may bring in what others wrote. */
const IMPORTERS: readonly Walker[] = ['keeper', 'owner'];

/** A word that no page holds by chance; letters alone, so that no escaping changes it. */
export function secretWord(what: string): string {
  const digits = createHash('sha256').update(what).digest('hex').slice(0, 14);
  return `zq${digits.replace(/\d/g, (digit) => 'ghijkmnptv'[Number(digit)] ?? '')}`;
}

interface HiddenPlan {
  name: string;
  state: WorkState;
  /** Who may read it. */
  readBy: readonly Walker[];
  /** Who may know who wrote it, where that is not everybody who may read it. */
  creatorKnownBy?: readonly Walker[];
  /** Who keeps it: its creator, or the archivist who brought it in and has its original. */
  kept: 'creator' | 'keeper';
  listed: Known;
}

const UNLISTED = { guest: false, account: false };
const FOR_ACCOUNTS = { guest: false, account: true };
const FOR_ALL = { guest: true, account: true };

/** The states, and who reads in each: "a draft is read by its creators only, never by moderators", and so on. */
const HIDDEN: readonly HiddenPlan[] = [
  { name: 'draft', state: { state: 'draft' }, readBy: ['creator'], kept: 'creator', listed: UNLISTED },
  { name: 'scheduled', state: { state: 'scheduled' }, readBy: ['creator'], kept: 'creator', listed: UNLISTED },
  { name: 'restricted', state: { restricted: true }, readBy: ACCOUNTS, kept: 'creator', listed: FOR_ACCOUNTS },
  { name: 'unrevealed', state: { unrevealed: true }, readBy: ['creator'], kept: 'creator', listed: UNLISTED },
  { name: 'hidden', state: { hidden: true }, readBy: ['creator', ...MODERATORS], kept: 'creator', listed: UNLISTED },
  {
    name: 'deleted',
    state: { deleted: true },
    readBy: NOBODY,
    creatorKnownBy: ['creator'],
    kept: 'creator',
    listed: UNLISTED,
  },
  {
    name: 'anonymous',
    state: { anonymous: true },
    readBy: EVERYBODY,
    creatorKnownBy: ['creator'],
    kept: 'creator',
    listed: FOR_ALL,
  },
  {
    name: 'restricted anonymous',
    state: { restricted: true, anonymous: true },
    readBy: ACCOUNTS,
    creatorKnownBy: ['creator'],
    kept: 'creator',
    listed: FOR_ACCOUNTS,
  },
  {
    name: 'hidden anonymous',
    state: { hidden: true, anonymous: true },
    readBy: ['creator', ...MODERATORS],
    creatorKnownBy: ['creator'],
    kept: 'creator',
    listed: UNLISTED,
  },
  {
    name: 'hidden draft',
    state: { state: 'draft', hidden: true },
    readBy: ['creator'],
    kept: 'creator',
    listed: UNLISTED,
  },
  { name: 'imported draft', state: { state: 'draft' }, readBy: ['keeper'], kept: 'keeper', listed: UNLISTED },
  { name: 'imported restricted', state: { restricted: true }, readBy: ACCOUNTS, kept: 'keeper', listed: FOR_ACCOUNTS },
  {
    name: 'imported anonymous',
    state: { anonymous: true },
    readBy: EVERYBODY,
    creatorKnownBy: ['keeper'],
    kept: 'keeper',
    listed: FOR_ALL,
  },
  {
    name: 'imported hidden',
    state: { hidden: true },
    readBy: ['keeper', ...MODERATORS],
    kept: 'keeper',
    listed: UNLISTED,
  },
  {
    name: 'imported deleted',
    state: { deleted: true },
    readBy: NOBODY,
    creatorKnownBy: ['keeper'],
    kept: 'keeper',
    listed: UNLISTED,
  },
];

/** Open works beside the hidden ones: more than a page of them, all in one fandom that everybody sees. */
const OPEN = 27;
export const OPEN_FANDOM = 'Sherlock Holmes';

/** Fills a site. `open`: how many works for everybody stand beside the hidden ones. */
export async function secretArchive(site: TestSite, { open = OPEN } = {}): Promise<SecretArchive> {
  const secrets: Secret[] = [];
  const secret = (what: string, seenBy: readonly Walker[]): string => {
    const word = secretWord(what);
    if (secrets.some((one) => one.word === word)) throw new Error(`Two secrets are called "${what}".`);
    secrets.push({ word, what, seenBy });
    return word;
  };
  const people = {
    reader: await site.person(secret('the pseud of a reader who has posted nothing', ['reader'])),
    invited: await site.person(
      secret('the pseud of somebody who was invited and has not accepted', ['invited', 'creator']),
    ),
    creator: await site.person('wintergreen'),
    keeper: await site.person('meadowsweet', ['member', 'archivist']),
    // The owner sees who holds which role, and both see who did what in the log.
    moderator: await site.person(secret('the pseud of a moderator', MODERATORS), ['member', 'moderator']),
    owner: site.owner,
  };
  const archive: Filling = {
    site,
    people,
    works: [],
    tags: [],
    series: [],
    imports: [],
    reports: [],
    notices: [],
    unsaved: [],
    creators: new Map([['wintergreen', FOR_ALL]]),
    gifted: new Map(),
    asked: { invitations: [], gifts: [], relations: [] },
  };

  for (let index = 0; index < open; index += 1) {
    await addWork(
      archive,
      `open ${index}`,
      { title: `Open ${index}`, by: [people.creator] },
      { state: 'posted' },
      FOR_ALL,
    );
  }
  for (const hidden of HIDDEN) await addHidden(archive, hidden, secret);
  await addPartlyPosted(archive, secret);
  await addTagsOfDrafts(archive, secret);
  await addImports(archive, secret);
  await addModeration(archive, secret);
  await addTogether(archive, secret, addWork);
  await addDecided(archive, secret, addWork);
  await addUnsaved(archive, secret);
  await addAccountSecrets(archive, secrets, secret);
  const keys = await addKeys(archive, secret);

  await site.follow();
  const { db } = site.ground;
  const sessions = await db.reads
    .selectFrom('sessions')
    .select('public_id')
    .where('account_id', '<>', people.reader.viewer.accountId)
    .execute();
  const invitations = await db.reads.selectFrom('invitations').select('public_id').execute();
  const skins = await db.reads.selectFrom('work_skins').select('public_id').execute();
  const pseuds = await db.reads.selectFrom('pseuds').select(['public_id', 'name']).execute();
  const icons = await db.reads
    .selectFrom('pseud_icons')
    .innerJoin('pseuds', 'pseuds.id', 'pseud_icons.pseud_id')
    .select(['pseud_icons.public_id as icon', 'pseuds.name'])
    .execute();
  const imported = await db.reads.selectFrom('imported_creators').select(['public_id', 'name']).execute();
  const fixed = await db.reads
    .selectFrom('tags')
    .select(['kind', 'name'])
    .where('kind', 'in', ['rating', 'warning', 'category', 'media'])
    .execute();
  return {
    site,
    people,
    works: archive.works,
    series: archive.series,
    imports: archive.imports,
    sessions: sessions.map((row) => row.public_id),
    invitations: invitations.map((row) => row.public_id),
    pseuds: pseuds.filter(({ name }) => name !== people.reader.pseud).map((row) => row.public_id),
    icons: icons.map(({ icon, name }) => ({ name: icon, known: archive.creators.get(name) ?? UNLISTED })),
    reports: archive.reports,
    notices: archive.notices,
    unsaved: archive.unsaved,
    skins: skins.map((row) => row.public_id),
    ...keys,
    secrets,
    tags: [...archive.tags, ...fixed.map((tag) => ({ ...tag, known: FOR_ALL }))],
    // Whoever has nothing in anybody's lists is there for nobody but themselves.
    creators: [...pseuds, ...imported].map(({ public_id: id, name }) => ({
      id,
      name,
      known: archive.creators.get(name) ?? UNLISTED,
      // Nobody gives a work to an imported name.
      gifted: pseuds.some((pseud) => pseud.public_id === id)
        ? (archive.gifted.get(name) ?? archive.creators.get(name) ?? UNLISTED)
        : UNLISTED,
    })),
    asked: archive.asked,
  };
}

export interface Filling extends Pick<SecretArchive, 'site' | 'people'> {
  works: SecretWork[];
  tags: (NamedTag & { known: Known })[];
  series: { id: string; known: Known }[];
  imports: { id: string; by: Walker }[];
  reports: string[];
  notices: string[];
  unsaved: string[];
  /** By name: for whom their page is there. */
  creators: Map<string, Known>;
  /** By name: for whom the page of gifts to them is there, where that is not those for whom their page is. */
  gifted: Map<string, Known>;
  asked: { invitations: string[]; gifts: string[]; relations: string[] };
}
export type Tell = (what: string, seenBy: readonly Walker[]) => string;

async function addWork(
  archive: Filling,
  name: string,
  plan: WorkPlan,
  state: WorkState,
  listed: Known,
): Promise<SecretWork> {
  const { site } = archive;
  // Every work but a draft has been posted once by the ordinary action: its chapters are posted too.
  const made = await makeWork(site, plan, state.state === 'draft' ? state : { ...state, state: 'posted' });
  if (state.state === 'scheduled') await setState(site, made.id, state);
  const work: SecretWork = {
    name,
    id: made.id,
    publicId: made.publicId,
    chapters: await chapterIds(site, made.id),
    listed,
    fandoms: plan.fandoms ?? [OPEN_FANDOM],
    words: (plan.chapters?.length ?? 1) * WORDS_A_CHAPTER,
  };
  archive.works.push(work);
  for (const fandom of work.fandoms) rememberTag(archive, { kind: 'fandom', name: fandom }, listed);
  for (const tag of plan.tags ?? []) rememberTag(archive, tag, listed);
  return work;
}

function rememberTag(archive: Filling, tag: NamedTag, listed: Known): void {
  const known = archive.tags.find((one) => one.kind === tag.kind && one.name === tag.name);
  if (!known) archive.tags.push({ ...tag, known: listed });
  else known.known = { guest: known.known.guest || listed.guest, account: known.known.account || listed.account };
}

/** A work with a word in every field, in a series of its own. */
async function addHidden(archive: Filling, hidden: HiddenPlan, secret: Tell): Promise<void> {
  const { site, people } = archive;
  const { name, readBy, kept } = hidden;
  const keepers: readonly Walker[] = hidden.state.deleted ? NOBODY : [kept];
  const of = (field: string, seenBy: readonly Walker[] = readBy) => secret(`${field} of the ${name} work`, seenBy);
  const knownBy = hidden.creatorKnownBy ?? readBy;
  // Where a deletion can be taken back, its creators see the title and the byline of the work, and nothing else of it.
  const title = of('title', hidden.state.deleted ? [kept] : readBy);
  const imported = kept === 'keeper';
  const byName = imported ? [of('imported creator', knownBy)] : [];
  const alone = imported ? people.keeper : await site.person(of('creator', knownBy));
  // An anonymous work stands in nobody's list.
  archive.creators.set(byName[0] ?? alone.pseud, hidden.state.anonymous ? UNLISTED : hidden.listed);
  const work = await addWork(
    archive,
    name,
    {
      title,
      ...(imported ? { importedBy: byName, archivedBy: people.keeper } : { by: [people.creator, alone] }),
      summary: `<p>${of('summary')}</p>`,
      notes: `<p>${of('notes')}</p>`,
      endNotes: `<p>${of('end notes')}</p>`,
      fandoms: [of('fandom')],
      tags: [
        { kind: 'relationship', name: `${of('relationship')} & Watson` },
        { kind: 'character', name: of('character') },
        { kind: 'freeform', name: of('additional tag') },
      ],
      chapters: ['first', 'second'].map((which) => ({
        title: of(`${which} chapter's title`),
        summary: `<p>${of(`${which} chapter's summary`)}</p>`,
        notes: `<p>${of(`${which} chapter's notes`)}</p>`,
        endNotes: `<p>${of(`${which} chapter's end notes`)}</p>`,
        html: `<p>${of(`${which} chapter's text`)}</p>`,
      })),
      // Where an anonymous work stood before says who wrote it.
      sourceUrl: `https://${of('source address', hidden.state.deleted ? NOBODY : knownBy)}.example/works/1`,
      notices: [of('notice of the import', keepers)],
    },
    hidden.state,
    hidden.listed,
  );
  await keepOriginal(site, work.id, `${of('original file name', keepers)}.txt`, of('original file', keepers));
  // What stands in the sheet is for who reads the work; the skin's title for who wrote it, whatever became of the work.
  const css = `p::before { content: "${of('skin', readBy.includes(kept) ? readBy : [...readBy, kept])}" }`;
  await giveSkin(site, people[kept], work, css, of("skin's title", [kept]), of("skin's comment", [kept]));
  work.dressed = true;
  // The works beside an anonymous one would name its creator: only who knows them anyway is told of the series.
  const seriesTitle = of(
    'series title',
    readBy.filter((who) => knownBy.includes(who)),
  );
  const known = hidden.state.anonymous ? UNLISTED : hidden.listed;
  archive.series.push({ id: await putInSeries(site, work.id, seriesTitle), known });
}

/** A posted work for everybody, with chapters that are not posted, and an invitation that is not accepted. */
async function addPartlyPosted(archive: Filling, secret: Tell): Promise<void> {
  const { site, people } = archive;
  const states = ['draft', 'scheduled'] as const;
  const work = await addWork(
    archive,
    'partly posted',
    {
      title: 'Partly Posted',
      by: [people.creator],
      chapters: [
        'Open at first.',
        'Open still.',
        ...states.map((state) => ({
          title: secret(`title of a ${state} chapter`, ['creator']),
          summary: `<p>${secret(`summary of a ${state} chapter`, ['creator'])}</p>`,
          notes: `<p>${secret(`notes of a ${state} chapter`, ['creator'])}</p>`,
          endNotes: `<p>${secret(`end notes of a ${state} chapter`, ['creator'])}</p>`,
          html: `<p>${secret(`text of a ${state} chapter`, ['creator'])}</p>`,
        })),
      ],
    },
    { state: 'posted' },
    FOR_ALL,
  );
  await addCreator(site, work.id, people.invited, 'invited');
  // What a chapter said before is seen by those who keep it; of a deleted one, its title until it is erased.
  await addOldRevision(site, work.id, 2, secret('earlier text of an open chapter', ['creator']));
  await addDeletedChapter(site, work.id, {
    title: secret('title of a deleted chapter', ['creator']),
    summary: `<p>${secret('summary of a deleted chapter', NOBODY)}</p>`,
    html: `<p>${secret('text of a deleted chapter', NOBODY)}</p>`,
  });
  for (const [index, state] of states.entries()) await setChapterState(site, work.id, index + 3, state);
  work.words = 2 * WORDS_A_CHAPTER;
  archive.series.push({ id: await putInSeries(site, work.id, 'A Series for Everybody'), known: FOR_ALL });
}

/** Spellings that only a draft uses, of concepts that everybody sees. */
async function addTagsOfDrafts(archive: Filling, secret: Tell): Promise<void> {
  const { site, people } = archive;
  const open = 'Slow Burn';
  const spelling = secret('synonym that only a draft uses', ['creator']);
  await addWork(
    archive,
    'slow',
    { title: 'Slow', by: [people.creator], tags: [{ kind: 'freeform', name: open }] },
    { state: 'posted' },
    FOR_ALL,
  );
  await addWork(
    archive,
    'slow draft',
    { title: 'Slow Draft', by: [people.creator], tags: [{ kind: 'freeform', name: spelling }] },
    { state: 'draft' },
    UNLISTED,
  );
  await mergeTag(site, { kind: 'freeform', name: spelling }, open);
}

/** Which of the works have a rescued text to review, and a change of their source to look at; who keeps them sees both. */
const REVIEWED = ['imported draft', 'imported hidden', 'hidden', 'imported deleted'];

/** Imports of an archivist and of the owner, what they left to look at, and a removal that somebody asked for. */
async function addImports(archive: Filling, secret: Tell): Promise<void> {
  const { site, people } = archive;
  const named = (name: string): SecretWork => {
    const work = archive.works.find((one) => one.name === name);
    if (!work) throw new Error(`There is no ${name} work.`);
    return work;
  };
  for (const who of ['keeper', 'owner'] as const) {
    const of = (field: string) => secret(`${field} of an import by the ${who}`, [who]);
    const draft = who === 'keeper' ? named('imported draft').id : null;
    const run = await recordImport(site, {
      by: people[who],
      named: [`${of('name')}.zip`],
      options: { fandoms: [of('fandom')], creators: [of('creator')], freeforms: [of('additional tag')] },
      files: [
        {
          file: `${of('folder')}/${of('path')}.txt`,
          outcome: 'draft',
          workId: draft,
          reason: of('reason'),
          repairs: [of('repair')],
          unmapped: [of('thing without a place')],
        },
        { file: `${of('path of what was refused')}.txt`, outcome: 'refused', reason: of('refusal') },
        // They were for everybody when the import found them here, and are so no more.
        ...['draft', 'hidden', 'unrevealed', 'deleted'].map((name) => ({
          file: `${of(`path of what became ${name}`)}.txt`,
          outcome: name === 'draft' ? ('update' as const) : ('unchanged' as const),
          workId: named(name).id,
        })),
      ],
    });
    archive.imports.push({ id: run.publicId, by: who });
    const waiting = await recordImport(site, { by: people[who], named: [of('name of a file')], state: 'gathering' });
    archive.imports.push({ id: waiting.publicId, by: who });
  }
  for (const name of REVIEWED) {
    const { id, name: of } = named(name);
    const kept =
      name === 'hidden' ? (['creator'] as const) : name === 'imported deleted' ? NOBODY : (['keeper'] as const);
    const { blob } = await site.ground.db.reads
      .selectFrom('import_originals')
      .select('blob')
      .where('work_id', '=', id)
      .executeTakeFirstOrThrow();
    const text = Buffer.from((await site.ground.files.get(blob)) ?? []).toString();
    await keepRescue(site, id, text);
    await proposeChange(
      site,
      id,
      `${secret(`file name of a change of the ${of} work`, kept)}.md`,
      `# ${secret(`chapter title of a change of the ${of} work`, kept)}\n\n${secret(`text of a change of the ${of} work`, kept)}\n`,
    );
  }
  const note = secret('note of a removal on request', IMPORTERS);
  await site.ground.db.write((tx) => rememberRemoval(tx, site.ground.now(), named('imported deleted').id, note));
}

/** Reports with all that is said about them, measures against people, the log, and a legal notice. */
async function addModeration(archive: Filling, secret: Tell): Promise<void> {
  const { site, people } = archive;
  const { db, now } = site.ground;
  const named = (name: string) => archive.works.find((one) => one.name === name) ?? { id: 0, publicId: '' };
  // A hidden work is read for a reason.
  for (const person of [people.moderator, people.owner]) {
    await grantLooks(
      site,
      person,
      archive.works.filter((work) => work.name.includes('hidden')).map((work) => work.id),
    );
  }
  const moderator = people.moderator.viewer;
  for (const who of ['guest', 'reader'] as const) {
    const of = (field: string, seenBy: readonly Walker[]) => secret(`${field} of a report by the ${who}`, seenBy);
    const reporter = who === 'guest' ? guest(false) : people.reader.viewer;
    const readBy: readonly Walker[] = who === 'guest' ? MODERATORS : [who, ...MODERATORS];
    for (const closed of [false, true]) {
      const which = closed ? 'closed' : 'open';
      const subject = { kind: 'work' as const, id: named('open 0').id, path: `/works/${named('open 0').publicId}` };
      const email = `${of(`address of ${which}`, who === 'guest' && !closed ? MODERATORS : NOBODY)}@example.org`;
      const words = of(`words of ${which}`, readBy);
      const { publicId } = await db.write((tx) =>
        makeReport(tx, now(), reporter, { subject, reason: 'spam', words, email }),
      );
      archive.reports.push(publicId);
      const note = of(`note of ${which}`, MODERATORS);
      await db.write((tx) => addNote(tx, now(), moderator, publicId, note));
      const answer = { outcome: 'acted', answer: closed ? of('answer', readBy) : '' };
      if (closed) await db.write((tx) => closeReport(tx, now(), moderator, publicId, answer));
    }
  }
  const { public_id: warned } = await db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', people.creator.pseudId)
    .executeTakeFirstOrThrow();
  const reason = secret('reason of a warning to the creator', ['creator', ...MODERATORS]);
  await db.write((tx) => takeMeasure(tx, now(), moderator, warned, { kind: 'warning', reason, endsAt: null }));
  // A work that is hidden by the ordinary action: those who keep it read why.
  const hidden = await addWork(
    archive,
    'hidden for a reason',
    { title: 'Hidden for a Reason', by: [people.creator] },
    { state: 'posted' },
    UNLISTED,
  );
  const why = secret('reason why a work is hidden', ['creator', ...MODERATORS]);
  await db.write((tx) => hideForReason(tx, now(), moderator, hidden.publicId, why));
  const say = (field: string) => secret(`${field} of a legal notice`, ['owner']);
  archive.notices.push(
    await db.write((tx) =>
      makeNotice(tx, now(), guest(false), {
        kind: 'copyright',
        name: say('name'),
        email: `${say('address')}@example.org`,
        onBehalfOf: say('principal'),
        places: say('place'),
        what: say('object'),
        why: say('reason'),
        signature: say('signature'),
        goodFaith: true,
        accurate: true,
      }),
    ),
  );
}

/** What the creator typed and did not save: read by nobody else, whoever keeps the work with them. */
async function addUnsaved(archive: Filling, secret: Tell): Promise<void> {
  const { site, people } = archive;
  const named = (name: string) => archive.works.find((work) => work.name === name);
  const open = named('open 0');
  const places = ['/works/new', `/works/${open?.publicId}/chapters/new`, `/works/${open?.publicId}/edit`];
  for (const place of [...places, `/works/${open?.publicId}/chapters/${open?.chapters[0]}/edit`]) {
    const words = secret(`words typed at ${place.replace(/[0-9a-z]{10}/g, '…')} and not saved`, ['creator']);
    archive.unsaved.push(await leaveUnsaved(site, people.creator, words, place));
  }
}

/** What people call their passkeys and their tokens, each for themselves alone. */
async function addKeys({ site, people }: Filling, secret: Tell): Promise<Pick<SecretArchive, 'passkeys' | 'tokens'>> {
  const keys: { passkeys: string[]; tokens: string[] } = { passkeys: [], tokens: [] };
  for (const who of ['creator', 'owner'] as const) {
    keys.passkeys.push(await givePasskey(site, people[who], secret(`a passkey of the ${who}`, [who])));
    const { publicId } = await giveToken(site, people[who], { name: secret(`a token of the ${who}`, [who]) });
    keys.tokens.push(publicId);
  }
  return keys;
}

/** What pseuds say and show: one that everybody meets, and one with nothing to its name, which is nobody's business. */
async function addPseuds(archive: Filling, secrets: Secret[], secret: Tell): Promise<void> {
  const { site, people } = archive;
  const { db, now } = site.ground;
  const { accountId } = people.creator.viewer;
  const say = async (publicId: string, html: string, label: string) =>
    db.write((tx) =>
      changeProfile(tx, now(), accountId, publicId, {
        format: 'html',
        source: html,
        html,
        rules: 1,
        links: [{ label, address: `https://${label}.example/` }],
      }),
    );
  const of = (field: string) =>
    secret(`${field} of the creator's second pseud, which has nothing to its name`, ['creator']);
  const second = await showIcon(site, accountId, of('name'), of('alternative text'));
  await say(second.publicId, `<p>${of('profile')}</p>`, of('link'));
  const third = 'harebell';
  const shown = await showIcon(site, accountId, third, 'A harebell in the rain');
  await say(shown.publicId, '<p>I grow on heaths.</p>', 'heaths');
  const { id: pseudId } = await db.reads
    .selectFrom('pseuds')
    .select('id')
    .where('public_id', '=', shown.publicId)
    .executeTakeFirstOrThrow();
  archive.creators.set(third, FOR_ALL);
  const by = [{ ...people.creator, pseudId, pseud: third }];
  await addWork(archive, 'another pseud’s', { title: 'On Heaths', by }, { state: 'posted' }, FOR_ALL);
  secrets.push({ word: second.icon, what: 'address of the icon of the second pseud', seenBy: ['creator'] });
  for (const { blob, publicId } of [second, shown])
    secrets.push({ word: blob, what: `name of the file of the icon of ${publicId}`, seenBy: NOBODY });
}

/** What belongs to accounts: other pseuds, sessions, the owner's link. */
async function addAccountSecrets(archive: Filling, secrets: Secret[], secret: Tell): Promise<void> {
  const { site, people } = archive;
  const { db, now } = site.ground;
  await addPseuds(archive, secrets, secret);
  const tell = (what: string, word: string) => secrets.push({ word, what, seenBy: NOBODY });
  for (const who of ['reader', 'creator', 'owner'] as const) {
    const name = secret(`name that the ${who} signs in with`, [who]);
    for (const [index, code] of (await secureAccount(site, people[who], name, `secret of the ${who}`)).entries())
      tell(`recovery code ${index} of the ${who}`, code);
    const device = secret(`another device of the ${who}`, [who]);
    tell(
      `session token of another device of the ${who}`,
      await db.write((tx) => startSession(tx, now(), people[who].viewer.accountId, false, device)),
    );
  }
  for (const who of ['creator', 'owner'] as const) {
    const { publicId, code } = await giveInvitation(site, people[who]);
    tell(`code of an invitation by the ${who}`, code);
    secrets.push({ word: publicId, what: `id of an invitation by the ${who}`, seenBy: [who] });
  }
  await addMailSecrets(archive, secret, tell);
  const kept = await db.reads.selectFrom('credentials').select('password_hash').execute();
  for (const [index, row] of kept.entries()) tell(`kept password ${index}`, row.password_hash);
  const codes = await db.reads.selectFrom('recovery_codes').select('code_hash').execute();
  for (const [index, row] of codes.entries()) tell(`hash of recovery code ${index}`, row.code_hash);
  for (const [who, person] of Object.entries(people))
    tell(`session token of the ${who}`, person.cookie.split('=')[1] ?? '');
  tell("token of the owner's link", await db.write((tx) => makeOwnerLink(tx, now())));
  const hashes = await db.reads.selectFrom('sessions').select('token_hash').execute();
  for (const [index, row] of hashes.entries()) tell(`hash of session ${index}`, row.token_hash);
  const blobs = await db.reads.selectFrom('import_originals').select('blob').execute();
  for (const [index, row] of blobs.entries()) tell(`name of blob ${index}`, row.blob);
  const removed = await db.reads.selectFrom('import_removals').select('text_hash').execute();
  for (const [index, row] of removed.entries()) tell(`fingerprint of removal ${index}`, row.text_hash);
}

/** Addresses of accounts, of invitations that are on their way and of the queue, and the secrets of their links. */
async function addMailSecrets(
  archive: Filling,
  secret: Tell,
  tell: (what: string, word: string) => void,
): Promise<void> {
  const { site, people } = archive;
  const { db, now } = site.ground;
  const at = now();
  const linkOf = (what: string, made: { token: string } | object | null) => {
    if (made === null || !('token' in made)) throw new Error(`There is no ${what}.`);
    tell(what, made.token);
    return made.token;
  };
  await db.write(async (tx) => {
    await changeSettings(tx, at, { invitationQueue: true });
    for (const who of ['reader', 'creator', 'owner'] as const) {
      const { accountId } = people[who].viewer;
      const waiting = tx.selectFrom('email_addresses').select('id').where('account_id', '=', accountId);
      for (const state of ['confirmed', 'waiting'] as const) {
        await giveAddress(tx, at, accountId, `${secret(`${state} address of the ${who}`, [who])}@example.org`);
        const { id } = await waiting.where('confirmed_at', 'is', null).executeTakeFirstOrThrow();
        const link = linkOf(
          `link that confirms the ${state} address of the ${who}`,
          await makeAddressLink(tx, at, id, `${who} ${state}`),
        );
        if (state === 'confirmed') await confirmAddress(tx, at, link);
      }
      linkOf(`link that sets a password of the ${who}`, await makePasswordLink(tx, at, accountId));
    }
    const invited = secret('address that an invitation goes to', NOBODY);
    const made = await inviteByMail(tx, at, people.owner.viewer, `${invited}@example.org`);
    if ('refusal' in made) throw new Error('The owner has no invitation left.');
    const letter = await makeCodeToSend(tx, at, made.invitationId);
    tell('code of an invitation that goes by mail', letter?.code ?? '');
    await askForPlace(tx, at, `${secret('address that waits in the queue', NOBODY)}@example.org`);
    const { id } = await tx.selectFrom('invitation_requests').select('id').executeTakeFirstOrThrow();
    await confirmPlace(tx, at, linkOf('link to a place in the queue', await makePlaceLink(tx, at, id)));
  });
}
