/** A backup becomes the same archive again, on either database, and nothing that must not live again does. */
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { giveInvitation, makeWork, secureAccount } from '../../test/cast.ts';
import { MAIL_NOWHERE } from '../../test/post.ts';
import { onPostgres, testSite, type TestSite } from '../../test/site.ts';
import { migrations } from '../../migrations/index.ts';
import { openDatabase } from '../platform/db/database.ts';
import type { Tx } from '../platform/db/tables.ts';
import { archiveEpoch } from '../platform/events/log.ts';
import { shapeAfter } from '../platform/backup/shape.ts';
import { writeBackup } from '../platform/backup/write.ts';
import { confirmAddress, giveAddress, makeAddressLink, removeAddress } from '../features/accounts/addresses.actions.ts';
import { recover } from '../features/accounts/credentials.actions.ts';
import { replaceCodes } from '../features/accounts/recovery-codes.actions.ts';
import { accountToRecover } from '../features/accounts/credentials.queries.ts';
import { makePasswordLink } from '../features/accounts/forgotten.actions.ts';
import { createAccount } from '../features/accounts/index.ts';
import { inviteByMail } from '../features/accounts/invitation-letters.actions.ts';
import { askForPlace, confirmPlace, leaveQueue, makePlaceLink } from '../features/accounts/queue.actions.ts';
import { namedOriginals } from '../features/imports/index.ts';
import { changeSettings } from '../features/site/index.ts';
import { backup, emptyPlace, everything, opened, scratch, silent } from './backup.fixture.ts';
import { backupCommand, NAMES_FILES, verifyCommand } from './backup.ts';
import { eraseAccountIn, eraseWork } from './erase.ts';
import { allErased, ERASED_LIST, noteErased } from './erased.ts';
import { openGround } from './ground.ts';
import { restoreCommand } from './restore.ts';

const STORY = 'It was a dark and stormy night, and the café’s kettle sang “Привет” to nobody. 🫖 \\ " \u2028 end.';

/** An archive with works in several states, a person, and files. */
async function filledSite(): Promise<{
  site: TestSite;
  works: Awaited<ReturnType<typeof makeWork>>[];
  blobs: string[];
}> {
  const site = await testSite();
  const person = await site.person('wren');
  const works = [
    await makeWork(
      site,
      { title: 'One', by: [person], chapters: [`<p>${STORY}</p>`, '<p>More.</p>'] },
      { state: 'posted' },
    ),
    await makeWork(site, {
      title: 'Two',
      importedBy: ['Old Tom'],
      archivedBy: site.owner,
      chapters: [`<p>${STORY.repeat(900)}</p>`],
    }),
    await makeWork(
      site,
      { title: 'Three', by: [site.owner], tags: [{ kind: 'freeform', name: 'Tea' }] },
      { state: 'posted' },
    ),
  ];
  const blobs: string[] = [];
  for (const [at, work] of works.entries()) {
    const blob = await site.ground.files.put(Buffer.from(`the original of ${work.title}`.repeat(1 + at * 40_000)));
    blobs.push(blob);
    await nameBlob(site, work.id, blob);
  }
  return { site, works, blobs };
}

async function nameBlob(site: TestSite, workId: number, blob: string): Promise<void> {
  await site.ground.db.write((tx) =>
    sql`insert into import_originals (work_id, position, blob, file_name, bytes) values (${workId}, 1, ${blob}, 'a.txt', 1)`.execute(
      tx,
    ),
  );
}

