/** What a work goes back to, as who keeps it takes it out: works of others by address and title alone. */
import type { TakenFile } from '../../platform/feature.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { jsonFile } from '../../platform/taken-row.ts';
import { relationsOfWork } from './queries.ts';

export async function* takenRelations(handle: Handle, accountId: number, workId: number): AsyncGenerator<TakenFile> {
  const relations = await relationsOfWork(handle, { accountId, roles: new Set(), adult: true }, workId);
  if (relations.length === 0) return;
  yield {
    path: 'related-works.json',
    content: jsonFile(
      relations.map(({ kind, state, parent }) => ({
        kind,
        state,
        parent:
          parent === null || 'external' in parent
            ? parent
            : { work: { publicId: parent.card.publicId, title: parent.card.title } },
      })),
    ),
  };
}
