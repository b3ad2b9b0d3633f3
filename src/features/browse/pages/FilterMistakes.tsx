/** What of the address could not be read: each mistake in one sentence, leading to the field that mends it. */
import { fieldIdOf } from './field-ids.ts';
import type { FilteredListView } from './filtered-list-view.ts';

export function FilterMistakes({ list: { mistakes, panel } }: { list: FilteredListView }) {
  if (mistakes.length === 0) return null;
  return (
    <section class="summary-of-errors" aria-labelledby="mistakes-title" role="alert">
      <h2 id="mistakes-title">
        {mistakes.length === 1 ? 'One thing cannot be read' : 'Some of the filter cannot be read'}
      </h2>
      <ul class="errors">
        {mistakes.map(({ parameter, sentence }) => {
          const id = fieldIdOf(parameter, panel);
          return (
            <li>
              {!sentence.includes(parameter) && (
                <>
                  <code dir="ltr">{parameter}</code>:{' '}
                </>
              )}
              {id === null ? <span dir="auto">{sentence}</span> : <a href={`#${id}`}>{sentence}</a>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
