import { describe, expect, test } from 'vitest';
import type { FileReport } from './import-options.ts';
import { progress, progressLine, timeLeft, type HowFar } from './progress.ts';

describe('the time that is left', () => {
  test.each([
    [0, '0 s'],
    [0.2, '1 s'],
    [48, '48 s'],
    [89, '89 s'],
    [90, '2 min'],
    [1_800, '30 min'],
    [7_500, '2 h 5 min'],
    [Number.POSITIVE_INFINITY, '…'],
  ])('%d seconds are "%s"', (seconds, said) => {
    expect(timeLeft(seconds)).toBe(said);
  });
});

/** Files that weigh the same. */
function far(files: number, total: number): HowFar {
  return { files, total, share: files / total, before: { files: 0 }, beforeShare: 0 };
}

describe('the line', () => {
  test('tells the time by the weight of what is done in this run, not by the files', () => {
    const line = progressLine(
      { files: 60, total: 100, share: 0.75, before: { files: 10 }, beforeShare: 0.5 },
      10_000,
      80,
    );
    expect(line).toMatch(/^█{18}░{6} 60 of 100 · 5.0 a second · 10 s left$/);
  });

  test('says how many of how many, how fast, and how long it will take', () => {
    expect(progressLine(far(1_204, 10_000), 6_615, 80)).toBe(
      '███░░░░░░░░░░░░░░░░░░░░░ 1,204 of 10,000 · 182 a second · 49 s left',
    );
  });

  test('is empty at the beginning and full at the end', () => {
    expect(progressLine(far(0, 10), 0, 80)).toMatch(/^░{24} 0 of 10 .* … left$/);
    expect(progressLine(far(10, 10), 1_000, 80)).toMatch(/^█{24} 10 of 10 · 10 a second · 0 s left$/);
  });

  test('fits the terminal, and gives up the bar before the words', () => {
    expect(progressLine(far(1_204, 10_000), 6_615, 60).length).toBeLessThanOrEqual(60);
    expect(progressLine(far(1_204, 10_000), 6_615, 20)).toBe('1,204 of 10,000 · 182 a second · 49 s left');
  });
});

const report: FileReport = {
  file: 'a.md',
  outcome: 'posted',
  work: 'k3m9x2q4zt',
  reason: null,
  format: 'markdown',
  repairs: [],
  unmapped: [],
  guesses: 0,
};

function terminal(isTTY: boolean) {
  const written: string[] = [];
  const out = { isTTY, columns: 80, write: (text: string) => void written.push(text) };
  return { out, written };
}

test('a terminal gets one line that is rewritten now and then, and is gone at the end', () => {
  const { out, written } = terminal(true);
  let now = 1_000;
  const bar = progress(out, () => now);
  bar.begin({ files: 50, weight: 100 }, { files: 0, weight: 0 });
  for (let count = 0; count < 50; count++) {
    now += 10;
    bar.done(report, 2);
  }
  bar.end();
  expect(written.length).toBeGreaterThan(3);
  expect(written.length).toBeLessThan(12);
  expect(written.at(-2)).toContain('50 of 50');
  expect(written.at(-1)).toBe('\r\u001b[K');
  expect(written.join('')).not.toContain('\n');
});

test('a file or a pipe gets a line for each file', () => {
  const { out, written } = terminal(false);
  const bar = progress(out, () => 0);
  bar.begin({ files: 2, weight: 2 }, { files: 0, weight: 0 });
  bar.done(report, 1);
  bar.done({ ...report, outcome: 'refused', work: null, file: 'b.pdf' }, 1);
  bar.end();
  expect(written.join('')).toBe('posted    k3m9x2q4zt a.md\nrefused   –          b.pdf\n');
});

test('a name that would steer the terminal is shown without its power', () => {
  const { out, written } = terminal(false);
  progress(out, () => 0).done({ ...report, file: '\u001b]0;title\u0007a.md' }, 1);
  expect(written.join('')).toBe('posted    k3m9x2q4zt \ufffd]0;title\ufffda.md\n');
});
