/**
 * Going through what an import left of one work: questions first, then the text as it was and as it is, and beside it
 * what is said about the work. Every act is a form; client/review-desk.ts sends it without loading the page again.
 */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { countOf, listOf } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { Notices } from './Notices.tsx';
import { ImportsLayout } from './ImportsLayout.tsx';
import type { ReviewView } from './import-view.ts';
import { ReviewDetails } from './ReviewDetails.tsx';
import { Guesses } from './ReviewGuesses.tsx';
import { ReviewKeys, ReviewKeysButton } from './ReviewKeys.tsx';
import { ReviewText } from './ReviewText.tsx';

export function ReviewPage({ site, view }: { site: SiteView; view: ReviewView }) {
  const title = view.work.title || 'Untitled';
  return (
    <ImportsLayout site={site} title={`Review ${title}`}>
      <review-desk>
        <div class="review">
          <Head site={site} view={view} />
          <div class="review-text">
            {view.text ? (
              <>
                <Guesses site={site} text={view.text} />
                <ReviewText site={site} text={view.text} />
              </>
            ) : (
              <section class="box" aria-labelledby="no-rescue">
                <h2 id="no-rescue">The text</h2>
                <p>
                  It came with its form: nothing of it had to be guessed. <a href={view.work.href}>Read it</a>
                </p>
              </section>
            )}
          </div>
          <aside class="review-side" id="details" aria-label="About the work">
            <ReviewDetails site={site} view={view.details} missing={view.missing} draft={view.work.state === 'draft'} />
            <FromTheFile site={site} view={view} />
          </aside>
        </div>
        {view.text && <ReviewKeys />}
        <p class="visually-hidden" role="status" id="desk-says"></p>
      </review-desk>
    </ImportsLayout>
  );
}

function Head({ site, view }: { site: SiteView; view: ReviewView }) {
  const { work } = view;
  return (
    <div class="page-head review-head">
      <p class="eyebrow">
        {view.importHref === null ? 'Review' : <a href={view.importHref}>Import</a>}
        {view.importHref !== null && ' · Review'}
        {work.state === 'posted' && ' · Posted already: what you change here, readers see'}
      </p>
      <h1 {...inLanguage(work.language)}>
        <a href={work.href}>{work.title || 'Untitled'}</a>
      </h1>
      <p class="byline">
        by <bdi>{work.creators.length > 0 ? listOf(work.creators) : 'an unnamed creator'}</bdi>,{' '}
        {countOf(work.words, 'word', site.locale)} in {countOf(work.chapters, 'chapter', site.locale)}
      </p>
      {view.missing.length > 0 && work.state === 'draft' && (
        <p class="lacks">
          <Icon name="warning" /> Before it can be posted it needs {listOf(view.missing)}.
        </p>
      )}
      <div class="actions">
        {view.post && <ActionForm target={view.post} label="Post this" look="primary" />}
        {view.updateHref !== null && <ButtonLink href={view.updateHref}>Changed at the source: compare</ButtonLink>}
        <a class="button small jump" href="#details">
          Title and tags
        </a>
        {view.next && (
          <a class="button next-work" href={view.next.href}>
            Next to review<span class="visually-hidden">: </span>
            <bdi {...inLanguage(view.next.language)}>{view.next.title || 'Untitled'}</bdi>
            <Icon name="next" />
          </a>
        )}
        {view.left > 0 && (
          <span class="help">{countOf(view.left, 'more work', site.locale)} of this import to look at</span>
        )}
        {view.text && <ReviewKeysButton />}
      </div>
    </div>
  );
}

function FromTheFile({ site, view }: { site: SiteView; view: ReviewView }) {
  const { work } = view;
  return (
    <section class="from-file" aria-labelledby="from-file">
      <h2 id="from-file">From the file</h2>
      <ul>
        {work.originals.map((original) => (
          <li>
            <a href={original.href} download dir="auto">
              {original.name}
            </a>
          </li>
        ))}
      </ul>
      <Notices repairs={view.repairs} unmapped={view.unmapped} about={work.title || 'Untitled'} site={site} />
      <p>
        <a href={work.editHref}>Edit everything else about it</a>
      </p>
    </section>
  );
}
