/** Two versions of what was written, side by side: what only one of them says is marked in it. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import type { Language } from '../../../ui/site-view.ts';

/** A piece of a paragraph: as in the other version, only in the old one, or only in the new one. */
interface Run {
  text: string;
  mark: 'same' | 'removed' | 'added';
}

/** One part of what was written in two versions, paragraph beside paragraph. */
export interface ComparedPart {
  label: string;
  rows: { old: Run[] | null; now: Run[] | null; changed: boolean }[];
}

/** `names`: what the two versions are called, the left one first. Parts that say the same are left out. */
export function Compared(props: {
  title: string;
  names: readonly [string, string];
  parts: readonly ComparedPart[];
  language: Language | null;
}) {
  const changed = props.parts.filter((part) => part.rows.some((row) => row.changed));
  return (
    <section id="compared" class="compared" aria-labelledby="compared-title">
      <h2 id="compared-title">{props.title}</h2>
      {changed.length === 0 && <p>They say the same, word for word.</p>}
      {changed.map((part) => (
        <table>
          <caption>{part.label}</caption>
          <thead>
            <tr>
              {props.names.map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody {...inLanguage(props.language)}>
            {part.rows.map((row) => (
              <tr>
                <Cell runs={row.old} />
                <Cell runs={row.now} />
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  );
}

function Cell({ runs }: { runs: Run[] | null }) {
  return (
    <td>
      {(runs ?? []).map((run) => {
        if (run.mark === 'removed') return <del>{run.text}</del>;
        return run.mark === 'added' ? <ins>{run.text}</ins> : run.text;
      })}
    </td>
  );
}
