/**
 * <auto-save>: what is typed into the form around it is kept, first on the device, then in the archive, until the form is saved.
 * It says how that stands. Without it the form works as ever.
 */
import { fill, isTouched, typedIn } from './autosave-fields.ts';
import { HOLD, send, tabs, WIPE, type Answer, type Held, type Told } from './kept-sending.ts';
import { allKept, forget, forgetIfSame, isDoneWith, keep, newSheet, type KeptText } from './kept-texts.ts';

/** After so long without typing, and at most so long while somebody types on. */
const PAUSE_MS = 2_000;
const LONGEST_MS = 10_000;
/** Between tries while the archive is away: twice as long each time. */
const FIRST_TRY_MS = 2_000;
const LAST_TRY_MS = 60_000;

class AutoSave extends HTMLElement {
  #form: HTMLFormElement | null = null;
  /** This page, as long as it is open: a tab that is duplicated is another. */
  readonly #page = newSheet();
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
  /** The archive takes nothing from here, since nobody is signed in, or another: it is asked once a minute, however much is typed. */
  #out: { another: boolean } | null = null;
  #channel: BroadcastChannel | null = null;

  connectedCallback(): void {
    const form = this.closest('form');
    if (!form || this.#form) return;
    this.#form = form;
    this.#sequence = Number(this.#field('sequence').value) || 0;
    this.#sayWriter(form);
    // A page that one went back to, or a tab that was duplicated, may show less than its sheet has by now.
    if (isOpenedAgain()) this.#newSheet();
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
      // Perhaps from where they have signed in again.
      else if (this.#out) this.#try();
    });
    addEventListener('pageshow', (event) => {
      if (event.persisted) this.#sent = false;
    });
    document.addEventListener(HOLD, (event) => (event as Held).detail.push(this.#hold()));
    document.addEventListener(WIPE, () => this.#endKeeping());
    this.#listen();
    void this.#tidy();
  }

  /** The form takes along which page has written on its sheet: saving it ends nothing that another has sent. */
  #sayWriter(form: HTMLFormElement): void {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = 'writer';
    field.value = this.#page;
    form.append(field);
  }

  #field(name: string): HTMLInputElement {
    const field = this.#form?.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field : document.createElement('input');
  }

  /** What is typed goes on under a key that nobody had before. */
  #newSheet(): void {
    this.#field('sheet').value = newSheet();
    this.#sequence = 0;
    this.#field('sequence').value = '0';
    this.#taken = 0;
    this.#last = '';
  }

