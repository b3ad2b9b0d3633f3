/**
 * One kind of tag, or rating, language, status: its values with exact counts, each to be included or excluded, and
 * fields for values that are not among them.
 */
import { formatNumber } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { FieldMistake } from './FieldMistake.tsx';
import { groupId } from './field-ids.ts';
import type { FacetGroupView, FacetRow } from './filtered-list-view.ts';

/** So many rows stand open; the others fold away under them. */
const ROWS = 10;

/** Nothing for a kind of which there is nothing to choose. */
export function FacetGroup(props: { site: SiteView; group: FacetGroupView; mistake: string | undefined }) {
  const { site, group, mistake } = props;
  if (group.rows.length === 0 && group.anyOf.length === 0 && group.suggestHref === null && mistake === undefined)
    return null;
  const chosen = group.rows.filter((row) => row.chosen !== null).length + group.anyOf.length;
  const shown = Math.max(ROWS, group.rows.findLastIndex((row) => row.chosen !== null) + 1);
  const [first, rest] = [group.rows.slice(0, shown), group.rows.slice(shown)];
  return (
    <details class="group" id={groupId(group.field)} open={group.open || chosen > 0 || mistake !== undefined}>
      <summary>
        <h3>{group.label}</h3>
        {chosen > 0 && <span>{formatNumber(chosen, site.locale)} chosen</span>}
      </summary>
      <FieldMistake field={group.field} mistake={mistake} />
      {group.anyOf.length > 0 && (
        <ul class="rows-any" aria-label={`${group.label}, any of`}>
          {group.anyOf.map((names) => (
            <AnyOf field={group.field} names={names} />
          ))}
        </ul>
      )}
      {first.length > 0 && <Rows site={site} group={group} rows={first} label={group.label} />}
      {rest.length > 0 && (
        <details class="rest">
          <summary>{formatNumber(rest.length, site.locale)} more</summary>
          <Rows site={site} group={group} rows={rest} label={`More ${group.label.toLowerCase()}`} />
        </details>
      )}
      {group.suggestHref !== null && <OtherValues group={group} from={group.suggestHref} />}
    </details>
  );
}

function Rows(props: { site: SiteView; group: FacetGroupView; rows: readonly FacetRow[]; label: string }) {
  return (
    <ul class="facets" aria-label={props.label}>
      {props.rows.map((row) => (
        <Row site={props.site} field={props.group.field} row={row} />
      ))}
    </ul>
  );
}

/** Two real boxes: heard as "Include Angst, 123 works" and "Exclude Angst". Of hundreds on a page: kept short. */
function Row({ site, field, row }: { site: SiteView; field: string; row: FacetRow }) {
  const { value, label, works, chosen } = row;
  const language = field === 'language' ? { lang: value } : {};
  return (
    <li>
      <label>
        <input type="checkbox" name={field} value={value} checked={chosen === 'include' || chosen === 'both'} />
        <span class="visually-hidden">Include </span>
        <bdi {...language}>{label}</bdi>
        {works !== null && (
          <>
            <span class="visually-hidden">, </span>
            <b>{formatNumber(works, site.locale)}</b>
            <span class="visually-hidden"> {works === 1 ? 'work' : 'works'}</span>
          </>
        )}
      </label>
      <label>
        <input
          type="checkbox"
          name={`not-${field}`}
          value={value}
          checked={chosen === 'exclude' || chosen === 'both'}
          aria-label={`Exclude ${label}`}
        />
      </label>
      {works !== null && (
        <svg aria-hidden="true">
          <rect width={`${Math.round(row.share * 100)}%`} height="2" />
        </svg>
      )}
    </li>
  );
}

/** A comma in the address means any of them, so one box carries the whole choice. */
function AnyOf({ field, names }: { field: string; names: string }) {
  return (
    <li>
      <label class="choice">
        <input type="checkbox" name={field} value={names} checked />
        <span>
          Any of <bdi>{names}</bdi>
        </span>
      </label>
    </li>
  );
}

function OtherValues({ group: { field, label, mode }, from }: { group: FacetGroupView; from: string }) {
  const others = label.toLowerCase();
  // Only one relationship stands first: of several names, any will do.
  const isOne = field === 'main';
  const about = isOne ? ' these as the main one, with commas between' : ` other ${others}, with commas between`;
  return (
    <div class="others">
      {isOne ? (
        <NamesField
          name="main-any"
          from={from}
          use="any"
          label="With"
          about=" any of these as the main one, with commas between"
        />
      ) : (
        <NamesField name={`${field}-more`} from={from} label="With" about={about} />
      )}
      <NamesField name={`not-${field}-more`} from={from} label="Without" about={about} />
      {mode === 'all' && (
        <details class="rest">
          <summary>
            Any of several<span class="visually-hidden"> {others}</span>
          </summary>
          <NamesField
            name={`${field}-any`}
            from={from}
            use="any"
            label="At least one of"
            about={` these ${others}, with commas between`}
          />
        </details>
      )}
    </div>
  );
}

function NamesField(props: { name: string; from: string; use?: 'any'; label: string; about: string }) {
  return (
    <div>
      <label for={props.name}>
        {props.label}
        <span class="visually-hidden">{props.about}</span>
      </label>
      <type-ahead data-from={props.from} data-use={props.use}>
        <input type="text" id={props.name} name={props.name} dir="auto" autoComplete="off" placeholder="name, name" />
      </type-ahead>
    </div>
  );
}
