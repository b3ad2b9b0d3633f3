/** What the editor asks of the archive while somebody writes: Markdown as it will be kept, and paragraphs that were lost. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm } from '../../platform/http/form.ts';
import { limit } from '../../platform/http/limit.ts';
import { problem } from '../../platform/http/problem.ts';
import { withoutBlockIds } from '../../platform/html/ids.ts';
import { may, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { typedIn } from './typed.ts';
import { notationFrom } from './writing-form.ts';

/** What finds paragraphs again that a text has lost. */
export interface RescueNeeds {
  /** Takes clean HTML and the code of its language, or ''; returns HTML that is not yet clean. */
  findParagraphs: (html: string, language: string) => Promise<string>;
}

/** Four times what a chapter may hold: a source is longer than what is made of it, and a chapter can be split. */
const MOST_CHARACTERS = 2_000_000;
/** Texts that one account may have read in a minute: nobody changes notation more often. */
const TEXTS = { points: 60, seconds: 60 };

export function cleanTextRoutes(web: Hono<ArchiveEnv>, { cleaner }: Ground, needs: RescueNeeds): void {
  const texts = limit(TEXTS.points, TEXTS.seconds);

  /** Answers with what becomes of the text that was sent, to somebody who may write. */
  const answer = async (c: ArchiveContext, make: (html: string, language: string) => Promise<string>) => {
    const { accountId } = c.var.viewer;
    if (accountId === null || !may(c.var.viewer, 'change-own-works')) return c.notFound();
    const wait = await texts.take(String(accountId));
    if (wait !== null) {
      c.header('Retry-After', String(wait));
      return problem(c, 429, 'too-often', `That was very often. Try again in ${wait} seconds.`);
    }
    const { text, line } = typedIn(await readForm(c));
    const source = text('text');
    if (source.length > MOST_CHARACTERS)
      return problem(c, 400, 'too-large', 'This text is too long to be read at once.');
    const clean = await cleaner.clean(source, notationFrom(text('format')));
    if (!clean.ok) return problem(c, 400, clean.refusal, 'This text could not be read.');
    c.header('Cache-Control', 'no-store');
    return c.json({ html: await make(withoutBlockIds(clean.html), line('language')) });
  };

  web.post('/works/clean-text', (c) => answer(c, (html) => Promise.resolve(html)));

  web.post('/works/lost-paragraphs', (c) =>
    answer(c, async (html, language) => {
      const found = await cleaner.clean(await needs.findParagraphs(html, language), 'html');
      return found.ok ? withoutBlockIds(found.html) : html;
    }),
  );
}