  /** Keeps what was typed a moment ago, here or else in the archive. @returns whether it is kept. */
  async #hold(): Promise<boolean> {
    clearTimeout(this.#due);
    this.#due = 0;
    if (this.#sent || this.#signedOut) return true;
    const text = this.#text();
    if (!text) return true;
    const kept = await keep(text);
    if (kept === true) return true;
    const answer = kept === 'other' ? null : await send(text);
    if (answer?.kind === 'taken') return true;
    if (answer !== null && answer.kind !== 'other') return false;
    this.#newSheet();
    return this.#hold();
  }

  #endKeeping(): void {
    this.#signedOut = true;
    clearTimeout(this.#due);
    clearTimeout(this.#retry);
    this.#sending?.abort();
    this.#retry = setTimeout(() => this.#try(), LAST_TRY_MS);
  }

  /** Its writer may have signed in again, in another tab: once the archive takes it, it is kept here as before. */
  async #sendSignedOut(): Promise<void> {
    const text = this.#sent ? null : this.#text();
    const answer = text && (await send(text));
    if (text && (answer?.kind === 'taken' || answer?.kind === 'other')) {
      this.#signedOut = false;
      return answer.kind === 'taken' ? this.#take(text, answer, false) : this.#goOnElsewhere(text);
    }
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#try(), LAST_TRY_MS);
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
      writer: this.#page,
      device: this.dataset.device ?? '',
      epoch: this.dataset.epoch ?? '',
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
      // What is on its way would come behind it, as words that are older.
      this.#sending?.abort();
      const isOwn = this.#keepLeaving(text);
      if (this.#out) return;
      const answer = await send(text, { leaving });
      if (await isOwn) this.#heardLeaving(text, answer);
      return;
    }
    const onDevice = await keep(text);
    if (onDevice === 'other') return this.#goOnElsewhere(text);
    if (this.#out) return this.#sayOut(this.#out, onDevice);
    await this.#send(text, onDevice);
  }

  /** On the device, under a key of its own where another page has the sheet. @returns whether the sheet is this page's. */
  async #keepLeaving(text: KeptText): Promise<boolean> {
    if ((await keep(text)) !== 'other') return true;
    this.#newSheet();
    const own = this.#text();
    if (!own) return false;
    void keep(own);
    if (!this.#out) void send(own, { leaving: true });
    return false;
  }

  /** A page that was only hidden lives on, and hears what became of what it sent. */
  #heardLeaving(text: KeptText, answer: Answer): void {
    if (this.#sent || this.#signedOut) return;
    if (answer.kind === 'taken') return this.#take(text, answer, true);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#try(), this.#wait);
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
    if (this.#sent || this.#signedOut) return;
    if (answer.kind === 'other') return this.#goOnElsewhere(text);
    if (answer.kind !== 'stopped') this.#take(text, answer, onDevice);
    if (this.#again) {
      this.#again = false;
      await this.#keepNow(false);
    }
  }

  /** Its sheet has other words than these, from another tab: these go on under a key of their own. */
  async #goOnElsewhere(text: KeptText): Promise<void> {
    this.#again = false;
    this.#newSheet();
    await this.#keepNow(false);
    await forgetIfSame(text);
  }

  #take(text: KeptText, answer: Exclude<Answer, { kind: 'other' | 'stopped' }>, onDevice: boolean): void {
    const here = whereItIs(onDevice);
    if (answer.kind === 'taken') {
      this.#wait = FIRST_TRY_MS;
      this.#taken = Math.max(this.#taken, answer.sequence);
      void this.#keepTaken(text);
      const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(text.at);
      this.#say(`Kept in the archive at ${time}, not saved yet.`);
      return;
    }
    if (answer.kind === 'refused') {
      this.#say(`${answer.reason} It is ${here}`);
      return;
    }
    let wait = LAST_TRY_MS;
    if (answer.kind === 'signed-out') {
      this.#out = { another: answer.another };
      this.#sayOut(this.#out, onDevice);
    } else {
      const why = answer.kind === 'busy' ? 'That was very often, it is sent again soon' : awayWords();
      this.#say(`${why}: ${here}`);
      wait = answer.again === null ? this.#wait : answer.again * 1000;
      this.#wait = Math.min(LAST_TRY_MS, this.#wait * 2);
    }
    // Not all browsers at once, when the archive is back.
    this.#retry = setTimeout(() => this.#try(), wait * (1 + Math.random() / 4));
  }

  #sayOut({ another }: { another: boolean }, onDevice: boolean): void {
    const here = whereItIs(onDevice);
    this.#say(
      another
        ? `Another account is signed in in this browser now. What you type is ${here}`
        : `You are signed out. What you type is ${here} Saving asks you to sign in again.`,
    );
  }

  /** The device knows now that the archive has it, and needs what it went on from no more. */
  async #keepTaken(text: KeptText): Promise<void> {
    await keep({ ...text, taken: this.#taken });
    const from = text.continues && (await allKept()).find((one) => one.sheet === text.continues?.sheet);
    if (from && text.continues && from.sequence <= text.continues.sequence) await forgetIfSame(from);
  }

  #try(): void {
    clearTimeout(this.#retry);
    this.#out = null;
    void (this.#signedOut ? this.#sendSignedOut() : this.#keepNow(false));
  }

  /** The form takes along the number of what it holds, so that the archive knows which autosaves it makes needless. */
  #submit(): void {
    clearTimeout(this.#due);
    clearTimeout(this.#retry);
    const text = this.#text();
    // Should it not arrive, the device has it.
    if (text)
      void keep(text).then((kept) => {
        if (kept === 'other') void keep({ ...text, sheet: newSheet(), sequence: 1, taken: 0 });
      });
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
    const tell = (kind: 'here' | 'too') => this.#tell({ kind, place: this.#place, sheet: this.#field('sheet').value });
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if (data.kind === 'signed-out') {
        this.#endKeeping();
        this.#say('You have signed out in another tab. What you type here is kept nowhere.');
      }
      if (data.kind === 'leaving') void this.#holdForLeaving();
      if (data.kind !== 'here' && data.kind !== 'too') return;
      if (
        data.kind === 'here' &&
        ((data.place === this.#place && this.#place !== '/works/new') || data.sheet === this.#field('sheet').value)
      )
        tell('too');
      // A tab that was duplicated shows the same sheet: the one that was there keeps it.
      if (data.kind === 'too' && data.sheet === this.#field('sheet').value) this.#newSheet();
      if (data.place !== this.#place || this.#place === '/works/new') return;
      this.#notice(
        'open-elsewhere',
        'This is open in another tab too. What is saved in one does not replace the other unseen.',
      );
    });
    tell('here');
  }

  #tell(said: Told): void {
    this.#channel?.postMessage(said);
  }

  /** Somebody signs out in another tab, and waits a moment for what was typed here. */
  async #holdForLeaving(): Promise<void> {
    this.#tell({ kind: 'holding', page: this.#page });
    this.#tell({ kind: 'held', page: this.#page, safe: await this.#hold() });
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

  /**
   * What the device still keeps of other sheets: sent, offered here, or forgotten where the archive is done with it. Another account's
   * words are never shown, and stay for it where the archive lacks them.
   */
  async #tidy(): Promise<void> {
    const kept = await allKept();
    const { device = '', open = '', epoch = '' } = this.dataset;
    // Another account's is sent when that account writes here, and shown to nobody else.
    for (const other of kept.filter((text) => text.device !== device && isDoneWith(text, epoch)))
      await forgetIfSame(other);
    const [continued, upTo] = this.#field('continues').value.split('.');
    const waiting = new Set(open.split(' '));
    for (const text of kept.filter((one) => one.device === device)) {
      if (text.sheet === this.#field('sheet').value) continue;
      // The form holds it.
      if (text.sheet === continued && text.sequence <= Number(upTo)) continue;
      // An archive that was restored from a backup may have lost what it had.
      const isOfNow = (text.epoch ?? epoch) === epoch;
      if (isOfNow && text.taken >= text.sequence) {
        if (!waiting.has(text.sheet)) await forget(text.sheet);
        continue;
      }
      await this.#bringIn({ ...text, epoch, taken: isOfNow ? text.taken : 0 });
    }
  }

  async #bringIn(text: KeptText): Promise<void> {
    const answer = await send(text);
    if (answer.kind === 'taken' && answer.over) {
      await forgetIfSame(text);
      return;
    }
    if (answer.kind === 'other') {
      // Unless a tab that is open has it, and has kept more since.
      const elsewhere = { ...text, sheet: newSheet(), sequence: 1, taken: 0, continues: null };
      if (!(await forgetIfSame(text))) return;
      await keep(elsewhere);
      return this.#bringIn(elsewhere);
    }
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

function whereItIs(onDevice: boolean): string {
  return onDevice ? 'kept on this device.' : 'kept nowhere yet. Leave this page open.';
}

function awayWords(): string {
  return navigator.onLine ? 'The archive does not answer' : 'Offline';
}

function isOpenedAgain(): boolean {
  const [entry] = performance.getEntriesByType('navigation');
  return entry instanceof PerformanceNavigationTiming && entry.type === 'back_forward';
}

function link(href: string, words: string): HTMLAnchorElement {
  const made = document.createElement('a');
  made.href = href;
  made.className = 'button small';
  made.textContent = words;
  return made;
}

customElements.define('auto-save', AutoSave);
