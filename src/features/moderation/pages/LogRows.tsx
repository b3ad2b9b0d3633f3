/** Rows of the audit log. */
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { wordsOfPower } from '../power.ts';

export interface LogLine {
  by: string | null;
  right: string;
  action: string;
  subject: { href: string; name: string } | null;
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
            {row.subject ? (
              <a href={row.subject.href} dir="auto">
                {row.subject.name}
              </a>
            ) : (
              'something that is gone'
            )}
          </p>
          <p class="in-their-words" dir="auto">
            {row.reason}
          </p>
          <p class="small">
            <Time at={row.at} site={site} />, by the right {row.right}
          </p>
        </li>
      ))}
    </ul>
  );
}
