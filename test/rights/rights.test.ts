/**
 * Who may do what: every route of the running app has a row below that says what each of them is answered. A route
 * without a row fails by its name, and every row is exercised by everybody. What is refused changes nothing.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hono } from 'hono';
import { deviceKey, sessionOf, startSession, type ArchiveEnv } from '../../src/features/accounts/index.ts';
import { devicesOf } from '../../src/features/accounts/devices.queries.ts';
import { makeNotice } from '../../src/features/moderation/legal.actions.ts';
import { makeReport } from '../../src/features/moderation/reports.actions.ts';
import {
  giveInvitation,
  keepOriginal,
  keepRescue,
  leaveUnsaved,
  makeWork,
  openPseud,
  proposeChange,
  putInSeries,
  recordImport,
  deleteChapterRow,
  giveSkin,
  makeOwnSeries,
  setChapterState,
  showIcon,
  setState,
  type CastWork,
} from '../cast.ts';
import { deleteSeries } from '../../src/features/series/own.actions.ts';
import { changeSettings } from '../../src/features/site/index.ts';
import { givenKeys } from '../keys.ts';
import { MAIL_NOWHERE } from '../post.ts';
import { openSite, type Person, type TestSite } from '../site.ts';
import { contents } from './contents.ts';
import { thingsTogether, type ThingsTogether } from './together.ts';

/** `creator` is in the byline of the work in question; `archivist` has brought one in; `stranger` has an account. */
const WHO = ['guest', 'stranger', 'creator', 'archivist', 'moderator', 'owner'] as const;
type Who = (typeof WHO)[number];
type Answers = Record<Who, number>;

const everybody = (status: number): Answers => answers({}, status);
const answers = (some: Partial<Answers>, others: number): Answers =>
  Object.fromEntries(WHO.map((who) => [who, some[who] ?? others])) as Answers;
/** Those who keep a work: its creators, or who brought it in. Everybody else learns nothing of it. */
const keepers = (status: number) => answers({ creator: status, archivist: status }, 404);
const accounts = (status: number) => answers({ guest: 404 }, status);
/** Those who answer reports. */
const moderators = (status: number) => answers({ moderator: status, owner: status }, 404);
const owner = (status: number) => answers({ owner: status }, 404);
/** Those with the right to bring in works; of an import, each of their own. */
const importers = (status: number) => answers({ archivist: status, owner: status }, 404);

/** What a row is tried on: a work in the creator's hands, or one that the archivist brought in, with an import of theirs. */
interface Things extends ThingsTogether {
  work: CastWork & { chapter: string };
  /** The archivist's, or the owner's where the work is the creator's. */
  run: string;
  series: string;
  /** One that the archivist, or the creator, made by hand for the work; deleted where `before` says so. */
  ownSeries: string;
  creator: string;
  /** The archivist's, or the creator's: another device of theirs, and an invitation they gave. */
  device: string;
  invitation: string;
  /** Another pseud of theirs and the name of its icon, where `before` asks for one. */
  pseud: string;
  icon: string;
  /** A report about the work, a legal notice, and the pseud of somebody who is nobody else here. */
  report: string;
  notice: string;
  somebody: string;
  /** What the archivist, or the creator, typed there and did not save. */
  unsaved: string;
  /** The archivist's, or the creator's, which the work wears. */
  skin: string;
  /** The archivist's, or the creator's: a passkey and a token. */
  passkey: string;
  token: string;
}

interface Row {
  answers: Answers;
  path: string | ((things: Things) => string);
  fields?: Record<string, string>;
  /** Sent as a form with files, or as a file itself, instead of the fields. */
  body?: (who: Who) => FormData | string | Promise<string>;
  /** The state the work is in before. */
  before?:
    | 'pseud'
    | 'draft'
    | 'deleted'
    | 'draft-chapter'
    | 'deleted-chapter'
    | 'hidden'
    | 'anonymous'
    | 'deleted-series';
  /** The state the import is in before; over when nothing is said. */
  run?: 'gathering';
}

const FORM = {
  title: 'Corrected',
  fandoms: 'Dracula',
  rating: 'general',
  warnings: 'none',
  language: 'en',
  status: 'in-progress',
  plannedChapters: '?',
};
const ofWork = (rest: string) => (things: Things) => `/works/${things.work.publicId}${rest}`;
const ofChapter = (rest: string) => (things: Things) =>
  `/works/${things.work.publicId}/chapters/${things.work.chapter}${rest}`;
const ofImport = (rest: string) => (things: Things) => `/imports/${things.run}${rest}`;
const ofPseud = (rest: string) => (things: Things) => `/account/pseuds/${things.pseud}${rest}`;
const ofReport = (rest: string) => (things: Things) => `/moderation/reports/${things.report}${rest}`;
const ofModerated = (rest: string) => (things: Things) => `/moderation/works/${things.work.publicId}${rest}`;
const ofSomebody = (rest: string) => (things: Things) => `/moderation/people/${things.somebody}${rest}`;
const ofSkin = (rest: string) => (things: Things) => `/account/skins/${things.skin}${rest}`;
const ofSeries = (rest: string) => (things: Things) => `/series/${things.ownSeries}${rest}`;
const ofPasskey = (rest: string) => (things: Things) => `/account/passkeys/${things.passkey}${rest}`;
const ofNotice = (rest: string) => (things: Things) => `/moderation/legal-notices/${things.notice}${rest}`;
const BECAUSE = Object.fromEntries(new URLSearchParams('reason=Somebody asked for it.'));
const NOTICE = {
  kind: 'copyright',
  name: 'A. Rights',
  email: 'rights@example.org',
  places: 'http://localhost/works',
  what: 'My story.',
  why: 'I wrote it.',
  signature: 'A. Rights',
  goodFaith: 'on',
  accurate: 'on',
};
/** Begins an import that waits for its files: nothing runs beside the rows that come after. */
function beginning(): FormData {
  const form = new FormData();
  form.append('begin', 'files');
  return form;
}

/** Says what an icon shows, without another picture. */
function describing(): FormData {
  const form = new FormData();
  form.append('alt', 'A moth');
  return form;
}

