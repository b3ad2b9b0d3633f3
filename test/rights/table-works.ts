/** The rights table, of works: where they are listed and read, how they are written, and what people ask of each other about them. */
import { accounts, answers, everybody, FORM, keepers, type Row } from './row.ts';

export const OF_WORKS: Record<string, Row> = {
  'GET /': { path: '/', answers: everybody(200) },
  'GET /works': { path: '/works', answers: everybody(200) },
  'GET /fandoms': { path: '/fandoms', answers: everybody(200) },
  'GET /tags/:kind/:name': { path: '/tags/fandom/Sherlock%20Holmes', answers: everybody(200) },
  'GET /tags/:kind/:name/about': { path: '/tags/fandom/Sherlock%20Holmes/about', answers: everybody(200) },
  'GET /search': { path: '/search?q=rain', answers: everybody(302) },
  'GET /creators/:id/:slug?': { path: '/creators/{creator}', answers: everybody(200) },
  'GET /series/:id/:slug?': { path: '/series/{series}', answers: everybody(200) },
  'GET /api/v1/works': { path: '/api/v1/works', answers: everybody(200) },
  'GET /api/v1/tags/suggestions': { path: '/api/v1/tags/suggestions?q=sh', answers: everybody(200) },

  'GET /works/:id/:slug?': { path: '/works/{work}', answers: everybody(200) },
  'GET /works/:id/:slug/entire': { path: '/works/{work}/any/entire', answers: everybody(200) },
  'GET /works/:id/:slug/chapters/:chapter': {
    path: '/works/{work}/any/chapters/{chapter}',
    answers: everybody(200),
  },
  'GET /api/v1/works/:id': { path: '/api/v1/works/{work}', answers: everybody(200) },

  'GET /works/:id/original': { path: '/works/{work}/original', answers: keepers(200) },
  'GET /works/:id/edit': { path: '/works/{work}/edit', answers: keepers(200) },
  'POST /works/:id/edit': { path: '/works/{work}/edit', fields: FORM, answers: keepers(303) },
  'GET /works/:id/delete': { path: '/works/{work}/delete', answers: keepers(200) },
  'POST /works/:id/deletion': { path: '/works/{work}/deletion', with: 'everything', answers: keepers(303) },
  'POST /works/:id/restoration': {
    path: '/works/{work}/restoration',
    with: 'everything',
    answers: keepers(303),
    before: 'deleted',
  },
  'POST /works/:id/erasure': {
    path: '/works/{work}/erasure',
    with: 'everything',
    answers: keepers(303),
    before: 'deleted',
  },
  'GET /works/:id/orphaning': { path: '/works/{work}/orphaning', answers: keepers(200) },
  'POST /works/:id/orphaning': {
    path: '/works/{work}/orphaning',
    fields: { name: 'take' },
    with: 'everything',
    answers: keepers(303),
  },
  'POST /works/:id/publication': {
    path: '/works/{work}/publication',
    with: 'everything',
    answers: keepers(303),
    before: 'draft',
  },
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
  'GET /works/:id/chapters': { path: '/works/{work}/chapters', answers: keepers(200) },
  'GET /works/:id/chapters/new': { path: '/works/{work}/chapters/new', answers: keepers(200) },
  'POST /works/:id/chapters/new': {
    path: '/works/{work}/chapters/new',
    fields: { text: 'It rained.' },
    answers: keepers(303),
  },
  'POST /works/:id/chapters/order': { path: '/works/{work}/chapters/order', answers: keepers(303) },
  'POST /works/:id/schedule': {
    path: '/works/{work}/schedule',
    fields: { at: '2030-01-01T12:00' },
    before: 'draft',
    answers: keepers(303),
  },
  'POST /works/:id/day': { path: '/works/{work}/day', fields: { day: '2001-05-06' }, answers: keepers(303) },
  'GET /works/:id/chapters/:chapter/edit': { path: '/works/{work}/chapters/{chapter}/edit', answers: keepers(200) },
  'POST /works/:id/chapters/:chapter/edit': {
    path: '/works/{work}/chapters/{chapter}/edit',
    fields: { text: 'It rained.', revision: '1' },
    answers: keepers(303),
  },
  'GET /works/:id/chapters/:chapter/revisions': {
    path: '/works/{work}/chapters/{chapter}/revisions',
    answers: keepers(200),
  },
  'POST /works/:id/chapters/:chapter/revisions': {
    path: '/works/{work}/chapters/{chapter}/revisions',
    fields: { number: '1', revision: '1' },
    answers: keepers(303),
  },
  'POST /works/:id/chapters/:chapter/revisions/:number/erasure': {
    path: '/works/{work}/chapters/{chapter}/revisions/1/erasure',
    answers: keepers(303),
  },
  'GET /works/:id/chapters/:chapter/split': { path: '/works/{work}/chapters/{chapter}/split', answers: keepers(200) },
  'POST /works/:id/chapters/:chapter/split': { path: '/works/{work}/chapters/{chapter}/split', answers: keepers(422) },
  // The second of two chapters has none behind it; stories of their own tell how two become one.
  'GET /works/:id/chapters/:chapter/merge': { path: '/works/{work}/chapters/{chapter}/merge', answers: everybody(404) },
  'POST /works/:id/chapters/:chapter/merge': {
    path: '/works/{work}/chapters/{chapter}/merge',
    answers: everybody(404),
  },
  'POST /works/:id/chapters/:chapter/publication': {
    path: '/works/{work}/chapters/{chapter}/publication',
    before: 'draft-chapter',
    answers: keepers(303),
  },
  'POST /works/:id/chapters/:chapter/withdrawal': {
    path: '/works/{work}/chapters/{chapter}/withdrawal',
    answers: keepers(303),
  },
  'POST /works/:id/chapters/:chapter/schedule': {
    path: '/works/{work}/chapters/{chapter}/schedule',
    fields: { at: '2030-01-01T12:00' },
    before: 'draft-chapter',
    answers: keepers(303),
  },
  'POST /works/:id/chapters/:chapter/deletion': {
    path: '/works/{work}/chapters/{chapter}/deletion',
    answers: keepers(303),
  },
  'POST /works/:id/chapters/:chapter/restoration': {
    path: '/works/{work}/chapters/{chapter}/restoration',
    before: 'deleted-chapter',
    answers: keepers(303),
  },
  // What stands between people: the keeper's own work first, then what others ask of the keeper.
  'POST /account/openness': { path: '/account/openness', answers: accounts(303) },
  'GET /works/:id/creators': { path: '/works/{work}/creators', answers: keepers(200) },
  'POST /works/:id/creators': { path: '/works/{work}/creators', fields: { name: 'bulrush' }, answers: keepers(303) },
  'POST /works/:id/creators/invitations/:invitation/withdrawal': {
    path: '/works/{work}/creators/invitations/{invited}/withdrawal',
    answers: keepers(303),
  },
  // Of an imported work nobody with an account here is a creator, so there is nothing to leave.
  'POST /works/:id/creators/:creator/leaving': {
    path: '/works/{work}/creators/{creator}/leaving',
    answers: answers({ creator: 303 }, 404),
  },
  'POST /works/:id/deletion/withdrawal': { path: '/works/{work}/deletion/withdrawal', answers: keepers(303) },
  'GET /account/co-creation': { path: '/account/co-creation', answers: accounts(200) },
  'POST /account/co-creation/:invitation/acceptance': {
    path: '/account/co-creation/{invitedTo}/acceptance',
    answers: keepers(303),
  },
  'POST /account/co-creation/:invitation/refusal': {
    path: '/account/co-creation/{invitedTo}/refusal',
    answers: keepers(303),
  },
  'GET /works/:id/gifts': { path: '/works/{work}/gifts', answers: keepers(200) },
  'POST /works/:id/gifts': { path: '/works/{work}/gifts', fields: { name: 'A friend' }, answers: keepers(303) },
  'POST /works/:id/gifts/:gift/removal': {
    path: '/works/{work}/gifts/{gift}/removal',
    answers: keepers(303),
  },
  'GET /account/gifts': { path: '/account/gifts', answers: accounts(200) },
  'POST /account/gifts/:gift/acceptance': {
    path: '/account/gifts/{giftTo}/acceptance',
    answers: keepers(303),
  },
  'POST /account/gifts/:gift/refusal': {
    path: '/account/gifts/{giftTo}/refusal',
    answers: keepers(303),
  },
  'GET /creators/:id/:slug/gifts': {
    path: '/creators/{creator}/any/gifts',
    answers: everybody(200),
  },
  'GET /works/:id/related-works': { path: '/works/{work}/related-works', answers: keepers(200) },
  'POST /works/:id/related-works': {
    path: '/works/{work}/related-works',
    fields: {
      where: 'elsewhere',
      outsideKind: 'inspired-by',
      url: 'https://elsewhere.example/1',
      title: 'Elsewhere',
    },
    answers: keepers(303),
  },
  'POST /works/:id/related-works/:relation/removal': {
    path: '/works/{work}/related-works/{relation}/removal',
    answers: keepers(303),
  },
  'GET /account/related-works': { path: '/account/related-works', answers: accounts(200) },
  'POST /account/related-works/:relation/approval': {
    path: '/account/related-works/{relationTo}/approval',
    answers: keepers(303),
  },
  'POST /account/related-works/:relation/refusal': {
    path: '/account/related-works/{relationTo}/refusal',
    answers: keepers(303),
  },
  'GET /account/series': { path: '/account/series', answers: accounts(200) },
  'GET /account/series/new': { path: '/account/series/new', answers: accounts(200) },
  'POST /account/series/new': {
    path: '/account/series/new',
    fields: { title: 'Another Series' },
    answers: accounts(303),
  },
  'GET /series/:id/edit': { path: '/series/{ownSeries}/edit', answers: keepers(200) },
  'POST /series/:id/edit': { path: '/series/{ownSeries}/edit', fields: { title: 'Renamed' }, answers: keepers(303) },
  'POST /series/:id/works': { path: '/series/{ownSeries}/works', answers: keepers(303) },
  'GET /series/:id/delete': { path: '/series/{ownSeries}/delete', answers: keepers(200) },
  'POST /series/:id/deletion': { path: '/series/{ownSeries}/deletion', answers: keepers(303) },
  'POST /series/:id/restoration': {
    path: '/series/{ownSeries}/restoration',
    answers: keepers(303),
    before: 'deleted-series',
  },
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
  'GET /account/skins/:id': { path: '/account/skins/{skin}', answers: keepers(200) },
  'POST /account/skins/:id': {
    path: '/account/skins/{skin}',
    fields: { title: 'Letters', css: 'p { color: red }' },
    answers: keepers(303),
  },
  'GET /account/skins/:id/delete': { path: '/account/skins/{skin}/delete', answers: keepers(200) },
  'GET /account/skins/:id/:sheet{(?:saved|tried)-[0-9a-f]{12}\\.css}': {
    path: '/account/skins/{skin}/saved-000000000000.css',
    answers: keepers(200),
  },
  'GET /works/:id/skin/:sheet{[0-9a-f]{12}\\.css}': {
    path: '/works/{work}/skin/000000000000.css',
    answers: everybody(200),
  },
  'POST /account/skins/:id/deletion': { path: '/account/skins/{skin}/deletion', answers: keepers(303) },
  'POST /preferences/creator-style': { path: '/preferences/creator-style', answers: everybody(303) },
  'GET /help/blocks': { path: '/help/blocks', answers: everybody(200) },
  'GET /drafts': { path: '/drafts', answers: accounts(200) },
  'POST /drafts/publication': { path: '/drafts/publication', answers: accounts(303) },
  'GET /deleted': { path: '/deleted', answers: accounts(200) },
};
