/** What waits unsaved, in the list of drafts: what it is, how it begins, and what can be done with it. */
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import type { FormTarget } from '../../../ui/site-view.ts';

export interface UnsavedRow {
  /** What it is: "A new work", "A chapter of The Bees". */
  what: string;
  /** How it begins; '' where no word says. */
  opening: string;
  /** When it was typed, in words. */
  at: string;
  lookHref: string;
  /** Null where it cannot be taken up any more. */
  takeUpHref: string | null;
  throwAway: FormTarget;
}

/** Nothing where nothing waits. */
export function UnsavedRows({ rows }: { rows: readonly UnsavedRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section class="unsaved-rows" aria-labelledby="unsaved-title">
      <h2 id="unsaved-title">Not saved yet</h2>
      <ul class="rows">
        {rows.map((row) => (
          <li>
            <div>
              <h3 dir="auto">
                <a href={row.lookHref}>{row.opening || 'Without a title'}</a>
              </h3>
              <p class="figures">
                <span>
                  <bdi>{row.what}</bdi>
                </span>
                <span>Typed on {row.at}</span>
              </p>
            </div>
            <div class="actions">
              {row.takeUpHref !== null && (
                <ButtonLink href={row.takeUpHref} small>
                  Take it up<span class="visually-hidden">: {row.opening}</span>
                </ButtonLink>
              )}
              <ActionForm target={row.throwAway} label="Throw it away" about={row.opening} small look="plain" />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
