/** What the forms of works need of series, which know works and so stand above them. */
import type { ComponentChildren } from 'preact';
import type { Handle, Tx } from '../../platform/db/tables.ts';
import type { Form } from '../../platform/http/form.ts';
import type { Viewer } from '../accounts/index.ts';

export interface SeriesNeeds {
  /** The field for a work's series, or for a new work (null). `typed`: a form that comes back. */
  field: (handle: Handle, viewer: Viewer, workId: number | null, typed: Form | undefined) => Promise<ComponentChildren>;
  /** What is wrong with what a form says of series, by the name of its field; null when nothing is. */
  mistake: (form: Form) => { name: string; text: string } | null;
  /** Does what a form says. @returns a sentence where that cannot be; nothing is written then. */
  place: (tx: Tx, now: number, viewer: Viewer, workPublicId: string, form: Form) => Promise<string | null>;
  /** Puts many works, by their ids, into the series that a form names. @returns a sentence where that cannot be. */
  placeMany: (tx: Tx, now: number, viewer: Viewer, workIds: readonly number[], form: Form) => Promise<string | null>;
}
