/**
 * What waits for a worker, served in turns by asker: one question of each, then the next of each. However many questions
 * somebody asks, who asks once waits for no more than one of theirs, and who has few waiting is not refused for who has many.
 */

/** Who asks, as far as turns go by it. Held for as long as a question waits, and never written down. */
export interface Asker {
  /** The same for all that one asker asks. */
  key: string;
  /** Whether this is one person for certain: behind the address of a network can be a whole school, or a proxy. */
  isOne: boolean;
}

export interface QueueLimits {
  /** Questions that can wait. */
  most: number;
  /** Of one person. Where many can stand behind an asker, the others' questions alone are the limit. */
  mostOfOne: number;
}

/** The asker of what nobody in particular asks: one among the others. */
const NOBODY = '';

export class FairQueue<Task extends object> {
  readonly #limits: QueueLimits;
  /** What each asker has waiting, oldest first; in the order in which it is their turn, and none empty. */
  readonly #lines = new Map<string, Task[]>();
  /** Each task in the lines, and in how many it stands. */
  readonly #standing = new Map<Task, number>();
  /** What had its turn, and is to be done again. */
  readonly #again: Task[] = [];

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** Tasks that wait, each counted once, however many wait for it. */
  get size(): number {
    return this.#standing.size + this.#again.length;
  }

  /**
   * Puts a task behind the others of its asker. One that waits already, for somebody else, then waits for both.
   * @returns the task that is refused for it, if any: the oldest of a person who has as many as one may; of a full queue the
   * oldest of who has most, or this one where its asker would have no fewer. What several wait for is not refused.
   */
  push(task: Task, asker: Asker | null): Task | null {
    const key = asker?.key ?? NOBODY;
    const own = this.#lines.get(key) ?? [];
    const standing = this.#standing.get(task) ?? 0;
    if (own.includes(task) || this.#again.includes(task)) return null;
    const refused = standing > 0 ? null : this.#refusedFor(task, own, asker?.isOne ?? false);
    if (refused === task) return task;
    own.push(task);
    this.#lines.set(key, own);
    this.#standing.set(task, standing + 1);
    // Last, so that their line keeps its turn.
    if (refused !== null) this.#remove(refused);
    return refused;
  }

  /** Puts a task before all others: it had its turn, and something came between. */
  putBack(task: Task): void {
    this.#again.push(task);
  }

  /** Takes out the task whose turn it is. */
  next(): Task | undefined {
    const again = this.#again.shift();
    if (again !== undefined) return again;
    for (const [key, line] of this.#lines) {
      const task = line[0] as Task;
      // Their next turn is after everybody else's.
      this.#lines.delete(key);
      this.#lines.set(key, line);
      this.#remove(task);
      return task;
    }
    return undefined;
  }

  find(isIt: (task: Task) => boolean): Task | undefined {
    return this.#again.find(isIt) ?? [...this.#standing.keys()].find(isIt);
  }

  /** Takes out everything, each once. */
  clear(): Task[] {
    const all = [...this.#again, ...this.#standing.keys()];
    this.#again.length = 0;
    this.#lines.clear();
    this.#standing.clear();
    return all;
  }

  #refusedFor(task: Task, own: readonly Task[], isOne: boolean): Task | null {
    const oldest = isOne && own.length >= this.#limits.mostOfOne ? this.#aloneIn(own)[0] : undefined;
    if (oldest !== undefined) return oldest;
    if (this.size < this.#limits.most) return null;
    const lines = [...this.#lines.values()].map((line) => this.#aloneIn(line));
    const longest = lines.reduce((one, other) => (other.length > one.length ? other : one), []);
    return longest.length < this.#aloneIn(own).length + 2 ? task : (longest[0] as Task);
  }

  /** The tasks of a line that nobody else waits for. */
  #aloneIn(line: readonly Task[]): Task[] {
    return line.filter((task) => this.#standing.get(task) === 1);
  }

  /** Takes a task away from all who wait for it. */
  #remove(task: Task): void {
    this.#standing.delete(task);
    for (const [key, line] of this.#lines) {
      const place = line.indexOf(task);
      if (place >= 0) line.splice(place, 1);
      if (line.length === 0) this.#lines.delete(key);
    }
  }
}
