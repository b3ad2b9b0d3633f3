/** What the forms of works need of skins, which know works and so stand above them. */
import type { ComponentChildren } from 'preact';
import type { Handle, Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';

export interface SkinNeeds {
  /** The field for a work's skin; null where there is nothing to choose. `typed`: what a form that comes back had chosen. */
  field: (
    handle: Handle,
    viewer: Viewer,
    workId: number | null,
    typed: string | undefined,
  ) => Promise<ComponentChildren>;
  /** Where the sheet of what a form has chosen lies, for a work that is not stored yet. */
  sheetOfChoice: (handle: Handle, viewer: Viewer, typed: string | undefined) => Promise<string | null>;
  /** Where the sheet lies that a stored work wears. */
  sheetOfWork: (handle: Handle, viewer: Viewer, workId: number) => Promise<string | null>;
  /** Does what a form says. @returns false where the chosen skin is not there (any more). */
  wear: (tx: Tx, now: number, viewer: Viewer, workPublicId: string, typed: string | undefined) => Promise<boolean>;
}

export const NO_SUCH_SKIN = 'The skin you chose is not there any more, so the work keeps the look it had.';
