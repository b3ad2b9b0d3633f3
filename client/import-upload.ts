/**
 * <import-upload>: files and folders are dropped or chosen, then sent one by one, each with its progress. One that fails
 * stops none of the others. Without this script the form sends all of them at once.
 */

interface Picked {
  /** Its path as the report will name it: folders stay. */
  name: string;
  file: File;
}

/** Where the parts of an import go, as `POST /imports` answers. */
interface Places {
  id: string;
  upload: string;
  done: string;
}

/** So many files are listed one by one; of more, only those under way and those that failed. */
const LISTED = 200;

class ImportUpload extends HTMLElement {
  #picked: Picked[] = [];
  #failed: Picked[] = [];
  #places: Places | null = null;
  #sending: XMLHttpRequest | null = null;
  #cancelled = false;
  #number = new Intl.NumberFormat(this.dataset.locale);

  connectedCallback(): void {
    const form = this.querySelector('form');
    if (!form) return;
    this.#part('.with-script').hidden = false;
    const [files, folder] = [this.#input('#files'), this.#input('#folder')];
    folder.webkitdirectory = true;
    for (const input of [files, folder]) {
      input.addEventListener('change', () => this.#pick(Array.from(input.files ?? [], named)));
    }
    this.#part('.clear').addEventListener('click', () => {
      files.value = '';
      folder.value = '';
      this.#picked = [];
      this.#showPicked();
      files.focus();
    });
    this.#takeDrops(this.#part('.drop-area'));
    form.addEventListener('submit', (event) => {
      if (this.#picked.length === 0) return;
      event.preventDefault();
      void this.#begin(form);
    });
    this.#part('.cancel').addEventListener('click', () => void this.#cancel());
    this.#part('.start').addEventListener('click', () => void this.#finish());
    this.#part('.again').addEventListener('click', () => void this.#send(this.#failed.splice(0)));
    window.addEventListener('beforeunload', (event) => {
      if (this.#sending) event.preventDefault();
    });
  }

  #takeDrops(area: HTMLElement): void {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      area.classList.toggle('over', event.type !== 'dragleave' && event.type !== 'drop');
    };
    for (const name of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) area.addEventListener(name, over);
    area.addEventListener('drop', (event) => {
      // What was dropped can only be asked for now: after the first wait it is gone.
      const dropped = Array.from(event.dataTransfer?.items ?? [], (item) => {
        const entry = item.webkitGetAsEntry();
        const file = item.getAsFile();
        return entry ? filesIn(entry) : Promise.resolve(file ? [named(file)] : []);
      });
      void Promise.all(dropped).then((found) => this.#pick(found.flat()));
    });
  }

  #pick(picked: readonly Picked[]): void {
    const names = new Set(picked.map((one) => one.name));
    this.#picked = [...this.#picked.filter((one) => !names.has(one.name)), ...picked];
    this.#showPicked();
  }