describe('a backup that is restored', () => {
  test('is the same archive, on the same database and by way of the other', async () => {
    const { path, said, say } = await scratch();
    const { site, blobs } = await filledSite();
    expect(await backup(site.ground.config, path('a.tar'), say)).toBe(0);
    expect(said[0]).toMatch(
      /holds 3 works with 4 chapters and 3 files: .* written and read again in [\d.]+ seconds\.$/,
    );
    expect((await stat(path('a.tar'))).mode & 0o777).toBe(0o600);

    const middle = await emptyPlace(path('middle'), 'sqlite');
    await restoreCommand(middle, path('a.tar'), [], say, silent);
    await backup(middle, path('b.tar'));
    const last = await emptyPlace(path('last'));
    await restoreCommand(last, path('b.tar'), [], say, silent);

    const before = await everything(site.ground.db.reads);
    for (const config of [middle, last]) {
      const ground = await opened(config);
      expect(await everything(ground.db.reads)).toEqual(before);
      for (const blob of blobs) expect(await ground.files.get(blob)).toEqual(await site.ground.files.get(blob));
      expect(existsSync(join(config.dataFolder, 'copies'))).toBe(false);
    }
    await verifyCommand(path('b.tar'), say, silent);
    expect(said.at(-1)).toContain('is whole: 3 works with 4 chapters and 3 files');
  });

  test('has another epoch, nobody signed in, and ids that go on where they were', async () => {
    const { path } = await scratch();
    const { site, works } = await filledSite();
    const newest = works.at(-1)?.id ?? 0;
    await eraseWork(site.ground, site.features, newest);
    await giveInvitation(site, site.owner);
    await backup(site.ground.config, path('a.tar'));
    const config = await emptyPlace(path('new'));
    await restoreCommand(config, path('a.tar'), [], silent, silent);
    const { db } = await opened(config);
    expect(await archiveEpoch(db.reads)).not.toBe(await archiveEpoch(site.ground.db.reads));
    expect(await db.reads.selectFrom('sessions').selectAll().execute()).toEqual([]);
    expect(await db.reads.selectFrom('owner_links').selectAll().execute()).toEqual([]);
    const invited = await db.reads.selectFrom('invitations').select('withdrawn_at').execute();
    expect(invited.map((row) => row.withdrawn_at !== null)).toEqual([true]);
    const { accountId } = await db.write((tx) => createAccount(tx, 0, { pseud: 'new here', roles: [] }));
    const last = await site.ground.db.reads
      .selectFrom('accounts')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    expect(accountId).toBe(last.id + 1);
    await db.write((tx) =>
      sql`insert into works (public_id, title, state, status, format, summary_source, summary_html, notes_source, notes_html,
        end_notes_source, end_notes_html, rules, notices, created_at, updated_at)
        values ('zzzzzzzzzz', 'New', 'draft', 'in-progress', 'html', '', '', '', '', '', '', 1, '[]', 1, 1)`.execute(
        tx,
      ),
    );
    const made = await db.reads
      .selectFrom('works')
      .select('id')
      .where('public_id', '=', 'zzzzzzzzzz')
      .executeTakeFirstOrThrow();
    expect(made.id).toBeGreaterThan(newest);
  });

  test('is brought up to date when it is of an older schema; of a newer one it is refused', async () => {
    const { path } = await scratch();
    const config = await emptyPlace(path('old'), 'sqlite');
    const old = await openDatabase({ ...config, migrations: migrations.slice(0, 6) });
    await old.write((tx) => createAccount(tx, 1, { pseud: 'long ago', roles: ['owner'] }));
    await old.close();
    const blob = 'ab'.repeat(32);
    await mkdir(path('old/files/ab'), { recursive: true });
    await writeFile(path(`old/files/ab/${blob}`), 'not what its name says');
    // Nobody can say whether an older schema names it; it is not what it should be in any case.
    expect(await backup(config, path('a.tar'))).toBe(1);
    const target = await emptyPlace(path('new'));
    await restoreCommand(target, path('a.tar'), [], silent, silent);
    const { db } = await opened(target);
    expect(await db.reads.selectFrom('pseuds').select('name').execute()).toEqual([{ name: 'long ago' }]);
    expect(await db.reads.selectFrom('imports').selectAll().execute()).toEqual([]);
    expect(existsSync(path('new/copies'))).toBe(false);

    const newer = await emptyPlace(path('newer'), 'sqlite');
    const step = { name: '9999-later', owns: {}, statements: () => ['create table later (id integer)'] };
    await (await openDatabase({ ...newer, migrations: [...migrations, step] })).close();
    await expect(backup(newer, path('b.tar'))).rejects.toThrow(/made by a newer Fanfold/);
    expect(existsSync(path('b.tar'))).toBe(false);
  });
});