const TABLE: Record<string, Row> = {
  'GET /assets/:name': { path: '/assets/none.css', answers: everybody(404) },
  'GET /healthz': { path: '/healthz', answers: everybody(200) },
  'GET /readyz': { path: '/readyz', answers: everybody(200) },
  'GET /robots.txt': { path: '/robots.txt', answers: everybody(200) },
  'GET /.well-known/tdmrep.json': { path: '/.well-known/tdmrep.json', answers: everybody(200) },
  'GET /api/v1/openapi.json': { path: '/api/v1/openapi.json', answers: everybody(200) },

  // A link that is not good says so, to everybody alike; good ones have tests of their own.
  'GET /owner-links/:token': { path: '/owner-links/none', answers: everybody(404) },
  'POST /owner-links/:token': { path: '/owner-links/none', answers: everybody(404) },
  'POST /sessions/end': { path: '/sessions/end', answers: everybody(303) },
  'POST /sessions/others/end': { path: '/sessions/others/end', answers: accounts(303) },
  'POST /sessions/:id/end': { path: (things) => `/sessions/${things.device}/end`, answers: keepers(303) },
  'GET /sign-in': { path: '/sign-in', answers: answers({ guest: 200 }, 302) },
  'POST /sign-in': { path: '/sign-in', answers: everybody(422) },
  'GET /sign-in/recovery': { path: '/sign-in/recovery', answers: everybody(200) },
  'POST /sign-in/recovery': { path: '/sign-in/recovery', answers: everybody(422) },
  // Nobody here has typed a right password before; what comes after one has tests of its own.
  'GET /sign-in/code': { path: '/sign-in/code', answers: everybody(302) },
  'POST /sign-in/code': { path: '/sign-in/code', answers: everybody(422) },
  'POST /sign-in/passkey/challenge': { path: '/sign-in/passkey/challenge', answers: everybody(200) },
  'POST /sign-in/passkey': { path: '/sign-in/passkey', answers: everybody(422) },
  'GET /account/authenticator': { path: '/account/authenticator', answers: answers({ guest: 302 }, 200) },
  'POST /account/authenticator/key': { path: '/account/authenticator/key', answers: accounts(422) },
  'POST /account/authenticator/confirmation': {
    path: '/account/authenticator/confirmation',
    answers: accounts(303),
  },
  'POST /account/authenticator/removal': { path: '/account/authenticator/removal', answers: accounts(303) },
  'GET /account/passkeys': { path: '/account/passkeys', answers: answers({ guest: 302 }, 200) },
  'POST /account/passkeys': { path: '/account/passkeys', answers: accounts(422) },
  'POST /account/passkeys/challenge': { path: '/account/passkeys/challenge', answers: accounts(422) },
  'GET /account/passkeys/:id': { path: ofPasskey(''), answers: keepers(200) },
  'POST /account/passkeys/:id/name': { path: ofPasskey('/name'), fields: { name: 'Renamed' }, answers: keepers(303) },
  'POST /account/passkeys/:id/removal': { path: ofPasskey('/removal'), answers: keepers(422) },
  'GET /account/tokens': { path: '/account/tokens', answers: answers({ guest: 302 }, 200) },
  'POST /account/tokens': {
    path: '/account/tokens',
    // Nobody here has a password; it has tests of its own.
    fields: { name: 'A program', scopes: 'read', term: '30' },
    answers: accounts(422),
  },
  'POST /account/tokens/:id/revocation': {
    path: (things) => `/account/tokens/${things.token}/revocation`,
    answers: keepers(303),
  },
  // A cookie is never enough to change something here; tokens have tests of their own.
  'POST /api/v1/works': { path: '/api/v1/works', answers: everybody(401) },
  'POST /api/v1/works/:id/chapters': {
    path: (things) => `/api/v1/works/${things.work.publicId}/chapters`,
    answers: everybody(401),
  },
  'GET /join': { path: '/join', answers: answers({ guest: 200 }, 302) },
  // Who has an account is led to it; what newcomers type has tests of its own.
  'POST /join': { path: '/join', answers: answers({ guest: 422 }, 303) },
  'GET /account': { path: '/account', answers: answers({ guest: 302 }, 200) },
  'GET /account/preferences': { path: '/account/preferences', answers: answers({ guest: 302 }, 200) },
  'POST /account/preferences': { path: '/account/preferences', answers: accounts(422) },
  // What is typed there, and what then goes, has tests of its own.
  'GET /account/orphaning': { path: '/account/orphaning', answers: answers({ guest: 302 }, 200) },
  'POST /account/orphaning': { path: '/account/orphaning', answers: accounts(422) },
  'GET /account/deletion': { path: '/account/deletion', answers: answers({ guest: 302 }, 200) },
  'POST /account/deletion': { path: '/account/deletion', answers: accounts(422) },
  'GET /account/take-out': { path: '/account/take-out', answers: answers({ guest: 302 }, 200) },
  'POST /account/take-out': { path: '/account/take-out', answers: accounts(200) },
  'POST /account/credentials': { path: '/account/credentials', answers: accounts(422) },
  'POST /account/name': { path: '/account/name', answers: accounts(422) },
  'POST /account/password': { path: '/account/password', answers: accounts(422) },
  'POST /account/recovery-codes': { path: '/account/recovery-codes', answers: accounts(422) },
  // Members may give none out of the box; these two have given one before.
  'GET /account/pseuds': { path: '/account/pseuds', answers: answers({ guest: 302 }, 200) },
  'POST /account/pseuds': { path: '/account/pseuds', fields: { name: 'Another Name' }, answers: accounts(303) },
  'GET /account/pseuds/:id': { path: ofPseud(''), before: 'pseud', answers: keepers(200) },
  'POST /account/pseuds/:id/name': {
    path: ofPseud('/name'),
    fields: { name: 'Renamed' },
    before: 'pseud',
    answers: keepers(303),
  },
  'POST /account/pseuds/:id/profile': {
    path: ofPseud('/profile'),
    fields: { text: 'Hello.' },
    before: 'pseud',
    answers: keepers(303),
  },
  'POST /account/pseuds/:id/default': { path: ofPseud('/default'), before: 'pseud', answers: keepers(303) },
  'POST /account/pseuds/:id/deletion': { path: ofPseud('/deletion'), before: 'pseud', answers: keepers(303) },
  'POST /account/pseuds/:id/icon': {
    path: ofPseud('/icon'),
    body: describing,
    before: 'pseud',
    answers: keepers(303),
  },
  'POST /account/pseuds/:id/icon/removal': { path: ofPseud('/icon/removal'), before: 'pseud', answers: keepers(303) },
  // A pseud with nothing in anybody's lists: its icon is there for its own account alone.
  'GET /icons/:file': { path: (things) => `/icons/${things.icon}.webp`, before: 'pseud', answers: keepers(200) },
  'GET /invitations': {
    path: '/invitations',
    answers: answers({ creator: 200, archivist: 200, owner: 200 }, 404),
  },
  'POST /invitations': {
    path: '/invitations',
    answers: answers({ creator: 422, archivist: 422, owner: 200 }, 404),
  },
  'POST /invitations/:id/withdrawal': {
    path: (things) => `/invitations/${things.invitation}/withdrawal`,
    answers: keepers(303),
  },
  // One's own; what is typed into it, and links that are good, have tests of their own.
  'GET /account/email': { path: '/account/email', answers: answers({ guest: 302 }, 200) },
  'POST /account/email': { path: '/account/email', answers: accounts(422) },
  'POST /account/email/removal': { path: '/account/email/removal', answers: accounts(422) },
  'GET /account/email/confirmation/:token': { path: '/account/email/confirmation/none', answers: everybody(404) },
  'POST /account/email/confirmation/:token': { path: '/account/email/confirmation/none', answers: everybody(404) },
  'GET /forgotten': { path: '/forgotten', answers: everybody(200) },
  'POST /forgotten': { path: '/forgotten', fields: { who: 'nobody' }, answers: everybody(303) },
  'GET /forgotten/:token': { path: '/forgotten/none', answers: everybody(404) },
  'POST /forgotten/:token': { path: '/forgotten/none', answers: everybody(404) },
  'GET /letters/:sealed': { path: '/letters/none', answers: everybody(404) },
  'POST /letters/:sealed': { path: '/letters/none', answers: everybody(404) },
  'POST /invitations/letters': {
    path: '/invitations/letters',
    fields: { address: 'somebody@example.org' },
    answers: answers({ creator: 422, archivist: 422, owner: 303 }, 404),
  },
  'GET /invitations/queue': { path: '/invitations/queue', answers: everybody(200) },
  'POST /invitations/queue': {
    path: '/invitations/queue',
    fields: { address: 'somebody@example.org' },
    answers: everybody(303),
  },
  'GET /invitations/queue/:token': { path: '/invitations/queue/none', answers: everybody(404) },
  'POST /invitations/queue/:token/confirmation': {
    path: '/invitations/queue/none/confirmation',
    answers: everybody(404),
  },
  'POST /invitations/queue/:token/removal': { path: '/invitations/queue/none/removal', answers: everybody(404) },
  'POST /adult-consent': { path: '/adult-consent', answers: everybody(303) },
  'POST /preferences/theme': { path: '/preferences/theme', answers: everybody(303) },
  'POST /preferences/reading': { path: '/preferences/reading', answers: everybody(303) },

  'GET /': { path: '/', answers: everybody(200) },
  'GET /works': { path: '/works', answers: everybody(200) },
  'GET /fandoms': { path: '/fandoms', answers: everybody(200) },
  'GET /tags/:kind/:name': { path: '/tags/fandom/Sherlock%20Holmes', answers: everybody(200) },
  'GET /tags/:kind/:name/about': { path: '/tags/fandom/Sherlock%20Holmes/about', answers: everybody(200) },
  'GET /search': { path: '/search?q=rain', answers: everybody(302) },
  'GET /creators/:id/:slug?': { path: (things) => `/creators/${things.creator}`, answers: everybody(200) },
  'GET /series/:id/:slug?': { path: (things) => `/series/${things.series}`, answers: everybody(200) },
  'GET /api/v1/works': { path: '/api/v1/works', answers: everybody(200) },
  'GET /api/v1/tags/suggestions': { path: '/api/v1/tags/suggestions?q=sh', answers: everybody(200) },

  'GET /works/:id/:slug?': { path: ofWork(''), answers: everybody(200) },
  'GET /works/:id/:slug/entire': { path: ofWork('/any/entire'), answers: everybody(200) },
  'GET /works/:id/:slug/chapters/:chapter': {
    path: (things) => `/works/${things.work.publicId}/any/chapters/${things.work.chapter}`,
    answers: everybody(200),
  },
  'GET /api/v1/works/:id': { path: (things) => `/api/v1/works/${things.work.publicId}`, answers: everybody(200) },

  'GET /works/:id/original': { path: ofWork('/original'), answers: keepers(200) },
  'GET /works/:id/edit': { path: ofWork('/edit'), answers: keepers(200) },
  'POST /works/:id/edit': { path: ofWork('/edit'), fields: FORM, answers: keepers(303) },
  'GET /works/:id/delete': { path: ofWork('/delete'), answers: keepers(200) },
  'POST /works/:id/deletion': { path: ofWork('/deletion'), answers: keepers(303) },
  'POST /works/:id/restoration': { path: ofWork('/restoration'), answers: keepers(303), before: 'deleted' },
  'POST /works/:id/erasure': { path: ofWork('/erasure'), answers: keepers(303), before: 'deleted' },
  'GET /works/:id/orphaning': { path: ofWork('/orphaning'), answers: keepers(200) },
  'POST /works/:id/orphaning': { path: ofWork('/orphaning'), fields: { name: 'take' }, answers: keepers(303) },
  'POST /works/:id/publication': { path: ofWork('/publication'), answers: keepers(303), before: 'draft' },
  'GET /works/new': { path: '/works/new', answers: accounts(200) },
  // Whose pseud signs it stands in the form of each; without one it comes back.
  'POST /works/new': { path: '/works/new', fields: { ...FORM, text: 'It rained.' }, answers: accounts(422) },
  'POST /works/clean-text': {
    path: '/works/clean-text',
    fields: { text: '*It rained.*', format: 'markdown' },
    answers: accounts(200),
  },
  'POST /works/lost-paragraphs': {
    path: '/works/lost-paragraphs',
    fields: { text: 'It rained.' },
    answers: accounts(200),
  },
  'GET /works/:id/chapters': { path: ofWork('/chapters'), answers: keepers(200) },
  'GET /works/:id/chapters/new': { path: ofWork('/chapters/new'), answers: keepers(200) },
  'POST /works/:id/chapters/new': {
    path: ofWork('/chapters/new'),
    fields: { text: 'It rained.' },
    answers: keepers(303),
  },
  'POST /works/:id/chapters/order': { path: ofWork('/chapters/order'), answers: keepers(303) },
  'POST /works/:id/schedule': {
    path: ofWork('/schedule'),
    fields: { at: '2030-01-01T12:00' },
    before: 'draft',
    answers: keepers(303),
  },
  'POST /works/:id/day': { path: ofWork('/day'), fields: { day: '2001-05-06' }, answers: keepers(303) },
  'GET /works/:id/chapters/:chapter/edit': { path: ofChapter('/edit'), answers: keepers(200) },
  'POST /works/:id/chapters/:chapter/edit': {
    path: ofChapter('/edit'),
    fields: { text: 'It rained.', revision: '1' },
    answers: keepers(303),
  },
  'GET /works/:id/chapters/:chapter/revisions': { path: ofChapter('/revisions'), answers: keepers(200) },
  'POST /works/:id/chapters/:chapter/revisions': {
    path: ofChapter('/revisions'),
    fields: { number: '1', revision: '1' },
    answers: keepers(303),
  },
  'POST /works/:id/chapters/:chapter/revisions/:number/erasure': {
    path: ofChapter('/revisions/1/erasure'),
    answers: keepers(303),
  },
  'GET /works/:id/chapters/:chapter/split': { path: ofChapter('/split'), answers: keepers(200) },
  'POST /works/:id/chapters/:chapter/split': { path: ofChapter('/split'), answers: keepers(422) },
  // The second of two chapters has none behind it; stories of their own tell how two become one.
  'GET /works/:id/chapters/:chapter/merge': { path: ofChapter('/merge'), answers: everybody(404) },
  'POST /works/:id/chapters/:chapter/merge': { path: ofChapter('/merge'), answers: everybody(404) },
  'POST /works/:id/chapters/:chapter/publication': {
    path: ofChapter('/publication'),
    before: 'draft-chapter',
    answers: keepers(303),
  },
  'POST /works/:id/chapters/:chapter/withdrawal': { path: ofChapter('/withdrawal'), answers: keepers(303) },
  'POST /works/:id/chapters/:chapter/schedule': {
    path: ofChapter('/schedule'),
    fields: { at: '2030-01-01T12:00' },
    before: 'draft-chapter',
    answers: keepers(303),
  },
  'POST /works/:id/chapters/:chapter/deletion': { path: ofChapter('/deletion'), answers: keepers(303) },
  'POST /works/:id/chapters/:chapter/restoration': {
    path: ofChapter('/restoration'),
    before: 'deleted-chapter',
    answers: keepers(303),
  },
  // What stands between people: the keeper's own work first, then what others ask of the keeper.
  'POST /account/openness': { path: '/account/openness', answers: accounts(303) },
  'GET /works/:id/creators': { path: ofWork('/creators'), answers: keepers(200) },
  'POST /works/:id/creators': { path: ofWork('/creators'), fields: { name: 'bulrush' }, answers: keepers(303) },
  'POST /works/:id/creators/invitations/:invitation/withdrawal': {
    path: (things) => `/works/${things.work.publicId}/creators/invitations/${things.invited}/withdrawal`,
    answers: keepers(303),
  },
  // Of an imported work nobody with an account here is a creator, so there is nothing to leave.
  'POST /works/:id/creators/:creator/leaving': {
    path: (things) => `/works/${things.work.publicId}/creators/${things.creator}/leaving`,
    answers: answers({ creator: 303 }, 404),
  },
  'POST /works/:id/deletion/withdrawal': { path: ofWork('/deletion/withdrawal'), answers: keepers(303) },
  'GET /account/co-creation': { path: '/account/co-creation', answers: accounts(200) },
  'POST /account/co-creation/:invitation/acceptance': {
    path: (things) => `/account/co-creation/${things.invitedTo}/acceptance`,
    answers: keepers(303),
  },
  'POST /account/co-creation/:invitation/refusal': {
    path: (things) => `/account/co-creation/${things.invitedTo}/refusal`,
    answers: keepers(303),
  },
  'GET /works/:id/gifts': { path: ofWork('/gifts'), answers: keepers(200) },
  'POST /works/:id/gifts': { path: ofWork('/gifts'), fields: { name: 'A friend' }, answers: keepers(303) },
  'POST /works/:id/gifts/:gift/removal': {
    path: (things) => `/works/${things.work.publicId}/gifts/${things.gift}/removal`,
    answers: keepers(303),
  },
  'GET /account/gifts': { path: '/account/gifts', answers: accounts(200) },
  'POST /account/gifts/:gift/acceptance': {
    path: (things) => `/account/gifts/${things.giftTo}/acceptance`,
    answers: keepers(303),
  },
  'POST /account/gifts/:gift/refusal': {
    path: (things) => `/account/gifts/${things.giftTo}/refusal`,
    answers: keepers(303),
  },
  'GET /creators/:id/:slug/gifts': {
    path: (things) => `/creators/${things.creator}/any/gifts`,
    answers: everybody(200),
  },
  'GET /works/:id/related-works': { path: ofWork('/related-works'), answers: keepers(200) },
  'POST /works/:id/related-works': {
    path: ofWork('/related-works'),
    fields: {
      where: 'elsewhere',
      outsideKind: 'inspired-by',
      url: 'https://elsewhere.example/1',
      title: 'Elsewhere',
    },
    answers: keepers(303),
  },
  'POST /works/:id/related-works/:relation/removal': {
    path: (things) => `/works/${things.work.publicId}/related-works/${things.relation}/removal`,
    answers: keepers(303),
  },
  'GET /account/related-works': { path: '/account/related-works', answers: accounts(200) },
  'POST /account/related-works/:relation/approval': {
    path: (things) => `/account/related-works/${things.relationTo}/approval`,
    answers: keepers(303),
  },
  'POST /account/related-works/:relation/refusal': {
    path: (things) => `/account/related-works/${things.relationTo}/refusal`,
    answers: keepers(303),
  },
  'GET /account/series': { path: '/account/series', answers: accounts(200) },
  'GET /account/series/new': { path: '/account/series/new', answers: accounts(200) },
  'POST /account/series/new': {
    path: '/account/series/new',
    fields: { title: 'Another Series' },
    answers: accounts(303),
  },
  'GET /series/:id/edit': { path: ofSeries('/edit'), answers: keepers(200) },
  'POST /series/:id/edit': { path: ofSeries('/edit'), fields: { title: 'Renamed' }, answers: keepers(303) },
  'POST /series/:id/works': { path: ofSeries('/works'), answers: keepers(303) },
  'GET /series/:id/delete': { path: ofSeries('/delete'), answers: keepers(200) },
  'POST /series/:id/deletion': { path: ofSeries('/deletion'), answers: keepers(303) },
  'POST /series/:id/restoration': { path: ofSeries('/restoration'), answers: keepers(303), before: 'deleted-series' },
  'GET /account/works': { path: '/account/works', answers: accounts(200) },
  // Which works are ticked stands in the form: where they are not the viewer's, it comes back.
  'POST /account/works': { path: '/account/works', fields: { noAi: 'no' }, answers: accounts(422) },
  'POST /account/works/delete': { path: '/account/works/delete', answers: accounts(422) },
  'POST /account/works/deletion': { path: '/account/works/deletion', answers: accounts(422) },
  'POST /account/works/restoration': { path: '/account/works/restoration', answers: accounts(303) },
  'GET /account/new-works': { path: '/account/new-works', answers: accounts(200) },
  'POST /account/new-works': { path: '/account/new-works', answers: accounts(303) },
  'GET /account/skins': { path: '/account/skins', answers: accounts(200) },
  'GET /account/skins/new': { path: '/account/skins/new', answers: accounts(200) },
  'POST /account/skins/new': {
    path: '/account/skins/new',
    fields: { title: 'Letters', css: 'p { color: red }' },
    answers: accounts(303),
  },
  'GET /account/skins/:id': { path: ofSkin(''), answers: keepers(200) },
  'POST /account/skins/:id': {
    path: ofSkin(''),
    fields: { title: 'Letters', css: 'p { color: red }' },
    answers: keepers(303),
  },
  'GET /account/skins/:id/delete': { path: ofSkin('/delete'), answers: keepers(200) },
  'GET /account/skins/:id/:sheet{(?:saved|tried)-[0-9a-f]{12}\\.css}': {
    path: ofSkin('/saved-000000000000.css'),
    answers: keepers(200),
  },
  'GET /works/:id/skin/:sheet{[0-9a-f]{12}\\.css}': {
    path: ofWork('/skin/000000000000.css'),
    answers: everybody(200),
  },
  // The last of them: what was only looked at before is gone with it.
  'POST /account/skins/:id/deletion': { path: ofSkin('/deletion'), answers: keepers(303) },
  'POST /preferences/creator-style': { path: '/preferences/creator-style', answers: everybody(303) },
  'GET /help/blocks': { path: '/help/blocks', answers: everybody(200) },
  'GET /drafts': { path: '/drafts', answers: accounts(200) },
  'POST /drafts/publication': { path: '/drafts/publication', answers: accounts(303) },
  'GET /deleted': { path: '/deleted', answers: accounts(200) },

  // The script of a form is told that its session has ended; each writer finds their own and nobody else's.
  'POST /autosaves/:sheet': {
    path: '/autosaves/k3m9x2q4zt',
    body: async (who) =>
      JSON.stringify({
        device: await deviceOf(who),
        place: '/works/new',
        base: 0,
        sequence: 1,
        fields: [['text', 'It rained.']],
      }),
    answers: answers({ guest: 401 }, 200),
  },
  'GET /unsaved/:sheet': { path: (things) => `/unsaved/${things.unsaved}`, answers: keepers(200) },
  'POST /unsaved/:sheet/deletion': {
    path: (things) => `/unsaved/${things.unsaved}/deletion`,
    fields: { seen: '1' },
    answers: keepers(303),
  },

  'GET /imports': { path: '/imports', answers: importers(200) },
  'POST /imports': { path: '/imports', body: beginning, answers: importers(303) },
  'GET /imports/removed': { path: '/imports/removed', answers: importers(200) },
  'POST /imports/removed': { path: '/imports/removed', fields: { removal: '1' }, answers: importers(303) },
  'GET /imports/names': { path: '/imports/names?kind=fandom&q=sh', answers: importers(200) },
  'GET /imports/:id': { path: ofImport(''), answers: importers(200) },
  'GET /imports/:id/progress': { path: ofImport('/progress'), answers: importers(200) },
  'PUT /imports/:id/files': {
    path: ofImport('/files?name=story.txt'),
    body: () => 'It rained in Sussex.',
    run: 'gathering',
    answers: importers(204),
  },
  'POST /imports/:id/stop': { path: ofImport('/stop'), run: 'gathering', answers: importers(303) },
  'POST /imports/:id/start': { path: ofImport('/start'), answers: importers(303) },
  'POST /imports/:id/undo': { path: ofImport('/undo'), answers: importers(303) },
  'POST /imports/:id/publication': { path: ofImport('/publication'), before: 'draft', answers: importers(303) },
  'POST /imports/:id/joining': { path: ofImport('/joining'), before: 'draft', answers: importers(303) },
  'GET /works/:id/review': { path: ofWork('/review'), answers: keepers(200) },
  'POST /works/:id/review': {
    path: ofWork('/review'),
    fields: { part: '1', version: '1', action: 'accept-kind', kind: 'emphasis' },
    answers: keepers(303),
  },
  'POST /works/:id/review/details': { path: ofWork('/review/details'), fields: FORM, answers: keepers(303) },
  'GET /works/:id/updates/:number': { path: ofWork('/updates/1'), answers: keepers(200) },
  'POST /works/:id/updates/:number': {
    path: ofWork('/updates/1'),
    fields: Object.fromEntries(new URLSearchParams('then=dismiss')),
    answers: keepers(303),
  },

  'GET /reports/new': { path: '/reports/new?about=/works', answers: everybody(200) },
  'POST /reports/new': {
    path: '/reports/new',
    fields: { about: '/works', reason: 'other', words: 'Look at this.' },
    answers: everybody(303),
  },
  'GET /reports/mine': { path: '/reports/mine', answers: accounts(200) },
  // Each secret opens one report, for whoever has it; good ones have tests of their own.
  'GET /reports/answers/:secret': { path: '/reports/answers/none', answers: everybody(404) },
  'GET /standing': { path: '/standing', answers: accounts(200) },
  'POST /standing/acknowledgement': { path: '/standing/acknowledgement', answers: accounts(303) },
  'GET /legal-notice': { path: '/legal-notice', answers: everybody(200) },
  'POST /legal-notice': { path: '/legal-notice', fields: NOTICE, answers: everybody(303) },
  'GET /legal-notice/:id': { path: (things) => `/legal-notice/${things.notice}`, answers: everybody(200) },
  'GET /rules': { path: '/rules', answers: everybody(200) },
  'GET /contact': { path: '/contact', answers: everybody(200) },
  'GET /rules/edit': { path: '/rules/edit', answers: owner(200) },
  'POST /rules/edit': { path: '/rules/edit', fields: { text: 'Be kind.' }, answers: owner(303) },
  'GET /contact/edit': { path: '/contact/edit', answers: owner(200) },
  'POST /contact/edit': { path: '/contact/edit', fields: { text: 'Write to us.' }, answers: owner(303) },

  'GET /moderation': { path: '/moderation', answers: moderators(200) },
  'GET /moderation/log': { path: '/moderation/log', answers: moderators(200) },
  'GET /moderation/reports/:id': { path: ofReport(''), answers: moderators(200) },
  'POST /moderation/reports/:id/claim': { path: ofReport('/claim'), answers: moderators(303) },
  'POST /moderation/reports/:id/notes': {
    path: ofReport('/notes'),
    fields: { note: 'Looked into.' },
    answers: moderators(303),
  },
  'POST /moderation/reports/:id/closing': {
    path: ofReport('/closing'),
    fields: { outcome: 'acted', answer: 'Thank you.' },
    answers: moderators(303),
  },
  'POST /moderation/reports/:id/reopening': {
    path: ofReport('/reopening'),
    fields: BECAUSE,
    answers: moderators(303),
  },
  'GET /moderation/works/:id': { path: ofModerated(''), before: 'hidden', answers: moderators(200) },
  'POST /moderation/works/:id/hiding': { path: ofModerated('/hiding'), fields: BECAUSE, answers: moderators(303) },
  'POST /moderation/works/:id/unhiding': {
    path: ofModerated('/unhiding'),
    fields: BECAUSE,
    before: 'hidden',
    answers: moderators(303),
  },
  'POST /moderation/works/:id/look': {
    path: ofModerated('/look'),
    fields: BECAUSE,
    before: 'hidden',
    answers: moderators(303),
  },
  'POST /moderation/works/:id/creators': {
    path: ofModerated('/creators'),
    fields: BECAUSE,
    before: 'anonymous',
    answers: moderators(303),
  },
  'GET /moderation/people': { path: '/moderation/people?name=wintergreen', answers: moderators(200) },
  'GET /moderation/people/:id': { path: ofSomebody(''), answers: moderators(200) },
  'POST /moderation/people/:id/warning': { path: ofSomebody('/warning'), fields: BECAUSE, answers: moderators(303) },
  'POST /moderation/people/:id/suspension': {
    path: ofSomebody('/suspension'),
    fields: BECAUSE,
    answers: moderators(303),
  },
  'POST /moderation/people/:id/ban': { path: ofSomebody('/ban'), fields: BECAUSE, answers: moderators(303) },
  'POST /moderation/people/:id/lifting': { path: ofSomebody('/lifting'), fields: BECAUSE, answers: moderators(303) },
  'POST /moderation/people/:id/pseuds': { path: ofSomebody('/pseuds'), fields: BECAUSE, answers: moderators(303) },
  'POST /moderation/people/:id/roles': {
    path: ofSomebody('/roles'),
    fields: { role: 'archivist', roleReason: 'They asked for it.', change: 'give' },
    answers: owner(303),
  },
  'GET /moderation/legal-notices': { path: '/moderation/legal-notices', answers: owner(200) },
  'GET /moderation/legal-notices/:id': { path: ofNotice(''), answers: owner(200) },
  'POST /moderation/legal-notices/:id/closing': { path: ofNotice('/closing'), fields: BECAUSE, answers: owner(303) },

  'GET /settings': { path: '/settings', answers: owner(200) },
  'POST /settings': {
    path: '/settings',
    fields: { name: 'Renamed', pseud: 'archivist', description: '' },
    answers: owner(303),
  },
  'POST /samples/removal': { path: '/samples/removal', answers: owner(303) },
};

