/** Says a sentence in the form's own live region. */
export function announce(form: HTMLFormElement, sentence: string): void {
  const region = form.querySelector('[role=status]');
  if (region) region.textContent = sentence;
}
