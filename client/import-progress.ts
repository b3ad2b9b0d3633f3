/**
 * <import-progress>: asks how far an import is while it runs, and loads the page again when it has ended. `data-source`
 * answers `{done, total, state, secondsLeft}`.
 */

interface Progress {
  done: number;
  total: number;
  state: string;
  secondsLeft: number | null;
}

const EVERY_MS = 1_500;
/** After a failure it asks again, more and more seldom. */
const SELDOM_MS = 30_000;

class ImportProgress extends HTMLElement {
  #wait = EVERY_MS;
  #timer = 0;

  connectedCallback(): void {
    const again = document.querySelector<HTMLElement>('.look-again');
    if (again) again.hidden = true;
    this.#timer = window.setTimeout(() => void this.#ask(), EVERY_MS);
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    const progress = document.hidden ? null : await this.#fetch();
    if (progress) {
      if (progress.state !== 'running') {
        location.reload();
        return;
      }
      this.#show(progress);
    }
    this.#timer = window.setTimeout(() => void this.#ask(), this.#wait);
  }

  async #fetch(): Promise<Progress | null> {
    try {
      const answer = await fetch(this.dataset.source ?? '', { headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error(String(answer.status));
      this.#wait = EVERY_MS;
      return (await answer.json()) as Progress;
    } catch {
      this.#wait = Math.min(this.#wait * 2, SELDOM_MS);
      return null;
    }
  }

  #show({ done, total, secondsLeft }: Progress): void {
    const bar = this.querySelector('progress');
    const said = this.querySelector('[role=status]');
    if (!bar || !said || total === 0) return;
    bar.max = total;
    bar.value = done;
    const number = new Intl.NumberFormat(this.dataset.locale);
    const files = `${number.format(done)} of ${number.format(total)} ${total === 1 ? 'file' : 'files'}`;
    said.textContent = secondsLeft === null ? files : `${files}, ${timeLeft(secondsLeft, number)}`;
  }
}

/** As src/features/imports/pages/import-words.ts says it. */
function timeLeft(seconds: number, number: Intl.NumberFormat): string {
  if (seconds < 10) return 'a few seconds left';
  if (seconds < 90) return `about ${number.format(Math.ceil(seconds / 10) * 10)} seconds left`;
  if (seconds < 5_400) return `about ${number.format(Math.round(seconds / 60))} minutes left`;
  return `about ${number.format(Math.round(seconds / 3_600))} hours left`;
}

customElements.define('import-progress', ImportProgress);
