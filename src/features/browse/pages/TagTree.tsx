/** Metatags above a tag and subtags below it, as nested lists; the tag itself is marked. */
import { formatNumber } from '../../../ui/numbers.ts';
import type { TagTreeNode } from './filtered-list-view.ts';

export function TagTree({ nodes, locale, label }: { nodes: readonly TagTreeNode[]; locale: string; label?: string }) {
  return (
    <ul class="tree" aria-label={label}>
      {nodes.map((node) => (
        <li>
          <a href={node.href} dir="auto" aria-current={node.here ? 'true' : undefined}>
            {node.name}
          </a>
          {node.works !== null && (
            <span class="num">
              {' '}
              {formatNumber(node.works, locale)}
              <span class="visually-hidden"> {node.works === 1 ? 'work' : 'works'}</span>
            </span>
          )}
          {node.below.length > 0 && <TagTree nodes={node.below} locale={locale} />}
        </li>
      ))}
    </ul>
  );
}
