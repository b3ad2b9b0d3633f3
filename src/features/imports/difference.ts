/** The shape of a difference, for the pages that show one. Pure. */
export type { Run, ThreeWayRow } from '../../platform/html/difference.ts';