const ROWS = Object.entries(TABLE);
const ACCOUNTS = WHO.filter((who) => who !== 'guest');
const UNSAFE = ROWS.filter(([route]) => !route.startsWith('GET '));

function routesOf(web: Hono<ArchiveEnv>): string[] {
  // What surrounds all routes stands at `/*` and answers nothing by itself.
  return [
    ...new Set(web.routes.filter((route) => route.path !== '/*').map((route) => `${route.method} ${route.path}`)),
  ].sort();
}

let site: TestSite;
let people: Record<Exclude<Who, 'guest'>, Person>;
let network = 0;

beforeAll(async () => {
  site = await openSite({ mail: MAIL_NOWHERE });
  await site.ground.db.write((tx) => changeSettings(tx, 0, { invitationQueue: true }));
  people = {
    stranger: await site.person('anemone'),
    creator: await site.person('wintergreen'),
    archivist: await site.person('meadowsweet', ['member', 'archivist']),
    moderator: await site.person('hellebore', ['member', 'moderator']),
    owner: site.owner,
  };
  await openPseud(site, await site.person('bulrush'));
  await makeWork(site, { title: 'Always Here' }, { state: 'posted' });
}, 60_000);
afterAll(() => site.close());

/** A work that is nobody's business but its keeper's: the archivist's for the archivist, the creator's for all others. */
async function things(who: Who, { before, run: state }: Pick<Row, 'before' | 'run'> = {}): Promise<Things> {
  const hands =
    who === 'archivist' ? { importedBy: ['A. Nother'], archivedBy: people.archivist } : { by: [people.creator] };
  const work = await makeWork(
    site,
    { title: 'In Question', ...hands, chapters: ['First.', 'Second.'] },
    { state: before === 'draft' ? 'draft' : 'posted' },
  );
  if (before === 'hidden' || before === 'anonymous') await setState(site, work.id, { state: 'posted', [before]: true });
  if (before === 'deleted') await setState(site, work.id, { state: 'posted', deleted: true });
  if (before === 'draft-chapter') await setChapterState(site, work.id, 2, 'draft');
  if (before === 'deleted-chapter') await deleteChapterRow(site, work.id, 2);
  const story = `The story of ${work.publicId} was long, and of course , it was told twice. “ Never ,” he said.`;
  await keepOriginal(site, work.id, 'story.txt', story);
  await keepRescue(site, work.id, story);
  await proposeChange(site, work.id, 'story.txt', `${story} It had an end as well.`);
  const run = await recordImport(site, {
    by: who === 'archivist' ? people.archivist : people.owner,
    files: who === 'archivist' ? [{ file: 'story.txt', outcome: 'draft', workId: work.id }] : [],
    ...(state ? { state } : {}),
  });
  const keeper = who === 'archivist' ? people.archivist : people.creator;
  const { db, now } = site.ground;
  await db.write((tx) => startSession(tx, now(), keeper.viewer.accountId, false, 'another device'));
  const device = (await devicesOf(db.reads, now(), keeper.viewer.accountId, null)).find((one) => one.device !== '');
  const { reads } = db;
  const chapter = await reads
    .selectFrom('chapters')
    .select('public_id')
    .where('work_id', '=', work.id)
    // The second, wherever it stands by now.
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  const creator = await reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', people.creator.pseudId)
    .executeTakeFirstOrThrow();
  return {
    work: { ...work, chapter: chapter.public_id },
    run: run.publicId,
    series: await putInSeries(site, work.id, 'A Series'),
    ownSeries: await seriesByHand(keeper, work, before === 'deleted-series'),
    creator: creator.public_id,
    device: device?.publicId ?? '',
    invitation: (await giveInvitation(site, keeper)).publicId,
    unsaved: await lastUnsaved(keeper),
    ...(before === 'pseud' ? await otherPseud(keeper, work) : { pseud: '', icon: '' }),
    ...(await moderatedThings(work)),
    ...(await thingsTogether(site, work, keeper)),
    skin: await onlySkin(keeper, work),
    ...(await givenKeys(site, keeper)),
  };
}

