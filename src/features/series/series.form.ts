/** The forms of series: what is typed about one, the numbers beside its works, and where a work stands. Pure. */
import type { Form } from '../../platform/http/form.ts';
import { orderFrom } from '../works/index.ts';
import type { SaidOfSeries } from './own.actions.ts';
import type { SeriesValues } from './pages/SeriesFormPage.tsx';
import { seriesTitleProblem } from './series.ts';

/** What the name of the field beside a work begins with, before the work's public id. */
const PLACE = 'place-';
/** Control characters mean nothing in a text, and PostgreSQL takes no NUL. */
const CONTROL = /[^\P{Cc}\n\t]/gu;

function line(form: Form, name: string): string {
  return (form.one(name) ?? '').replace(/\s+/gu, ' ').replace(CONTROL, '').trim();
}

/** What was typed about a series. */
export function seriesTyped(form: Form): SeriesValues {
  const text = (name: string) => (form.one(name) ?? '').replaceAll('\r\n', '\n').replace(CONTROL, '');
  return {
    title: line(form, 'title'),
    summary: text('summary'),
    notes: text('notes'),
    complete: form.one('complete') !== undefined,
  };
}

/**
 * The order of a series from the numbers typed beside its works, whose fields (`place-…`) come in the order in which they were
 * shown; and which were ticked to go. All by public ids.
 */
export function arrangementTyped(form: Form): { order: string[]; removed: Set<string> } {
  const shown = form
    .fields()
    .filter(([name]) => name.startsWith(PLACE))
    .map(([name, typed]) => ({ one: name.slice(PLACE.length), typed }));
  return { order: orderFrom(shown), removed: new Set(form.all('removed')) };
}

/** What the form of a work says of its series, and what is wrong with it. */
export function placingTyped(form: Form): { said: SaidOfSeries; error: string | null } {
  const made = line(form, 'newSeries');
  return {
    said: {
      kept: form.one('placing') === undefined ? null : form.all('inSeries'),
      added: form.one('toSeries') ?? '',
      made,
    },
    error: made === '' ? null : seriesTitleProblem(made),
  };
}
