/** Figures and dates between two ends. Where the works were counted by steps, a small histogram leads to each step. */
import { countOf } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { FieldMistake, mistakeId } from './FieldMistake.tsx';
import { groupId } from './field-ids.ts';
import type { FilterPanelView, RangeView } from './filtered-list-view.ts';

/** Words, and those with a histogram or something in them, stand open; the others fold away. */
export function RangeFields({ site, panel }: { site: SiteView; panel: FilterPanelView }) {
  const isShown = (range: RangeView) =>
    range.field === 'words' ||
    range.histogram.length > 0 ||
    range.from !== '' ||
    range.to !== '' ||
    panel.mistakes.has(range.field);
  const folded = panel.ranges.filter((range) => !isShown(range));
  return (
    <div class="ranges">
      {panel.ranges.filter(isShown).map((range) => (
        <Range site={site} panel={panel} range={range} kind="number" />
      ))}
      {panel.dates.map((range) => (
        <Range site={site} panel={panel} range={range} kind="date" />
      ))}
      {panel.dates.length > 0 && (
        <p class="help" id="dates-help">
          Dates like 2026, 2026-05 or 2026-05-31; 30d is thirty days ago.
        </p>
      )}
      {folded.length > 0 && (
        <details class="rest" id="f-figures">
          <summary>More figures</summary>
          {folded.map((range) => (
            <Range site={site} panel={panel} range={range} kind="number" />
          ))}
        </details>
      )}
    </div>
  );
}

function Range(props: { site: SiteView; panel: FilterPanelView; range: RangeView; kind: 'number' | 'date' }) {
  const { site, panel, range, kind } = props;
  const { field, label } = range;
  const mistake = panel.mistakes.get(field);
  return (
    <fieldset class="range" id={groupId(field)}>
      <legend>{label}</legend>
      {range.histogram.length > 0 && <Histogram site={site} range={range} kind={kind} />}
      {range.histogram.length > 1 && kind === 'number' && (
        <p class="steps-ends" aria-hidden="true">
          <span>{range.histogram[0]?.label}</span>
          <span>{range.histogram.at(-1)?.label}</span>
        </p>
      )}
      <div class="ends">
        <End range={range} end="from" kind={kind} isMistaken={mistake !== undefined} />
        <span aria-hidden="true">–</span>
        <End range={range} end="to" kind={kind} isMistaken={mistake !== undefined} />
      </div>
      <FieldMistake field={field} mistake={mistake} />
    </fieldset>
  );
}

/** Text and not number: what cannot be read comes back as it was typed. */
function End(props: { range: RangeView; end: 'from' | 'to'; kind: 'number' | 'date'; isMistaken: boolean }) {
  const { range, end, kind, isMistaken } = props;
  const name = `${range.field}-${end}`;
  const about = [kind === 'date' && 'dates-help', isMistaken && mistakeId(range.field)].filter(Boolean);
  return (
    <input
      type="text"
      id={name}
      name={name}
      value={range[end]}
      inputMode={kind === 'number' ? 'numeric' : undefined}
      autoComplete="off"
      placeholder={end}
      aria-label={`${range.label}, ${end}`}
      aria-describedby={about.length > 0 ? about.join(' ') : undefined}
      aria-invalid={isMistaken ? 'true' : undefined}
    />
  );
}

/** Years can be many: the newest come first, and the others are scrolled to. */
function Histogram({ site, range, kind }: { site: SiteView; range: RangeView; kind: 'number' | 'date' }) {
  const steps = kind === 'date' ? range.histogram.toReversed() : range.histogram;
  return (
    <ol class={kind === 'date' ? 'histogram newest' : 'histogram'} aria-label={`${range.label}, by steps`}>
      {steps.map((step) => {
        const words = `${step.label}: ${countOf(step.works, 'work', site.locale)}`;
        // A step with few works still shows that it has some.
        const height = step.works === 0 ? 0 : Math.max(4, Math.round(step.share * 100));
        return (
          <li>
            <a href={step.href} title={words}>
              <svg aria-hidden="true">
                <rect y={`${100 - height}%`} width="100%" height={`${height}%`} />
              </svg>
              {kind === 'date' && <small aria-hidden="true">{shortYear(step.label)}</small>}
              <span class="visually-hidden">{words}</span>
            </a>
          </li>
        );
      })}
    </ol>
  );
}

/** Of steps of years, "’26": a bar is no wider. */
function shortYear(label: string): string {
  return /^\d{4}$/.test(label) ? `’${label.slice(2)}` : label;
}
