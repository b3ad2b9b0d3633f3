/** One's own passkeys, or tokens: what each is called, when it was made and used last, and what can be done with it. */
import type { ComponentChildren } from 'preact';
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';

export interface KeyRow {
  name: string;
  createdAt: number;
  /** The day it was used last; null for never. */
  usedOn: number | null;
}

/** `made`: how its beginning is called. `about`, `until`: what else there is to say of one. `actions`: its buttons. */
export function KeyRows<Row extends KeyRow>({
  site,
  rows,
  made,
  about,
  until,
  actions,
}: {
  site: SiteView;
  rows: readonly Row[];
  made: string;
  about?: (row: Row) => ComponentChildren;
  until?: (row: Row) => ComponentChildren;
  actions: (row: Row) => ComponentChildren;
}) {
  return (
    <ul class="rows">
      {rows.map((row) => (
        <li>
          <div>
            <h3>{row.name}</h3>
            {about && <p>{about(row)}</p>}
            <p class="figures">
              <span>
                {made} <Time at={row.createdAt} site={site} />
              </span>
              {until && <span>{until(row)}</span>}
              <span>
                {row.usedOn === null ? (
                  'Not used yet'
                ) : (
                  <>
                    Last used <Time at={row.usedOn} site={site} hint />
                  </>
                )}
              </span>
            </p>
          </div>
          <div class="actions">{actions(row)}</div>
        </li>
      ))}
    </ul>
  );
}
