/**
 * How well paragraphs are found again in measured prose that was flattened to one line. Each author is read with weights
 * learned from all the others, and with a calibration measured on them; `--shipped` reads with the shipped weights, which
 * know every author, and takes seconds. What is measured is what `paragraphGaps` answers, suggestions apart.
 *
 *   npm run bench:restore -- --json
 */
import { parseArgs } from 'node:util';
import { APPLIED_FROM, paragraphGaps } from '../src/features/imports/restore/paragraphs.ts';
import type { Model } from '../src/features/imports/restore/paragraphs-model.ts';
import { SURE } from '../src/features/imports/restore/repair.ts';
import { scanSpeech } from '../src/features/imports/restore/speech.ts';
import { MODEL } from '../src/features/imports/restore/weights.ts';
import { findingsTable, rounded, type Finding } from './figures.ts';
import { readPieces, requoted, withTraces, type Piece, type Quoting } from './restore-corpus.ts';
import { calibrationOf, foldsOf } from './restore-folds.ts';
import { readPiece } from './restore-rows.ts';

const GOALS: Readonly<Record<string, number>> = { Saki: 0.88, 'Arthur Conan Doyle': 0.91, 'Anton Chekhov': 0.8 };
const SURE_RIGHT = 0.97;
const CALIBRATED = 0.1;
const QUOTINGS: readonly Quoting[] = ['straight', 'single', 'straight-single', 'guillemets'];
const BINS = 10;
/** Marks that speech begins or ends with, in every quoting measured. */
const DIALOGUE = /[“”"‘’'«»]/;

interface Tally {
  right: number;
  wrong: number;
  missed: number;
}

interface Measured {
  author: string;
  /** What the text then shows. */
  all: Tally;
  /** The same without paragraphs split only because they were too long, which nobody claims the author did. */
  decided: Tally;
  /** Breaks where a quote closes right before, or opens right behind: what readers notice. */
  dialogue: Tally;
  sure: Tally;
  bins: { said: number; were: number; many: number }[];
}

function nothing(): Tally {
  return { right: 0, wrong: 0, missed: 0 };
}

function f1({ right, wrong, missed }: Tally): number {
  return (2 * right) / Math.max(1, 2 * right + wrong + missed);
}

function precision({ right, wrong }: Tally): number {
  return right / Math.max(1, right + wrong);
}

function recall({ right, missed }: Tally): number {
  return right / Math.max(1, right + missed);
}

function touchesSpeech(text: string, begin: number): boolean {
  return (
    DIALOGUE.test(text[begin] ?? '') ||
    DIALOGUE.test(
      text
        .slice(Math.max(0, begin - 3), begin)
        .trim()
        .slice(-1),
    )
  );
}

function measure(author: string, pieces: readonly Piece[], model: Model): Measured {
  const all = nothing();
  const decided = nothing();
  const dialogue = nothing();
  const sure = nothing();
  const bins = Array.from({ length: BINS }, () => ({ said: 0, were: 0, many: 0 }));
  for (const { text, begins } of pieces) {
    const missing = new Set(begins);
    const gaps = paragraphGaps(text, scanSpeech(text), { model });
    const scenes = new Set(gaps.filter((gap) => gap.kind === 'scene').map((gap) => gap.at.to));
    let split = 0;
    for (const gap of gaps) {
      if (gap.kind === 'scene') continue;
      const right = begins.length > 0 && missing.has(gap.at.to);
      const bin = bins[Math.min(BINS - 1, Math.floor(gap.certainty * BINS))];
      if (bin !== undefined) {
        bin.said += gap.certainty;
        bin.were += right ? 1 : 0;
        bin.many += 1;
      }
      if (gap.state === 'suggested') continue;
      missing.delete(gap.at.to);
      const counts = right ? 'right' : 'wrong';
      all[counts] += 1;
      if (gap.certainty >= APPLIED_FROM || scenes.has(gap.at.to)) decided[counts] += 1;
      else if (right) split += 1;
      if (touchesSpeech(text, gap.at.to)) dialogue[counts] += 1;
      if (gap.certainty >= SURE) sure[counts] += 1;
    }
    all.missed += missing.size;
    decided.missed += missing.size + split;
    for (const begin of missing) if (touchesSpeech(text, begin)) dialogue.missed += 1;
  }
  return { author, all, decided, dialogue, sure, bins };
}

function together(measured: readonly Measured[], author: string): Measured {
  const sum = (tallies: readonly Tally[]): Tally =>
    tallies.reduce(
      (a, b) => ({ right: a.right + b.right, wrong: a.wrong + b.wrong, missed: a.missed + b.missed }),
      nothing(),
    );
  return {
    author,
    all: sum(measured.map((one) => one.all)),
    decided: sum(measured.map((one) => one.decided)),
    dialogue: sum(measured.map((one) => one.dialogue)),
    sure: sum(measured.map((one) => one.sure)),
    bins: Array.from({ length: BINS }, (_, at) => ({
      said: measured.reduce((a, one) => a + (one.bins[at]?.said ?? 0), 0),
      were: measured.reduce((a, one) => a + (one.bins[at]?.were ?? 0), 0),
      many: measured.reduce((a, one) => a + (one.bins[at]?.many ?? 0), 0),
    })),
  };
}

/** The mean distance between what was said and what was so, over ten bins, each weighed by its repairs. */
function calibrationError({ bins }: Measured): number {
  const many = bins.reduce((sum, bin) => sum + bin.many, 0);
  return bins.reduce((sum, bin) => sum + Math.abs(bin.said - bin.were), 0) / Math.max(1, many);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function row(measured: Measured): string[] {
  // Precision and recall are those of what the text shows.
  const figures = [
    f1(measured.decided),
    f1(measured.all),
    precision(measured.all),
    recall(measured.all),
    f1(measured.dialogue),
    precision(measured.sure),
    calibrationError(measured),
  ];
  const paragraphs = measured.all.right + measured.all.missed;
  const called = measured.sure.right + measured.sure.wrong;
  return [measured.author, ...figures.map((figure) => figure.toFixed(3)), String(paragraphs), String(called)];
}

const HEAD = [
  '',
  'F1',
  'F1, long ones split',
  'precision',
  'recall',
  'dialogue',
  'sure right',
  'calibration off',
  'paragraphs',
  'called sure',
];

function findingsOf(authors: readonly Measured[], all: Measured): Finding[] {
  const findings: Finding[] = authors.map((measured) => {
    const goal = GOALS[measured.author];
    const found = f1(measured.decided);
    const met = goal === undefined ? null : found >= goal;
    return { what: `F1, ${measured.author}`, found: found.toFixed(3), goal: goal === undefined ? '' : `${goal}`, met };
  });
  const sure = precision(all.sure);
  const off = calibrationError(all);
  findings.push({
    what: 'repairs called sure that are right',
    found: sure.toFixed(4),
    goal: `${SURE_RIGHT}`,
    met: sure >= SURE_RIGHT,
  });
  findings.push({ what: 'calibration off by', found: off.toFixed(3), goal: `${CALIBRATED}`, met: off <= CALIBRATED });
  return findings;
}

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, shipped: { type: 'boolean', default: false } },
});
const { pieces, leftOut } = readPieces();
const byAuthor = Map.groupBy(pieces, (piece) => piece.author);

