/** Pseuds as their owners make them, for the tests of what they sign and what they say. */
import { expect } from 'vitest';
import type { Person, TestSite } from '../../../test/site.ts';

/** The public id of the one pseud of a name. */
export async function publicIdOf(site: TestSite, name: string): Promise<string> {
  const row = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return row.public_id;
}

/** Adds a pseud by the form. */
export async function add(site: TestSite, who: Person, name: string): Promise<string> {
  const answer = await site.post('/account/pseuds', { name }, who);
  expect(answer.status).toBe(303);
  return (answer.headers.get('location') ?? '').replace('/account/pseuds/', '');
}

/** Somebody as one of their other pseuds. */
export async function as(site: TestSite, who: Person, name: string): Promise<Person> {
  const row = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return { ...who, pseud: name, pseudId: row.id };
}

/** The status and the text of a page. */
export async function text(site: TestSite, path: string, who: Person | null = null): Promise<string> {
  const answer = await site.get(path, who);
  return `${answer.status} ${await answer.text()}`;
}

/** Does the work that waits for the clock. */
export async function runJobs(site: TestSite): Promise<void> {
  const waiting = await site.ground.db.reads.selectFrom('jobs').select(['kind', 'payload']).execute();
  const kinds = site.features.flatMap((feature) => feature.jobs?.(site.ground) ?? []);
  for (const { kind, payload } of waiting)
    await kinds.find((one) => one.kind === kind)?.run(JSON.parse(String(payload)) as unknown);
}
