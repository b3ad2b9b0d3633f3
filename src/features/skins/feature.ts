import { startSheetChecker } from '../../platform/css/checker.ts';
import { SHEET_RULES } from '../../platform/css/rules.ts';
import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { takenSkinOfWork, takenSkins } from './take-out.queries.ts';
import { eraseSkins, printAnew, undress } from './actions.ts';
import { skinsOfOtherRules } from './queries.ts';
import { skinRoutes } from './routes.tsx';
import { SKIN_BOX, SKIN_LAYER } from './skin.ts';

const DAY_MS = 86_400_000;
const PIECE = 50;

export function skinsFeature(): Feature<ArchiveEnv> {
  const checker = startSheetChecker();
  return {
    name: 'skins',
    takesLong: /^\/account\/skins\/[^/]+$/,
    routes: (web, ground) => skinRoutes(web, ground, checker),
    jobs: ({ db }) => [
      {
        // After an update with other rules; until then the works that wear them look as works do by themselves.
        kind: 'print-skins-anew',
        every: DAY_MS,
        run: async () => {
          for (let after = 0; ;) {
            const skins = await skinsOfOtherRules(db.reads, after, PIECE);
            const last = skins.at(-1);
            if (!last) return;
            for (const { id, source } of skins) {
              const sheet = await checker.check({ source, box: SKIN_BOX, layer: SKIN_LAYER });
              // What the rules refuse keeps its earlier mark, by which its owner is told.
              if (sheet.ok) await db.write((tx) => printAnew(tx, id, source, { css: sheet.css, rules: SHEET_RULES }));
            }
            after = last.id;
          }
        },
      },
    ],
    stop: () => checker.close(),
    takeOut: {
      account: ({ db }, accountId) => takenSkins(db.reads, accountId),
      work: ({ db }, accountId, workId) => takenSkinOfWork(db.reads, accountId, workId),
    },
    erase: {
      accountTables: ['work_skins'],
      account: eraseSkins,
      work: async (tx, _now, workId) => {
        await undress(tx, workId);
        return [];
      },
    },
  };
}
