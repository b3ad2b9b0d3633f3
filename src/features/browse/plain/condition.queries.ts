/** A condition as SQL on a row of `works`: true or false, never null, so that `not` can stand before any of it. */
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { Tables } from '../../../platform/db/tables.ts';
import type { Condition, Figure, Range } from './condition.ts';

export type Works = ExpressionBuilder<Tables, 'works'>;

/** @throws for what SQL is not asked: `works` and `crossover`. `fitsOneStatement` tells it before. */
export function conditionSql(works: Works, condition: Condition): Expression<SqlBool> {
  if ('all' in condition) return works.and(condition.all.map((part) => conditionSql(works, part)));
  if ('any' in condition) return works.or(condition.any.map((part) => conditionSql(works, part)));
  if ('not' in condition) return works.not(conditionSql(works, condition.not));
  if ('tags' in condition) return works('works.id', 'in', withTag(works, condition.tags));
  if ('firstRelationship' in condition) return works('works.id', 'in', withFirst(works, condition.firstRelationship));
  if ('byline' in condition) return bylineSql(works, condition);
  if ('series' in condition) return seriesSql(works, condition.series);
  if ('figure' in condition) return inRange(works, figureSql(works, condition.figure), condition);
  if ('tagsOfKind' in condition) return inRange(works, numberOfTags(works, condition.tagsOfKind), condition);
  if ('language' in condition) {
    return works.and([works('works.language', 'is not', null), works('works.language', '=', condition.language)]);
  }
  if ('status' in condition) return works('works.status', '=', condition.status);
  if ('complete' in condition) {
    return works.and([
      works('works.planned_chapters', 'is not', null),
      works('works.posted_chapters', '>=', works.ref('works.planned_chapters')),
    ]);
  }
  throw new Error('This condition is not one for SQL.');
}

function withTag(works: Works, tags: readonly number[]) {
  return works.selectFrom('work_tags').select('work_tags.work_id').where('work_tags.tag_id', 'in', tags);
}

/** Works of which one of these is the relationship with the lowest position. */
function withFirst(works: Works, tags: readonly number[]) {
  return withTag(works, tags).where((first) =>
    first.not(
      first.exists(
        first
          .selectFrom('work_tags as earlier')
          .select('earlier.tag_id')
          .whereRef('earlier.work_id', '=', 'work_tags.work_id')
          .where('earlier.kind', '=', 'relationship')
          .whereRef('earlier.position', '<', 'work_tags.position'),
      ),
    ),
  );
}

function bylineSql(works: Works, { byline, id }: { byline: 'pseud' | 'imported'; id: number }) {
  const column = byline === 'pseud' ? 'work_creators.pseud_id' : 'work_creators.imported_creator_id';
  const named = works
    .selectFrom('work_creators')
    .select('work_creators.work_id')
    .where(column, '=', id)
    .where('work_creators.state', '=', 'accepted');
  // An anonymous work is nobody's here.
  return works.and([works('works.anonymous', '=', 0), works('works.id', 'in', named)]);
}

/** An anonymous work stands in no series: the works beside it would name its creator. */
function seriesSql(works: Works, series: number) {
  const placed = works.selectFrom('series_works').select('series_works.work_id').where('series_id', '=', series);
  return works.and([works('works.anonymous', '=', 0), works('works.id', 'in', placed)]);
}

/** A figure of the work. A work whose posting has no date was posted when it was updated. */
export function figureSql(works: Works, figure: Figure): Expression<number> {
  switch (figure) {
    case 'posted':
      return works.fn.coalesce('works.posted_at', 'works.updated_at');
    case 'updated':
      return works.ref('works.updated_at');
    case 'chapters':
      return works.ref('works.posted_chapters');
    default:
      return works.ref(`works.${figure}`);
  }
}

function numberOfTags(works: Works, kind: string): Expression<number> {
  return sql<number>`(select count(*) from work_tags
    where work_tags.work_id = works.id and work_tags.kind = ${kind})`;
}

function inRange(works: Works, figure: Expression<number>, { from, to }: Range): Expression<SqlBool> {
  return works.and([
    ...(from === null ? [] : [works(figure, '>=', from)]),
    ...(to === null ? [] : [works(figure, '<=', to)]),
  ]);
}
