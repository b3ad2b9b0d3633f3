/** The front door of `related-works`. */
export { countRelationsWaiting, derivedFrom, parentsOf, type Parent } from './queries.ts';
export { relatedTitle } from './related-title.view.ts';
export type { RelationKind } from './relation.ts';
