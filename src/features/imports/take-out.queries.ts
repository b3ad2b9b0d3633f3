/** An account's imports, and the files that a work of its was read from, as it takes them out. */
import { z } from 'zod';
import type { TakenFile } from '../../platform/feature.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { fileName, jsonFile, takenRow } from '../../platform/taken-row.ts';
import './tables.ts';

export async function* takenImports(handle: Handle, accountId: number): AsyncGenerator<TakenFile> {
  const runs = await handle
    .selectFrom('imports')
    .select(['id', 'public_id', 'origin', 'named', 'options', 'state', 'files', 'began_at', 'ended_at'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();
  for (const { id, ...run } of runs) {
    const files = await handle
      .selectFrom('import_files')
      .leftJoin('works', 'works.id', 'import_files.work_id')
      .select(['import_files.path', 'import_files.outcome', 'import_files.reason', 'import_files.format'])
      .select(['import_files.repairs', 'import_files.unmapped', 'import_files.at', 'works.public_id as work'])
      .where('import_files.import_id', '=', id)
      .orderBy('import_files.path_key')
      .execute();
    yield {
      path: `imports/${run.public_id}.json`,
      content: jsonFile({
        ...takenRow(run, { json: ['named', 'options'] }),
        reports: files.map((file) => takenRow(file, { json: ['repairs', 'unmapped'] })),
      }),
    };
  }
}

const originalsShape = z.array(z.object({ blob: z.string(), fileName: z.string() }));

/** What the work came from: each file as it was handed over, and what was made of it. */
export async function* takenSource({ db, files }: Ground, workId: number): AsyncGenerator<TakenFile> {
  const handle = db.reads;
  const source = await handle
    .selectFrom('import_sources')
    .select(['address_key', 'text_hash', 'content_hash', 'near_hash', 'opening_hash', 'format', 'stated_words'])
    .select(['guesses', 'title_derived', 'language_guessed', 'reviewed_at', 'imported_at'])
    .where('work_id', '=', workId)
    .executeTakeFirst();
  if (!source) return;
  const chapters = await handle
    .selectFrom('import_chapters')
    .innerJoin('chapters', 'chapters.id', 'import_chapters.chapter_id')
    .select(['chapters.public_id as chapter', 'import_chapters.part', 'import_chapters.revision'])
    .where('import_chapters.work_id', '=', workId)
    .orderBy('chapters.position')
    .execute();
  yield {
    path: 'import.json',
    content: jsonFile({ ...takenRow(source, { flags: ['title_derived', 'language_guessed'] }), chapters }),
  };
  const originals = await handle
    .selectFrom('import_originals')
    .select(['position', 'blob', 'file_name'])
    .where('work_id', '=', workId)
    .orderBy('position')
    .execute();
  for (const { position, blob, file_name: name } of originals) {
    const bytes = await files.get(blob);
    if (bytes) yield { path: `originals/${String(position).padStart(3, '0')}-${fileName(name)}`, content: bytes };
  }
  const rescues = await handle
    .selectFrom('import_rescues')
    .select(['position', 'rescue'])
    .where('work_id', '=', workId)
    .orderBy('position')
    .execute();
  for (const { position, rescue } of rescues)
    yield { path: `rescues/${String(position).padStart(3, '0')}.json`, content: rescue };
  const updates = await handle
    .selectFrom('import_updates')
    .select(['number', 'state', 'blobs'])
    .where('work_id', '=', workId)
    .where('state', '!=', 'dismissed')
    .orderBy('number')
    .execute();
  for (const { number, blobs } of updates)
    for (const { blob, fileName: name } of originalsShape.parse(JSON.parse(blobs))) {
      const bytes = await files.get(blob);
      if (bytes) yield { path: `updates/${number}/${fileName(name)}`, content: bytes };
    }
}