describe('what was used or taken back since', () => {
  test('is not good again: recovery codes, addresses, links and letters', async () => {
    const { path } = await scratch();
    const site = await testSite({ mail: MAIL_NOWHERE });
    const { db, now } = site.ground;
    const person = await site.person('wren');
    const { accountId } = person.viewer;
    const other = await site.person('teal');
    const [used = '', ...left] = await secureAccount(site, person, 'wren_bird', 'four herons');
    const voided = await secureAccount(site, other, 'teal_bird', 'four herons');
    const give = async (tx: Tx, account: number, address: string) => {
      await giveAddress(tx, now(), account, address);
      const waiting = tx.selectFrom('email_addresses').select('id').where('confirmed_at', 'is', null);
      const { id } = await waiting.where('account_id', '=', account).executeTakeFirstOrThrow();
      const made = await makeAddressLink(tx, now(), id, address);
      return made && 'token' in made ? made.token : '';
    };
    const place = async (tx: Tx, address: string) => {
      await askForPlace(tx, now(), address);
      const asked = tx.selectFrom('invitation_requests').select('id').where('address', '=', address);
      const made = await makePlaceLink(tx, now(), (await asked.executeTakeFirstOrThrow()).id);
      await confirmPlace(tx, now(), made?.token ?? '');
      return made?.token ?? '';
    };
    const leaves = await db.write(async (tx) => {
      await changeSettings(tx, now(), { invitationQueue: true });
      await confirmAddress(tx, now(), await give(tx, accountId, 'taken.away@example.org'));
      await confirmAddress(tx, now(), await give(tx, other.viewer.accountId, 'stays@example.org'));
      await give(tx, other.viewer.accountId, 'waits@example.org');
      await makePasswordLink(tx, now(), accountId);
      await inviteByMail(tx, now(), site.owner.viewer, 'invited@example.org');
      await place(tx, 'keeps.a.place@example.org');
      return place(tx, 'leaves@example.org');
    });
    await backup(site.ground.config, path('a.tar'));

    await db.write(async (tx) => {
      await recover(
        tx,
        now(),
        { accountId, code: used, passwordHash: 'another' },
        { adult: true, device: '', token: null, mark: '' },
      );
      await replaceCodes(tx, now(), other.viewer.accountId);
      await removeAddress(tx, now(), accountId, false);
      await leaveQueue(tx, now(), leaves);
    });
    await noteErased(site.ground);
    const list = await readFile(join(site.folder, ERASED_LIST), 'utf8');
    expect(list).not.toMatch(/example|[-]/);

    await writeFile(path('list.jsonl'), list);
    const config = await emptyPlace(path('new'));
    await restoreCommand(config, path('a.tar'), [path('list.jsonl')], silent, silent);
    const { reads } = (await opened(config)).db;
    const good = async (name: string, code: string) => (await accountToRecover(reads, name, code)) !== null;
    expect(await good('wren_bird', used)).toBe(false);
    // The others ended with the password that the used one has set.
    expect(await Promise.all(left.map((code) => good('wren_bird', code)))).toEqual(left.map(() => false));
    expect(await Promise.all(voided.map((code) => good('teal_bird', code)))).toEqual(voided.map(() => false));
    const addresses = await reads.selectFrom('email_addresses').select('address').execute();
    expect(addresses).toEqual([{ address: 'stays@example.org' }]);
    const places = await reads.selectFrom('invitation_requests').select('address').execute();
    expect(places).toEqual([{ address: 'keeps.a.place@example.org' }]);
    expect(await reads.selectFrom('password_links').selectAll().execute()).toEqual([]);
    expect(await reads.selectFrom('invitation_letters').selectAll().execute()).toEqual([]);
    expect(await reads.selectFrom('jobs').select('kind').where('kind', 'like', 'mail-%').execute()).toEqual([]);
    // The list goes on, for the next restore of an old copy.
    expect(await readFile(path(`new/${ERASED_LIST}`), 'utf8')).toContain('"spent"');
  });
});

