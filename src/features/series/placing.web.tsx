/** The field of works for their series, and what their forms say of it: works stand below and are handed both. */
import type { VNode } from 'preact';
import type { Handle, Tx } from '../../platform/db/tables.ts';
import type { Form } from '../../platform/http/form.ts';
import type { Viewer } from '../accounts/index.ts';
import { TITLE_CHARACTERS } from '../site/index.ts';
import { addToSeries, placeWork, seriesMeant } from './own.actions.ts';
import { listOwnSeries, seriesOfOwnWork } from './own.queries.ts';
import { SeriesField } from './pages/SeriesField.tsx';
import { placingTyped } from './series.form.ts';
import { TOO_MANY_SERIES, type SeriesRefusal } from './series.ts';

/** The field for a work, or for a new one (null): as it stands, or as a form that comes back has it. */
export async function seriesFieldFor(
  handle: Handle,
  viewer: Viewer,
  workId: number | null,
  typed: Form | undefined,
): Promise<VNode | null> {
  if (viewer.accountId === null) return null;
  const standing = workId === null ? [] : await seriesOfOwnWork(handle, viewer, workId);
  const own = await listOwnSeries(handle, viewer);
  const { said, error } = typed ? placingTyped(typed) : { said: { kept: null, added: '', made: '' }, error: null };
  return (
    <SeriesField
      standing={standing.map(({ publicId, title }) => ({ value: publicId, label: title }))}
      kept={[...(said.kept ?? standing.map(({ publicId }) => publicId))]}
      own={own
        .filter((one) => !standing.some(({ publicId }) => publicId === one.publicId))
        .map(({ publicId, title }) => ({ value: publicId, label: title }))}
      added={said.added}
      made={said.made}
      error={error ?? undefined}
      titleLimit={TITLE_CHARACTERS}
    />
  );
}

/** What is wrong with what a form says of series, by its field; null when nothing is. */
export function seriesMistake(form: Form): { name: string; text: string } | null {
  const { error } = placingTyped(form);
  return error === null ? null : { name: 'newSeries', text: error };
}

/** Does what the form of a work says of its series. @returns a sentence where that cannot be; nothing is written then. */
export async function placeTyped(
  tx: Tx,
  now: number,
  viewer: Viewer,
  workPublicId: string,
  form: Form,
): Promise<string | null> {
  const placed = await placeWork(tx, now, viewer, workPublicId, placingTyped(form).said);
  return 'refusal' in placed ? sentenceFor(placed) : null;
}

/** Puts many works at the end of the series that a form names. @returns a sentence where that cannot be. */
export async function placeManyTyped(
  tx: Tx,
  now: number,
  viewer: Viewer,
  workIds: readonly number[],
  form: Form,
): Promise<string | null> {
  const into = await seriesMeant(tx, now, viewer, placingTyped(form).said);
  if ('refusal' in into) return sentenceFor(into);
  for (const publicId of into.series) {
    const added = await addToSeries(tx, now, viewer, publicId, workIds);
    if ('refusal' in added) return sentenceFor(added);
  }
  return null;
}

function sentenceFor({ refusal }: SeriesRefusal): string {
  return refusal === 'too-many'
    ? TOO_MANY_SERIES
    : 'The series you chose is not there any more, or not yours to change.';
}
