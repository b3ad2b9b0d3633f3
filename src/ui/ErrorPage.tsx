/** What went wrong, in a sentence, and the ways on. It never says whether a thing exists. */
import { ButtonLink } from './Form.tsx';
import { Layout } from './Layout.tsx';
import type { SiteView } from './site-view.ts';

export interface ErrorView {
  status: 400 | 401 | 403 | 404 | 405 | 413 | 429 | 500 | 503;
  requestId: string;
  /** Replaces the second sentence when the route can say something more useful. Never says whether a thing exists. */
  sentence?: string;
}

const words: Readonly<Record<ErrorView['status'], { title: string; sentence: string }>> = {
  400: {
    title: 'That could not be read',
    sentence: 'The address or the form holds something this page does not know.',
  },
  401: {
    title: 'You are signed out',
    sentence: 'Sign in, and do it once more. Nothing was changed.',
  },
  403: {
    title: 'Not from here',
    sentence: 'This request did not come from a page of this archive. Go back, reload the page and try again.',
  },
  404: {
    title: 'Nothing to show here',
    sentence: 'No page that you can see has this address. It may be mistyped, or it may not be for everybody.',
  },
  405: { title: 'That cannot be done here', sentence: 'This address does not take that kind of request.' },
  413: {
    title: 'Too much at once',
    sentence: 'What was sent is larger than this archive takes in one go. Send less, or in parts.',
  },
  429: {
    title: 'A little slower, please',
    sentence: 'Too many requests came from here in a short time. Wait a minute, then try again.',
  },
  500: {
    title: 'Something broke here',
    sentence: 'This is the archive’s fault, not yours. What was saved before is safe. Try again in a moment.',
  },
  503: { title: 'Back in a moment', sentence: 'The archive is starting or very busy. Try again in a moment.' },
};

export function ErrorPage({ site, view }: { site: SiteView; view: ErrorView }) {
  const { title, sentence } = words[view.status];
  return (
    <Layout site={site} title={title} noindex kind="form" reportable={false}>
      <div class="gate">
        <p class="eyebrow">Error {view.status}</p>
        <h1>{title}</h1>
        <p>{view.sentence ?? sentence}</p>
        <div class="actions">
          <ButtonLink href="/works" look="primary">
            See all works
          </ButtonLink>
          <ButtonLink href="/fandoms">See the fandoms</ButtonLink>
          <ButtonLink href="/" look="plain">
            Home
          </ButtonLink>
        </div>
        <p class="request">
          If you ask the people of this archive for help, give them this number: <code>{view.requestId}</code>
        </p>
      </div>
    </Layout>
  );
}
