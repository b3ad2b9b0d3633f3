/** What works on the orders of a bench: a thread, or a process of its own. Both run a file that calls `answerOrders`. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

export interface Hand {
  /** Hands an order over. @throws for one that cannot be. */
  post(order: unknown): void;
  /** Keeps the program from ending while it works. */
  ref(): void;
  unref(): void;
  end(): Promise<void>;
}

export interface Hears {
  answered: (message: unknown) => void;
  /** It has ended by itself, for want of memory or for another reason. */
  gone: (why: 'memory' | Error) => void;
}

/** A thread: quick to start. */
export function startThread(file: URL, _megabytes: number, hears: Hears): Hand {
  const thread = new Worker(file);
  thread.on('message', hears.answered);
  thread.on('error', hears.gone);
  thread.on('exit', () => hears.gone(new Error('The thread ended by itself.')));
  return {
    post: (order) => thread.postMessage(order),
    ref: () => thread.ref(),
    unref: () => thread.unref(),
    end: async () => void (await thread.terminate()),
  };
}

/** How a process ends that has no memory left: V8 gives up, or the system ends it. */
const OUT_OF_MEMORY: readonly (NodeJS.Signals | number | null)[] = ['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGKILL', 134];

/** A process: whatever is in an order, this program goes on. */
export function startProcess(file: URL, megabytes: number, hears: Hears): Hand {
  const child = fork(fileURLToPath(file), [], {
    execArgv: [...process.execArgv.filter((one) => !one.startsWith('--inspect')), `--max-old-space-size=${megabytes}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Ctrl-C is for this program, which ends its processes itself.
    detached: true,
  });
  child.on('message', hears.answered);
  child.on('error', hears.gone);
  child.on('exit', (code, signal) => {
    const isMemory = OUT_OF_MEMORY.includes(signal) || OUT_OF_MEMORY.includes(code ?? 0);
    hears.gone(isMemory ? 'memory' : new Error('The process ended by itself.'));
  });
  return {
    // What goes wrong later on the way is heard as the end of the process.
    post: (order) => void child.send(order as object, () => undefined),
    ref: () => {
      child.ref();
      child.channel?.ref();
    },
    unref: () => {
      child.unref();
      child.channel?.unref();
    },
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
