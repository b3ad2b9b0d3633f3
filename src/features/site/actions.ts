/** Changes of what the archive says of itself. Who may make them is checked where they come in. */
import { lockNames } from '../../platform/db/locks.ts';
import { append } from '../../platform/events/log.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { siteRules } from './queries.ts';
import type { OwnPage, SiteRules, SiteSettings } from './site.ts';
import './tables.ts';

/** Held alone while the rules change, and shared while something is posted under them. */
const RULES_LOCK = 'the rules of the archive';

/** The rules in force, which stay so until the transaction ends. */
export async function rulesToPostUnder(tx: Tx): Promise<SiteRules> {
  await lockNames(tx, [RULES_LOCK], 'shared');
  return siteRules(tx);
}

/** Changes some of the settings. */
export async function changeSettings(tx: Tx, now: number, changes: Partial<SiteSettings>): Promise<void> {
  for (const [name, value] of Object.entries(changes)) {
    const text = JSON.stringify(value);
    await tx
      .insertInto('site_settings')
      .values({ name, value: text })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: text }))
      .execute();
  }
  await append(tx, now, { kind: 'site.changed', subject: 'site', subjectId: 0 });
}

export interface RuleChoices {
  explicitRefused: boolean;
  registeredOnly: boolean;
}

/** Sets the two rules that the owner's page offers. What is in the archive already stays as it is. */
export async function changeRules(tx: Tx, now: number, choices: RuleChoices): Promise<void> {
  await lockNames(tx, [RULES_LOCK]);
  await tx.deleteFrom('site_rules').where('kind', 'in', ['refused-rating', 'registered-only']).execute();
  if (choices.explicitRefused) {
    await tx
      .insertInto('site_rules')
      .values({
        kind: 'refused-rating',
        value: 'explicit',
        value_key: 'explicit',
        reason: 'This archive does not take Explicit works.',
      })
      .execute();
  }
  if (choices.registeredOnly) {
    await tx
      .insertInto('site_rules')
      .values({
        kind: 'registered-only',
        value: 'yes',
        value_key: 'yes',
        reason: 'Works in this archive are for registered readers only.',
      })
      .execute();
  }
  await append(tx, now, { kind: 'site.changed', subject: 'site', subjectId: 0 });
}

/** Keeps a page as the owner wrote it, cleaned; an empty one is as if it had never been written. */
export async function changePage(
  tx: Tx,
  now: number,
  page: OwnPage,
  text: { source: string; html: string; rules: number },
): Promise<void> {
  if (text.source.trim() === '') await tx.deleteFrom('site_pages').where('name', '=', page).execute();
  else {
    const values = { ...text, updated_at: now };
    await tx
      .insertInto('site_pages')
      .values({ name: page, ...values })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
      .execute();
  }
  await append(tx, now, { kind: 'site.changed', subject: 'site', subjectId: 0 });
}
