/** What the one search box made of what was typed, with other readings of the same words one press away. */
import type { SearchedView } from './filtered-list-view.ts';

export function SearchUnderstood({ search }: { search: SearchedView | null }) {
  if (!search || search.understood.length === 0) return null;
  return (
    <section class="understood" aria-labelledby="understood-title">
      <h2 id="understood-title">Understood as</h2>
      <ul class="readings">
        {search.understood.map((part) => (
          <li>
            <bdi>{part.words}</bdi>
            <span class="visually-hidden">:</span> <span dir="auto">{part.as}</span>
            {part.instead.map((other) => (
              <a class="instead" href={other.href} dir="auto">
                {other.label}
              </a>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
