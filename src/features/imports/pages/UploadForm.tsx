/**
 * Files from a browser, with what the command's options say. Without a script one form with all files; with it they can
 * be dropped, whole folders too, and are sent one by one, each with its progress.
 */
import { Button, Checkbox, CheckboxGroup, SelectField, TextAreaField } from '../../../ui/Form.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { listOf } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import type { UploadFormView } from './import-view.ts';

export function UploadForm({ site, view }: { site: SiteView; view: UploadFormView }) {
  return (
    <section class="bring-in" aria-labelledby="bring-in">
      <h2 id="bring-in">Bring files in</h2>
      {view.problem !== null && (
        <p class="summary-of-errors" role="alert">
          Couldn&rsquo;t begin: {view.problem}
        </p>
      )}
      <import-upload data-locale={site.locale}>
        <form class="fields" method="post" action={view.action} encType="multipart/form-data">
          <div class="drop-area">
            <Icon name="fold" />
            <div class="field">
              <label htmlFor="files">Files, or a zip of them</label>
              <p class="help" id="files-help">
                {listOf(view.formats)}. What a file is, its content says. Up to {view.limits.size} and{' '}
                {view.limits.files} at once.
              </p>
              <input type="file" id="files" name="files" multiple required aria-describedby="files-help" />
              <div class="actions with-script" hidden>
                <label class="button small" htmlFor="folder">
                  Choose a whole folder
                </label>
                <input class="visually-hidden" type="file" id="folder" multiple />
                <span class="help">or drop files and folders here</span>
              </div>
            </div>
            <div class="picked" hidden>
              <p role="status"></p>
              <button type="button" class="button small plain clear">
                Choose anew
              </button>
            </div>
          </div>
          <What options={view.options} />
          <Unsaid view={view} />
          <div class="actions">
            <Button look="primary">Bring them in</Button>
          </div>
        </form>
        <Sending />
      </import-upload>
    </section>
  );
}

function What({ options }: { options: UploadFormView['options'] }) {
  return (
    <fieldset class="field what">
      <legend>What happens with them</legend>
      <div class="choices">
        <Checkbox
          name="post"
          label="Post what has all it needs"
          help="Otherwise everything becomes a draft that only you see."
          checked={options.post}
        />
        <Checkbox
          name="mine"
          label="These are my own works"
          help="The byline is your pseud, whatever name the files give."
          checked={options.mine}
        />
        <Checkbox
          name="public"
          label="Visible to everybody"
          help="Otherwise what others wrote is for registered readers only."
          checked={options.public}
        />
        <Checkbox
          name="join"
          label="Numbered files are chapters of one work"
          help="story-01, story-02 in one folder. Otherwise they are proposed as one."
          checked={options.join}
        />
        <Checkbox
          name="dryRun"
          label="Only look, write nothing"
          help="The report says what would become of each file."
          checked={options.dryRun}
        />
      </div>
    </fieldset>
  );
}

/** Whether something of it was filled in: then it comes back open. */
function hasSaid({ options }: UploadFormView): boolean {
  const lists = [options.fandoms, options.warnings, options.categories, options.freeforms, options.creators];
  return options.rating !== null || options.language !== null || lists.some((list) => list.length > 0);
}

function Unsaid({ view }: { view: UploadFormView }) {
  const { options, choices } = view;
  return (
    <details class="unsaid" open={hasSaid(view)}>
      <summary>For files that do not say it themselves</summary>
      <div class="fields">
        <TextAreaField
          name="fandoms"
          label="Fandoms"
          help="Separated by commas."
          value={options.fandoms.join(', ')}
          language={null}
          short
        />
        <TextAreaField
          name="creators"
          label="Creators"
          help="Names as the byline shows them. Separated by commas."
          value={options.creators.join(', ')}
          language={null}
          short
        />
        <SelectField
          name="rating"
          label="Rating"
          prompt="No rating: they stay drafts"
          value={options.rating ?? ''}
          options={choices.ratings.map(({ value, label }) => ({ value, label }))}
        />
        <SelectField
          name="language"
          label="Language"
          prompt="Guess it from the text"
          value={options.language ?? ''}
          options={choices.languages.map(({ code, name }) => ({ value: code, label: name, lang: code }))}
        />
        <CheckboxGroup
          name="warnings"
          label="Archive warnings"
          values={[...options.warnings]}
          choices={choices.warnings}
        />
        <CheckboxGroup
          name="categories"
          label="Categories"
          values={[...options.categories]}
          choices={choices.categories}
          across
        />
        <TextAreaField
          name="freeforms"
          label="Additional tags"
          help="Separated by commas."
          value={options.freeforms.join(', ')}
          language={null}
          short
        />
      </div>
    </details>
  );
}

/** Takes the form's place while files are on their way. */
function Sending() {
  return (
    <section class="box sending" aria-labelledby="sending" hidden>
      <h3 id="sending" tabIndex={-1}>
        Sending the files
      </h3>
      <progress class="all" aria-label="All files" max="1" value="0"></progress>
      <p class="said" role="status"></p>
      <ol class="sent"></ol>
      <p class="rest" hidden></p>
      <div class="actions">
        <button type="button" class="button primary start" hidden>
          Go on with what came
        </button>
        <button type="button" class="button again" hidden>
          Try the others again
        </button>
        <button type="button" class="button cancel">
          Cancel
        </button>
      </div>
    </section>
  );
}
