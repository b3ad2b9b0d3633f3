/** Rows of the audit log. */
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { NO_RIGHT } from '../gone.ts';
import { wordsOfPower } from '../power.ts';

export interface LogLine {
  by: string | null;
  right: string;
  action: string;
  /** `href` null for what is gone. */
  subject: { href: string | null; name: string };
  reason: string;
  at: number;
}

export function LogRows({ site, rows }: { site: SiteView; rows: readonly LogLine[] }) {
  return (
    <ul class="records">
      {rows.map((row) => (
        <li>
          <p>
            <b dir="auto">{row.by ?? 'Somebody who is gone'}</b> {wordsOfPower(row.action)}:{' '}
            {row.subject.href === null ? (
              row.subject.name
            ) : (
              <a href={row.subject.href} dir="auto">
                {row.subject.name}
              </a>
            )}
          </p>
          <p class="in-their-words" dir="auto">
            {row.reason}
          </p>
          <p class="small">
            <Time at={row.at} site={site} />
            {row.right !== NO_RIGHT && `, by the right ${row.right}`}
          </p>
        </li>
      ))}
    </ul>
  );
}
