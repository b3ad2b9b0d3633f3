/** The fields of a form: what is typed into them, whether anything is, and how they are filled again. */

/** What says how the form was made and is sent, and nothing of what was typed. */
const NOT_TYPED = new Set(['sheet', 'sequence', 'continues', 'then', 'revision', 'version']);

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

/** Fills a form with what was typed before. */
export function fill(form: HTMLFormElement, typed: readonly (readonly [string, string])[]): void {
  const values = (wanted: string) => typed.filter(([name]) => name === wanted).map(([, value]) => value);
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')) {
      field.checked = values(field.name).includes(field.value);
    } else if (
      (field instanceof HTMLInputElement && field.type !== 'hidden') ||
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement
    ) {
      const value = values(field.name)[0];
      if (value === undefined) continue;
      field.value = value;
    } else continue;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}
