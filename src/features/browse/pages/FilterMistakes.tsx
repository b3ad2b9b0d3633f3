/** What of the address could not be read: each mistake in one sentence, leading to the field that mends it. */
import { fieldIdOf } from './field-ids.ts';
import type { FilteredListView } from './filtered-list-view.ts';

export function FilterMistakes({ list: { mistakes, panel, search } }: { list: FilteredListView }) {
  if (mistakes.length === 0) return null;
  return (
    <section class="summary-of-errors" aria-labelledby="mistakes-title" role="alert">
      <h2 id="mistakes-title">{mistakes.length === 1 ? 'One thing to mend' : 'Some things to mend'}</h2>
      <ul class="errors">
        {mistakes.map(({ parameter, plain }) => {
          // What was typed into the search box on top is mended there.
          const id = search === null ? fieldIdOf(parameter, panel) : null;
          return (
            <li>
              {id === null ? (
                <span dir="auto">{plain}</span>
              ) : (
                <a href={`#${id}`} dir="auto">
                  {plain}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
