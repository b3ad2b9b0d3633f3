/**
 * The key of an authenticator belongs to the session that asked for it until it is confirmed. Letters to an address are counted
 * under a mark made with the archive's own secret: what was counted under a plain hash, which could be guessed, is forgotten.
 */
import type { Migration } from '../src/platform/db/migrate.ts';

export const keysAgain: Migration = {
  name: '0026-keys-again',
  owns: {},
  statements: (c) => [
    // The session's hash; null where nobody may be shown the key any more.
    `alter table authenticators add column begun_in ${c.key}`,
    `delete from address_letters`,
    `alter table address_letters rename column address_hash to address_mark`,
  ],
};