  #showPicked(): void {
    const bytes = this.#picked.reduce((sum, { file }) => sum + file.size, 0);
    // The files are here, wherever they came from: the field alone no longer has to hold them.
    this.#input('#files').required = this.#picked.length === 0;
    this.#part('.picked').hidden = this.#picked.length === 0;
    this.#part('.picked [role=status]').textContent =
      this.#picked.length === 0 ? '' : `${this.#files(this.#picked.length)}, ${this.#size(bytes)}`;
  }

  async #begin(form: HTMLFormElement): Promise<void> {
    const fields = new FormData(form);
    fields.delete('files');
    fields.set('begin', 'files');
    this.#show('Asking the archive…');
    form.hidden = true;
    this.#part('.sending').hidden = false;
    this.#part('#sending').focus();
    try {
      const answer = await fetch(form.action, {
        method: 'POST',
        body: fields,
        headers: { Accept: 'application/json' },
      });
      if (!answer.ok) throw new Error(await problemIn(answer));
      this.#places = (await answer.json()) as Places;
    } catch (error) {
      this.#backToForm(`Couldn’t begin: ${error instanceof Error ? error.message : 'the archive does not answer.'}`);
      return;
    }
    this.#cancelled = false;
    this.#part('.sent').replaceChildren();
    await this.#send(this.#picked);
  }

  /** Sends files one after another; those that fail are kept, to be sent again. */
  async #send(files: readonly Picked[]): Promise<void> {
    const bytes = files.reduce((sum, { file }) => sum + file.size, 0) || 1;
    const bar = this.#part('.all') as HTMLProgressElement;
    let done = 0;
    for (const name of ['.start', '.again']) this.#part(name).hidden = true;
    for (const row of this.querySelectorAll('.sent .failed')) row.remove();
    const rows = new Map(files.length <= LISTED ? files.map((one) => [one, this.#row(one)] as const) : []);
    for (const [at, one] of files.entries()) {
      if (this.#cancelled) return;
      const row = rows.get(one) ?? this.#row(one);
      this.#show(`Sending ${this.#number.format(at + 1)} of ${this.#files(files.length)}`);
      const problem = await this.#sendOne(one, (part) => {
        (row.querySelector('progress') as HTMLProgressElement).value = part;
        bar.value = (done + part * one.file.size) / bytes;
      });
      if (this.#cancelled) return;
      done += one.file.size;
      bar.value = done / bytes;
      this.#end(row, problem, rows.size > 0);
      if (problem !== null) this.#failed.push(one);
    }
    await this.#afterAll();
  }

  async #afterAll(): Promise<void> {
    const failed = this.#failed.length;
    if (failed === 0) {
      await this.#finish();
      return;
    }
    const came = this.#picked.length - failed;
    this.#show(`${this.#files(came)} came, ${this.#number.format(failed)} did not.`);
    this.#part('.start').hidden = came === 0;
    this.#part('.again').hidden = false;
    (came === 0 ? this.#part('.again') : this.#part('.start')).focus();
  }

  /** @returns what went wrong, or null. */
  #sendOne({ name, file }: Picked, onPart: (part: number) => void): Promise<string | null> {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      this.#sending = request;
      const end = (problem: string | null) => {
        this.#sending = null;
        resolve(problem);
      };
      request.open('PUT', `${this.#places?.upload}?${new URLSearchParams({ name })}`);
      request.setRequestHeader('Content-Type', 'application/octet-stream');
      request.setRequestHeader('Accept', 'application/json');
      request.upload.addEventListener('progress', ({ loaded, total }) => onPart(total > 0 ? loaded / total : 1));
      request.addEventListener('load', () => end(request.status < 300 ? null : detailIn(request.responseText)));
      request.addEventListener('error', () => end('The connection broke, or the file could not be read.'));
      request.addEventListener('abort', () => end('Cancelled.'));
      request.send(file);
    });
  }

  async #finish(): Promise<void> {
    this.#show('All here. The import begins…');
    this.#part('.cancel').hidden = true;
    try {
      await fetch(this.#places?.done ?? '', { method: 'POST', redirect: 'manual' });
    } finally {
      location.assign(`/imports/${this.#places?.id}`);
    }
  }

  async #cancel(): Promise<void> {
    this.#cancelled = true;
    this.#sending?.abort();
    if (this.#places)
      await fetch(`/imports/${this.#places.id}/stop`, { method: 'POST', redirect: 'manual' }).catch(() => null);
    this.#backToForm('Cancelled. Nothing was brought in.');
  }

  #backToForm(sentence: string): void {
    const form = this.querySelector('form');
    if (form) form.hidden = false;
    this.#places = null;
    this.#failed = [];
    this.#part('.sending').hidden = true;
    this.#part('.picked').hidden = false;
    this.#part('.picked [role=status]').textContent = sentence;
    form?.querySelector<HTMLElement>('button[type=submit]')?.focus();
  }

  #row(one: Picked): HTMLLIElement {
    const row = document.createElement('li');
    const name = document.createElement('bdi');
    name.textContent = one.name;
    const bar = document.createElement('progress');
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute('aria-label', one.name);
    const said = document.createElement('small');
    said.textContent = this.#size(one.file.size);
    row.append(name, said, bar);
    this.#part('.sent').append(row);
    return row;
  }

  #end(row: HTMLLIElement, problem: string | null, isListed: boolean): void {
    if (problem === null && !isListed) row.remove();
    row.className = problem === null ? 'came' : 'failed';
    row.querySelector('progress')?.remove();
    const said = row.querySelector('small');
    if (said) said.textContent = problem ?? 'Sent';
  }

  #show(sentence: string): void {
    this.#part('.said').textContent = sentence;
  }

  #files(count: number): string {
    return `${this.#number.format(count)} ${count === 1 ? 'file' : 'files'}`;
  }

  #size(bytes: number): string {
    if (bytes < 100_000) return `${this.#number.format(Math.max(1, Math.round(bytes / 1000)))} kB`;
    return `${this.#number.format(Math.round(bytes / 100_000) / 10)} MB`;
  }

  #part(selector: string): HTMLElement {
    const part = this.querySelector<HTMLElement>(selector);
    if (!part) throw new Error(`The form has no ${selector}.`);
    return part;
  }

  #input(selector: string): HTMLInputElement {
    return this.#part(selector) as HTMLInputElement;
  }
}

function named(file: File): Picked {
  return { name: file.webkitRelativePath || file.name, file };
}

/** All files below what was dropped. */
async function filesIn(entry: FileSystemEntry): Promise<Picked[]> {
  const name = entry.fullPath.replace(/^\//, '');
  if (entry instanceof FileSystemFileEntry) {
    return new Promise((resolve) => {
      entry.file(
        (file) => resolve([{ name, file }]),
        () => resolve([]),
      );
    });
  }
  if (!(entry instanceof FileSystemDirectoryEntry)) return [];
  const reader = entry.createReader();
  const found: Picked[] = [];
  for (;;) {
    // A folder is read a hundred entries at a time, until it has no more.
    const entries = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => resolve([]));
    });
    if (entries.length === 0) return found;
    for (const inner of entries) found.push(...(await filesIn(inner)));
  }
}

function detailIn(body: string): string {
  try {
    const { detail } = JSON.parse(body) as { detail?: unknown };
    if (typeof detail === 'string') return detail;
  } catch {
    // An answer of something between here and the archive: it has no sentence for us.
  }
  return 'The archive refused it.';
}

async function problemIn(answer: Response): Promise<string> {
  return detailIn(await answer.text());
}

customElements.define('import-upload', ImportUpload);
