/** Bringing files in, and what was brought in so far, the newest first. */
import { ButtonLink } from '../../../ui/Form.tsx';
import { countOf } from '../../../ui/numbers.ts';
import { Pagination } from '../../../ui/Pagination.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { Figures, Named, StateWord } from './ImportFacts.tsx';
import { ImportsLayout } from './ImportsLayout.tsx';
import { optionWords, progressWords } from './import-words.ts';
import type { ImportCardView, ImportsView } from './import-view.ts';
import { UploadForm } from './UploadForm.tsx';

export function ImportsPage({ site, view }: { site: SiteView; view: ImportsView }) {
  return (
    <ImportsLayout site={site} title="Imports">
      <div class="page-head">
        <h1>Imports</h1>
        <p>
          Bring in what lies in a folder: downloads of many years, exports of sites that are gone, text that lost its
          form. Nothing is dropped in silence, the files are kept as they came, and every import can be undone.{' '}
          <a href={view.removedHref}>Removed on request</a>
        </p>
      </div>
      <UploadForm site={site} view={view.upload} />
      <section class="so-far" aria-labelledby="so-far">
        <h2 id="so-far">
          So far{view.total > 0 && <small class="num"> {countOf(view.total, 'import', site.locale)}</small>}
        </h2>
        {view.imports.length === 0 ? (
          <NoImports view={view} />
        ) : (
          <ul class="rows imports">
            {view.imports.map((card) => (
              <Card site={site} card={card} />
            ))}
          </ul>
        )}
        <Pagination view={view.pagination} locale={site.locale} />
      </section>
    </ImportsLayout>
  );
}

function NoImports({ view }: { view: ImportsView }) {
  if (view.total > 0) {
    return (
      <div class="empty">
        <h3>No such page</h3>
        <p>The list of imports has no page {view.pagination.page}.</p>
        <ButtonLink href={view.pagination.hrefOf(1)}>Go to the first page</ButtonLink>
      </div>
    );
  }
  return (
    <div class="empty">
      <h3>Nothing was brought in yet</h3>
      <p>Each import is listed here with what became of every file. Read are:</p>
      <ul class="formats">
        {view.upload.formats.map((format) => (
          <li>{format}</li>
        ))}
      </ul>
      <p>A folder of thousands is quicker by command, in the archive&rsquo;s folder:</p>
      <pre class="command">./fanfold import PATH</pre>
    </div>
  );
}

function Card({ site, card }: { site: SiteView; card: ImportCardView }) {
  return (
    <li>
      <div>
        <h3>
          <a href={card.href}>
            <Named named={card.named} />
          </a>
        </h3>
        <p class="figures">
          <StateWord state={card.state} />
          <span>
            <Time at={card.beganAt} site={site} hint />
          </span>
          <span>{card.origin === 'command' ? 'By command' : 'Uploaded'}</span>
        </p>
        {card.progress && <p class="going">{progressWords(card.progress, site.locale)}</p>}
        <Figures counts={card.counts} locale={site.locale} />
        <p class="asked">{capital(optionWords(card.options).join(', '))}</p>
      </div>
      <div class="actions">
        {card.reviewHref && card.guesses > 0 && (
          <ButtonLink href={card.reviewHref} small look="primary">
            Look at {countOf(card.guesses, 'guess', site.locale, 'guesses')}
          </ButtonLink>
        )}
        <ButtonLink href={card.href} small>
          Report
          <span class="visually-hidden">
            {' '}
            on <bdi>{card.named[0] ?? 'files from a browser'}</bdi>
          </span>
        </ButtonLink>
      </div>
    </li>
  );
}

function capital(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1);
}
