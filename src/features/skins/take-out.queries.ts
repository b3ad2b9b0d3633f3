/** An account's work skins as it takes them out, and which of them a work wears. Skins of others are not in it. */
import type { TakenFile } from '../../platform/feature.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { fileName, jsonFile, takenRow } from '../../platform/taken-row.ts';
import './tables.ts';

export async function* takenSkins(handle: Handle, accountId: number): AsyncGenerator<TakenFile> {
  const skins = await handle
    .selectFrom('work_skins')
    .select(['public_id', 'title', 'source', 'css', 'rules', 'tried', 'version', 'created_at', 'updated_at'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();
  for (const { source, css, tried, ...skin } of skins) {
    const path = `skins/${skin.public_id}-${fileName(skin.title)}`;
    yield { path: `${path}/skin.json`, content: jsonFile({ ...takenRow(skin), tried }) };
    yield { path: `${path}/source.css`, content: source };
    yield { path: `${path}/printed.css`, content: css };
  }
}

export async function* takenSkinOfWork(handle: Handle, accountId: number, workId: number): AsyncGenerator<TakenFile> {
  const worn = await handle
    .selectFrom('work_skin_choices')
    .innerJoin('work_skins', 'work_skins.id', 'work_skin_choices.skin_id')
    .select(['work_skins.public_id', 'work_skins.title'])
    .where('work_skin_choices.work_id', '=', workId)
    .where('work_skins.account_id', '=', accountId)
    .executeTakeFirst();
  if (worn) yield { path: 'skin.json', content: jsonFile(takenRow(worn)) };
}
