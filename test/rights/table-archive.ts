/** The rights table, of what is around works: what is typed and not saved, imports, reports, moderation, and the settings. */
import { accounts, answers, BECAUSE, everybody, FORM, importers, keepers, moderators, owner, type Row } from './row.ts';
import { NOTICE } from './things.ts';

/** Begins an import that waits for its files: nothing runs beside the rows that come after. */
function beginning(): FormData {
  const form = new FormData();
  form.append('begin', 'files');
  return form;
}

/** What the script of a form sends of what was typed there. */
async function typing(deviceKey: () => Promise<string>): Promise<string> {
  const device = await deviceKey();
  return JSON.stringify({ device, place: '/works/new', base: 0, sequence: 1, fields: [['text', 'It rained.']] });
}

export const OF_THE_ARCHIVE: Record<string, Row> = {
  // The script of a form is told that its session has ended; each writer finds their own and nobody else's.
  'POST /autosaves/:sheet': {
    path: '/autosaves/k3m9x2q4zt',
    body: typing,
    answers: answers({ guest: 401 }, 200),
  },
  'GET /unsaved/:sheet': { path: '/unsaved/{unsaved}', answers: keepers(200) },
  'POST /unsaved/:sheet/deletion': {
    path: '/unsaved/{unsaved}/deletion',
    fields: { seen: '1' },
    answers: keepers(303),
  },

  'GET /imports': { path: '/imports', answers: importers(200) },
  'POST /imports': { path: '/imports', body: beginning, answers: importers(303) },
  'GET /imports/removed': { path: '/imports/removed', answers: importers(200) },
  'POST /imports/removed': { path: '/imports/removed', fields: { removal: '1' }, answers: importers(303) },
  'GET /imports/names': { path: '/imports/names?kind=fandom&q=sh', answers: importers(200) },
  'GET /imports/:id': { path: '/imports/{run}', answers: importers(200) },
  'GET /imports/:id/progress': { path: '/imports/{run}/progress', answers: importers(200) },
  'PUT /imports/:id/files': {
    path: '/imports/{run}/files?name=story.txt',
    body: () => 'It rained in Sussex.',
    run: 'gathering',
    answers: importers(204),
  },
  'POST /imports/:id/stop': { path: '/imports/{run}/stop', run: 'gathering', answers: importers(303) },
  'POST /imports/:id/start': { path: '/imports/{run}/start', answers: importers(303) },
  'POST /imports/:id/undo': { path: '/imports/{run}/undo', with: 'everything', answers: importers(303) },
  'POST /imports/:id/publication': { path: '/imports/{run}/publication', before: 'draft', answers: importers(303) },
  'POST /imports/:id/joining': { path: '/imports/{run}/joining', before: 'draft', answers: importers(303) },
  'GET /works/:id/review': { path: '/works/{work}/review', answers: keepers(200) },
  'POST /works/:id/review': {
    path: '/works/{work}/review',
    fields: { part: '1', version: '1', action: 'accept-kind', kind: 'emphasis' },
    with: ['rescue'],
    answers: keepers(303),
  },
  'POST /works/:id/review/details': {
    path: '/works/{work}/review/details',
    fields: FORM,
    with: ['rescue'],
    answers: keepers(303),
  },
  'GET /works/:id/updates/:number': { path: '/works/{work}/updates/{update}', answers: keepers(200) },
  'POST /works/:id/updates/:number': {
    path: '/works/{work}/updates/{update}',
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
  'POST /legal-notice': {
    path: '/legal-notice',
    fields: { ...NOTICE, goodFaith: 'on', accurate: 'on' },
    answers: everybody(303),
  },
  'GET /legal-notice/:id': { path: '/legal-notice/{notice}', answers: everybody(200) },
  'GET /rules': { path: '/rules', answers: everybody(200) },
  'GET /contact': { path: '/contact', answers: everybody(200) },
  'GET /rules/edit': { path: '/rules/edit', answers: owner(200) },
  'POST /rules/edit': { path: '/rules/edit', fields: { text: 'Be kind.' }, answers: owner(303) },
  'GET /contact/edit': { path: '/contact/edit', answers: owner(200) },
  'POST /contact/edit': { path: '/contact/edit', fields: { text: 'Write to us.' }, answers: owner(303) },

  'GET /moderation': { path: '/moderation', answers: moderators(200) },
  'GET /moderation/log': { path: '/moderation/log', answers: moderators(200) },
  'GET /moderation/reports/:id': { path: '/moderation/reports/{report}', answers: moderators(200) },
  'POST /moderation/reports/:id/claim': { path: '/moderation/reports/{report}/claim', answers: moderators(303) },
  'POST /moderation/reports/:id/notes': {
    path: '/moderation/reports/{report}/notes',
    fields: { note: 'Looked into.' },
    answers: moderators(303),
  },
  'POST /moderation/reports/:id/closing': {
    path: '/moderation/reports/{report}/closing',
    fields: { outcome: 'acted', answer: 'Thank you.' },
    answers: moderators(303),
  },
  'POST /moderation/reports/:id/reopening': {
    path: '/moderation/reports/{report}/reopening',
    fields: BECAUSE,
    answers: moderators(303),
  },
  'GET /moderation/works/:id': { path: '/moderation/works/{work}', before: 'hidden', answers: moderators(200) },
  'POST /moderation/works/:id/hiding': {
    path: '/moderation/works/{work}/hiding',
    fields: BECAUSE,
    answers: moderators(303),
  },
  'POST /moderation/works/:id/unhiding': {
    path: '/moderation/works/{work}/unhiding',
    fields: BECAUSE,
    before: 'hidden',
    answers: moderators(303),
  },
  'POST /moderation/works/:id/look': {
    path: '/moderation/works/{work}/look',
    fields: BECAUSE,
    before: 'hidden',
    answers: moderators(303),
  },
  'POST /moderation/works/:id/creators': {
    path: '/moderation/works/{work}/creators',
    fields: BECAUSE,
    before: 'anonymous',
    answers: moderators(303),
  },
  'GET /moderation/people': { path: '/moderation/people?name=wintergreen', answers: moderators(200) },
  'GET /moderation/people/:id': { path: '/moderation/people/{somebody}', answers: moderators(200) },
  'POST /moderation/people/:id/warning': {
    path: '/moderation/people/{somebody}/warning',
    fields: BECAUSE,
    answers: moderators(303),
  },
  'POST /moderation/people/:id/suspension': {
    path: '/moderation/people/{somebody}/suspension',
    fields: BECAUSE,
    answers: moderators(303),
  },
  'POST /moderation/people/:id/ban': {
    path: '/moderation/people/{somebody}/ban',
    fields: BECAUSE,
    answers: moderators(303),
  },
  'POST /moderation/people/:id/lifting': {
    path: '/moderation/people/{somebody}/lifting',
    fields: BECAUSE,
    answers: moderators(303),
  },
  'POST /moderation/people/:id/profile-removal': {
    path: '/moderation/people/{somebody}/profile-removal',
    fields: BECAUSE,
    answers: moderators(303),
  },
  'POST /moderation/people/:id/icon-removal': {
    path: '/moderation/people/{somebody}/icon-removal',
    fields: BECAUSE,
    answers: moderators(303),
  },
  'POST /moderation/people/:id/pseuds': {
    path: '/moderation/people/{somebody}/pseuds',
    fields: BECAUSE,
    answers: moderators(303),
  },
  'POST /moderation/people/:id/roles': {
    path: '/moderation/people/{somebody}/roles',
    fields: { role: 'archivist', roleReason: 'They asked for it.', change: 'give' },
    answers: owner(303),
  },
  'GET /moderation/legal-notices': { path: '/moderation/legal-notices', answers: owner(200) },
  'GET /moderation/legal-notices/:id': { path: '/moderation/legal-notices/{notice}', answers: owner(200) },
  'POST /moderation/legal-notices/:id/closing': {
    path: '/moderation/legal-notices/{notice}/closing',
    fields: BECAUSE,
    answers: owner(303),
  },

  'GET /settings': { path: '/settings', answers: owner(200) },
  'POST /settings': {
    path: '/settings',
    fields: { name: 'Renamed', pseud: 'archivist', description: '' },
    answers: owner(303),
  },
  'POST /samples/removal': { path: '/samples/removal', answers: owner(303) },
};