/** What is only looked at is there once; what may be changed is made anew for each row. */
async function thingsFor(route: string, row: Row, who: Who): Promise<Things> {
  return route.startsWith('GET ') ? onceFor(row, who) : things(who, row);
}

async function onceFor(row: Row, who: Who): Promise<Things> {
  const key = [who, row.before, row.run].join();
  const its = looked.get(key) ?? (await things(who, row));
  looked.set(key, its);
  return its;
}
const looked = new Map<string, Things>();

async function otherPseud(keeper: Person, work: CastWork): Promise<Pick<Things, 'pseud' | 'icon'>> {
  const { accountId } = keeper.viewer;
  const { publicId, icon } = await showIcon(site, accountId, `pseud ${work.id}`, 'A lantern');
  return { pseud: publicId, icon };
}

/** A series that they made by hand, with the work in it. */
async function seriesByHand(keeper: Person, work: CastWork, deleted: boolean): Promise<string> {
  const { db, now } = site.ground;
  const series = await makeOwnSeries(site, keeper, 'By Hand', [work.id]);
  if (deleted) await db.write((tx) => deleteSeries(tx, now(), keeper.viewer, series));
  return series;
}

/** Their one skin, worn by this work too: with one for each row, they would have as many as there can be. */
async function onlySkin(keeper: Person, work: CastWork): Promise<string> {
  const { db } = site.ground;
  const worn = await db.reads
    .selectFrom('work_skins')
    .select(['id', 'public_id'])
    .where('account_id', '=', keeper.viewer.accountId)
    .executeTakeFirst();
  if (!worn) return giveSkin(site, keeper, work, 'p { color: red }');
  await db.write((tx) => tx.insertInto('work_skin_choices').values({ work_id: work.id, skin_id: worn.id }).execute());
  return worn.public_id;
}

