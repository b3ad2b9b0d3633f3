/** How a request is refused: with a page, or with what its sender can read where that is a program or a script. */
import type { Feature } from '../platform/feature.ts';
import { problem } from '../platform/http/problem.ts';
import { ErrorPage, type ErrorView } from '../ui/ErrorPage.tsx';
import { showPage } from '../ui/show.ts';
import type { ArchiveContext, ArchiveEnv } from '../features/accounts/index.ts';

/** Answers with a status and a sentence for people; a plain one of the status where none is given. */
export type Refuse = (c: ArchiveContext, status: ErrorView['status'], sentence?: string) => Response;

/**
 * A page that says what went wrong and where to go; problem details where the API was asked; a `reason` in JSON where the script
 * of a page was answered.
 */
export function refusing(features: readonly Feature<ArchiveEnv>[]): Refuse {
  return (c, status, sentence) => {
    const plain = sentence ?? (status === 404 ? 'There is nothing here.' : 'Something went wrong.');
    if (c.req.path.startsWith('/api/')) return problem(c, status, status === 404 ? 'not-found' : 'refused', plain);
    if (isForScripts(features, c)) {
      c.header('Cache-Control', 'no-store');
      return c.json({ reason: plain }, status);
    }
    // Before the viewer is known there is no page to show.
    if (!c.var.site) return c.text(sentence ?? 'Something went wrong.', status);
    return showPage(
      c,
      <ErrorPage site={c.var.site} view={{ status, requestId: c.var.requestId, ...(sentence ? { sentence } : {}) }} />,
      status,
    );
  };
}

/** Whether the script of a page sends there, which reads JSON. */
export function isForScripts(features: readonly Feature<ArchiveEnv>[], c: ArchiveContext): boolean {
  return features.some((feature) => feature.forScripts?.test(c.req.path));
}
