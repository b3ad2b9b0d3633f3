/** Tags as links, in the creator's order within each kind. */
import type { TagLink } from './described-work.ts';

/** Style class of a list entry; "plain" for tags shown without rank. */
export type TagLook = 'warning' | 'relationship' | 'character' | 'freeform' | 'plain';

export function TagList({ groups, label }: { groups: { look: TagLook; tags: TagLink[] }[]; label?: string }) {
  if (groups.every((group) => group.tags.length === 0)) return null;
  return (
    <ul class="tags" aria-label={label}>
      {groups.flatMap(({ look, tags }) =>
        tags.map((tag) => (
          <li class={look}>
            <a href={tag.href} dir="auto">
              {tag.name}
            </a>
          </li>
        )),
      )}
    </ul>
  );
}
