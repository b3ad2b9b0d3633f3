/** A thread that gives way, says so and stays. */
import { parentPort } from 'node:worker_threads';
import { giveWay } from './give-way.ts';

giveWay();
parentPort?.postMessage('gave way');
parentPort?.on('message', () => undefined);
