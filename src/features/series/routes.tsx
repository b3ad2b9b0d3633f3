/** Series as those change them who may: one's own, a new one, texts, order, deletion. They are read in `browse`. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { withoutBlockIds } from '../../platform/html/ids.ts';
import { readForm } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import { may, seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { NOTES_CHARACTERS, SUMMARY_CHARACTERS, TITLE_CHARACTERS } from '../site/index.ts';
import { languages } from '../tags/index.ts';
import { languageViews, NO_TEXT, numberTyped, workPath, type CleanText } from '../works/index.ts';
import { arrangeSeries, changeSeries, deleteSeries, makeSeries, restoreSeries } from './own.actions.ts';
import { findOwnSeries, listOwnSeries, type EditedSeries } from './own.queries.ts';
import { DeleteSeriesPage } from './pages/DeleteSeriesPage.tsx';
import { OwnSeriesPage } from './pages/OwnSeriesPage.tsx';
import { SeriesFormPage, type SeriesErrors, type SeriesValues } from './pages/SeriesFormPage.tsx';
import { arrangementTyped, seriesTyped } from './series.form.ts';
import { seriesPath, seriesTitleProblem, TOO_MANY_SERIES, type SeriesTexts } from './series.ts';

const CHANGED_MEANWHILE =
  'This series was saved meanwhile, perhaps in another tab. Yours is here; saving again puts it in the place of the other.';
const BLANK: SeriesValues = { title: '', summary: '', notes: '', complete: false };

export function seriesRoutes(web: Hono<ArchiveEnv>, ground: Ground): void {
  const { db, now, cleaner } = ground;
  const handle = db.reads;

  const mayWrite = (c: ArchiveContext) => c.var.viewer.accountId !== null && may(c.var.viewer, 'change-own-works');
  const ownSeries = (c: ArchiveContext) => findOwnSeries(handle, c.var.viewer, c.req.param('id') ?? '');

  const show = async (
    c: ArchiveContext,
    series: EditedSeries | null,
    said: { values?: SeriesValues; errors?: SeriesErrors } = {},
  ) => {
    const known = languageViews(await languages(handle));
    const errors = said.errors ?? {};
    const base = `/series/${series?.publicId}`;
    return showPage(
      c,
      <SeriesFormPage
        site={c.var.site}
        view={{
          action: series ? `${base}/edit` : '/account/series/new',
          stored: series && {
            title: series.title,
            version: series.version,
            readHref: seriesPath(series),
            deleteHref: `${base}/delete`,
            arrange: `${base}/works`,
            parts: series.parts.map((part) => ({
              id: part.publicId,
              title: part.title,
              href: workPath(part),
              language: known.get(part.language ?? '') ?? null,
              words: part.words,
              posted: part.state === 'posted',
            })),
          },
          values: said.values ?? (series ? valuesOf(series) : BLANK),
          errors,
          limits: { title: TITLE_CHARACTERS, summary: SUMMARY_CHARACTERS, notes: NOTES_CHARACTERS },
        }}
      />,
      Object.keys(errors).length > 0 ? 422 : 200,
    );
  };

  /** What was typed, clean; or a sentence for each field that cannot stand. */
  const cleaned = async (values: SeriesValues): Promise<SeriesTexts | { errors: SeriesErrors }> => {
    const errors: SeriesErrors = {};
    const title = seriesTitleProblem(values.title);
    if (title !== null) errors.title = title;
    let rules = 0;
    const clean = async (field: 'summary' | 'notes', what: string, limit: number): Promise<CleanText> => {
      if (values[field].trim() === '') return NO_TEXT;
      const result = await cleaner.clean(values[field], 'html');
      if (!result.ok) {
        errors[field] = 'This text could not be read.';
        return NO_TEXT;
      }
      rules = result.rules;
      const html = withoutBlockIds(result.html);
      if (html.length > limit) errors[field] = `${what} at most ${limit} characters; here are ${html.length}.`;
      return { source: values[field], html };
    };
    const summary = await clean('summary', 'A summary has', SUMMARY_CHARACTERS);
    const notes = await clean('notes', 'Notes have', NOTES_CHARACTERS);
    if (Object.keys(errors).length > 0) return { errors };
    return { title: values.title, summary, notes, rules, complete: values.complete };
  };

  web.get('/account/series', async (c) => {
    if (!mayWrite(c)) return c.notFound();
    const series = await listOwnSeries(handle, c.var.viewer);
    const deleted = await listOwnSeries(handle, c.var.viewer, 'deleted');
    return showPage(
      c,
      <OwnSeriesPage
        site={c.var.site}
        view={{
          series: series.map((one) => ({
            title: one.title,
            href: `/series/${one.publicId}/edit`,
            readHref: seriesPath(one),
            works: one.works,
            complete: one.complete,
          })),
          deleted: deleted.map((one) => ({
            title: one.title,
            deletedAt: one.deletedAt ?? 0,
            undo: { action: `/series/${one.publicId}/restoration` },
          })),
        }}
      />,
    );
  });

  web.get('/account/series/new', async (c) => (mayWrite(c) ? show(c, null) : c.notFound()));

  web.post('/account/series/new', async (c) => {
    if (!mayWrite(c)) return c.notFound();
    const values = seriesTyped(await readForm(c));
    const texts = await cleaned(values);
    if ('errors' in texts) return show(c, null, { values, errors: texts.errors });
    const made = await db.write((tx) => makeSeries(tx, now(), c.var.viewer, texts));
    if ('refusal' in made) {
      if (made.refusal === 'too-many') return show(c, null, { values, errors: { title: TOO_MANY_SERIES } });
      return c.notFound();
    }
    return seeOther(c, `/series/${made.publicId}/edit`, { kind: 'done', text: 'The series is made.' });
  });

  web.get('/series/:id/edit', async (c) => {
    const series = await ownSeries(c);
    return series ? show(c, series) : c.notFound();
  });

  web.post('/series/:id/edit', async (c) => {
    const form = await readForm(c);
    const series = await ownSeries(c);
    if (!series) return c.notFound();
    const values = seriesTyped(form);
    const texts = await cleaned(values);
    if ('errors' in texts) return show(c, series, { values, errors: texts.errors });
    const madeFrom = numberTyped(form.one('version'));
    const answer = await db.write((tx) =>
      changeSeries(tx, now(), c.var.viewer, series.publicId, { ...texts, madeFrom }),
    );
    if (!('refusal' in answer))
      return seeOther(c, `/series/${series.publicId}/edit`, { kind: 'done', text: 'The series is saved.' });
    const since = await ownSeries(c);
    if (answer.refusal === 'not-found' || !since) return c.notFound();
    return show(c, since, { values, errors: { title: CHANGED_MEANWHILE } });
  });

  web.post('/series/:id/works', async (c) => {
    const asked = arrangementTyped(await readForm(c));
    const id = c.req.param('id');
    const answer = await db.write((tx) => arrangeSeries(tx, now(), c.var.viewer, id, asked));
    if (!('refusal' in answer)) return seeOther(c, `/series/${id}/edit`, { kind: 'done', text: 'The order is saved.' });
    if (answer.refusal === 'not-found') return c.notFound();
    return seeOther(c, `/series/${id}/edit`, {
      kind: 'refused',
      text: 'The works of this series are others by now, so nothing was moved. Look again.',
    });
  });

  web.get('/series/:id/delete', async (c) => {
    const series = await ownSeries(c);
    if (!series) return c.notFound();
    const base = `/series/${series.publicId}`;
    return showPage(
      c,
      <DeleteSeriesPage
        site={c.var.site}
        view={{
          title: series.title,
          works: series.parts.length,
          confirm: `${base}/deletion`,
          cancelHref: `${base}/edit`,
        }}
      />,
    );
  });

  web.post('/series/:id/deletion', async (c) => {
    const id = c.req.param('id');
    const answer = await db.write((tx) => deleteSeries(tx, now(), c.var.viewer, id));
    if ('refusal' in answer) return c.notFound();
    return seeOther(c, '/account/series', {
      kind: 'done',
      text: 'The series is deleted. Its works stay.',
      undo: { action: `/series/${id}/restoration`, label: 'Undo' },
    });
  });

  web.post('/series/:id/restoration', async (c) => {
    const id = c.req.param('id');
    const answer = await db.write((tx) => restoreSeries(tx, now(), c.var.viewer, id));
    if ('refusal' in answer) return c.notFound();
    return seeOther(c, `/series/${id}/edit`, { kind: 'done', text: 'The series is back.' });
  });
}

function valuesOf(series: EditedSeries): SeriesValues {
  return {
    title: series.title,
    summary: series.summary.source,
    notes: series.notes.source,
    complete: series.complete,
  };
}
