/** The form by which many works are changed: from what was sent to what is asked. Pure. */
import type { Form } from '../../platform/http/form.ts';
import { BULK_FIELDS, type BulkChanges, type BulkField, type BulkValues } from './bulk.ts';
import { COMMENTERS } from './deciding.ts';

/** Reads a form; what is none of a field's choices leaves it. */
export function bulkTyped(
  form: Form,
  languages: readonly string[],
): { values: BulkValues; changes: BulkChanges; works: string[] } {
  const values = Object.fromEntries(
    BULK_FIELDS.map(({ name, options }) => {
      const said = form.one(name) ?? '';
      const known = name === 'language' ? languages.includes(said) : options.some((one) => one.value === said);
      return [name, known ? said : ''];
    }),
  ) as BulkValues;
  const flag = (name: BulkField) => (values[name] === '' ? {} : { [name]: values[name] === 'yes' });
  const commenters = COMMENTERS.find((one) => one === values.commenters);
  return {
    values,
    changes: {
      ...flag('restricted'),
      ...flag('noindex'),
      ...flag('commentsModerated'),
      ...flag('downloads'),
      ...flag('noAi'),
      ...(commenters === undefined ? {} : { commenters }),
      ...(values.language === '' ? {} : { language: values.language }),
    },
    works: worksTyped(form),
  };
}

/** Public ids of the works whose boxes were ticked, or that one field names with spaces between, each once. */
export function worksTyped(form: Form): string[] {
  return [
    ...new Set(
      [...form.all('work'), ...(form.one('works') ?? '').split(' ')].filter((id) => /^[0-9a-z]{10}$/.test(id)),
    ),
  ];
}
