/**
 * How a visitor could fill in the addresses of every route of the running app, with everything there is to know of the
 * archive: hidden works' real ids among it. A new route gets a line here, or the leak test fails with its name.
 */
import type { Hono } from 'hono';
import { tagPath, type TagKind } from '../../src/features/tags/index.ts';
import type { ArchiveEnv } from '../../src/features/accounts/index.ts';
import type { Known, SecretArchive } from './archive.ts';

export interface Address {
  path: string;
  /** The same address of something that has never existed. Absent: the address names nothing. */
  never?: string;
  /** For whom the thing is there, of those who stand in no relation to it; for others it must look as if it never was. */
  known?: Known;
  /** The name of whom it is the page of: it is there for them in any case. */
  pageOf?: string;
}

const UNKNOWN: Known = { guest: false, account: false };
const EVERYBODY: Known = { guest: true, account: true };

export const NEVER_ID = 'zzzzzzzzzz';
const NEVER_NAME = 'Never Heard Of';
const NEVER_TOKEN = 'n'.repeat(43);

type Fill = (archive: SecretArchive) => Address[];

const fixed =
  (...paths: string[]): Fill =>
  () =>
    paths.map((path) => ({ path }));
/** The works for everybody are all alike: one is tried, the others are met by links. */
const tried = ({ works }: SecretArchive) => works.filter((work) => !/^open [1-9]/.test(work.name));
/** Addresses of a work that those who may read it can ask for; `kept`: only those who keep it. */
const ofWorks =
  (path: (id: string) => string, kept = false): Fill =>
  (archive) =>
    tried(archive).map((work) => ({
      path: path(work.publicId),
      never: path(NEVER_ID),
      known: kept ? UNKNOWN : work.listed,
    }));
const keptWorks = (path: (id: string) => string) => ofWorks(path, true);
/** Addresses of chapters that only those who keep the work can ask for; the last one of a work tells the most. */
const ofChapters =
  (rest: string): Fill =>
  (archive) =>
    tried(archive).flatMap((work) =>
      work.chapters.map((chapter) => ({
        path: `/works/${work.publicId}/chapters/${chapter}${rest}`,
        never: `/works/${NEVER_ID}/chapters/${NEVER_ID}${rest}`,
        known: UNKNOWN,
      })),
    );
/** Addresses of imports: each is there for who began it alone. */
const ofImports =
  (rest: string): Fill =>
  ({ imports }) =>
    imports.map(({ id }) => ({ path: `/imports/${id}${rest}`, never: `/imports/${NEVER_ID}${rest}`, known: UNKNOWN }));
/** Addresses of what belongs to one account, and is there for it alone. */
const ofNobodyElse = (ids: readonly string[], path: (id: string) => string): Address[] =>
  ids.map((id) => ({ path: path(id), never: path(NEVER_ID), known: UNKNOWN }));
/** Addresses of what one person asks of another about a work, each tried at every work. */
const ofAsked = (
  archive: SecretArchive,
  which: keyof SecretArchive['asked'],
  path: (work: string, asked: string) => string,
): Address[] =>
  tried(archive).flatMap((work) =>
    archive.asked[which].map((asked) => ({
      path: path(work.publicId, asked),
      never: path(NEVER_ID, NEVER_ID),
      known: UNKNOWN,
    })),
  );
/** Addresses at which a pseud is changed: each is there for its own account alone. */
const ofPseuds =
  (rest: string): Fill =>
  ({ pseuds }) =>
    ofNobodyElse(pseuds, (id) => `/account/pseuds/${id}${rest}`);
/** Addresses of reports, of people by their pseuds, and of legal notices: for those alone who look after the archive. */
const ofReports =
  (rest: string): Fill =>
  ({ reports }) =>
    reports.map((id) => ({
      path: `/moderation/reports/${id}${rest}`,
      never: `/moderation/reports/${NEVER_ID}${rest}`,
      known: UNKNOWN,
    }));
/**
 * Those of whom a page says who they are. Other pseuds are no secret to who looks after the archive, and is told the id by a
 * report or types the name; which works are theirs is told elsewhere.
 */
