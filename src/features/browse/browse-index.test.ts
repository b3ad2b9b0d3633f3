import { browseIndexContract } from './plain/contract.fixture.ts';
import { inlineIndex } from './feed/inline-index.ts';

browseIndexContract('in memory', async (site) => inlineIndex(site.ground.db.reads));
