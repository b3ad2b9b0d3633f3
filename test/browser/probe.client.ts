/**
 * What the tests ask a page from inside. It is put into every page as `probe` before anything of the page runs, and
 * changes nothing there but what it says.
 */
import { colours, everyRule, rulesOfThisWidth, looks } from './axe.client.ts';

/** Boxes that hold what people wrote. */
const AUTHOR_BOXES = '.story, .prose';
const FOCUSABLE = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** What attacks leave behind: calls they made, policies they met. */
const fired: string[] = [];

/** Calls that attacks make to show that they run; each is noted and does nothing. (`eval` stays: the tests ask by it.) */
function listenForAttacks(): void {
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'fetch', 'stop'] as const) {
    Object.defineProperty(window, name, { value: () => fired.push(`${name}()`), configurable: true });
  }
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'table', 'trace', 'dir'] as const) {
    console[name] = () => void fired.push(`console.${name}()`);
  }
  document.addEventListener('securitypolicyviolation', (event) => {
    fired.push(`policy ${event.effectiveDirective} met ${event.blockedURI}`);
  });
}

/** Sends to everything in the story the events that handlers wait for, without leaving the page. */
function touchEverything(): void {
  const events = ['mouseover', 'mouseenter', 'pointerover', 'focus', 'focusin', 'click', 'keydown', 'load', 'error'];
  events.push('toggle', 'animationstart', 'transitionend', 'input', 'scroll', 'wheel', 'copy', 'beforetoggle', 'begin');
  const stay = (event: Event) => event.preventDefault();
  document.addEventListener('click', stay, true);
  for (const element of document.querySelectorAll(`:is(${AUTHOR_BOXES}) *`)) {
    for (const name of events) element.dispatchEvent(new Event(name, { bubbles: false, cancelable: true }));
  }
  document.removeEventListener('click', stay, true);
}

/** What stands in the story that has no business there: handlers, addresses that run, elements that act. */
function strangers(): string[] {
  const acting = 'script, style, link, meta, base, iframe, frame, object, embed, form, input, button, textarea, select';
  const found: string[] = [];
  for (const box of document.querySelectorAll(AUTHOR_BOXES)) {
    for (const element of box.querySelectorAll(`${acting}, svg, math, template, dialog, audio, video`)) {
      found.push(`<${element.localName}>`);
    }
    for (const element of box.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on') || name === 'style' || name === 'srcset') found.push(`${name}="${value}"`);
      }
    }
    for (const link of box.querySelectorAll<HTMLAnchorElement>('a[href]')) {
      if (!/^(https?|mailto):$/.test(link.protocol)) found.push(`href="${link.getAttribute('href')}"`);
    }
  }
  return found;
}

/** The page without what people wrote, a line an element: its depth, name, classes, and where its forms lead. */
function outside(): string[] {
  const lines: string[] = [];
  const visit = (element: Element, depth: number): void => {
    const target = element.getAttribute('action') ?? element.getAttribute('href') ?? element.getAttribute('name') ?? '';
    const where = target.startsWith('/assets/') ? target : target.replace(/\/(works|chapters)\/.*/, '/$1/…');
    lines.push(
      `${depth} ${element.localName} ${element.classList.value} ${element.getAttribute('method') ?? ''} ${where}`,
    );
    if (element.matches(AUTHOR_BOXES)) return;
    for (const child of element.children) visit(child, depth + 1);
  };
  visit(document.documentElement, 0);
  for (const part of document.querySelectorAll('body > header, body > footer, .skip')) lines.push(part.textContent);
  return lines;
}

/** Heading ranks in reading order, as a reader of the screen hears them. */
function headings(): number[] {
  return [...document.querySelectorAll('h1, h2, h3, h4, h5, h6, [role=heading]')]
    .filter((heading) => heading.checkVisibility())
    .map((heading) => Number(heading.getAttribute('aria-level') ?? heading.localName.slice(1)));
}

/** People's own words that do not say their language or direction. */
function unmarkedTexts(): string[] {
  const found: string[] = [];
  for (const box of document.querySelectorAll(AUTHOR_BOXES)) {
    const marked = box.matches('[lang][dir], [dir=auto]');
    if (!marked) found.push(`${box.localName}.${box.className} without lang and dir`);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent ?? '';
    const holder = node.parentElement?.closest('[dir], bdi, option');
    if (RIGHT_TO_LEFT.test(text) && !holder) found.push(`“${text.slice(0, 40)}” without a direction`);
  }
  return found;
}

/** What is wider than the page, when the page scrolls sideways. */
function sideways(): string[] {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.querySelectorAll('body *')].filter((element) => {
    const box = element.getBoundingClientRect();
    return (box.right > root.clientWidth + 0.5 || box.left < -0.5) && box.width > 0;
  });
  return [`${root.scrollWidth} > ${root.clientWidth}`, ...wide.slice(0, 6).map(nameOf)];
}

/** Things to press that are smaller than 24 pixels each way; links that stand in a line of text are exempt. */
function smallTargets(): string[] {
  return [...document.querySelectorAll<HTMLElement>(FOCUSABLE)]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches('.skip'))
    .filter((element) => !inALine(element))
    .flatMap((element) => {
      const box = targetOf(element).getBoundingClientRect();
      const small = box.width < 23.5 || box.height < 23.5;
      return small ? [`${nameOf(element)} is ${box.width.toFixed(1)} × ${box.height.toFixed(1)}`] : [];
    });
}