const met = ({ creators }: SecretArchive) => creators.filter(({ known }) => known.account);
const ofPeople =
  (rest: string): Fill =>
  (archive) =>
    met(archive).map(({ id }) => ({
      path: `/moderation/people/${id}${rest}`,
      never: `/moderation/people/${NEVER_ID}${rest}`,
      known: UNKNOWN,
    }));
/** Addresses of work skins: each is there for who wrote it alone. */
const ofSkins =
  (rest: string): Fill =>
  ({ skins }) =>
    ofNobodyElse(skins, (id) => `/account/skins/${id}${rest}`);
/** Addresses at which a series is changed: each is there for who made it, or keeps all its works. */
const ofSeries =
  (rest: string): Fill =>
  ({ series }) =>
    ofNobodyElse(
      series.map(({ id }) => id),
      (id) => `/series/${id}${rest}`,
    );

/** Addresses of passkeys: each is there for whose it is alone. */
const ofPasskeys =
  (rest: string): Fill =>
  ({ passkeys }) =>
    ofNobodyElse(passkeys, (id) => `/account/passkeys/${id}${rest}`);
const OWN_SHEET = '/account/skins/:id/:sheet{(?:saved|tried)-[0-9a-f]{12}\\.css}';
const WORK_SHEET = '/works/:id/skin/:sheet{[0-9a-f]{12}\\.css}';
const ofNotices =
  (rest: string): Fill =>
  ({ notices }) =>
    notices.map((id) => ({
      path: `/moderation/legal-notices/${id}${rest}`,
      never: `/moderation/legal-notices/${NEVER_ID}${rest}`,
      known: UNKNOWN,
    }));
const ORDERS = [
  'posted',
  'words',
  'kudos',
  'title',
  '-title',
  'creator',
  '-creator',
  'random:5',
  'relevance',
  '-updated',
];
/** The parameter that takes the names of a kind. */
export const PARAMETERS: Partial<Record<TagKind, string>> = {
  fandom: 'fandom',
  relationship: 'relationship',
  character: 'character',
  freeform: 'tag',
  rating: 'rating',
  warning: 'warning',
  category: 'category',
};

/** Each so-manieth of a list. */
const some = <One>(list: readonly One[], nth: number): One[] => list.filter((_, index) => index % nth === 0);

/** What a visitor could narrow a list by who has guessed every name, every id and every word. */
export function filters({ tags, creators, series, secrets }: SecretArchive): string[] {
  const named = tags.flatMap(({ kind, name }) => {
    const parameter = PARAMETERS[kind];
    return parameter ? [`${parameter}=${encodeURIComponent(name)}`] : [];
  });
  const ids = [...creators.map(({ id }) => `creator=${id}`), ...series.map(({ id }) => `series=${id}`)];
  // Side by side stand words of different works, so that each work has words of its own that nobody has typed.
  const words = secrets.map(({ word }) => word).filter((word) => /^zq[a-z]+$/.test(word));
  const searches = Array.from({ length: WORDS_APART }, (_, first) =>
    words
      .filter((_word, index) => index % WORDS_APART === first)
      .slice(0, 50)
      .join(' OR '),
  ).flatMap((q) => [`q=${encodeURIComponent(q)}`, `q=${encodeURIComponent(q)}&in=text&sort=relevance`]);
  return [
    ...named,
    ...ids,
    ...some(named, 5).map((query) => `not-${query}`),
    ...creators.map(({ id }) => `not-creator=${id}`),
    ...some(creators, 2).map(({ name }) => `q=${encodeURIComponent(`byline:"${name}"`)}`),
    ...searches,
    'main=Nobody',
    'words=1..&posted=30d..&crossover=no',
  ];
}

/** Words of one work stand next to each other: so many searches part them. */
const WORDS_APART = 12;

