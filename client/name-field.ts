/**
 * <name-field>: a field of names with commas between, one beside it to add names in with those that the archive knows
 * offered while it is typed, and buttons for names that stand in the text.
 */

const WAIT_MS = 150;

class NameField extends HTMLElement {
  #timer = 0;
  #asked = '';

  connectedCallback(): void {
    const all = this.querySelector('textarea');
    const adding = this.querySelector<HTMLElement>('.add-name');
    const input = adding?.querySelector('input');
    const button = adding?.querySelector('button');
    if (!all || !adding || !input || !button) return;
    adding.hidden = false;
    const known = document.createElement('datalist');
    known.id = `known-${all.id}`;
    adding.append(known);
    input.setAttribute('list', known.id);
    const add = () => {
      addName(all, input.value);
      input.value = '';
      input.focus();
    };
    button.addEventListener('click', add);
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || input.value.trim() === '') return;
      event.preventDefault();
      add();
    });
    input.addEventListener('input', (event) => {
      // A choice from the list comes as a replacement, or as no input event at all that says how it was made.
      const chosen = [...known.options].some((option) => option.value === input.value);
      const typed = event instanceof InputEvent && event.inputType !== 'insertReplacementText';
      if (chosen && !typed) add();
      else this.#offer(input.value.trim(), known);
    });
    for (const suggestion of this.querySelectorAll<HTMLButtonElement>('.suggested-names button')) {
      suggestion.addEventListener('click', (event) => {
        event.preventDefault();
        addName(all, suggestion.value.slice(suggestion.value.indexOf(':') + 1));
        const next = suggestion.nextElementSibling ?? suggestion.previousElementSibling;
        suggestion.remove();
        if (next instanceof HTMLButtonElement) next.focus();
        else {
          this.querySelector('.suggested-names')?.remove();
          all.focus();
        }
      });
    }
  }

  #offer(typed: string, known: HTMLDataListElement): void {
    clearTimeout(this.#timer);
    if (typed === '' || typed === this.#asked) return;
    this.#timer = window.setTimeout(() => {
      this.#asked = typed;
      void namesFor(this.dataset.kind ?? '', typed).then((names) => {
        if (this.#asked !== typed) return;
        known.replaceChildren(...names.map((name) => new Option(name, name)));
      });
    }, WAIT_MS);
  }
}

async function namesFor(kind: string, typed: string): Promise<string[]> {
  try {
    const answer = await fetch(`/imports/names?${new URLSearchParams({ kind, q: typed })}`);
    return answer.ok ? ((await answer.json()) as { names: string[] }).names : [];
  } catch {
    return [];
  }
}

function addName(all: HTMLTextAreaElement, name: string): void {
  const names = [...all.value.split(/[,，、\n]/u), ...name.split(',')]
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const lower = names.map((one) => one.toLowerCase());
  all.value = names.filter((one, at) => lower.indexOf(one.toLowerCase()) === at).join(', ');
  all.dispatchEvent(new Event('change', { bubbles: true }));
}

customElements.define('name-field', NameField);
