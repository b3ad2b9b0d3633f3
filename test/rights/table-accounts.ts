/** The rights table, of accounts: how one signs in, what belongs to an account, invitations and preferences. */
import { accounts, accountsOrDoor, answers, everybody, keepers, type Row } from './row.ts';

/** Says what an icon shows, without another picture. */
function describing(): FormData {
  const form = new FormData();
  form.append('alt', 'A moth');
  return form;
}

export const OF_ACCOUNTS: Record<string, Row> = {
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
  'POST /sessions/others/end': { path: '/sessions/others/end', with: ['device'], answers: accounts(303) },
  'POST /sessions/:id/end': { path: '/sessions/{device}/end', answers: keepers(303) },
  'GET /sign-in': { path: '/sign-in', answers: answers({ guest: 200 }, 302) },
  'POST /sign-in': { path: '/sign-in', answers: everybody(422) },
  'GET /sign-in/recovery': { path: '/sign-in/recovery', answers: everybody(200) },
  'POST /sign-in/recovery': { path: '/sign-in/recovery', answers: everybody(422) },
  // Nobody here has typed a right password before; what comes after one has tests of its own.
  'GET /sign-in/code': { path: '/sign-in/code', answers: everybody(302) },
  'POST /sign-in/code': { path: '/sign-in/code', answers: everybody(422) },
  'POST /sign-in/passkey/challenge': { path: '/sign-in/passkey/challenge', answers: everybody(200) },
  'POST /sign-in/passkey': { path: '/sign-in/passkey', answers: everybody(422) },
  'GET /account/authenticator': { path: '/account/authenticator', answers: accountsOrDoor(200) },
  'POST /account/authenticator/key': { path: '/account/authenticator/key', answers: accounts(422) },
  'POST /account/authenticator/confirmation': {
    path: '/account/authenticator/confirmation',
    answers: accounts(303),
  },
  'POST /account/authenticator/removal': { path: '/account/authenticator/removal', answers: accounts(303) },
  'GET /account/passkeys': { path: '/account/passkeys', answers: accountsOrDoor(200) },
  'POST /account/passkeys': { path: '/account/passkeys', answers: accounts(422) },
  'POST /account/passkeys/challenge': { path: '/account/passkeys/challenge', answers: accounts(422) },
  'GET /account/passkeys/:id': { path: '/account/passkeys/{passkey}', answers: keepers(200) },
  'POST /account/passkeys/:id/name': {
    path: '/account/passkeys/{passkey}/name',
    fields: { name: 'Renamed' },
    answers: keepers(303),
  },
  'POST /account/passkeys/:id/removal': { path: '/account/passkeys/{passkey}/removal', answers: keepers(422) },
  'GET /account/tokens': { path: '/account/tokens', answers: accountsOrDoor(200) },
  'POST /account/tokens': {
    path: '/account/tokens',
    // Nobody here has a password; it has tests of its own.
    fields: { name: 'A program', scopes: 'read', term: '30' },
    answers: accounts(422),
  },
  'POST /account/tokens/:id/revocation': {
    path: '/account/tokens/{token}/revocation',
    answers: keepers(303),
  },
  // A cookie is never enough to change something here; tokens have tests of their own.
  'POST /api/v1/works': { path: '/api/v1/works', answers: everybody(401) },
  'POST /api/v1/works/:id/chapters': {
    path: '/api/v1/works/{work}/chapters',
    answers: everybody(401),
  },
  'GET /join': { path: '/join', answers: answers({ guest: 200 }, 302) },
  // Who has an account is led to it; what newcomers type has tests of its own.
  'POST /join': { path: '/join', answers: answers({ guest: 422 }, 303) },
  'GET /account': { path: '/account', answers: accountsOrDoor(200) },
  'GET /account/preferences': { path: '/account/preferences', answers: accountsOrDoor(200) },
  'POST /account/preferences': { path: '/account/preferences', answers: accounts(422) },
  // What is typed there, and what then goes, has tests of its own.
  'GET /account/orphaning': { path: '/account/orphaning', answers: accountsOrDoor(200) },
  'POST /account/orphaning': { path: '/account/orphaning', answers: accounts(422) },
  'GET /account/deletion': { path: '/account/deletion', answers: accountsOrDoor(200) },
  'POST /account/deletion': { path: '/account/deletion', answers: accounts(422) },
  'GET /account/take-out': { path: '/account/take-out', answers: accountsOrDoor(200) },
  'POST /account/take-out': { path: '/account/take-out', answers: accounts(200) },
  'POST /account/credentials': { path: '/account/credentials', answers: accounts(422) },
  'POST /account/name': { path: '/account/name', answers: accounts(422) },
  'POST /account/password': { path: '/account/password', answers: accounts(422) },
  'POST /account/recovery-codes': { path: '/account/recovery-codes', answers: accounts(422) },
  // Members may give none out of the box; these two have given one before.
  'GET /account/pseuds': { path: '/account/pseuds', answers: accountsOrDoor(200) },
  'POST /account/pseuds': { path: '/account/pseuds', fields: { name: 'Another Name' }, answers: accounts(303) },
  'GET /account/pseuds/:id': { path: '/account/pseuds/{pseud}', answers: keepers(200) },
  'POST /account/pseuds/:id/name': {
    path: '/account/pseuds/{pseud}/name',
    fields: { name: 'Renamed' },
    answers: keepers(303),
  },
  'POST /account/pseuds/:id/profile': {
    path: '/account/pseuds/{pseud}/profile',
    fields: { text: 'Hello.' },
    answers: keepers(303),
  },
  'POST /account/pseuds/:id/default': { path: '/account/pseuds/{pseud}/default', answers: keepers(303) },
  'POST /account/pseuds/:id/deletion': { path: '/account/pseuds/{pseud}/deletion', answers: keepers(303) },
  'POST /account/pseuds/:id/icon': {
    path: '/account/pseuds/{pseud}/icon',
    body: describing,
    answers: keepers(303),
  },
  'POST /account/pseuds/:id/icon/removal': { path: '/account/pseuds/{pseud}/icon/removal', answers: keepers(303) },
  // A pseud with nothing in anybody's lists: its icon is there for its own account alone.
  'GET /icons/:file': { path: '/icons/{icon}.webp', answers: keepers(200) },
  'GET /invitations': {
    path: '/invitations',
    answers: answers({ creator: 200, archivist: 200, owner: 200 }, 404),
  },
  'POST /invitations': {
    path: '/invitations',
    with: ['invitation'],
    answers: answers({ creator: 422, archivist: 422, owner: 200 }, 404),
  },
  'POST /invitations/:id/withdrawal': {
    path: '/invitations/{invitation}/withdrawal',
    answers: keepers(303),
  },
  // One's own; what is typed into it, and links that are good, have tests of their own.
  'GET /account/email': { path: '/account/email', answers: accountsOrDoor(200) },
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
    with: ['invitation'],
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
};