describe('what was erased', () => {
  test.each(['in the new data folder', 'as a list that is given'])('stays erased: found %s', async (where) => {
    const { path, said, say } = await scratch();
    const { site, works, blobs } = await filledSite();
    const gone = await site.person('goes away');
    const stays = await site.person('stays');
    const before = await makeWork(site, { title: 'Erased before', by: [site.owner] });
    await eraseWork(site.ground, site.features, before.id);
    await backup(site.ground.config, path('a.tar'));
    const [first] = works;
    await eraseWork(site.ground, site.features, first?.id ?? 0);
    await site.ground.db.write((tx) => eraseAccountIn(tx, site.ground.now(), site.features, gone.viewer.accountId));
    // An account that came later with a number of old is not the one that went.
    await site.ground.db.write((tx) =>
      sql`insert into events (kind, subject, subject_id, version, at)
        values ('account.erased', 'account', ${stays.viewer.accountId}, 0, 5)`.execute(tx),
    );
    await noteErased(site.ground);
    const list = await readFile(join(site.folder, ERASED_LIST), 'utf8');
    expect(list).toContain(first?.publicId);
    expect(list).not.toContain('One');
    expect(await allErased(site.ground)).toHaveLength(4);

    const config = await emptyPlace(path('new'));
    if (where === 'in the new data folder') {
      await mkdir(config.dataFolder);
      // With a line that a crash cut short.
      await writeFile(path(`new/${ERASED_LIST}`), `${list.slice(0, 9)}\n${list}{"work":"0`);
    } else await writeFile(path('list.jsonl'), list);
    await restoreCommand(config, path('a.tar'), where.startsWith('in') ? [] : [path('list.jsonl')], say, silent);
    expect(said).toContain('2 works, accounts and revisions that were erased since then have been erased again.');

    const ground = await opened(config);
    const titles = await ground.db.reads.selectFrom('works').select('title').orderBy('title').execute();
    expect(titles.map((work) => work.title)).toEqual(['Three', 'Two']);
    expect(await ground.files.get(blobs[0] ?? '')).toBeNull();
    expect(await ground.files.get(blobs[1] ?? '')).not.toBeNull();
    const names = (await ground.db.reads.selectFrom('pseuds').select('name').execute()).map((pseud) => pseud.name);
    expect(names).not.toContain('goes away');
    expect(names).toContain('stays');
    // The list goes on, so that the next restore of an old copy forgets it again.
    expect(await readFile(path(`new/${ERASED_LIST}`), 'utf8')).toContain(first?.publicId);
    expect(await readFile(path(`new/${ERASED_LIST}`), 'utf8')).toContain(before.publicId);
  });

  test('a list that is none is refused before anything is written', async () => {
    const { path } = await scratch();
    const { site } = await filledSite();
    await backup(site.ground.config, path('a.tar'));
    await writeFile(path('list'), '{"work":"0123456789","at":1}\nDear archive,\n');
    const config = await emptyPlace(path('new'));
    await expect(restoreCommand(config, path('a.tar'), [path('list')], silent, silent)).rejects.toThrow(
      /^Line 2 of .*list/,
    );
    await expect(restoreCommand(config, path('a.tar'), [path('nowhere')], silent, silent)).rejects.toThrow(
      /cannot be read/,
    );
    expect(existsSync(config.dataFolder)).toBe(false);
  });
});

describe('files', () => {
  test('that are lost or damaged are named', async () => {
    const { path, said, say } = await scratch();
    const { site, blobs } = await filledSite();
    const [, lost = '', damaged = ''] = blobs;
    const at = (blob: string) => join(site.folder, 'files', blob.slice(0, 2), blob);
    await rm(at(lost));
    await appendFile(at(damaged), 'x');
    expect(await backup(site.ground.config, path('a.tar'), say)).toBe(1);
    expect(said.slice(1)).toEqual([
      '1 file not found that the archive names.',
      '1 damaged file left out, whose content is not what its name says.',
      `  ${lost}`,
      `  ${damaged}`,
    ]);
    const config = await emptyPlace(path('new'));
    await restoreCommand(config, path('a.tar'), [], say, silent);
    expect(said.at(-1)).toContain('2 files had been lost before the backup was made');
  });

  test('that are erased after the snapshot are gone, which is no fault', async () => {
    const { path } = await scratch();
    const { site, works, blobs } = await filledSite();
    let asked = 0;
    const { manifest } = await writeBackup({
      place: { dataFolder: site.folder, databaseUrl: site.ground.config.databaseUrl },
      path: path('a.tar'),
      replace: false,
      program: 'a test',
      migrations,
      beside: [],
      namedFiles: async (handle, begin) => {
        const names = await namedOriginals(handle, begin);
        asked += 1;
        if (asked === 256) await eraseWork(site.ground, site.features, works[0]?.id ?? 0);
        return names;
      },
      now: Date.now,
      progress: silent,
    });
    expect(manifest).toMatchObject({ gone: [blobs[0]], missing: [], damaged: [], files: { count: 2 } });
    // The rows are of the moment before: the list says that they go.
    expect(manifest.tables.find((table) => table.name === 'works')?.rows).toBe(3);
  });

  test('are named by every column that the schema has for them', () => {
    const columns = shapeAfter(migrations).flatMap(({ name, columns: all }) =>
      all.filter((column) => /(?:^|_)blobs?$/.test(column)).map((column) => `${name}.${column}`),
    );
    expect(columns).toEqual(NAMES_FILES.flatMap((one) => one.columns).toSorted());
  });
});

