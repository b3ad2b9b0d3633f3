/**
 * <auto-save>: what is typed into the form around it is kept, first on the device, then in the archive, until the form is saved.
 * It says how that stands. Without it the form works as ever.
 */
import { fill, isTouched, typedIn } from './autosave-fields.ts';
import { send, tabs, type Answer, type Told } from './kept-sending.ts';
import { allKept, forget, forgetAll, keep, type KeptText } from './kept-texts.ts';

/** After so long without typing, and at most so long while somebody types on. */
const PAUSE_MS = 2_000;
const LONGEST_MS = 10_000;
/** Between tries while the archive is away: twice as long each time. */
const FIRST_TRY_MS = 2_000;
const LAST_TRY_MS = 60_000;

class AutoSave extends HTMLElement {
  #form: HTMLFormElement | null = null;
  #last = '';
  #sequence = 0;
  #taken = 0;
  #due = 0;
  #firstTyped = 0;
  #retry = 0;
  #wait = FIRST_TRY_MS;
  #sending: AbortController | null = null;
  #again = false;
  /** Its form is on its way: what it holds is saved now. */
  #sent = false;
  #signedOut = false;
  #channel: BroadcastChannel | null = null;

  connectedCallback(): void {
    const form = this.closest('form');
    if (!form || this.#form) return;
    this.#form = form;
    this.#sequence = Number(this.#field('sequence').value) || 0;
    this.#last = JSON.stringify(typedIn(form));
    if (this.dataset.unsaved === 'yes' || isTouched(form)) {
      this.#last = '';
      this.#typed();
    }
    form.addEventListener('input', () => this.#typed());
    form.addEventListener('change', () => this.#typed());
    form.addEventListener('submit', () => this.#submit());
    addEventListener('online', () => this.#try());
    addEventListener('pagehide', () => void this.#keepNow(true));
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') void this.#keepNow(true);
    });
    addEventListener('pageshow', (event) => {
      if (event.persisted) this.#sent = false;
    });
    this.#listen();
    void this.#tidy();
  }

  #field(name: string): HTMLInputElement {
    const field = this.#form?.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field : document.createElement('input');
  }

  get #place(): string {
    return this.dataset.place ?? '';
  }

  #typed(): void {
    this.#sent = false;
    const now = performance.now();
    if (this.#due === 0) this.#firstTyped = now;
    clearTimeout(this.#due);
    const wait = Math.max(0, Math.min(PAUSE_MS, this.#firstTyped + LONGEST_MS - now));
    this.#due = setTimeout(() => void this.#keepNow(false), wait);
  }

  /** The text as it stands now, under a number of its own where it is another than before. */
  #text(): KeptText | null {
    if (!this.#form) return null;
    const fields = typedIn(this.#form);
    const said = JSON.stringify(fields);
    if (said !== this.#last) {
      this.#last = said;
      this.#sequence += 1;
      this.#field('sequence').value = String(this.#sequence);
    }
    if (this.#sequence <= this.#taken || this.#sequence === 0) return null;
    const [continued = '', upTo = ''] = this.#field('continues').value.split('.');
    return {
      sheet: this.#field('sheet').value,
      device: this.dataset.device ?? '',
      place: this.#place,
      base: Number(this.dataset.base) || 0,
      sequence: this.#sequence,
      taken: this.#taken,
      continues: continued === '' ? null : { sheet: continued, sequence: Number(upTo) },
      at: Date.now(),
      fields,
    };
  }

  async #keepNow(leaving: boolean): Promise<void> {
    clearTimeout(this.#due);
    this.#due = 0;
    if (this.#sent || this.#signedOut) return;
    const text = this.#text();
    if (!text) return;
    // A page that is left has no time to wait for the disk.
    if (leaving) {
      void keep(text);
      void send(text, { leaving });
      return;
    }
    const onDevice = await keep(text);
    await this.#send(text, onDevice);
  }

  async #send(text: KeptText, onDevice: boolean): Promise<void> {
    if (this.#sending) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#retry);
    this.#sending = new AbortController();
    const answer = await send(text, { signal: this.#sending.signal });
    this.#sending = null;
    if (this.#sent) return;
    this.#take(text, answer, onDevice);
    if (this.#again) {
      this.#again = false;
      await this.#keepNow(false);
    }
  }

  #take(text: KeptText, answer: Answer, onDevice: boolean): void {
    const here = onDevice ? 'kept on this device.' : 'kept nowhere yet. Leave this page open.';
    if (answer.kind === 'taken') {
      this.#wait = FIRST_TRY_MS;
      this.#taken = Math.max(this.#taken, answer.sequence);
      void keep({ ...text, taken: this.#taken });
      const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(text.at);
      this.#say(`Kept in the archive at ${time}, not saved yet.`);
      return;
    }
    if (answer.kind === 'refused') {
      this.#say(`${answer.reason} It is ${here}`);
      return;
    }
    if (answer.kind === 'signed-out')
      this.#say(`You are signed out. What you type is ${here} Saving asks you to sign in again.`);
    else this.#say(`${navigator.onLine ? 'The archive does not answer' : 'Offline'}: ${here}`);
    const wait = answer.kind === 'away' && answer.again !== null ? answer.again * 1000 : this.#wait;
    this.#wait = Math.min(LAST_TRY_MS, this.#wait * 2);
    // Not all browsers at once, when the archive is back.
    this.#retry = setTimeout(() => this.#try(), wait * (1 + Math.random() / 4));
  }

  #try(): void {
    clearTimeout(this.#retry);
    void this.#keepNow(false);
  }

  /** The form takes along the number of what it holds, so that the archive knows which autosaves it makes needless. */
  #submit(): void {
    clearTimeout(this.#due);
    clearTimeout(this.#retry);
    const text = this.#text();
    // Should it not arrive, the device has it.
    if (text) void keep(text);
    this.#sending?.abort();
    this.#sent = true;
  }

  #say(sentence: string): void {
    const region = this.querySelector('[role=status]');
    if (region && region.textContent !== sentence) region.textContent = sentence;
  }

  /** Other tabs of this browser that show the same form; and that somebody has signed out in one of them. */
  #listen(): void {
    this.#channel = tabs();
    const tell = (kind: Told['kind']) =>
      this.#channel?.postMessage({ kind, place: this.#place, sheet: this.#field('sheet').value } satisfies Told);
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if (data.kind === 'signed-out') {
        this.#signedOut = true;
        this.#say('You have signed out in another tab. What you type here is kept nowhere.');
      }
      if (data.place !== this.#place || this.#place === '/works/new') return;
      if (data.kind === 'here') tell('too');
      this.#notice(
        'open-elsewhere',
        'This is open in another tab too. What is saved in one does not replace the other unseen.',
      );
    });
    tell('here');
  }

  /** A line above the form, once for each id. */
  #notice(id: string, sentence: string, ...controls: HTMLElement[]): void {
    if (!this.#form || document.getElementById(id)) return;
    const box = document.createElement('div');
    box.id = id;
    box.className = 'notice';
    box.setAttribute('role', 'status');
    const words = document.createElement('p');
    words.textContent = sentence;
    const actions = document.createElement('div');
    actions.className = 'actions';
    actions.append(...controls);
    box.append(words, ...(controls.length > 0 ? [actions] : []));
    this.#form.before(box);
  }

  /** What the device still keeps of other sheets: sent, offered here, or forgotten where the archive is done with it. */
  async #tidy(): Promise<void> {
    const kept = await allKept();
    const { device = '', open = '' } = this.dataset;
    if (kept.some((text) => text.device !== device)) await forgetAll();
    const waiting = new Set(open.split(' '));
    for (const text of kept.filter((one) => one.device === device)) {
      if (text.sheet === this.#field('sheet').value) continue;
      if (text.taken >= text.sequence) {
        if (!waiting.has(text.sheet)) await forget(text.sheet);
        continue;
      }
      await this.#bringIn(text);
    }
  }

  async #bringIn(text: KeptText): Promise<void> {
    const answer = await send(text);
    if (answer.kind === 'taken' && answer.over) return forget(text.sheet);
    if (answer.kind === 'taken') await keep({ ...text, taken: answer.sequence });
    if (text.place !== this.#place) return;
    const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(text.at);
    const sentence = `This device has text of yours that was not saved, from ${time}.`;
    if (answer.kind === 'taken')
      this.#notice(
        `kept-${text.sheet}`,
        sentence,
        link(`${text.place}?typed=${text.sheet}`, 'Take it up'),
        link(`/unsaved/${text.sheet}`, 'Compare'),
      );
    else this.#notice(`kept-${text.sheet}`, sentence, this.#filler(text));
  }

  #filler(text: KeptText): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button small';
    button.textContent = 'Put it into the form';
    button.addEventListener('click', () => {
      if (this.#form) fill(this.#form, text.fields);
    });
    return button;
  }
}

function link(href: string, words: string): HTMLAnchorElement {
  const made = document.createElement('a');
  made.href = href;
  made.className = 'button small';
  made.textContent = words;
  return made;
}

customElements.define('auto-save', AutoSave);
