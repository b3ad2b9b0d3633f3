/** The fields of a form: what is typed into them, whether anything is, and how they are filled again. */

/** What says how the form was made and is sent, and nothing of what was typed. */
const NOT_TYPED = new Set(['madeFor', 'sheet', 'sequence', 'writer', 'continues', 'then', 'revision', 'version']);

/** Names and values as they stand. */
export function typedIn(form: HTMLFormElement): [string, string][] {
  return [...new FormData(form)].flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && !NOT_TYPED.has(name) ? [[name, value]] : [],
  );
}

/** Whether a field says something else than the page that brought it: a browser fills in again what it remembers. */
export function isTouched(form: HTMLFormElement): boolean {
  return [...form.elements].some((field) => {
    if (field instanceof HTMLInputElement && field.type !== 'hidden')
      return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
    return field instanceof HTMLTextAreaElement && field.value !== field.defaultValue;
  });
}

/** Told to a form that is about to be filled with what was typed before, and when it is: its texts may change their notation. */
export const FILLING = 'fanfold-filling';
export const FILLED = 'fanfold-filled';

/** Fills a form with what was typed before. Who listens hears of each field that changes, when all of them stand as they were. */
export function fill(form: HTMLFormElement, typed: readonly (readonly [string, string])[]): void {
  form.dispatchEvent(new Event(FILLING));
  const changed = [...form.elements].filter((field) => fillOne(field, typed));
  for (const field of changed) {
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }
  form.dispatchEvent(new Event(FILLED));
}

/** @returns whether the field says something else now. */
function fillOne(field: Element, typed: readonly (readonly [string, string])[]): boolean {
  const values = (wanted: string) => typed.filter(([name]) => name === wanted).map(([, value]) => value);
  if (field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')) {
    const before = field.checked;
    field.checked = values(field.name).includes(field.value);
    return field.checked !== before;
  }
  const isText =
    (field instanceof HTMLInputElement && field.type !== 'hidden') ||
    field instanceof HTMLTextAreaElement ||
    field instanceof HTMLSelectElement;
  const [value] = isText ? values(field.name) : [];
  if (!isText || value === undefined || field.value === value) return false;
  field.value = value;
  return true;
}