/** Every GET route. The slug is never the title: an address that a visitor makes up must not bring a secret along. */
export const PAGES: Record<string, Fill> = {
  '/assets/:name': fixed('/assets/site.css', '/assets/original'),
  '/healthz': fixed('/healthz'),
  '/readyz': fixed('/readyz'),
  '/robots.txt': fixed('/robots.txt'),
  '/.well-known/tdmrep.json': fixed('/.well-known/tdmrep.json'),
  '/owner-links/:token': fixed(`/owner-links/${NEVER_TOKEN}`),
  '/sign-in': fixed('/sign-in', '/sign-in?return=/drafts'),
  '/sign-in/recovery': fixed('/sign-in/recovery'),
  '/join': fixed('/join', `/join?invitation=${NEVER_TOKEN}`),
  '/account': fixed('/account'),
  '/account/preferences': fixed('/account/preferences'),
  '/account/orphaning': fixed('/account/orphaning'),
  '/account/deletion': fixed('/account/deletion'),
  '/account/take-out': fixed('/account/take-out'),
  '/sign-in/code': fixed('/sign-in/code', '/sign-in/code?return=/drafts'),
  '/account/authenticator': fixed('/account/authenticator'),
  '/account/passkeys': fixed('/account/passkeys'),
  '/account/passkeys/:id': ofPasskeys(''),
  '/account/tokens': fixed('/account/tokens'),
  '/account/co-creation': fixed('/account/co-creation'),
  '/account/gifts': fixed('/account/gifts'),
  '/account/related-works': fixed('/account/related-works'),
  '/account/pseuds': fixed('/account/pseuds'),
  '/account/pseuds/:id': ({ creators }) =>
    creators.map(({ id, name }) => ({
      path: `/account/pseuds/${id}`,
      never: `/account/pseuds/${NEVER_ID}`,
      known: UNKNOWN,
      pageOf: name,
    })),
  '/icons/:file': ({ icons }) =>
    icons.map(({ name, known }) => ({
      path: `/icons/${name}.webp`,
      never: `/icons/${NEVER_ID}${NEVER_ID}.webp`,
      known,
    })),
  '/invitations': fixed('/invitations'),
  '/account/email': fixed('/account/email'),
  '/account/email/confirmation/:token': fixed(`/account/email/confirmation/${NEVER_TOKEN}`),
  '/forgotten': fixed('/forgotten'),
  '/forgotten/:token': fixed(`/forgotten/${NEVER_TOKEN}`),
  '/letters/:sealed': fixed(`/letters/${NEVER_TOKEN}`),
  '/invitations/queue': fixed('/invitations/queue'),
  '/invitations/queue/:token': fixed(`/invitations/queue/${NEVER_TOKEN}`),
  '/': fixed('/', '/?page=2'),
  '/works': (archive) => [
    ...fixed('/works', '/works?page=2', '/works?page=999', '/works?no=such')(archive),
    ...ORDERS.map((sort) => ({ path: `/works?sort=${sort}` })),
    // The API tries all of them and answers with the same list.
    ...some(filters(archive), 5).map((query) => ({ path: `/works?${query}` })),
  ],
  '/search': ({ tags }) => [
    { path: '/search' },
    ...some(tags, 4).map(({ name }) => ({ path: `/search?q=${encodeURIComponent(`"${name}"`)}` })),
  ],
  '/fandoms': fixed('/fandoms'),
  '/drafts': fixed('/drafts', '/drafts?page=2'),
  '/deleted': fixed('/deleted'),
  '/settings': fixed('/settings'),
  '/imports': fixed('/imports', '/imports?page=2', '/imports?page=999'),
  '/imports/removed': fixed('/imports/removed'),
  '/imports/names': ({ tags }) =>
    ['fandom', 'relationship', 'character', 'freeform', 'rating'].flatMap((kind) => [
      { path: `/imports/names?kind=${kind}` },
      // Somebody who has guessed how a hidden name begins.
      ...tags
        .filter((tag) => tag.kind === kind)
        .map(({ name }) => ({ path: `/imports/names?kind=${kind}&q=${encodeURIComponent(name.slice(0, 6))}` })),
    ]),
  '/imports/:id': (archive) =>
    ['', '?outcome=unchanged', '?outcome=update', '?page=2'].flatMap((query) => ofImports(query)(archive)),
  '/imports/:id/progress': ofImports('/progress'),
  // What somebody reports is looked up when the form is sent; the page says the same of everything.
  '/reports/new': (archive) => [
    { path: '/reports/new' },
    ...tried(archive).map((work) => ({ path: `/reports/new?about=/works/${work.publicId}` })),
  ],
  '/reports/mine': fixed('/reports/mine'),
  '/reports/answers/:secret': fixed(`/reports/answers/${NEVER_TOKEN}`),
  '/standing': fixed('/standing'),
  '/legal-notice': fixed('/legal-notice'),
  '/legal-notice/:id': ({ notices, reports }) => [
    ...notices.map((id) => ({ path: `/legal-notice/${id}`, never: `/legal-notice/${NEVER_ID}`, known: EVERYBODY })),
    // Another thing's id is no notice's.
    ...reports.map((id) => ({ path: `/legal-notice/${id}`, never: `/legal-notice/${NEVER_ID}`, known: UNKNOWN })),
  ],
  '/rules': fixed('/rules'),
  '/contact': fixed('/contact'),
  '/rules/edit': fixed('/rules/edit'),
  '/contact/edit': fixed('/contact/edit'),
  '/moderation': fixed('/moderation', '/moderation?state=closed', '/moderation?page=9'),
  '/moderation/log': fixed('/moderation/log', '/moderation/log?page=2'),
  '/moderation/reports/:id': ofReports(''),
  '/moderation/works/:id': keptWorks((id) => `/moderation/works/${id}`),
  '/moderation/people': (archive) => [
    { path: '/moderation/people' },
    ...met(archive).map(({ name }) => ({ path: `/moderation/people?name=${encodeURIComponent(name)}` })),
  ],
  '/moderation/people/:id': ofPeople(''),
  '/moderation/legal-notices': fixed('/moderation/legal-notices'),
  '/moderation/legal-notices/:id': ofNotices(''),
  '/works/:id/review': keptWorks((id) => `/works/${id}/review`),
  '/works/:id/updates/:number': keptWorks((id) => `/works/${id}/updates/1`),
  '/works/:id/edit': keptWorks((id) => `/works/${id}/edit`),
  '/works/:id/creators': keptWorks((id) => `/works/${id}/creators`),
  '/works/:id/gifts': keptWorks((id) => `/works/${id}/gifts`),
  '/works/:id/related-works': keptWorks((id) => `/works/${id}/related-works`),
  '/works/new': ({ unsaved }) => [
    { path: '/works/new' },
    // The form filled with what somebody else typed.
    ...unsaved.map((sheet) => ({ path: `/works/new?typed=${sheet}` })),
  ],
  '/unsaved/:sheet': ({ unsaved }) => ofNobodyElse(unsaved, (sheet) => `/unsaved/${sheet}`),
  '/works/:id/chapters': keptWorks((id) => `/works/${id}/chapters`),
  '/works/:id/chapters/new': keptWorks((id) => `/works/${id}/chapters/new`),
  '/works/:id/chapters/:chapter/edit': ofChapters('/edit'),
  '/works/:id/chapters/:chapter/split': ofChapters('/split'),
  '/works/:id/chapters/:chapter/merge': ofChapters('/merge'),
  '/works/:id/chapters/:chapter/revisions': (archive) => [
    ...ofChapters('/revisions')(archive),
    ...ofChapters('/revisions?old=1&now=2')(archive),
  ],
  '/account/works': fixed(
    '/account/works',
    '/account/works?state=posted',
    '/account/works?page=2',
    '/account/works?tick=all',
  ),
  '/account/new-works': fixed('/account/new-works'),
  '/account/series': fixed('/account/series'),
  '/account/series/new': fixed('/account/series/new'),
  '/series/:id/edit': ofSeries('/edit'),
  '/series/:id/delete': ofSeries('/delete'),
  '/account/skins': fixed('/account/skins'),
  '/account/skins/new': fixed('/account/skins/new'),
  '/account/skins/:id': ofSkins(''),
  '/account/skins/:id/delete': ofSkins('/delete'),
  [OWN_SHEET]: (archive) => [
    ...ofSkins('/saved-000000000000.css')(archive),
    ...ofSkins('/tried-000000000000.css')(archive),
  ],
  // The mark in the address is not asked about: whoever makes one up gets no further than who was given it.
  [WORK_SHEET]: (archive) =>
    ofWorks((id) => `/works/${id}/skin/000000000000.css`)({
      ...archive,
      works: archive.works.filter((work) => work.dressed),
    }),
  '/help/blocks': fixed('/help/blocks'),
  '/works/:id/delete': keptWorks((id) => `/works/${id}/delete`),
  '/works/:id/orphaning': keptWorks((id) => `/works/${id}/orphaning`),
  '/works/:id/original': keptWorks((id) => `/works/${id}/original`),
  '/works/:id/:slug?': ofWorks((id) => `/works/${id}`),
  '/works/:id/:slug/entire': ofWorks((id) => `/works/${id}/any/entire`),
  '/works/:id/:slug/chapters/:chapter': (archive) => {
    const chapterOf = (work: string | undefined, chapter: string | undefined) =>
      `/works/${work}/any/chapters/${chapter}`;
    const open = archive.works[0]?.publicId;
    return tried(archive).flatMap((work) => [
      ...work.chapters.map((chapter, index) => ({
        path: chapterOf(work.publicId, chapter),
        never: chapterOf(work.publicId, NEVER_ID),
        // Every work is posted whole but one, of which two chapters are.
        known: work.name === 'partly posted' && index > 1 ? UNKNOWN : work.listed,
      })),
      // A hidden chapter's id behind a work that everybody reads.
      ...(work.publicId === open
        ? []
        : [{ path: chapterOf(open, work.chapters.at(-1)), never: chapterOf(open, NEVER_ID), known: UNKNOWN }]),
    ]);
  },
  '/tags/:kind/:name': ({ tags }) =>
    tags.map((tag) => ({ path: tagPath(tag), never: tagPath({ kind: tag.kind, name: NEVER_NAME }), known: tag.known })),
  '/tags/:kind/:name/about': ({ tags }) =>
    tags.map((tag) => ({
      path: `${tagPath(tag)}/about`,
      never: `${tagPath({ kind: tag.kind, name: NEVER_NAME })}/about`,
      known: tag.known,
    })),
  '/creators/:id/:slug?': ({ creators }) =>
    creators.map(({ id, name, known }) => ({
      path: `/creators/${id}/any`,
      never: `/creators/${NEVER_ID}/any`,
      known,
      pageOf: name,
    })),
  '/creators/:id/:slug/gifts': ({ creators }) =>
    creators.map(({ id, name, gifted }) => ({
      path: `/creators/${id}/any/gifts`,
      never: `/creators/${NEVER_ID}/any/gifts`,
      known: gifted,
      pageOf: name,
    })),
  '/series/:id/:slug?': ({ series }) =>
    series.map(({ id, known }) => ({ path: `/series/${id}/any`, never: `/series/${NEVER_ID}/any`, known })),
  '/api/v1/works': (archive) => [
    ...fixed('/api/v1/works', '/api/v1/works?page=2', '/api/v1/works?no=such', '/api/v1/works?sort=creator')(archive),
    ...filters(archive).map((query) => ({ path: `/api/v1/works?${query}` })),
  ],
  '/api/v1/tags/suggestions': ({ tags }) => [
    // Somebody who has guessed how hidden names begin, and one who looks for what they hold.
    ...['q=zq', 'q=wat', 'q=', 'q=z&kind=freeform'].map((query) => ({ path: `/api/v1/tags/suggestions?${query}` })),
    ...some(tags, 2).map(({ name }) => ({
      path: `/api/v1/tags/suggestions?q=${encodeURIComponent(name.slice(0, 6))}`,
    })),
  ],
  '/api/v1/works/:id': ofWorks((id) => `/api/v1/works/${id}`),
  '/api/v1/openapi.json': fixed('/api/v1/openapi.json'),
};

