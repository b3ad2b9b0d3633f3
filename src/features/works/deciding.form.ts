/** The fields by which somebody decides about a work, from a form and back. */
import type { Handle } from '../../platform/db/tables.ts';
import type { Form } from '../../platform/http/form.ts';
import type { Viewer } from '../accounts/index.ts';
import type { SaidOfWork } from './deciding.actions.ts';
import { concealmentsOf, newWorkDefaults } from './deciding.queries.ts';
import { commentersFrom, type Decisions, type NewWorkDefaults } from './deciding.ts';
import type { DecidingView } from './pages/DecidingFields.tsx';
import type { WorkWhole } from './work.ts';

/** The decisions of a form; comments from registered readers where it names nobody. */
export function decisionsTyped(form: Form): Decisions {
  const ticked = (name: string) => form.one(name) !== undefined;
  return {
    commenters: commentersFrom(form.one('commenters')) ?? 'registered',
    commentsModerated: ticked('commentsModerated'),
    downloads: ticked('downloads'),
    noAi: ticked('noAi'),
  };
}

/** What a form says of a work; null where it did not ask. */
export function decidingTyped(form: Form): SaidOfWork | null {
  if (form.one('deciding') === undefined) return null;
  const ticked = (name: string) => form.one(name) !== undefined;
  return { ...decisionsTyped(form), anonymous: ticked('anonymous'), unrevealed: ticked('unrevealed') };
}

/** What a form says of a work that is new: as its creator begins all works, where it did not ask. */
export async function decidingSaid(handle: Handle, viewer: Viewer, form: Form): Promise<SaidOfWork> {
  const begun = { ...(await newWorkDefaults(handle, viewer)), anonymous: false, unrevealed: false };
  return decidingTyped(form) ?? begun;
}

/** What a form says of all new works. */
export function defaultsTyped(form: Form): NewWorkDefaults {
  const ticked = (name: string) => form.one(name) !== undefined;
  return { ...decisionsTyped(form), restricted: ticked('restricted'), noindex: ticked('noindex') };
}

/** The fields for a work, or for a new one (null): as it stands, or as a form that comes back has them. */
export async function decidingView(
  handle: Handle,
  viewer: Viewer,
  work: WorkWhole | null,
  typed: Form | undefined,
): Promise<DecidingView> {
  const said = typed && decidingTyped(typed);
  if (work === null) {
    const { commenters, commentsModerated, downloads, noAi } = await newWorkDefaults(handle, viewer);
    const blank = { commenters, commentsModerated, downloads, noAi, anonymous: false, unrevealed: false };
    return { values: said ?? blank, heldByOthers: [] };
  }
  const { byCreators, byOthers } = await concealmentsOf(handle, work.id);
  return {
    values: said ?? { ...work.decisions, ...byCreators },
    heldByOthers: (['anonymous', 'unrevealed'] as const).filter((kind) => byOthers[kind]),
  };
}
