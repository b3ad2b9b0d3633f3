/**
 * What axe is asked in a page, and whether texts stand out from what is behind them, asked for each look once. A look is all that this depends on: the
 * colours of a text and of what it lies on, its size and weight. A header that looks the same on a hundred pages is judged once.
 */

/** Texts of the look that are shown to axe: one may be covered or scrolled away where another is not. */
const SHOWN = 3;
/** Places that a fault names. */
const NAMED = 5;
const FIELDS = 'input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea, button';
const LIES_ELSEWHERE = /absolute|fixed|sticky/;

interface AxeNode {
  element: Element;
  target: string[];
  failureSummary?: string;
}

interface AxeRules {
  id: string;
  nodes: AxeNode[];
}

interface AxeOptions {
  runOnly?: string[];
  rules?: Record<string, { enabled: boolean }>;
  resultTypes?: string[];
  elementRef: boolean;
  preload?: { assets: string[] };
}

declare const axe: {
  run: (where: Document | Element[], options: AxeOptions) => Promise<{ passes: AxeRules[]; violations: AxeRules[] }>;
};

/** What could be seen when every rule was asked. */
const seen = new WeakSet<Element>();
/** Rules about places, which differ with the width for what is seen on both. Sizes have a test of their own. */
const OF_PLACES = ['scrollable-region-focusable'];

/** All that axe knows, of the whole page as it is now. @returns a line for each rule that is broken. */
export async function everyRule(): Promise<string[]> {
  for (const element of document.body.querySelectorAll('*')) if (isVisible(element)) seen.add(element);
  return rulesBroken(document, {
    rules: { 'color-contrast-enhanced': { enabled: document.querySelector('.story') !== null } },
  });
}

/**
 * What another width can change: every rule but the colours of texts for what was not to be seen before, and the rules about
 * places for all. What was seen before is what it was.
 */
export async function rulesOfThisWidth(): Promise<string[]> {
  const comes = [...document.body.querySelectorAll('*')].filter(
    (element) =>
      isVisible(element) && !seen.has(element) && (!element.parentElement || seen.has(element.parentElement)),
  );
  const ofNew = comes.length === 0 ? [] : await rulesBroken(comes, { rules: { 'color-contrast': { enabled: false } } });
  return [...ofNew, ...(await rulesBroken(document, { runOnly: OF_PLACES }))];
}

function isVisible(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}

async function rulesBroken(where: Document | Element[], options: Partial<AxeOptions>): Promise<string[]> {
  const { violations } = await axe.run(where, {
    resultTypes: ['violations'],
    elementRef: true,
    // Style sheets are asked for by no rule that is on.
    preload: { assets: ['media'] },
    ...options,
  });
  return violations.flatMap(faultOf);
}

export interface ColourReport {
  /** Looks that axe gave a verdict on. */
  judged: string[];
  /** Looks that it could say nothing of. */
  open: string[];
  faults: string[];
}

/** The looks of all texts on the page, as it is now. */
export function looks(): string[] {
  return [...textsByLook().keys()];
}

/** Judges every look of the page that is not known. Text of stories is held to 7:1, all other to 4.5:1. */
export async function colours(known: readonly string[]): Promise<ColourReport> {
  const texts = textsByLook();
  for (const look of known) texts.delete(look);
  const shown = [...texts.values()].flatMap((elements) => elements.slice(0, SHOWN));
  if (shown.length === 0) return { judged: [], open: [], faults: [] };
  const stricter = shown.some(inStory) ? ['color-contrast-enhanced'] : [];
  const { passes, violations } = await axe.run(shown, {
    runOnly: ['color-contrast', 'link-in-text-block', ...stricter],
    elementRef: true,
  });
  const verdicts = [...passes, ...violations].filter((rule) => rule.id === 'color-contrast');
  const judged = new Set(verdicts.flatMap((rule) => rule.nodes.map((node) => node.element)));
  const isJudged = ([, elements]: [string, Element[]]) => elements.some((element) => judged.has(element));
  return {
    judged: [...texts].filter(isJudged).map(([look]) => look),
    open: [...texts].filter((entry) => !isJudged(entry)).map(([look]) => look),
    faults: violations.flatMap(faultOf),
  };
}

/** One line for a rule that is broken; none where only text outside of stories misses what stories are held to. */
function faultOf({ id, nodes }: AxeRules): string[] {
  const counted = id === 'color-contrast-enhanced' ? nodes.filter((node) => inStory(node.element)) : nodes;
  if (counted.length === 0) return [];
  const places = counted.slice(0, NAMED).map((node) => node.target.join(' '));
  return [`axe ${id}, ${counted.length} ×: ${places.join(', ')}: ${counted[0]?.failureSummary?.replaceAll('\n', ' ')}`];
}

function textsByLook(): Map<string, Element[]> {
  const texts = new Map<string, Element[]>();
  const grounds = new Map<Element, string>();
  for (const element of document.body.querySelectorAll('*')) {
    if (!holdsText(element) || !isVisible(element)) continue;
    const look = brief(lookOf(element, grounds));
    const alike = texts.get(look);
    if (alike) alike.push(element);
    else texts.set(look, [element]);
  }
  return texts;
}

function holdsText(element: Element): boolean {
  if (element.matches(FIELDS)) return true;
  return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '');
}

function lookOf(element: Element, grounds: Map<Element, string>): string {
  const style = getComputedStyle(element);
  const letters = [style.color, style.fontSize, style.fontWeight, style.textShadow];
  // A link in a line of text must stand out from the line, too.
  if (element.localName === 'a' && element.parentElement)
    letters.push(style.textDecorationLine, getComputedStyle(element.parentElement).color);
  if (element.matches(FIELDS)) letters.push(element.localName, String(element.matches(':disabled')));
  if (inStory(element)) letters.push('story');
  return `${letters.join('|')} on ${groundOf(element, grounds)}`;
}

/** What is behind an element, from the page up to itself: backgrounds, veils, and what lies where its parents do not. */
function groundOf(element: Element, grounds: Map<Element, string>): string {
  const had = grounds.get(element);
  if (had !== undefined) return had;
  const style = getComputedStyle(element);
  const layers = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.mixBlendMode];
  const bare = layers.join(' ') === 'rgba(0, 0, 0, 0) none 1 none normal';
  const away = LIES_ELSEWHERE.test(style.position) ? `${style.position} ${element.localName}.${element.className}` : '';
  const under = element.parentElement ? groundOf(element.parentElement, grounds) : '';
  const ground = `${under}${bare ? '' : `/${layers.join(' ')}`}${away === '' ? '' : `/${away}`}`;
  grounds.set(element, ground);
  return ground;
}

function inStory(element: Element): boolean {
  return element.closest('.story') !== null;
}

/** A short name for a long one (FNV-1a, twice with other seeds). */
function brief(text: string): string {
  let [one, two] = [0x811c9dc5, 0x1b873593];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    two = Math.imul(two ^ code, 0x85ebca6b);
  }
  return `${(one >>> 0).toString(36)}${(two >>> 0).toString(36)}`;
}