/** Every POST route. */
export const FORMS: Record<string, Fill> = {
  '/owner-links/:token': fixed(`/owner-links/${NEVER_TOKEN}`),
  '/sessions/end': fixed('/sessions/end'),
  '/sessions/others/end': fixed('/sessions/others/end'),
  '/sessions/:id/end': ({ sessions }) => ofNobodyElse(sessions, (id) => `/sessions/${id}/end`),
  '/sign-in': fixed('/sign-in'),
  '/sign-in/recovery': fixed('/sign-in/recovery'),
  '/sign-in/code': fixed('/sign-in/code'),
  '/sign-in/passkey': fixed('/sign-in/passkey'),
  '/sign-in/passkey/challenge': fixed('/sign-in/passkey/challenge'),
  '/account/authenticator/key': fixed('/account/authenticator/key'),
  '/account/authenticator/confirmation': fixed('/account/authenticator/confirmation'),
  '/account/authenticator/removal': fixed('/account/authenticator/removal'),
  '/account/passkeys': fixed('/account/passkeys'),
  '/account/passkeys/challenge': fixed('/account/passkeys/challenge'),
  '/account/passkeys/:id/name': ofPasskeys('/name'),
  '/account/passkeys/:id/removal': ofPasskeys('/removal'),
  '/account/tokens': fixed('/account/tokens'),
  '/account/tokens/:id/revocation': ({ tokens }) => ofNobodyElse(tokens, (id) => `/account/tokens/${id}/revocation`),
  '/api/v1/works': fixed('/api/v1/works'),
  '/api/v1/works/:id/chapters': keptWorks((id) => `/api/v1/works/${id}/chapters`),
  '/join': fixed('/join'),
  '/account/credentials': fixed('/account/credentials'),
  '/account/name': fixed('/account/name'),
  '/account/password': fixed('/account/password'),
  '/account/recovery-codes': fixed('/account/recovery-codes'),
  '/account/pseuds': fixed('/account/pseuds'),
  '/account/pseuds/:id/name': ofPseuds('/name'),
  '/account/pseuds/:id/profile': ofPseuds('/profile'),
  '/account/pseuds/:id/default': ofPseuds('/default'),
  '/account/pseuds/:id/deletion': ofPseuds('/deletion'),
  '/account/pseuds/:id/icon': ofPseuds('/icon'),
  '/account/pseuds/:id/icon/removal': ofPseuds('/icon/removal'),
  '/invitations': fixed('/invitations'),
  '/invitations/:id/withdrawal': ({ invitations }) =>
    ofNobodyElse(invitations, (id) => `/invitations/${id}/withdrawal`),
  '/account/openness': fixed('/account/openness'),
  '/account/co-creation/:invitation/acceptance': ({ asked }) =>
    ofNobodyElse(asked.invitations, (id) => `/account/co-creation/${id}/acceptance`),
  '/account/co-creation/:invitation/refusal': ({ asked }) =>
    ofNobodyElse(asked.invitations, (id) => `/account/co-creation/${id}/refusal`),
  '/account/gifts/:gift/acceptance': ({ asked }) =>
    ofNobodyElse(asked.gifts, (id) => `/account/gifts/${id}/acceptance`),
  '/account/gifts/:gift/refusal': ({ asked }) => ofNobodyElse(asked.gifts, (id) => `/account/gifts/${id}/refusal`),
  '/account/related-works/:relation/approval': ({ asked }) =>
    ofNobodyElse(asked.relations, (id) => `/account/related-works/${id}/approval`),
  '/account/related-works/:relation/refusal': ({ asked }) =>
    ofNobodyElse(asked.relations, (id) => `/account/related-works/${id}/refusal`),
  '/works/:id/creators': keptWorks((id) => `/works/${id}/creators`),
  '/works/:id/creators/invitations/:invitation/withdrawal': (archive) =>
    ofAsked(archive, 'invitations', (id, asked) => `/works/${id}/creators/invitations/${asked}/withdrawal`),
  '/works/:id/creators/:creator/leaving': (archive) =>
    tried(archive).map((work) => ({
      path: `/works/${work.publicId}/creators/${archive.creators[0]?.id}/leaving`,
      never: `/works/${NEVER_ID}/creators/${NEVER_ID}/leaving`,
      known: UNKNOWN,
    })),
  '/works/:id/deletion/withdrawal': keptWorks((id) => `/works/${id}/deletion/withdrawal`),
  '/works/:id/gifts': keptWorks((id) => `/works/${id}/gifts`),
  '/works/:id/gifts/:gift/removal': (archive) =>
    ofAsked(archive, 'gifts', (id, asked) => `/works/${id}/gifts/${asked}/removal`),
  '/works/:id/related-works': keptWorks((id) => `/works/${id}/related-works`),
  '/works/:id/related-works/:relation/removal': (archive) =>
    ofAsked(archive, 'relations', (id, asked) => `/works/${id}/related-works/${asked}/removal`),
  '/account/email': fixed('/account/email'),
  '/account/email/removal': fixed('/account/email/removal'),
  '/account/email/confirmation/:token': fixed(`/account/email/confirmation/${NEVER_TOKEN}`),
  '/forgotten': fixed('/forgotten'),
  '/forgotten/:token': fixed(`/forgotten/${NEVER_TOKEN}`),
  '/letters/:sealed': fixed(`/letters/${NEVER_TOKEN}`),
  '/invitations/letters': fixed('/invitations/letters'),
  '/invitations/queue': fixed('/invitations/queue'),
  '/invitations/queue/:token/confirmation': fixed(`/invitations/queue/${NEVER_TOKEN}/confirmation`),
  '/invitations/queue/:token/removal': fixed(`/invitations/queue/${NEVER_TOKEN}/removal`),
  '/adult-consent': fixed('/adult-consent'),
  '/preferences/theme': fixed('/preferences/theme'),
  '/preferences/reading': fixed('/preferences/reading'),
  '/preferences/creator-style': fixed('/preferences/creator-style'),
  '/account/works': fixed('/account/works'),
  '/account/works/delete': fixed('/account/works/delete'),
  '/account/works/deletion': fixed('/account/works/deletion'),
  '/account/works/restoration': fixed('/account/works/restoration'),
  '/account/new-works': fixed('/account/new-works'),
  '/account/series/new': fixed('/account/series/new'),
  '/series/:id/edit': ofSeries('/edit'),
  '/series/:id/works': ofSeries('/works'),
  '/series/:id/deletion': ofSeries('/deletion'),
  '/series/:id/restoration': ofSeries('/restoration'),
  '/account/skins/new': fixed('/account/skins/new'),
  '/account/skins/:id': ofSkins(''),
  '/account/skins/:id/deletion': ofSkins('/deletion'),
  '/drafts/publication': fixed('/drafts/publication'),
  '/works/:id/edit': keptWorks((id) => `/works/${id}/edit`),
  '/works/new': fixed('/works/new'),
  '/works/clean-text': fixed('/works/clean-text'),
  '/works/lost-paragraphs': fixed('/works/lost-paragraphs'),
  '/autosaves/:sheet': ({ unsaved }) => unsaved.map((sheet) => ({ path: `/autosaves/${sheet}` })),
  '/unsaved/:sheet/deletion': ({ unsaved }) => ofNobodyElse(unsaved, (sheet) => `/unsaved/${sheet}/deletion`),
  '/works/:id/chapters/new': keptWorks((id) => `/works/${id}/chapters/new`),
  '/works/:id/chapters/order': keptWorks((id) => `/works/${id}/chapters/order`),
  '/works/:id/schedule': keptWorks((id) => `/works/${id}/schedule`),
  '/works/:id/day': keptWorks((id) => `/works/${id}/day`),
  '/works/:id/chapters/:chapter/edit': ofChapters('/edit'),
  '/works/:id/chapters/:chapter/revisions': ofChapters('/revisions'),
  '/works/:id/chapters/:chapter/revisions/:number/erasure': ofChapters('/revisions/1/erasure'),
  '/works/:id/chapters/:chapter/split': ofChapters('/split'),
  '/works/:id/chapters/:chapter/merge': ofChapters('/merge'),
  '/works/:id/chapters/:chapter/publication': ofChapters('/publication'),
  '/works/:id/chapters/:chapter/withdrawal': ofChapters('/withdrawal'),
  '/works/:id/chapters/:chapter/schedule': ofChapters('/schedule'),
  '/works/:id/chapters/:chapter/deletion': ofChapters('/deletion'),
  '/works/:id/chapters/:chapter/restoration': ofChapters('/restoration'),
  '/works/:id/publication': keptWorks((id) => `/works/${id}/publication`),
  '/works/:id/deletion': keptWorks((id) => `/works/${id}/deletion`),
  '/works/:id/restoration': keptWorks((id) => `/works/${id}/restoration`),
  '/works/:id/erasure': keptWorks((id) => `/works/${id}/erasure`),
  '/works/:id/orphaning': keptWorks((id) => `/works/${id}/orphaning`),
  '/account/preferences': fixed('/account/preferences'),
  '/account/orphaning': fixed('/account/orphaning'),
  '/account/deletion': fixed('/account/deletion'),
  '/account/take-out': fixed('/account/take-out'),
  '/works/:id/review': keptWorks((id) => `/works/${id}/review`),
  '/works/:id/review/details': keptWorks((id) => `/works/${id}/review/details`),
  '/works/:id/updates/:number': keptWorks((id) => `/works/${id}/updates/1`),
  '/imports': fixed('/imports'),
  '/imports/removed': fixed('/imports/removed'),
  '/imports/:id/stop': ofImports('/stop'),
  '/imports/:id/start': ofImports('/start'),
  '/imports/:id/undo': ofImports('/undo'),
  '/imports/:id/publication': ofImports('/publication'),
  '/imports/:id/joining': ofImports('/joining'),
  '/reports/new': fixed('/reports/new'),
  '/standing/acknowledgement': fixed('/standing/acknowledgement'),
  '/legal-notice': fixed('/legal-notice'),
  '/rules/edit': fixed('/rules/edit'),
  '/contact/edit': fixed('/contact/edit'),
  '/moderation/reports/:id/claim': ofReports('/claim'),
  '/moderation/reports/:id/notes': ofReports('/notes'),
  '/moderation/reports/:id/closing': ofReports('/closing'),
  '/moderation/reports/:id/reopening': ofReports('/reopening'),
  '/moderation/works/:id/hiding': keptWorks((id) => `/moderation/works/${id}/hiding`),
  '/moderation/works/:id/unhiding': keptWorks((id) => `/moderation/works/${id}/unhiding`),
  '/moderation/works/:id/look': keptWorks((id) => `/moderation/works/${id}/look`),
  '/moderation/works/:id/creators': keptWorks((id) => `/moderation/works/${id}/creators`),
  '/moderation/people/:id/warning': ofPeople('/warning'),
  '/moderation/people/:id/suspension': ofPeople('/suspension'),
  '/moderation/people/:id/ban': ofPeople('/ban'),
  '/moderation/people/:id/lifting': ofPeople('/lifting'),
  '/moderation/people/:id/profile-removal': ofPeople('/profile-removal'),
  '/moderation/people/:id/icon-removal': ofPeople('/icon-removal'),
  '/moderation/people/:id/pseuds': ofPeople('/pseuds'),
  '/moderation/people/:id/roles': ofPeople('/roles'),
  '/moderation/legal-notices/:id/closing': ofNotices('/closing'),
  '/settings': fixed('/settings'),
  '/samples/removal': fixed('/samples/removal'),
};

/** Every PUT route: where files come in one by one. */
export const FILES: Record<string, Fill> = {
  '/imports/:id/files': ofImports('/files?name=story.txt'),
};

/** The routes of the running app by method; what surrounds all routes is none. */
export function routesOf(web: Hono<ArchiveEnv>, method: string): string[] {
  const found = web.routes.filter(
    (route) => route.path !== '/*' && (route.method === method || route.method === 'ALL'),
  );
  return [...new Set(found.map((route) => route.path))];
}

/** Routes that nobody has said how to fill in, each with its method. */
export function unknownRoutes(web: Hono<ArchiveEnv>): string[] {
  const known: Record<string, Record<string, Fill>> = { GET: PAGES, POST: FORMS, PUT: FILES };
  const methods = new Set(web.routes.map((route) => route.method));
  return [...methods].flatMap((method) =>
    routesOf(web, method)
      .filter((path) => !(known[method] && path in known[method]))
      .map((path) => `${method} ${path}`),
  );
}
