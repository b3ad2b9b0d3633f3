/** Tables and code in a story that are wider than the page scroll in their own box: by keyboard, too. */

const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) if (target instanceof HTMLElement) makeReachable(target);
});

for (const box of document.querySelectorAll<HTMLElement>('.story :is(table, pre), .prose table')) watch.observe(box);

function makeReachable(box: HTMLElement): void {
  const wider = box.scrollWidth > box.clientWidth;
  box.classList.toggle('scroller', wider);
  if (wider) box.tabIndex = 0;
  else box.removeAttribute('tabindex');
}
