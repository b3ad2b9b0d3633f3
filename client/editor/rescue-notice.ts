/** Notices a text that came in without paragraphs, and offers to have them found again. */
import type { EditorView } from 'prosemirror-view';
import { cleanHtml } from '../../src/platform/html/clean-html.ts';
import { isWithoutParagraphs } from '../../src/platform/html/lost-paragraphs.ts';
import { printFragment } from './print.ts';
import { readDocument } from './read.ts';
import type { RichField } from './rich-field.ts';
import { Fragment } from 'prosemirror-model';

export class RescueNotice {
  readonly #area: HTMLTextAreaElement;
  #box: HTMLElement | null = null;

  constructor(area: HTMLTextAreaElement) {
    this.#area = area;
  }

  /** Looks at what was pasted. */
  look(field: RichField): void {
    if (!field.view || flatBlocks(field.view).length === 0) return;
    this.#box?.remove();
    const { box, button, said } = makeNotice();
    this.#box = box;
    this.#area.closest('.field')?.append(box);
    said.textContent = 'This text came in without paragraphs. Find them again?';
    button.addEventListener('click', () => {
      if (field.view) void this.#rescue(field.view, box, said);
    });
  }

  async #rescue(view: EditorView, box: HTMLElement, said: HTMLElement): Promise<void> {
    said.textContent = 'Looking for the paragraphs…';
    const before = view.state.doc;
    try {
      const found = await Promise.all(
        flatBlocks(view).map(async ({ from, to, html }) => ({
          from,
          to,
          html: await paragraphsOf(html, this.#area.lang),
        })),
      );
      if (!view.state.doc.eq(before)) throw new Error('The text was changed meanwhile. Try again.');
      const { tr } = view.state;
      for (const { from, to, html } of [...found].reverse())
        tr.replaceWith(from, to, readDocument(cleanHtml(html).html).content);
      const more = tr.doc.childCount - before.childCount;
      view.dispatch(tr.scrollIntoView());
      box.querySelector('button')?.remove();
      said.textContent =
        more > 0 ? `${more + 1} paragraphs were found. Undo takes them back.` : 'No paragraphs could be found.';
      view.focus();
    } catch (error) {
      said.textContent = error instanceof Error ? error.message : String(error);
    }
  }
}

/** Paragraphs that are too long to be one, where they stand and as HTML. */
function flatBlocks(view: EditorView): { from: number; to: number; html: string }[] {
  const found: { from: number; to: number; html: string }[] = [];
  view.state.doc.forEach((node, from) => {
    if (node.type.name !== 'p') return;
    const html = printFragment(Fragment.from(node));
    if (isWithoutParagraphs(html)) found.push({ from, to: from + node.nodeSize, html });
  });
  return found;
}

async function paragraphsOf(html: string, language: string): Promise<string> {
  const answer = await fetch('/works/lost-paragraphs', {
    method: 'POST',
    body: new URLSearchParams({ text: html, language }),
    headers: { Accept: 'application/json' },
  }).catch(() => null);
  if (!answer?.ok) throw new Error('The archive could not be reached. Your text stays as it is.');
  return ((await answer.json()) as { html: string }).html;
}

function makeNotice(): { box: HTMLElement; button: HTMLButtonElement; said: HTMLElement } {
  const box = document.createElement('div');
  box.className = 'rich-rescue';
  const said = document.createElement('p');
  said.setAttribute('role', 'status');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button small';
  button.textContent = 'Find the paragraphs';
  box.append(said, button);
  return { box, button, said };
}
