/** What the forms of works are handed to show how a work will be read. */
import type { VNode } from 'preact';
import type { Handle } from '../../platform/db/tables.ts';
import type { SiteView } from '../../ui/site-view.ts';
import { archiveWords } from '../browse/index.ts';
import type { ChapterWhole, WorkWhole } from '../works/index.ts';
import { ALONE } from './pages/Together.tsx';
import { WorkPreview } from './pages/WorkPreview.tsx';
import { chapterText, workView } from './work-page-view.ts';

/** A chapter of a work as its page will show it; neither need be stored. `skin`: where the sheet lies that it wears. */
export async function previewWork(
  handle: Handle,
  site: SiteView,
  { work, chapter, whole, skin }: { work: WorkWhole; chapter: ChapterWhole; whole: boolean; skin: string | null },
): Promise<VNode> {
  const around = {
    words: await archiveWords(handle),
    places: [],
    neighbours: new Map(),
    together: ALONE,
    deletionAsked: false,
    mayChange: false,
    original: false,
    whyHidden: null,
    // Who writes sees their own style, whatever they read others with.
    skin: skin === null ? null : { sheet: skin, on: true },
  };
  return <WorkPreview site={site} work={workView(work, around)} chapter={chapterText(work, chapter)} whole={whole} />;
}