/** What they typed and did not save; what no row needs any more goes, or there would be more than an account may keep. */
async function lastUnsaved(keeper: Person): Promise<string> {
  const needed = [...looked.values()].map((its) => its.unsaved);
  await site.ground.db.write((tx) =>
    tx
      .deleteFrom('autosaves')
      .where('account_id', '=', keeper.viewer.accountId)
      .$if(needed.length > 0, (query) => query.where('sheet', 'not in', needed))
      .execute(),
  );
  return leaveUnsaved(site, keeper, 'It had rained.');
}

async function moderatedThings(work: CastWork): Promise<Pick<Things, 'report' | 'notice' | 'somebody'>> {
  const { db, now } = site.ground;
  const { viewer } = people.stranger;
  const subject = { kind: 'work' as const, id: work.id, path: `/works/${work.publicId}` };
  const about = { subject, reason: 'spam', words: 'It is not a story.', email: null };
  const report = await db.write((tx) => makeReport(tx, now(), viewer, about));
  const signed = { ...NOTICE, onBehalfOf: '', goodFaith: true, accurate: true };
  const notice = await db.write((tx) => makeNotice(tx, now(), viewer, signed));
  const { pseudId } = await site.person(`bindweed ${work.id}`);
  const somebody = await db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', pseudId)
    .executeTakeFirstOrThrow();
  return { report: report.publicId, notice, somebody: somebody.public_id };
}

