/** A work in a filtered list: its blurb as it was rendered and kept, and under it where the words were found. */
import { KeptHtml } from '../../../ui/KeptHtml.tsx';
import type { FoundView, ListedBlurb } from './filtered-list-view.ts';

export function ListedWork({ work }: { work: ListedBlurb }) {
  if (work.found.length === 0) return <KeptHtml as="li" html={work.html} />;
  return (
    <li>
      <KeptHtml as="div" html={work.html} />
      <ul class="snippets" aria-label="Found in the story">
        {work.found.map((found) => (
          <Snippet found={found} />
        ))}
      </ul>
    </li>
  );
}

function Snippet({ found }: { found: FoundView }) {
  return (
    <li>
      <a href={found.href} dir="auto">
        {found.where}
      </a>
      <p lang={found.language.code} dir={found.language.dir}>
        {found.pieces.map(({ text, marked }) => (marked ? <mark>{text}</mark> : text))}
      </p>
    </li>
  );
}