describe('refused with a sentence', () => {
  test('a backup over a file, into the data folder, of nothing', async () => {
    const { path } = await scratch();
    const { site } = await filledSite();
    const { config } = site.ground;
    await writeFile(path('a.tar'), 'mine');
    await expect(backup(config, path('a.tar'))).rejects.toThrow(
      /is there already\. Name another file, or say --replace\./,
    );
    expect(await readFile(path('a.tar'), 'utf8')).toBe('mine');
    await backupCommand(config, path('a.tar'), true, silent, silent);
    await verifyCommand(path('a.tar'), silent, silent);
    await expect(backup(config, join(site.folder, 'a.tar'))).rejects.toThrow(/lies in the data folder/);
    await expect(backup(config, path('nowhere/a.tar'))).rejects.toThrow(/There is no folder/);
    await expect(backup(config, path('.'))).rejects.toThrow(/is no file/);
    await expect(backup(await emptyPlace(path('none')), path('b.tar'))).rejects.toThrow(/^There is no archive in /);
    expect(existsSync(path('none'))).toBe(false);
  });

  test('a restore where something is, which stays as it was', async () => {
    const { path } = await scratch();
    const { site } = await filledSite();
    await backup(site.ground.config, path('a.tar'));
    const before = await everything(site.ground.db.reads);
    await expect(restoreCommand(site.ground.config, path('a.tar'), [], silent, silent)).rejects.toThrow(/is not empty/);
    expect(await everything(site.ground.db.reads)).toEqual(before);
  });

  test.runIf(onPostgres)('a restore into a database that is not empty, from a folder that is', async () => {
    const { path } = await scratch();
    const { site } = await filledSite();
    await backup(site.ground.config, path('a.tar'));
    const before = await everything(site.ground.db.reads);
    await expect(
      restoreCommand({ ...site.ground.config, dataFolder: path('new') }, path('a.tar'), [], silent, silent),
    ).rejects.toThrow(/database that DATABASE_URL names is not empty/);
    expect(await everything(site.ground.db.reads)).toEqual(before);
    expect(existsSync(path('new'))).toBe(false);
  });

  test('an archive whose restore was cut short, until it is restored anew', async () => {
    const { path } = await scratch();
    const { site } = await filledSite();
    await backup(site.ground.config, path('a.tar'));
    const config = await emptyPlace(path('new'));
    // Stopped while rows come in: nothing is left of it.
    const stop = (doing: string, done: number) => {
      if (doing === 'restoring' && done > 4000) throw new Error('stopped');
    };
    await expect(restoreCommand(config, path('a.tar'), [], silent, stop)).rejects.toThrow('stopped');
    expect(existsSync(path('new/fanfold.db')) || existsSync(path('new/files'))).toBe(false);
    // Cut short after its rows were in.
    await restoreCommand(config, path('a.tar'), [], silent, silent);
    const ground = await openGround(config);
    await ground.db.write((tx) => tx.insertInto('archive_state').values({ key: 'restoring', value: '' }).execute());
    await ground.close();
    await expect(openGround(config)).rejects.toThrow(/was cut short\. Give \.\/fanfold restore again/);
    await writeFile(path('new/restoring.json'), '{}');
    await expect(openGround(config)).rejects.toThrow(/was cut short/);
    await restoreCommand(config, path('a.tar'), [], silent, silent);
    expect(await everything((await opened(config)).db.reads)).toEqual(await everything(site.ground.db.reads));
    expect(existsSync(path('new/restoring.json'))).toBe(false);
  });
});
