/** Warnings, suspensions and bans, as moderators and those they were given to read them. */
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { wordsOfMeasure, type MeasureKind } from '../measure.ts';

export interface MeasureLine {
  publicId: string;
  kind: MeasureKind;
  removed: 'profile' | 'icon' | null;
  reason: string;
  at: number;
  endsAt: number | null;
  liftedAt: number | null;
  acknowledgedAt: number | null;
  holds: boolean;
  pseud: string | null;
}

/** A suspension ends with its last day: the moment after it is the next day's first. */
const LAST_MOMENT_MS = 1;

export function Measures({ site, measures }: { site: SiteView; measures: readonly MeasureLine[] }) {
  return (
    <ul class="records">
      {measures.map((measure) => (
        <li>
          <p>
            <b>{wordsOfMeasure(measure)}</b>, <Time at={measure.at} site={site} />
            {measure.pseud !== null && (
              <>
                , to <bdi>{measure.pseud}</bdi>
              </>
            )}
          </p>
          <p class="in-their-words" dir="auto">
            {measure.reason}
          </p>
          <p class="small">
            <State site={site} measure={measure} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function State({ site, measure }: { site: SiteView; measure: MeasureLine }) {
  if (measure.kind === 'warning') return <>{measure.acknowledgedAt === null ? 'Not read yet.' : 'Read.'}</>;
  if (measure.liftedAt !== null)
    return (
      <>
        Lifted on <Time at={measure.liftedAt} site={site} />.
      </>
    );
  if (measure.endsAt === null) return <>It has no end.</>;
  return (
    <>
      {measure.holds ? 'Its last day is ' : 'It ended after '}
      <Time at={measure.endsAt - LAST_MOMENT_MS} site={site} day />.
    </>
  );
}
