/** What an address names, asked as the one who reports it: what they cannot read cannot be reported, and is nothing. */
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { findSeries } from '../series/index.ts';
import { findTag, tagPath } from '../tags/index.ts';
import { findCreator, findWork, isTagInUse } from '../works/index.ts';
import { whatAddressNames, type Named } from './report.ts';
import type { Subject } from './reports.actions.ts';

/** @returns what is reported, with its plain address; null for what is no page here, or none that the viewer can read. */
export async function readableSubject(
  handle: Handle,
  viewer: Viewer,
  said: string,
  origin: string,
): Promise<Subject | null> {
  const named = whatAddressNames(said, origin);
  return named && find(handle, viewer, named);
}

async function find(handle: Handle, viewer: Viewer, named: Named): Promise<Subject | null> {
  switch (named.kind) {
    case 'page':
      return { kind: 'page', id: 0, path: named.path };
    case 'work': {
      const work = await findWork(handle, viewer, named.publicId);
      if (!work) return null;
      const { chapter } = named;
      if (chapter === null) return { kind: 'work', id: work.id, path: `/works/${named.publicId}` };
      if (!work.chapters.some((one) => one.publicId === chapter)) return null;
      // Without the title, which can change and can say too much.
      return { kind: 'work', id: work.id, path: `/works/${named.publicId}/work/chapters/${chapter}` };
    }
    case 'creator': {
      const creator = await findCreator(handle, viewer, named.publicId);
      const kind = creator?.kind === 'imported' ? 'imported-creator' : 'creator';
      return creator && { kind, id: creator.id, path: `/creators/${named.publicId}` };
    }
    case 'series': {
      const found = await findSeries(handle, viewer, named.publicId, { offset: 0, limit: 1 });
      return found && { kind: 'series', id: found.series.id, path: `/series/${named.publicId}` };
    }
    case 'tag': {
      const tag = await findTag(handle, named.tagKind, named.name);
      const there = tag && (tag.canonical || (await isTagInUse(handle, viewer, tag)));
      return tag && there ? { kind: 'tag', id: tag.id, path: tagPath(tag) } : null;
    }
  }
}
