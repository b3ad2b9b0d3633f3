/**
 * Tells recipients by mail of gifts that wait for their answer, as soon as the work stands in their lists: when it is given, or
 * later, when it is posted or revealed. Each gift is told once; what is answered or taken back before is not.
 */
import type { Reaction } from '../../platform/events/consumers.ts';
import { tellByMail, viewerOf } from '../accounts/index.ts';
import { listedWorks } from '../works/index.ts';
import './tables.ts';

export function giftLetters(now: () => number): Reaction {
  return {
    type: 'reaction',
    name: 'gift-letters',
    // Figures show nobody a work that they could not see before.
    passesOver: ['work.counted'],
    react: async (tx, events) => {
      const works = [...new Set(events.flatMap((event) => event.workId ?? []))];
      if (works.length === 0) return;
      const waiting = await tx
        .selectFrom('gifts')
        .innerJoin('pseuds', 'pseuds.id', 'gifts.pseud_id')
        .select(['gifts.id', 'gifts.work_id', 'pseuds.account_id'])
        .where('gifts.work_id', 'in', works)
        .where('gifts.state', '=', 'waiting')
        .where('gifts.told', '=', 0)
        .orderBy('gifts.id')
        .execute();
      for (const gift of waiting) {
        const recipient = await viewerOf(tx, gift.account_id);
        if (!recipient) continue;
        const listed = await listedWorks(tx, recipient)
          .select('works.id')
          .where('works.id', '=', gift.work_id)
          .executeTakeFirst();
        if (!listed) continue;
        await tx.updateTable('gifts').set({ told: 1 }).where('id', '=', gift.id).execute();
        await tellByMail(tx, now(), gift.account_id, 'gift');
      }
    },
  };
}
