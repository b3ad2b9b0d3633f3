/**
 * On a list with a filter, each blurb gets a small button behind its tags. It opens one popover that all share, in which
 * each tag of the work can be asked for, or left out of the list. Blurbs come from the server without it, the same for
 * everybody; names are read from their links.
 */
import type { FilterPanel } from './filter-panel.ts';

/** The parameter by which the tags of a list in a blurb are asked for. */
const FIELDS: Readonly<Record<string, string>> = {
  warning: 'warning',
  relationship: 'relationship',
  character: 'character',
  freeform: 'tag',
};

const panel = document.querySelector<FilterPanel>('filter-panel');
const box = document.createElement('div');
Object.assign(box, {
  id: 'narrow-by',
  className: 'narrow-by',
  popover: 'auto',
  role: 'group',
  ariaLabel: 'Narrow the list',
});

if (panel && 'popover' in HTMLElement.prototype) {
  panel.closest('main')?.append(box);
  panel.addEventListener('shown', addButtons);
  addButtons();
}

function addButtons(): void {
  for (const blurb of document.querySelectorAll<HTMLElement>('#found .blurb')) {
    const tags = blurb.querySelector('.tags') ?? blurb.querySelector('.fandoms');
    const button = document.createElement('button');
    Object.assign(button, {
      type: 'button',
      className: 'narrow',
      ariaLabel: `Narrow by the tags of ${blurb.querySelector('h2, h3')?.textContent}`,
      title: 'Narrow by these tags',
      popoverTargetElement: box,
    });
    const icon = document.querySelector('#open-filter .icon')?.cloneNode(true);
    button.append(icon ?? '…');
    // Before the popover opens, which is what a press does by itself.
    button.addEventListener('click', () => fill(blurb));
    const item = document.createElement('li');
    item.append(button);
    tags?.append(item);
  }
}

function fill(blurb: HTMLElement): void {
  const chosen = panel?.chosen() ?? new URLSearchParams();
  const rows = [...blurb.querySelectorAll<HTMLAnchorElement>('.fandoms a, .tags a')]
    // What the list is a list of narrows nothing.
    .filter((link) => link.pathname !== location.pathname)
    .map((link) => {
      const field = FIELDS[link.parentElement?.className ?? ''] ?? 'fandom';
      const name = document.createElement('bdi');
      name.textContent = link.textContent;
      const row = document.createElement('li');
      row.append(
        name,
        ...[
          ['With', field],
          ['Without', `not-${field}`],
        ].map(([words = '', parameter = '']) => choice(words, parameter, link.textContent, chosen)),
      );
      return row;
    });
  const list = document.createElement('ul');
  list.className = 'narrow-rows';
  list.append(...rows);
  box.replaceChildren('Narrow the list', list);
}

function choice(words: string, parameter: string, name: string, chosen: URLSearchParams): HTMLButtonElement {
  const button = document.createElement('button');
  Object.assign(button, {
    type: 'button',
    className: 'button small',
    textContent: words,
    ariaLabel: `${words} ${name}`,
    ariaPressed: String(chosen.has(parameter, name)),
  });
  button.addEventListener('click', () => {
    box.hidePopover();
    panel?.choose(parameter, name);
  });
  return button;
}