/** By what a page of theirs knows whose text it keeps. */
async function deviceOf(who: Who): Promise<string> {
  return who === 'guest' ? '' : deviceKey(site.ground.db.reads, people[who].viewer.accountId);
}

async function send(
  route: string,
  path: string,
  who: Who,
  headers: Record<string, string>,
  { fields = {}, body }: Pick<Row, 'fields' | 'body'> = {},
): Promise<Response> {
  const [method = 'GET'] = route.split(' ');
  const cookie = who === 'guest' ? {} : { cookie: people[who].cookie };
  const sent = (await body?.(who)) ?? new URLSearchParams(fields);
  network += 1;
  return site.web.request(
    `http://localhost${path}`,
    {
      method,
      headers: { host: 'localhost', ...headers, ...cookie },
      ...(method === 'GET' ? {} : { body: sent }),
    },
    // Each time from another network: limits are not what these rows are about.
    { incoming: { socket: { remoteAddress: `10.1.${network >> 8}.${network & 255}` } } },
  );
}

const pathOf = (row: Row, its: Things) => (typeof row.path === 'string' ? row.path : row.path(its));
const OWN = { 'sec-fetch-site': 'same-origin', origin: 'http://localhost' };

test('every route of the running app has its row, and every row its route', () => {
  expect(routesOf(site.web)).toEqual(Object.keys(TABLE).sort());
});

