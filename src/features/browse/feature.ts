import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { browseApi } from './api.ts';
import type { Browsing } from './browsing.queries.ts';
import { currentIndex } from './current-index.queries.ts';
import { fandomsInUse } from './fandoms.queries.ts';
import type { ListSources } from './filtered-list.queries.ts';
import type { Finder } from './keeper/finder.ts';
import type { Answering } from './keeper/kept-index.ts';
import { listedBlurbs } from './listed-blurbs.queries.ts';
import { rememberedWords } from './queries.ts';
import { browseRoutes, type GiftsTo } from './routes.tsx';

export interface BrowseNeeds {
  giftsTo: GiftsTo;
  /** What finds works for lists, by their tags and figures and by the words in them. */
  finder: Finder;
}

export function browseFeature({ finder, giftsTo }: BrowseNeeds): Feature<ArchiveEnv> {
  return {
    name: 'browse',
    routes: (web, ground) => {
      const handle = ground.db.reads;
      const sourcesIn = ({ index, text }: Answering): ListSources => {
        return { handle, index: currentIndex(handle, index), text, now: ground.now };
      };
      const sources = sourcesIn(finder);
      const browsing: Browsing = {
        sources,
        askedBy: (asker) => ({ ...browsing, sources: sourcesIn(finder.askedBy(asker)) }),
        blurbs: listedBlurbs(handle),
        countWords: rememberedWords(),
        fandoms: fandomsInUse(handle, sources.index),
      };
      browseRoutes(web, browsing, giftsTo);
      browseApi(web, browsing);
    },
    start: () => finder.start(),
    stop: () => finder.stop(),
  };
}
