/**
 * The truth table as SQL. `visibleWorks` is how every feature reads works: without a viewer it does not compile.
 */
import { sql, type Expression, type ExpressionBuilder, type SelectQueryBuilder, type SqlBool } from 'kysely';
import type { Handle, Tables } from '../../platform/db/tables.ts';
import { may, type Viewer } from '../accounts/index.ts';
import {
  ADMITS,
  CONDITIONS,
  KNOW_ANONYMOUS,
  MANAGE,
  RELATIONS,
  type Audience,
  type Condition,
  type Relation,
} from './visibility.ts';
import './tables.ts';

type Works = ExpressionBuilder<Tables, 'works'>;

const CONDITION_SQL: Record<Condition, (works: Works) => Expression<SqlBool>> = {
  draft: (works) => works('works.state', '=', 'draft'),
  scheduled: (works) => works('works.state', '=', 'scheduled'),
  restricted: (works) => works('works.restricted', '=', 1),
  unrevealed: (works) => works('works.unrevealed', '=', 1),
  hidden: (works) => works('works.hidden', '=', 1),
  deleted: (works) => works('works.deleted_at', 'is not', null),
};

const NOBODY = sql<SqlBool>`1 = 0`;
const EVERYBODY = sql<SqlBool>`1 = 1`;

/** Whether the viewer stands in a relation to a work: known at once (true, false), or a question to the row. */
function relationSql(works: Works, viewer: Viewer, relation: Relation): Expression<SqlBool> {
  const accountId = viewer.accountId;
  switch (relation) {
    case 'anyone':
      return EVERYBODY;
    case 'account':
      return accountId === null ? NOBODY : EVERYBODY;
    case 'moderator':
      return looksAtHidden(viewer) ? works('works.id', 'in', [...viewer.looks]) : NOBODY;
    case 'maintainer':
      // Collections say who keeps them once they are here; until then nobody does.
      return NOBODY;
    case 'archivist':
      return accountId === null ? NOBODY : works.exists(archivistSql(works, accountId));
    case 'creator':
    case 'invited':
      return accountId === null
        ? NOBODY
        : creatorSql(works, accountId, relation === 'creator' ? 'accepted' : 'invited');
  }
}

/** Whether the viewer has the right to see hidden works, and has given a reason for some of them. */
function looksAtHidden(viewer: Viewer): viewer is Viewer & { looks: ReadonlySet<number> } {
  return may(viewer, 'see-hidden-works') && viewer.looks !== undefined && viewer.looks.size > 0;
}

/** By key from the work's own row: a list of the viewer's pseuds would be made anew for every query that asks. */
function archivistSql(works: Works, accountId: number) {
  return works
    .selectFrom('pseuds')
    .select('pseuds.id')
    .whereRef('pseuds.id', '=', 'works.archived_by')
    .where('pseuds.account_id', '=', accountId);
}

function creatorSql(works: Works, accountId: number, state: 'accepted' | 'invited'): Expression<SqlBool> {
  return works.exists(
    works
      .selectFrom('work_creators')
      .innerJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
      .select('work_creators.work_id')
      .whereRef('work_creators.work_id', '=', 'works.id')
      .where('work_creators.state', '=', state)
      .where('pseuds.account_id', '=', accountId),
  );
}

function anyRelation(works: Works, viewer: Viewer, relations: readonly Relation[]): Expression<SqlBool> {
  const asked = relations.map((relation) => relationSql(works, viewer, relation)).filter((one) => one !== NOBODY);
  if (asked.includes(EVERYBODY)) return EVERYBODY;
  return asked.length === 0 ? NOBODY : works.or(asked);
}

/** Whether the viewer may read a work, as an expression on its row. */
export function mayReadSql(works: Works, viewer: Viewer): Expression<SqlBool> {
  // Conditions that admit the same people are asked together: each question to the row costs the database's planner.
  const alike = Map.groupBy(CONDITIONS, (condition) => relationsThatCount(viewer, ADMITS[condition]).join());
  return works.and(
    [...alike.values()].flatMap((conditions) => {
      const admitted = anyRelation(works, viewer, ADMITS[conditions[0] ?? 'deleted']);
      if (admitted === EVERYBODY) return [];
      return works.or([works.not(works.or(conditions.map((condition) => CONDITION_SQL[condition](works)))), admitted]);
    }),
  );
}

/** Those of the relations in which this viewer could stand to some work. */
function relationsThatCount(viewer: Viewer, relations: readonly Relation[]): Relation[] {
  return relations.filter((relation) => relation === 'anyone' || couldStand(viewer, relation));
}

function couldStand(viewer: Viewer, relation: Relation): boolean {
  if (relation === 'maintainer') return false;
  return relation === 'moderator' ? looksAtHidden(viewer) : viewer.accountId !== null;
}

/** Whether the viewer knows the creators of a work, as an expression on its row. */
export function mayKnowCreatorsSql(works: Works, viewer: Viewer): Expression<SqlBool> {
  return works.or([works('works.anonymous', '=', 0), anyRelation(works, viewer, KNOW_ANONYMOUS)]);
}

/** Whether the viewer may change a work, as an expression on its row. */
export function mayManageSql(works: Works, viewer: Viewer): Expression<SqlBool> {
  return anyRelation(works, viewer, MANAGE);
}

/** The lists' audience that a viewer belongs to. Lists show everybody in it the same works, their own drafts not among them. */
export function audienceOf(viewer: Viewer): Audience {
  return viewer.accountId === null ? 'guest' : 'account';
}

/** The column that says whether a work stands in the lists of an audience. */
export function listedColumn(audience: Audience): 'works.listed_guest' | 'works.listed_account' {
  return audience === 'guest' ? 'works.listed_guest' : 'works.listed_account';
}

/** Works that the viewer may open. */
export function visibleWorks(handle: Handle, viewer: Viewer): SelectQueryBuilder<Tables, 'works', object> {
  return handle.selectFrom('works').where((works) => mayReadSql(works, viewer));
}

/** Works that stand in the viewer's lists. */
export function listedWorks(handle: Handle, viewer: Viewer): SelectQueryBuilder<Tables, 'works', object> {
  return handle.selectFrom('works').where(listedColumn(audienceOf(viewer)), '=', 1);
}

/** The relations in which a viewer stands to a work. */
export async function relationsTo(handle: Handle, viewer: Viewer, workId: number): Promise<Set<Relation>> {
  const row = await handle
    .selectFrom('works')
    .where('works.id', '=', workId)
    .select((works) =>
      RELATIONS.map((relation) =>
        works
          .case()
          .when(relationSql(works, viewer, relation))
          .then(1)
          .else(0)
          .end()
          .as(relation),
      ),
    )
    .executeTakeFirst();
  return new Set(row ? RELATIONS.filter((relation) => Number(row[relation]) === 1) : []);
}
