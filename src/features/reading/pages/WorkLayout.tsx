/** The frame of the pages of one work: search engines, and the data attributes that userscripts rely on. */
import type { ComponentChildren } from 'preact';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import type { WorkView } from './work-view.ts';

export function WorkLayout(props: {
  site: SiteView;
  work: WorkView;
  title: string;
  canonical: string;
  children: ComponentChildren;
}) {
  const { site, work } = props;
  return (
    <Layout
      site={site}
      title={props.title}
      canonical={props.canonical}
      noindex={work.noindex || work.draft || work.hidden || work.restricted}
      noTraining={work.noAi}
      kind="read"
    >
      {work.skin?.on && <link rel="stylesheet" href={work.skin.sheet} />}
      <article
        class="work"
        data-work={work.id}
        data-rating={work.rating?.name}
        data-words={work.words}
        data-chapters={work.chapters.posted}
        data-complete={work.status === 'complete' ? 'yes' : 'no'}
        data-language={work.language.code}
        data-restricted={work.restricted ? 'yes' : 'no'}
        data-comments={work.commenters}
        data-comments-moderated={work.commentsModerated ? 'yes' : 'no'}
        data-downloads={work.downloads ? 'yes' : 'no'}
        data-no-ai={work.noAi ? 'yes' : 'no'}
      >
        {props.children}
      </article>
    </Layout>
  );
}
