import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { browseApi } from './api.ts';
import { currentIndex } from './current-index.queries.ts';
import { fandomsInUse } from './fandoms.queries.ts';
import type { Finder } from './keeper/finder.ts';
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
      const index = currentIndex(handle, finder.index);
      const browsing = {
        sources: { handle, index, text: finder.text, now: ground.now },
        blurbs: listedBlurbs(handle),
        countWords: rememberedWords(),
        fandoms: fandomsInUse(handle, index),
      };
      browseRoutes(web, browsing, giftsTo);
      browseApi(web, browsing);
    },
    start: () => finder.start(),
    stop: () => finder.stop(),
  };
}
