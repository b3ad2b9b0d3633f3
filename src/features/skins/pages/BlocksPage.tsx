/** The ready-made blocks: how each looks, when it is the right one, and its HTML to copy. */
import { AuthorText } from '../../../ui/AuthorText.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';

const ENGLISH = { code: 'en', name: 'English', dir: 'ltr' } as const;

export interface BlocksView {
  /** `source` as it is typed, `html` as it stands in a text. */
  blocks: { name: string; label: string; use: string; source: string; html: string }[];
}

export function BlocksPage({ site, view }: { site: SiteView; view: BlocksView }) {
  return (
    <Layout site={site} title="Ready-made blocks" canonical="/help/blocks" kind="form">
      <div class="page-head">
        <h1>Ready-made blocks</h1>
        <p>
          Copy the HTML of a block into a chapter that is written in HTML or Markdown, and put your own words in it. It
          reads well in every theme, aloud, and where there is no style at all: that is why messages name who speaks. In
          a work skin, the classes are written as they stand here.
        </p>
      </div>
      <nav aria-label="Blocks">
        <ul>
          {view.blocks.map((block) => (
            <li>
              <a href={`#${block.name}`}>{block.label}</a>
            </li>
          ))}
        </ul>
      </nav>
      {view.blocks.map((block) => (
        <section class="block-example" aria-labelledby={block.name}>
          <h2 id={block.name}>{block.label}</h2>
          <p>{block.use}</p>
          <AuthorText html={block.html} language={ENGLISH} kind="story" />
          <details>
            <summary>HTML of the block “{block.label}”</summary>
            <pre>
              <code>{block.source}</code>
            </pre>
          </details>
        </section>
      ))}
    </Layout>
  );
}
