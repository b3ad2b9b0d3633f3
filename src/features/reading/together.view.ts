/** From gifts and related works to what a work's page shows of them. */
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import type { Words } from '../browse/index.ts';
import { giftsPath, recipientsOf } from '../gifts/index.ts';
import { derivedFrom, parentsOf, relatedTitle, type RelationKind } from '../related-works/index.ts';
import type { TogetherView } from './pages/Together.tsx';

/** Takes a work that the viewer may open, and the archive's words or their coming. */
export async function togetherOf(
  handle: Handle,
  viewer: Viewer,
  workId: number,
  wordsToCome: Words | Promise<Words>,
): Promise<TogetherView> {
  const [words, recipients, parents, derived] = await Promise.all([
    wordsToCome,
    recipientsOf(handle, workId),
    parentsOf(handle, viewer, workId),
    derivedFrom(handle, viewer, workId),
  ]);
  const titles = (works: typeof parents, kind: RelationKind) =>
    works.filter((work) => work.kind === kind).map((work) => relatedTitle(work, words));
  return {
    recipients: recipients.map(({ name, publicId }) => ({
      name,
      href: publicId === null ? '' : giftsPath({ publicId, name }),
      imported: publicId === null,
    })),
    inspiredBy: titles(parents, 'inspired-by'),
    translationOf: titles(parents, 'translation-of'),
    inspired: titles(derived, 'inspired-by'),
    translations: titles(derived, 'translation-of'),
  };
}
