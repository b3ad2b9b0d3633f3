/**
 * What the forms for writing have so that nothing typed is lost: above the form a notice of what was typed here before and not
 * saved, inside it the key of this sheet and the script that sends what is typed. All but the sending works without script.
 */
import { ActionForm, ButtonLink, HiddenFields } from '../../../ui/Form.tsx';
import { Icon } from '../../../ui/icons.tsx';
import type { FormTarget, SiteView } from '../../../ui/site-view.ts';

export interface WaitingView {
  /** When it was typed, in words. */
  at: string;
  /** Whether what it was made from has been saved anew since. */
  savedSince: boolean;
  takeUpHref: string;
  compareHref: string;
  throwAway: FormTarget;
}

export interface SheetView {
  /** Hidden fields: `sheet`, `sequence`, `continues`. */
  fields: Record<string, string>;
  /** The address of the form. */
  place: string;
  /** The revision or version that the form shows; 0 for what is not there yet. */
  base: number;
  /** By what the device knows whose text it keeps. */
  device: string;
  /** Another after a restore: what the device keeps is then sent again. */
  epoch: string;
  /** Sheets of this account that wait unsaved. */
  open: string[];
  /** Whether what the form shows is saved nowhere. */
  unsaved: boolean;
  /** When that was typed which the form is filled with, in words. */
  takenUp: string | null;
  /** What was typed here and not saved, the latest first. */
  waiting: WaitingView[];
}

/** Stands above the form. */
export function UnsavedNotices({ view }: { view: SheetView }) {
  return (
    <>
      {view.takenUp !== null && (
        <div class="notice" role="status">
          <Icon name="draft" />
          <p>This is what you typed until {view.takenUp}. It is not saved yet.</p>
        </div>
      )}
      {view.waiting.map((waiting, index) => (
        // A group and no landmark: there may be several, typed in one minute.
        <div class="notice unsaved" role="group" aria-labelledby={`unsaved-${index}`}>
          <Icon name="draft" />
          <p id={`unsaved-${index}`}>
            You have text that was not saved, from {waiting.at}.
            {waiting.savedSince && ' Something else was saved here since.'}
          </p>
          <div class="actions">
            <ButtonLink href={waiting.takeUpHref} small look="primary">
              Take it up
            </ButtonLink>
            <ButtonLink href={waiting.compareHref} small>
              Compare
            </ButtonLink>
            <ActionForm
              target={waiting.throwAway}
              label="Throw it away"
              about={`what you typed on ${waiting.at}`}
              small
              look="plain"
            />
          </div>
        </div>
      ))}
    </>
  );
}

/** Stands inside the form, at its end. */
export function SheetFields({ site, view }: { site: SiteView; view: SheetView }) {
  return (
    <>
      <HiddenFields fields={view.fields} />
      <auto-save
        data-place={view.place}
        data-base={view.base}
        data-device={view.device}
        data-epoch={view.epoch}
        data-open={view.open.join(' ')}
        data-unsaved={view.unsaved ? 'yes' : 'no'}
      >
        <p class="autosave-state" role="status"></p>
      </auto-save>
      <script type="module" src={site.assets('autosave.js')}></script>
    </>
  );
}
