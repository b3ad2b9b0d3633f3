import { expect, test } from 'vitest';
import { NO_OPTIONS, type FileReport, type Outcome } from './import-options.ts';
import { outcomeTable } from './outcome-table.ts';

const report = (outcome: Outcome, more: Partial<FileReport> = {}): FileReport => ({
  file: 'a.md',
  outcome,
  work: null,
  reason: null,
  format: 'markdown',
  repairs: [],
  unmapped: [],
  guesses: 0,
  ...more,
});

test('the table counts every outcome and explains what a person has to look at', () => {
  const reports = [
    report('posted'),
    report('posted'),
    report('draft', { reason: 'It needs a rating before it can be posted.' }),
    report('draft', { reason: 'It needs a rating before it can be posted.' }),
    report('draft', { reason: 'It needs a fandom before it can be posted.', unmapped: ['The rating "PG" is none.'] }),
    report('draft'),
    report('unchanged'),
    report('update', { file: 'b.html', reason: 'The source of "B" has changed.' }),
    report('refused', { file: 'c.pdf', reason: 'PDF files cannot be read.' }),
  ];
  expect(outcomeTable(reports, NO_OPTIONS, 3)).toBe(`
9 files in 3 s, 3 a second.

        2  posted
        4  drafts to review
        1  unchanged
        1  changed at the source
        1  refused

  refused:
    c.pdf
      PDF files cannot be read.

  changed at the source:
    b.html
      The source of "B" has changed.

  drafts:
        2 × It needs a rating before it can be posted.
        1 × It needs a fandom before it can be posted.

  1 file holds something that has no place here; --report FILE names it.
`);
});

test('a dry run says that nothing was written', () => {
  expect(outcomeTable([report('posted')], { ...NO_OPTIONS, dryRun: true }, 1)).toContain(
    'Dry run: nothing was written.',
  );
  expect(outcomeTable([report('posted')], NO_OPTIONS, 1)).not.toContain('Dry run');
});

test('of many refusals twenty are explained, and where the others are', () => {
  const reports = Array.from({ length: 23 }, (_, at) => report('refused', { file: `f${at}`, reason: 'Empty.' }));
  const table = outcomeTable(reports, NO_OPTIONS, 1);
  expect(table.match(/^ {4}f\d+$/gm)).toHaveLength(20);
  expect(table).toContain('… and 3 more; --report FILE has them all.');
});

test('names and reasons cannot steer the terminal', () => {
  const refused = report('refused', { file: '\u001b[2Ja.md', reason: 'It says "\u001b[31m".' });
  const table = outcomeTable([refused, report('draft', { reason: 'It says "\u0007".' })], NO_OPTIONS, 1);
  expect(table).toContain('    \ufffd[2Ja.md\n      It says "\ufffd[31m".\n');
  expect(table).toContain('× It says "\ufffd".');
});
