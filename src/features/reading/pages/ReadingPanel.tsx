/** How the text looks: a form that is saved by its button, and with script at each change. */
import '../../../ui/elements.ts';
import { faces, leadings, measures, type ReadingPreferences, sizes } from '../../../ui/preferences.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { ThemeChoice } from '../../../ui/ThemeChoice.tsx';

const faceWords = { literata: 'Literata', atkinson: 'Atkinson', opendyslexic: 'OpenDyslexic' };
const measureWords = { narrow: 'Narrow', medium: 'Medium', wide: 'Wide' };
const leadingWords = { close: 'Close', normal: 'Normal', open: 'Open' };
const sizeWords = { '1': 'Smallest', '2': 'Small', '3': 'Medium', '4': 'Large', '5': 'Largest' };

export function ReadingPanel({ site }: { site: SiteView }) {
  const { preferences } = site;
  return (
    <div class="reading-panel">
      <preference-form>
        <form method="post" action="/preferences/reading" aria-label="Reading settings">
          <input type="hidden" name="return" value={site.path} />
          <Steps name="size" label="Size" steps={sizes} words={sizeWords} chosen={preferences.size} letters />
          <Steps name="face" label="Typeface" steps={faces} words={faceWords} chosen={preferences.face} />
          <Steps
            name="measure"
            label="Line length"
            steps={measures}
            words={measureWords}
            chosen={preferences.measure}
          />
          <Steps
            name="leading"
            label="Line height"
            steps={leadings}
            words={leadingWords}
            chosen={preferences.leading}
          />
          <div class="choices">
            <Switch name="justify" label="Justify lines" on={preferences.justify === 'on'} />
            <Switch name="indents" label="Indent paragraphs, no space between" on={preferences.indents === 'on'} />
          </div>
          <div class="actions">
            <button type="submit" class="button small">
              Save these settings
            </button>
            <span class="saved" role="status"></span>
          </div>
        </form>
      </preference-form>
      <ThemeChoice site={site} id="theme-label-reading" />
    </div>
  );
}

function Steps<T extends string>(props: {
  name: keyof ReadingPreferences;
  label: string;
  steps: readonly T[];
  words: Record<T, string>;
  chosen: T;
  /** Shown as a row of growing letters, named by the words. */
  letters?: boolean;
}) {
  return (
    <fieldset>
      <legend>{props.label}</legend>
      <span class={props.letters ? 'segments letters-of-size' : `segments steps-of-${props.name}`}>
        {props.steps.map((step) => (
          <label data-step={step}>
            <input type="radio" name={props.name} value={step} checked={step === props.chosen} />
            {props.letters && <span aria-hidden="true">A</span>}
            <span class={props.letters ? 'visually-hidden' : undefined}>{props.words[step]}</span>
          </label>
        ))}
      </span>
    </fieldset>
  );
}

function Switch({ name, label, on }: { name: keyof ReadingPreferences; label: string; on: boolean }) {
  return (
    <label class="choice">
      <input type="checkbox" name={name} value="on" checked={on} />
      <span>{label}</span>
    </label>
  );
}
