/**
 * A rescued text block by block, as it was beside as it is. On a narrow screen a switch shows one of them or both. What
 * can be done with a block is folded under it.
 */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { HiddenFields } from '../../../ui/Form.tsx';
import { formatNumber } from '../../../ui/numbers.ts';
import { Pagination } from '../../../ui/Pagination.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { Act, ActForm } from './ReviewActs.tsx';
import type { BlockRepairView, ReviewBlockView, ReviewTextView } from './import-view.ts';
import { certaintyWords, repairWords } from './import-words.ts';
import { Becomes, Original, Result, Was } from './Marks.tsx';

export function ReviewText({ site, text }: { site: SiteView; text: ReviewTextView }) {
  return (
    <section class="compared" id="text" aria-labelledby="text-title">
      <div class="compared-head">
        <h2 id="text-title">Original and result</h2>
        <fieldset class="sides segments">
          <legend class="visually-hidden">What to show</legend>
          <label>
            <input type="radio" name="sides" value="result" checked /> Result
          </label>
          <label>
            <input type="radio" name="sides" value="original" /> Original
          </label>
          <label>
            <input type="radio" name="sides" value="both" /> Both
          </label>
        </fieldset>
      </div>
      <Sections site={site} text={text} />
      <p class="legend" aria-hidden="true">
        <span>
          <del>taken out</del>
        </span>
        <span>
          <ins>put in</ins>
        </span>
        <span>
          <ins class="unsure">guessed</ins>
        </span>
        <span>
          <mark class="suggested">suggested</mark>
        </span>
      </p>
      {text.blocks.length === 0 ? (
        <p class="none">There is no text on this page.</p>
      ) : (
        <ol class="pairs">
          {text.blocks.map((block) => (
            <Pair block={block} text={text} />
          ))}
        </ol>
      )}
      <Pagination view={text.pages} locale={site.locale} label="Pages of the text" />
    </section>
  );
}

function Sections({ site, text }: { site: SiteView; text: ReviewTextView }) {
  if (text.sections.length < 2) return null;
  const current = text.sections.find((section) => section.current);
  return (
    <details class="sections">
      <summary>
        <bdi>{current?.label ?? 'Chapters'}</bdi>
        <span class="help"> of {formatNumber(text.sections.length, site.locale)}</span>
      </summary>
      <nav aria-label="Parts of the text">
        <ol>
          {text.sections.map((section) => (
            <li>
              <a href={section.href} aria-current={section.current ? 'page' : undefined}>
                <bdi>{section.label}</bdi>
                {section.guesses > 0 && (
                  <small class="num">
                    {' '}
                    {formatNumber(section.guesses, site.locale)} {section.guesses === 1 ? 'guess' : 'guesses'}
                  </small>
                )}
              </a>
            </li>
          ))}
        </ol>
      </nav>
    </details>
  );
}

function Pair({ block, text }: { block: ReviewBlockView; text: ReviewTextView }) {
  return (
    <li class={`pair ${block.kind}`} id={block.id} tabIndex={-1}>
      <div class="was">
        <p class="side">Original</p>
        <p class="told source" {...inLanguage(text.language)}>
          <Original pieces={block.pieces} />
        </p>
      </div>
      <div class="is">
        <p class="side">Result</p>
        {block.place !== '' && <p class="place">{block.place}</p>}
        <p class="told" {...inLanguage(text.language)}>
          <Result pieces={block.pieces} />
        </p>
      </div>
      <BlockTools block={block} text={text} />
    </li>
  );
}

function BlockTools({ block, text }: { block: ReviewBlockView; text: ReviewTextView }) {
  const about = wordsOf(block);
  const form = { method: 'post', action: text.target.action } as const;
  const fields = (
    <>
      <HiddenFields fields={text.target.fields} />
      <input type="hidden" name="block" value={block.from} />
    </>
  );
  return (
    <details class="tools">
      <summary>
        Change<span class="visually-hidden"> “{about}”</span>
      </summary>
      <div class="tool-list">
        {block.joins && (
          <form {...form}>
            {fields}
            <button type="submit" class="button small join" name="action" value="join">
              Join with the one before
            </button>
          </form>
        )}
        {block.kind === 'paragraph' && (
          <form class="italic" {...form}>
            {fields}
            <input type="hidden" name="action" value="italic" />
            <label htmlFor={`${block.id}-words`}>Words to emphasise</label>
            <input type="text" id={`${block.id}-words`} name="words" required autoComplete="off" dir="auto" />
            <button type="submit" class="button small">
              Italic
            </button>
          </form>
        )}
        {block.breaks.length > 0 && (
          <form class="breaks" {...form}>
            {fields}
            <input type="hidden" name="action" value="break" />
            <p class="eyebrow">Begin a paragraph after</p>
            <ul>
              {block.breaks.map((gap) => (
                <li>
                  <button type="submit" class="button small" name="offset" value={gap.offset} dir="auto">
                    <span class="visually-hidden">Break after </span>
                    {gap.words}
                  </button>
                </li>
              ))}
            </ul>
          </form>
        )}
        {block.repairs.length > 0 && (
          <div class="repairs">
            <p class="eyebrow">Repairs here</p>
            <ul>
              {block.repairs.map((repair) => (
                <BlockRepair repair={repair} block={block.from} text={text} />
              ))}
            </ul>
          </div>
        )}
      </div>
    </details>
  );
}

function BlockRepair(props: { repair: BlockRepairView; block: number; text: ReviewTextView }) {
  const { repair, block, text } = props;
  const { one } = repairWords[repair.kind];
  const repaired = { repair: repair.kind, was: repair.was, becomes: repair.becomes };
  const standing = { applied: 'done', suggested: 'suggested', undone: 'undone' }[repair.state];
  const about = `${one} “${repair.was.trim()}”`;
  return (
    <li>
      <p>
        {one.charAt(0).toUpperCase() + one.slice(1)}{' '}
        <span class="told" dir="auto">
          <Was {...repaired} />
          {repair.becomes !== '' && ' → '}
          {repair.becomes !== '' && <Becomes {...repaired} />}
        </span>{' '}
        <span class="certainty">
          {standing}, {certaintyWords(repair.certainty)}
        </span>
      </p>
      <ActForm text={text} repair={repair.id} block={block}>
        {(repair.state !== 'applied' || repair.certainty < 1) && <Act action="accept" label="Accept" about={about} />}
        {repair.state !== 'undone' && <Act action="undo" label="Undo" about={about} />}
      </ActForm>
    </li>
  );
}

/** The first words of a block, to tell its controls from those of others. */
function wordsOf(block: ReviewBlockView): string {
  const text = block.pieces
    .map((piece) => (piece.kind === 'repair' ? piece.becomes.replaceAll('*', '').trim() : piece.text))
    .join('')
    .trim();
  return text.length > 30 ? `${text.slice(0, 30).trimEnd()}…` : text || 'this break';
}