/** For each author a model that may read them. */
function modelsOf(): Map<string, Model> {
  if (values.shipped) return new Map([...byAuthor.keys()].map((author) => [author, MODEL]));
  const folds = foldsOf(pieces.map(readPiece));
  return new Map(
    folds.map((fold) => {
      const calibration = calibrationOf(folds.filter((other) => other !== fold));
      return [fold.author, { ...fold.model, calibration }];
    }),
  );
}

const models = modelsOf();

function measureAll(change: (piece: Piece) => Piece): Measured[] {
  return [...models].map(([author, model]) => measure(author, (byAuthor.get(author) ?? []).map(change), model));
}

const began = performance.now();
const authors = measureAll((piece) => piece);
const seconds = (performance.now() - began) / 1000;
const characters = [...models.keys()]
  .flatMap((author) => byAuthor.get(author) ?? [])
  .reduce((sum, piece) => sum + piece.text.length, 0);
const all = together(authors, 'all authors');
const styles = QUOTINGS.map((quoting) =>
  together(
    measureAll((piece) => requoted(piece, quoting)),
    `quotes ${quoting}`,
  ),
);
const traces = [
  together(
    measureAll((piece) => withTraces(piece, 0.3, '  ')),
    'two spaces at 3 of 10 breaks',
  ),
  together(
    measureAll((piece) => withTraces(piece, 1, '')),
    'no space at every break',
  ),
  together(
    measureAll((piece) => withTraces(piece, 'everywhere', '  ')),
    'two spaces after every sentence',
  ),
];
const findings = findingsOf(authors, all);
const perSecond = characters / seconds;

if (values.json) {
  const plain = [...authors, all, ...styles, ...traces].map((measured) => ({
    of: measured.author,
    f1: rounded(f1(measured.decided), 4),
    f1LongOnesSplit: rounded(f1(measured.all), 4),
    precision: rounded(precision(measured.all), 4),
    recall: rounded(recall(measured.all), 4),
    dialogueF1: rounded(f1(measured.dialogue), 4),
    sureRight: rounded(precision(measured.sure), 4),
    calibrationOff: rounded(calibrationError(measured), 4),
    bins: measured.bins.map(({ said, were, many }) => ({
      said: rounded(said / many, 3),
      were: rounded(were / many, 3),
      many,
    })),
  }));
  process.stdout.write(
    `${JSON.stringify({ findings, measured: plain, charactersASecond: Math.round(perSecond) }, null, 2)}\n`,
  );
} else {
  const known = values.shipped ? 'shipped weights, which know these authors' : 'each author held out';
  process.stdout.write(`${pieces.length} pieces, ${leftOut} left out as verse or of one paragraph; ${known}.\n\n`);
  process.stdout.write(`${table([HEAD, ...authors.map(row), row(all)])}\n\n`);
  process.stdout.write(`${table([HEAD, ...[...styles, ...traces].map(row)])}\n\n`);
  const bins = all.bins.filter((bin) => bin.many > 0);
  process.stdout.write(
    `${table([
      ['certainty said', ...bins.map((bin) => (bin.said / bin.many).toFixed(2))],
      ['were so', ...bins.map((bin) => (bin.were / bin.many).toFixed(2))],
      ['repairs', ...bins.map((bin) => String(bin.many))],
    ])}\n\n`,
  );
  process.stdout.write(`${findingsTable(findings)}\n${(perSecond / 1e6).toFixed(1)} million characters a second.\n`);
}
process.exitCode = findings.some((finding) => finding.met === false) ? 1 : 0;
