/** The works of an account, as it looks through them before it lets go of them. For that account alone. */
import type { Handle } from '../../platform/db/tables.ts';
import type { PostingState } from './tables.ts';
import './tables.ts';

export interface OwnWork {
  id: number;
  publicId: string;
  title: string;
  language: string | null;
  state: PostingState;
  words: number;
  /** Deleted, and still to be taken back. */
  deleted: boolean;
  /** Other people with an account here create it too, or have brought it in: it stays with them. */
  shared: boolean;
}

/** All works that an account signs or has brought in, drafts and deleted ones too, oldest first; of one alone where it is named. */
export async function worksOf(handle: Handle, accountId: number, only?: number): Promise<OwnWork[]> {
  const works = handle.selectFrom('works');
  const rows = await (only === undefined ? works : works.where('works.id', '=', only))
    .select((row) => [
      'works.id',
      'works.public_id',
      'works.title',
      'works.language',
      'works.state',
      'works.words',
      'works.deleted_at',
      row
        .or([
          row.exists(
            row
              .selectFrom('work_creators')
              .innerJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
              .select('work_creators.position')
              .whereRef('work_creators.work_id', '=', 'works.id')
              .where('work_creators.state', '=', 'accepted')
              .where('pseuds.account_id', '!=', accountId),
          ),
          row.exists(
            row
              .selectFrom('pseuds as archivist')
              .select('archivist.id')
              .whereRef('archivist.id', '=', 'works.archived_by')
              .where('archivist.account_id', '!=', accountId),
          ),
        ])
        .as('shared'),
    ])
    .where((row) =>
      row.or([
        row(
          'works.id',
          'in',
          row
            .selectFrom('work_creators')
            .innerJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
            .select('work_creators.work_id')
            .where('work_creators.state', '=', 'accepted')
            .where('pseuds.account_id', '=', accountId),
        ),
        row('works.archived_by', 'in', row.selectFrom('pseuds').select('id').where('account_id', '=', accountId)),
      ]),
    )
    .orderBy('works.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    publicId: row.public_id,
    title: row.title,
    language: row.language,
    state: row.state,
    words: row.words,
    deleted: row.deleted_at !== null,
    shared: Boolean(row.shared),
  }));
}
