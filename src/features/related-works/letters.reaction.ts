/**
 * Tells those who keep a work by mail that another is said to go back to it, as soon as that other work stands in their lists:
 * when it is said, or later, when it is posted or revealed. Each of them is told with the first of them who can see it.
 */
import type { Reaction } from '../../platform/events/consumers.ts';
import { tellByMail, viewerOf } from '../accounts/index.ts';
import { listedWorks } from '../works/index.ts';
import './tables.ts';

export function relationLetters(now: () => number): Reaction {
  return {
    type: 'reaction',
    name: 'related-work-letters',
    // Figures show nobody a work that they could not see before.
    passesOver: ['work.counted'],
    react: async (tx, events) => {
      const works = [...new Set(events.flatMap((event) => event.workId ?? []))];
      if (works.length === 0) return;
      const waiting = await tx
        .selectFrom('related_works')
        .select(['id', 'work_id', 'parent_id'])
        .where('work_id', 'in', works)
        .where('state', '=', 'waiting')
        .where('told', '=', 0)
        .orderBy('id')
        .execute();
      for (const relation of waiting) {
        const keepers = await tx
          .selectFrom('work_creators')
          .innerJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
          .select('pseuds.account_id')
          .distinct()
          .where('work_creators.work_id', '=', relation.parent_id)
          .where('work_creators.state', '=', 'accepted')
          .orderBy('pseuds.account_id')
          .execute();
        let told = false;
        for (const { account_id: accountId } of keepers) {
          const keeper = await viewerOf(tx, accountId);
          if (!keeper) continue;
          const listed = await listedWorks(tx, keeper)
            .select('works.id')
            .where('works.id', '=', relation.work_id)
            .executeTakeFirst();
          if (!listed) continue;
          told = true;
          await tellByMail(tx, now(), accountId, 'related-work');
        }
        if (told) await tx.updateTable('related_works').set({ told: 1 }).where('id', '=', relation.id).execute();
      }
    },
  };
}
