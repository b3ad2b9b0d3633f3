/** Drawers (details that drop over the page) close on Escape and on a press beside them; focus goes back to the handle. */

function openDrawers(): HTMLDetailsElement[] {
  return [...document.querySelectorAll<HTMLDetailsElement>('details.drawer[open]')];
}

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const drawer of openDrawers()) {
    drawer.open = false;
    drawer.querySelector('summary')?.focus();
  }
});

document.addEventListener('click', (event) => {
  for (const drawer of openDrawers()) {
    if (event.target instanceof Node && !drawer.contains(event.target)) drawer.open = false;
  }
});

// A chapter index opens where the reader is.
document.addEventListener(
  'toggle',
  (event) => {
    if (!(event.target instanceof HTMLDetailsElement) || !event.target.open) return;
    event.target.querySelector('.drop [aria-current]')?.scrollIntoView({ block: 'nearest' });
  },
  true,
);
