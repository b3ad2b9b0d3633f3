/**
 * A work as it is saved beside what a form says of it, in the words of the form. All that its fields would change is compared:
 * what is not would be replaced unseen.
 */
import type { Handle } from '../../platform/db/tables.ts';
import type { Form } from '../../platform/http/form.ts';
import type { Viewer } from '../accounts/index.ts';
import { languages, vocabulary, type Term } from '../tags/index.ts';
import type { ShortTexts } from './clean-texts.form.ts';
import { comparedWork, type Chosen } from './compared.view.ts';
import { decidingTyped } from './deciding.form.ts';
import type { SaidOfWork } from './deciding.actions.ts';
import { concealmentsOf } from './deciding.queries.ts';
import { COMMENTERS_WORDS } from './deciding.ts';
import { readEditForm, valuesOf } from './edit-form.ts';
import type { ComparedPart } from './pages/Compared.tsx';
import type { EditWorkValues } from './pages/WorkFields.tsx';
import { signersTyped } from './signing.form.ts';
import { ownSigners, signingPseuds } from './signing.queries.ts';
import type { Notation, WorkWhole } from './work.ts';
import { NOTATIONS, notationTyped } from './writing-form.ts';

/** Whom the viewer signs it as, what its fields say, and what is decided about it. */
interface Side {
  /** Public ids of pseuds. */
  signers: readonly string[];
  values: EditWorkValues;
  format: Notation;
  decided: SaidOfWork;
}

/**
 * `short`: the form's summary and notes, clean. The viewer keeps the work. What a form did not ask about stands as it is saved.
 */
export async function comparedWithForm(
  handle: Handle,
  viewer: Viewer,
  work: WorkWhole,
  form: Form,
  short: Pick<ShortTexts, 'summary' | 'notes' | 'endNotes'>,
): Promise<ComparedPart[]> {
  const words = await vocabulary(handle);
  const known = await languages(handle);
  const pseuds = await signingPseuds(handle, viewer);
  const { byCreators } = await concealmentsOf(handle, work.id);
  const saved: Side = {
    signers: await ownSigners(handle, viewer, work.id),
    values: valuesOf(work, words),
    format: work.format,
    decided: { ...work.decisions, ...byCreators },
  };
  const typed: Side = {
    signers: signersTyped(form) ?? saved.signers,
    values: readEditForm(form),
    format: notationTyped(form, work.format),
    decided: decidingTyped(form) ?? saved.decided,
  };
  const chosenIn = ({ signers, values, format, decided }: Side): Chosen => ({
    'Signed by': pseuds.filter((pseud) => signers.includes(pseud.publicId)).map((pseud) => pseud.name),
    Language: [known.find((one) => one.code === values.language)?.name ?? values.language],
    Rating: labels(words.ratings, [values.rating]),
    'Archive warnings': labels(words.warnings, values.warnings),
    Categories: labels(words.categories, values.categories),
    'Planned chapters': [values.plannedChapters === '' ? '?' : values.plannedChapters],
    'While it is not complete': labels(words.statuses, [values.status]),
    'How the summary and the notes are written': [NOTATIONS.find((one) => one.value === format)?.label ?? format],
    'Registered readers only': yesOrNo(values.restricted),
    'Hide from search engines': yesOrNo(values.noindex),
    'Comments from': [COMMENTERS_WORDS[decided.commenters]],
    'Look at comments first': yesOrNo(decided.commentsModerated),
    'Readers may download it': yesOrNo(decided.downloads),
    'Ask that no AI is trained on it': yesOrNo(decided.noAi),
    Anonymous: yesOrNo(decided.anonymous),
    Unrevealed: yesOrNo(decided.unrevealed),
  });
  return comparedWork(
    {
      values: saved.values,
      chosen: chosenIn(saved),
      summary: { source: work.summarySource, html: work.summaryHtml },
      notes: { source: work.notesSource, html: work.notesHtml },
      endNotes: { source: work.endNotesSource, html: work.endNotesHtml },
    },
    { values: typed.values, chosen: chosenIn(typed), ...short },
  );
}

/** In the archive's own order, whatever the order of the boxes; then what is none of the archive's. */
function labels(terms: readonly Term[], codes: readonly string[]): string[] {
  const unknown = codes.filter((code) => code !== '' && !terms.some((term) => term.code === code));
  return [...terms.filter((term) => codes.includes(term.code)).map((term) => term.label), ...unknown];
}

function yesOrNo(isTicked: boolean): string[] {
  return [isTicked ? 'Yes' : 'No'];
}
