/** What an account takes out of itself: how it signs in, what it chose, its pseuds. No hash, no code, no token. */
import type { TakenFile } from '../../platform/feature.ts';
import type { Ground } from '../../platform/ground.ts';
import { fileName, jsonFile, takenRow } from '../../platform/taken-row.ts';
import { addressesOf } from './addresses.queries.ts';
import { recoveryCodesLeft } from './credentials.queries.ts';
import { writtenProfile } from './pseuds/pseuds.queries.ts';
import { preferencesOf } from './preferences.queries.ts';
import './safety.tables.ts';
import './tables.ts';

export async function* takenAccount(ground: Ground, accountId: number): AsyncGenerator<TakenFile> {
  const handle = ground.db.reads;
  const account = await handle
    .selectFrom('accounts')
    .select(['state', 'suspended_until', 'created_at'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  const credentials = await handle
    .selectFrom('credentials')
    .select(['name', 'changed_at'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  const roles = await handle.selectFrom('account_roles').select('role').where('account_id', '=', accountId).execute();
  const invitations = await handle
    .selectFrom('invitations')
    .select(['public_id', 'created_at', 'ends_at', 'used_at', 'withdrawn_at'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();
  const devices = await handle
    .selectFrom('sessions')
    .select(['device', 'created_at', 'seen_at', 'ends_at'])
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .execute();
  const happenings = await handle
    .selectFrom('account_happenings')
    .select(['kind', 'device', 'at'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();
  yield {
    path: 'account.json',
    content: jsonFile({
      ...takenRow(account),
      signIn: credentials ? takenRow(credentials) : null,
      recoveryCodesLeft: await recoveryCodesLeft(handle, accountId),
      email: await addressesOf(handle, ground.now(), accountId),
      roles: roles.map((row) => row.role),
      preferences: await preferencesOf(handle, accountId),
      invitations: invitations.map((row) => takenRow(row)),
      devices: devices.map((row) => takenRow(row)),
      happenings: happenings.map((row) => takenRow(row)),
    }),
  };
  yield* takenPseuds(ground, accountId);
}

async function* takenPseuds({ db, files }: Ground, accountId: number): AsyncGenerator<TakenFile> {
  const pseuds = await db.reads
    .selectFrom('pseuds')
    .leftJoin('pseud_openness', 'pseud_openness.pseud_id', 'pseuds.id')
    .leftJoin('pseud_icons', 'pseud_icons.pseud_id', 'pseuds.id')
    .select(['pseuds.id', 'pseuds.public_id', 'pseuds.name', 'pseuds.is_default', 'pseuds.created_at'])
    .select(['pseud_openness.co_creation', 'pseud_openness.gifts', 'pseud_icons.blob', 'pseud_icons.alt'])
    .where('pseuds.account_id', '=', accountId)
    .orderBy('pseuds.id')
    .execute();
  for (const { id, blob, alt, co_creation: coCreation, gifts, ...pseud } of pseuds) {
    const folder = `pseuds/${pseud.public_id}-${fileName(pseud.name)}`;
    const profile = await writtenProfile(db.reads, id);
    const icon = blob === null ? null : await files.get(blob);
    yield {
      path: `${folder}/profile.json`,
      content: jsonFile({
        ...takenRow(pseud, { flags: ['is_default'] }),
        profile,
        openFor: { coCreation: coCreation === 1, gifts: gifts === 1 },
        icon: icon === null ? null : { file: 'icon.webp', alt },
      }),
    };
    if (profile.html !== '') yield { path: `${folder}/profile.html`, content: profile.html };
    if (icon !== null) yield { path: `${folder}/icon.webp`, content: icon };
  }
}