/** A box or a dot is pressed by its label, too. */
function targetOf(element: HTMLElement): HTMLElement {
  return element instanceof HTMLInputElement ? (element.labels?.[0] ?? element) : element;
}

function inALine(element: HTMLElement): boolean {
  if (!element.matches('a') || getComputedStyle(element).display !== 'inline') return false;
  const block = element.closest('p, li, dd, h1, h2, h3, .prose, .story');
  return block !== null && (block.textContent.trim() !== element.textContent.trim() || spaced(element));
}

/** WCAG 2.5.8: a smaller target stands when a circle of 24 pixels around it meets no other target. */
function spaced(element: HTMLElement): boolean {
  const [x, y] = middle(element);
  return [...document.querySelectorAll<HTMLElement>(FOCUSABLE)].every((other) => {
    if (other === element || !other.checkVisibility()) return true;
    const box = other.getBoundingClientRect();
    const away = Math.hypot(
      x - Math.max(box.left, Math.min(x, box.right)),
      y - Math.max(box.top, Math.min(y, box.bottom)),
    );
    return away >= 12;
  });
}

function middle(element: Element): [number, number] {
  const box = element.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
}

/** How many things the keyboard should reach. Of a group of radio buttons it reaches one. */
function reachable(): number {
  const groups = new Set<string>();
  return [...document.querySelectorAll<HTMLElement>(`${FOCUSABLE}, [contenteditable=true]`)].filter((element) => {
    // Of a toolbar one button is reached, and the others by arrows.
    if (element.getAttribute('tabindex') === '-1') return false;
    if (!element.checkVisibility({ visibilityProperty: true }) || element.matches(':disabled, [inert] *')) return false;
    if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
    if (groups.has(element.name)) return false;
    groups.add(element.name);
    return true;
  }).length;
}

/** What has the focus, and whether it can be seen that it has: an outline of two pixels, on the screen. */
function focused(): { name: string; seen: boolean } {
  const element = document.activeElement ?? document.body;
  const ringed = element instanceof HTMLInputElement ? [element, ...(element.labels ?? [])] : [element];
  const box = element.getBoundingClientRect();
  const onScreen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const outlined = ringed.some((one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
  });
  return { name: nameOf(element), seen: onScreen && outlined };
}

function nameOf(element: Element): string {
  const classes = [...element.classList].map((one) => `.${one}`).join('');
  return `${element.localName}${classes} “${element.textContent.trim().slice(0, 30)}”`;
}

/** What a style sheet changes on an element that nobody meant to style. */
const LOOKS = [
  'background-color background-image border-top-width box-shadow clip-path color content cursor direction display filter',
  'float font-family font-size font-weight isolation letter-spacing line-height margin-left mix-blend-mode opacity order',
  'outline-width overflow-x padding-left pointer-events position text-align text-decoration-line text-transform transform',
  'visibility white-space word-spacing writing-mode z-index counter-increment animation-name quotes',
].flatMap((line) => line.split(' '));

/** How the page looks outside the story: each element's style and place, and that nothing of the story lies over it. */
function looksOutside(): string[] {
  const story = document.querySelector('.story');
  if (!story) throw new Error('There is no story on this page.');
  const lines: string[] = [];
  for (const element of [document.documentElement, ...document.body.querySelectorAll('*'), document.body, story]) {
    if (element !== story && (story.contains(element) || element.closest('svg'))) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    // What comes after the story, and what holds it, is as far down as the story is long.
    const isBefore = (element.compareDocumentPosition(story) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    const place = isBefore && !element.contains(story) ? [box.y, box.height] : [];
    const values = LOOKS.map((name) => style.getPropertyValue(name));
    lines.push([element.localName, element.className, box.x, box.width, ...place, ...values].join(' | '));
  }
  const inside = story.getBoundingClientRect();
  for (let x = 5; x < innerWidth; x += 60) {
    for (let y = 5; y < innerHeight; y += 40) {
      const isInside = x > inside.left && x < inside.right && y > inside.top && y < inside.bottom;
      const hit = isInside ? null : document.elementFromPoint(x, y);
      if (hit && hit !== story && story.contains(hit)) lines.push(`the story lies over ${x}, ${y}`);
    }
  }
  return lines;
}

/** Lets the page wear sheets one after the other. @returns for each the first thing outside the story that it changed, or null. */
async function wearEach(hrefs: string[]): Promise<(string | null)[]> {
  const before = looksOutside();
  const changes: (string | null)[] = [];
  for (const href of hrefs) {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
    await new Promise((resolve) => {
      link.addEventListener('load', resolve);
      link.addEventListener('error', resolve);
      document.head.append(link);
    });
    const now = looksOutside();
    const at = now.findIndex((line, place) => line !== before[place]);
    changes.push(at < 0 ? null : `${before[at]} → ${now[at]}`);
    link.remove();
  }
  return changes;
}

const globals = (): string[] => Object.getOwnPropertyNames(window).sort();

const probe = {
  fired,
  listenForAttacks,
  touchEverything,
  strangers,
  outside,
  looksOutside,
  wearEach,
  headings,
  unmarkedTexts,
  sideways,
  smallTargets,
  reachable,
  focused,
  globals,
  everyRule,
  rulesOfThisWidth,
  looks,
  colours,
};

export type Probe = typeof probe;

Object.assign(globalThis, { probe });