test('a route that nobody has given a row is named', async () => {
  const other = await openSite();
  try {
    other.web.delete('/works/:id', (c) => c.text('gone'));
    other.web.all('/planted', (c) => c.text('anything'));
    expect(routesOf(other.web).filter((route) => !(route in TABLE))).toEqual(['ALL /planted', 'DELETE /works/:id']);
  } finally {
    await other.close();
  }
});

test('what is compared sees every change', async () => {
  const before = await contents(site);
  expect(await contents(site)).toEqual(before);
  await makeWork(site, { title: 'New Here' });
  const after = await contents(site);
  expect(after['works']?.length).toBe((before['works']?.length ?? 0) + 1);
});

test.each(ROWS)(
  '%s answers everybody as its row says, and what is refused or only looked at changes nothing',
  async (route, row) => {
    // Only those who keep a work can change it, each one of their own.
    const its = { archivist: await thingsFor(route, row, 'archivist'), others: await thingsFor(route, row, 'creator') };
    const said: Partial<Answers> = {};
    const askAs = async (who: Who) => {
      const path = pathOf(row, who === 'archivist' ? its.archivist : its.others);
      said[who] = (await send(route, path, who, OWN, row)).status;
    };
    const [harmless, changing] = [[...WHO], [...WHO]].map((list, changes) =>
      list.filter((who) => (changes === 1) === (!route.startsWith('GET ') && row.answers[who] !== 404)),
    );
    const before = await contents(site);
    for (const who of harmless ?? []) await askAs(who);
    const after = await contents(site);
    for (const who of changing ?? []) await askAs(who);
    expect(said).toEqual(row.answers);
    expect(after).toEqual(before);
    // Signing out is the one thing that ends a session, and it ends it on the server.
    const signedIn = await Promise.all(ACCOUNTS.map(isSignedIn));
    expect(new Set(signedIn)).toEqual(new Set([route !== 'POST /sessions/end']));
    for (const who of ACCOUNTS) await signInAgain(who);
  },
);

