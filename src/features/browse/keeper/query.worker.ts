/**
 * A thread that answers: an engine of its own over the shared segment, told of every change by the keeper, and one
 * question at a time from the server's thread.
 */
import { parentPort, type MessagePort } from 'node:worker_threads';
import { DividedPass } from './divided-pass.ts';
import { fedEngine, type FedEngine } from './fed-engine.ts';
import type { Question, Reply } from './messages.ts';

let fed: FedEngine | null = null;
const pass = new DividedPass();

const reply = (words: Reply) => parentPort?.postMessage(words);

parentPort?.on('message', (message: Question | { port: MessagePort; feed: number }) => {
  if ('port' in message) {
    fed?.close();
    fed = fedEngine(message.port, () => reply({ kind: 'ready', feed: message.feed }), pass);
  } else {
    answer(message);
  }
});

function answer(question: Question): void {
  // What a batch throws is no answer: the thread ends by it, and the next one begins anew.
  const now = fed?.now() ?? null;
  if (now === null) {
    reply({ kind: 'failure', ask: question.ask, failure: 'There is no index in this thread yet.' });
    return;
  }
  try {
    const { engine, stamp } = now;
    pass.isHelpWanted = question.isAlone;
    const answer = 'search' in question ? engine.search(question.search) : engine.suggest(question.suggest);
    reply({ kind: 'answer', ask: question.ask, answer, stamp });
  } catch (error) {
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    reply({ kind: 'failure', ask: question.ask, failure });
  }
}
