/** Every page of imports, with everything in it and with nothing: valid, its headings in order, people's words marked. */
import fc from 'fast-check';
import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { renderDocument } from '../../../ui/document.ts';
import { restore } from '../restore/restore.ts';
import { reviewBlocks } from '../restore/review.ts';
import { ImportPage } from './ImportPage.tsx';
import { ImportsPage } from './ImportsPage.tsx';
import * as views from './pages.fixture.ts';
import { RemovedPage } from './RemovedPage.tsx';
import { blockViews } from './review-marks.ts';
import { ReviewPage } from './ReviewPage.tsx';
import { UpdatePage } from './UpdatePage.tsx';

const { site } = views;

const pages = {
  imports: <ImportsPage site={site} view={views.imports} />,
  'imports, none yet': <ImportsPage site={site} view={views.noImports} />,
  'imports, beyond the last page': <ImportsPage site={site} view={{ ...views.imports, imports: [] }} />,
  'imports, refused': <ImportsPage site={site} view={views.refusedUpload} />,
  'an import': <ImportPage site={site} view={views.finishedImport} />,
  'an import that runs': <ImportPage site={site} view={views.runningImport} />,
  'an import of nothing': <ImportPage site={site} view={views.emptyImport} />,
  review: <ReviewPage site={site} view={views.review} />,
  'review of what needs none': <ReviewPage site={site} view={views.emptyReview} />,
  'review that is answered': <ReviewPage site={site} view={views.answeredReview} />,
  'a change at the source': <UpdatePage site={site} view={views.update} />,
  'a change that is settled': <UpdatePage site={site} view={views.settledUpdate} />,
  removed: <RemovedPage site={site} view={views.removed} />,
  'nothing removed': <RemovedPage site={site} view={views.nothingRemoved} />,
};

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // How preact writes empty elements and attributes; all of it is valid HTML.
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'long-title': 'off',
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'submit', 'reset'] }],
  },
});

describe.each(Object.entries(pages))('%s', (_name, page) => {
  const html = renderDocument(page);

  test('is valid', async () => {
    const report = await validator.validateString(html);
    expect(report.results.flatMap((result) => result.messages.map((one) => `${one.ruleId}: ${one.message}`))).toEqual(
      [],
    );
  });

  test('has one first heading and skips no rank', () => {
    const ranks = [...html.matchAll(/<h([1-6])[\s>]/g)].map((match) => Number(match[1]));
    expect(ranks.filter((rank) => rank === 1)).toHaveLength(1);
    expect(ranks.filter((rank, at) => rank > (ranks[at - 1] ?? 0) + 1)).toEqual([]);
  });

  test('holds nothing inline that the content policy forbids', () => {
    expect(html).not.toMatch(/\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
  });
});

test('what waits for a person comes before what is sure', () => {
  const html = renderDocument(pages.review);
  expect(html.indexOf('id="guesses"')).toBeLessThan(html.indexOf('id="text"'));
  expect(html.indexOf('class="guess"')).toBeLessThan(html.indexOf('class="sure"'));
});

test('only new chapters of a changed source are ticked beforehand', () => {
  const ticked = [...renderDocument(pages['a change at the source']).matchAll(/<input[^>]*\schecked[^>]*>/g)].join();
  expect(ticked.match(/name="(?:chapter|detail)" value="[^"]*"/g)).toEqual(['name="chapter" value="4"']);
});

const words = fc.constantFrom(
  '“No,”',
  'said Ivo.',
  'It was old.',
  '” “',
  ' Haunted ,',
  'ii.',
  '***',
  '  ',
  '\n',
  '\u00a0',
);
const markup = fc.constantFrom('<i>', '</i>', '<br>', '&amp;', '&quot;', '<p>', 'Marta said.');

test('the pieces of all blocks, as they were, are the source', () => {
  const check = (source: string, notation: 'text' | 'html') => {
    const rescue = restore(source, { notation });
    const blocks = blockViews(source, rescue, reviewBlocks(source, rescue), 1);
    expect(blocks.flatMap((block) => block.pieces.map((piece) => piece.was)).join('')).toBe(source);
    for (const { breaks } of blocks) {
      for (const { offset } of breaks) expect(source.slice(0, offset)).toMatch(/[.!?…。！？]["”’»'）)\]」』*]{0,3}$/u);
    }
  };
  const textOf = (parts: fc.Arbitrary<string>) => fc.array(parts, { maxLength: 40 }).map((all) => all.join(' '));
  fc.assert(fc.property(textOf(words), (source) => check(source, 'text')));
  fc.assert(fc.property(textOf(fc.oneof(words, markup)), (source) => check(source, 'html')));
});