/** Whether their session is still good, as every request asks it. */
async function isSignedIn(who: Exclude<Who, 'guest'>): Promise<boolean> {
  const { db, now } = site.ground;
  return (await sessionOf(db.reads, people[who].cookie.split('=')[1] ?? '', now())) !== null;
}

async function signInAgain(who: Exclude<Who, 'guest'>): Promise<void> {
  if (await isSignedIn(who)) return;
  const { viewer } = people[who];
  const token = await site.ground.db.write((tx) => startSession(tx, site.ground.now(), viewer.accountId, viewer.adult));
  people[who] = { ...people[who], cookie: `session=${token}` };
}

/** What a browser sends along when another site makes it. */
const FOREIGN: Record<string, Record<string, string>> = {
  'another site': { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' },
  'another site that hides its name': { 'sec-fetch-site': 'cross-site', origin: 'null' },
  'a neighbour on the same domain': { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost' },
  'an older browser': { origin: 'https://elsewhere.example' },
  'an older browser, another port': { origin: 'http://localhost:8080' },
  'an older browser, from a file or a sandbox': { origin: 'null' },
};

test.each(UNSAFE)('%s from another site is refused to everybody, and changes nothing', async (route, row) => {
  const its = { archivist: await onceFor(row, 'archivist'), others: await onceFor(row, 'creator') };
  const before = await contents(site);
  const answered: string[] = [];
  for (const [from, headers] of Object.entries(FOREIGN)) {
    for (const who of WHO) {
      const path = pathOf(row, who === 'archivist' ? its.archivist : its.others);
      const answer = await send(route, path, who, headers, row);
      if (answer.status !== 403 || answer.headers.has('set-cookie'))
        answered.push(`${who} from ${from}: ${answer.status}`);
    }
  }
  expect(answered).toEqual([]);
  expect(await contents(site)).toEqual(before);
});

test('forms of the archive itself are taken, however the browser says where they come from', async () => {
  const own: Record<string, Record<string, string>> = {
    'a browser of today': { 'sec-fetch-site': 'same-origin', origin: 'http://localhost' },
    'an address typed by hand': { 'sec-fetch-site': 'none' },
    'an older browser, or one on plain http': { origin: 'http://localhost' },
    'a program, which carries no cookie against its will': {},
  };
  for (const [from, headers] of Object.entries(own)) {
    expect((await send('POST /preferences/theme', '/preferences/theme', 'guest', headers)).status, from).toBe(303);
  }
});

test('behind a proxy, the public address is the archive itself', async () => {
  const proxied = await openSite({ url: 'https://archive.example' });
  try {
    const status = async (origin: string) => {
      const headers = { host: '127.0.0.1:3000', origin };
      return (await proxied.web.request('http://127.0.0.1:3000/preferences/theme', { method: 'POST', headers })).status;
    };
    expect(await status('https://archive.example')).toBe(303);
    expect(await status('https://archive.example.elsewhere.example')).toBe(403);
    expect(await status('https://elsewhere.example')).toBe(403);
  } finally {
    await proxied.close();
  }
});

test('methods that no route has are answered like an address that is not there, and change nothing', async () => {
  const its = await things('creator');
  const before = await contents(site);
  for (const method of ['PUT', 'PATCH', 'DELETE']) {
    for (const [, row] of ROWS) {
      const answer = await send(`${method} `, pathOf(row, its), 'creator', OWN);
      expect(answer.status, `${method} ${pathOf(row, its)}`).toBe(404);
    }
  }
  expect(await contents(site)).toEqual(before);
});
