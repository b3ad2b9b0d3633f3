/** The form that brings files in: its fields to options. Pure. */
import { NO_OPTIONS, type ImportOptions } from './import-options.ts';

interface Fields {
  one(name: string): string | undefined;
  all(name: string): string[];
}

const NAMES = 100;

/** A form's fields in, options out; a list is one field with its names parted by commas or lines, or a field for each. */
export function readImportForm(form: Fields): ImportOptions {
  const list = (name: string): string[] =>
    form
      .all(name)
      .flatMap((value) => value.split(/[,\n，、]/))
      .map((value) => value.replace(/\s+/gu, ' ').trim())
      .filter((value) => value !== '')
      .slice(0, NAMES);
  const line = (name: string): string | null => form.one(name)?.trim() || null;
  const ticked = (name: string): boolean => form.one(name) !== undefined;
  return {
    ...NO_OPTIONS,
    post: ticked('post'),
    public: ticked('public'),
    mine: ticked('mine'),
    dryRun: ticked('dryRun'),
    join: ticked('join'),
    fandoms: list('fandoms'),
    rating: line('rating'),
    warnings: list('warnings'),
    categories: list('categories'),
    freeforms: list('freeforms'),
    language: line('language'),
    creators: list('creators'),
  };
}
