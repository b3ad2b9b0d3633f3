/** All works of one's own in one list, narrowed by state and pseud. */
import { chunks } from '../../platform/db/chunks.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { may, type Viewer } from '../accounts/index.ts';
import { mayManageSql, visibleWorks } from './visible.ts';
import { decisionsIn, type Decisions } from './deciding.ts';
import type { OwnState } from './bulk.ts';
import './tables.ts';

/**
 * The works that the viewer keeps, the latest changed first. `pseud`: the public id of one of their own, which signs them or
 * brought them in.
 */
export async function ownWorksList(
  handle: Handle,
  viewer: Viewer,
  which: { state: OwnState; pseud: string },
  page: { offset: number; limit: number },
): Promise<{ total: number; ids: number[] }> {
  const works = visibleWorks(handle, viewer)
    .where((work) => mayManageSql(work, viewer))
    .$if(which.state === 'draft' || which.state === 'scheduled' || which.state === 'posted', (query) =>
      query.where('works.state', '=', which.state as 'draft' | 'scheduled' | 'posted'),
    )
    .$if(which.state === 'restricted', (query) => query.where('works.restricted', '=', 1))
    .$if(which.state === 'concealed', (query) =>
      query.where((work) => work.or([work('works.anonymous', '=', 1), work('works.unrevealed', '=', 1)])),
    )
    .$if(which.pseud !== '', (query) =>
      query.where((work) => {
        const own = work
          .selectFrom('pseuds')
          .select('pseuds.id')
          .where('pseuds.public_id', '=', which.pseud)
          .where('pseuds.account_id', '=', viewer.accountId);
        return work.or([
          work('works.archived_by', 'in', own),
          work.exists(
            work
              .selectFrom('work_creators')
              .select('work_creators.work_id')
              .whereRef('work_creators.work_id', '=', 'works.id')
              .where('work_creators.state', '=', 'accepted')
              .where('work_creators.pseud_id', 'in', own),
          ),
        ]);
      }),
    );
  const { total } = await works.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await works
    .select('works.id')
    .orderBy('works.updated_at', 'desc')
    .orderBy('works.id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return { total: Number(total), ids: rows.map((row) => row.id) };
}

/** What changing many works at once needs of each. */
export interface OwnWork {
  id: number;
  publicId: string;
  title: string;
  state: 'draft' | 'scheduled' | 'posted';
  language: string | null;
  restricted: boolean;
  noindex: boolean;
  decisions: Decisions;
}

/** Those of the works, by their public ids, that the viewer may change, in that order. */
export async function ownWorksNamed(handle: Handle, viewer: Viewer, publicIds: readonly string[]): Promise<OwnWork[]> {
  if (!may(viewer, 'change-own-works')) return [];
  const works = new Map<string, OwnWork>();
  for (const piece of chunks(publicIds)) {
    const rows = await visibleWorks(handle, viewer)
      .where((work) => mayManageSql(work, viewer))
      .where('works.public_id', 'in', piece)
      .select([
        'works.id',
        'works.public_id',
        'works.title',
        'works.state',
        'works.language',
        'works.restricted',
        'works.noindex',
        'works.commenters',
        'works.comments_moderated',
        'works.downloads',
        'works.no_ai',
      ])
      .execute();
    for (const row of rows)
      works.set(row.public_id, {
        id: row.id,
        publicId: row.public_id,
        title: row.title,
        state: row.state,
        language: row.language,
        restricted: row.restricted === 1,
        noindex: row.noindex === 1,
        decisions: decisionsIn(row),
      });
  }
  return publicIds.flatMap((publicId) => works.get(publicId) ?? []);
}
