/** Names that lead somewhere, each with its number of works where there is one. */
import { formatNumber } from '../../../ui/numbers.ts';

export interface CountedName {
  name: string;
  href: string;
  /** Works that this viewer may see; null while nothing can be counted. */
  works: number | null;
}

export function CountedNames({ names, locale }: { names: readonly CountedName[]; locale: string }) {
  return (
    <ul class="counted">
      {names.map(({ name, href, works }) => (
        <li>
          <a href={href} dir="auto">
            {name}
          </a>
          {works !== null && (
            <span class="num">
              {formatNumber(works, locale)}
              <span class="visually-hidden"> {works === 1 ? 'work' : 'works'}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
