/** The open questions of a rescued text, each with the words around it, and all of a kind at once. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { HiddenFields } from '../../../ui/Form.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { countOf, formatNumber } from '../../../ui/numbers.ts';
import { Pagination } from '../../../ui/Pagination.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { Act, ActForm } from './ReviewActs.tsx';
import type { GuessView, ReviewTextView } from './import-view.ts';
import { certaintyWords, countOfRepairs, repairWords } from './import-words.ts';
import { Becomes, Was } from './Marks.tsx';

export function Guesses({ site, text }: { site: SiteView; text: ReviewTextView }) {
  return (
    <section class="guesses" id="guesses" aria-labelledby="guesses-title">
      <h2 id="guesses-title" tabIndex={-1}>
        Guesses <small class="num">{formatNumber(text.guessTotal, site.locale)}</small>
      </h2>
      {text.guessTotal === 0 ? (
        <p class="ready">
          <Icon name="done" /> Nothing is left to ask.
        </p>
      ) : (
        <>
          <ByKind site={site} text={text} />
          <ol class="guess-list">
            {text.guesses.map((guess) => (
              <Guess guess={guess} text={text} />
            ))}
          </ol>
          <Pagination view={text.guessPages} locale={site.locale} label="Pages of guesses" />
        </>
      )}
      <Sure site={site} text={text} />
    </section>
  );
}

/** Answers every guess of a kind, here or in the other files of the import too. */
function ByKind({ site, text }: { site: SiteView; text: ReviewTextView }) {
  return (
    <details class="by-kind">
      <summary>Answer all of a kind at once</summary>
      <ul>
        {text.kinds.map(({ kind, count }) => {
          const counted = countOfRepairs(kind, count, site.locale);
          return (
            <li>
              <form method="post" action={text.target.action}>
                <HiddenFields fields={text.target.fields} />
                <input type="hidden" name="kind" value={kind} />
                <p>{counted}</p>
                {text.others > 0 && (
                  <label class="choice">
                    <input type="checkbox" name="everywhere" value="1" />
                    <span>
                      In the {countOf(text.others, 'other file', site.locale)} of this import, too
                      <span class="visually-hidden">, {repairWords[kind].many}</span>
                    </span>
                  </label>
                )}
                <div class="actions">
                  <button type="submit" class="button small" name="action" value="accept-kind">
                    Accept all<span class="visually-hidden"> {counted}</span>
                  </button>
                  <button type="submit" class="button small plain" name="action" value="undo-kind">
                    Undo all<span class="visually-hidden"> {counted}</span>
                  </button>
                </div>
              </form>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

function Guess({ guess, text }: { guess: GuessView; text: ReviewTextView }) {
  // Answers of one question lie over each other: the longest shows what is around all of them.
  const [shown] = guess.answers.toSorted((a, b) => b.was.length - a.was.length);
  if (!shown) return null;
  const several = guess.answers.length > 1;
  return (
    <li class="guess" id={guess.id} tabIndex={-1} aria-labelledby={`${guess.id}-asks`}>
      <div class="question">
        <p class="asks" id={`${guess.id}-asks`}>
          <b>{repairWords[guess.kind].asks}</b> <Standing answer={shown} several={several} />
        </p>
        <blockquote class="told" {...inLanguage(text.language)}>
          {shown.before}
          {several ? <mark class="suggested">{shown.was}</mark> : <Proposed kind={guess.kind} answer={shown} />}
          {shown.after}
        </blockquote>
      </div>
      <div class="answers">
        {several &&
          guess.answers.map((answer) => (
            <ActForm text={text} repair={answer.repair}>
              <Act
                action="accept"
                label={<em {...inLanguage(text.language)}>{answer.was.trim()}</em>}
                before="Accept"
              />
              <span class="certainty">{certaintyWords(answer.certainty)}</span>
            </ActForm>
          ))}
        <ActForm text={text} repair={shown.repair}>
          {!several && <Act action="accept" label="Accept" />}
          <Act action="undo" label={undoLabel(guess)} />
          <a class="button small plain in-text" href={guess.blockHref}>
            In the text<span class="visually-hidden">: {`${shown.before.slice(-30)}${shown.was}`.trim()}</span>
          </a>
        </ActForm>
      </div>
    </li>
  );
}

function undoLabel({ answers }: GuessView): string {
  if (answers.length > 2) return 'None of them';
  if (answers.length === 2) return 'Neither';
  return answers[0]?.state === 'applied' ? 'Undo' : 'Leave it';
}

function Standing({ answer, several }: { answer: GuessView['answers'][number]; several: boolean }) {
  if (several) return <span class="certainty">some of them, or none</span>;
  return (
    <span class="certainty">
      {certaintyWords(answer.certainty)}
      {answer.state === 'applied' && ', done already'}
    </span>
  );
}

/** The change itself: what goes, then what comes. A break is drawn as a line of its own. */
function Proposed({ kind, answer }: { kind: GuessView['kind']; answer: GuessView['answers'][number] }) {
  const repaired = { repair: kind, was: answer.was, becomes: answer.becomes };
  if (kind === 'leftover') return <Was {...repaired} />;
  if (kind === 'paragraph') {
    return (
      <>
        <br />
        <Becomes {...repaired} />
      </>
    );
  }
  if (kind === 'scene' || kind === 'section' || kind === 'chapter') {
    return (
      <span class="parting">
        <Becomes {...repaired} />
      </span>
    );
  }
  return (
    <>
      {kind !== 'emphasis' && <Was {...repaired} />}
      <Becomes {...repaired} />
    </>
  );
}

/** What nobody is asked about, by kind. Each is marked in the text and can be undone there. */
function Sure({ site, text }: { site: SiteView; text: ReviewTextView }) {
  const all = text.sure.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return null;
  return (
    <details class="sure">
      <summary>{countOf(all, 'sure repair', site.locale)}</summary>
      <ul>
        {text.sure.map(({ kind, count }) => (
          <li>{countOfRepairs(kind, count, site.locale)}</li>
        ))}
      </ul>
      <p class="help">Each is marked in the text below, and can be undone there.</p>
    </details>
  );
}
