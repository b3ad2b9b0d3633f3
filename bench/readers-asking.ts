/**
 * Readers in a process of their own: so many at once ask for one page after the other, without a pause, and note how long
 * each took until its last byte. Run by `readers.ts`, which posts what to ask for and gets the figures.
 */
import { Agent, get } from 'node:http';

export interface ReadersOrder {
  address: string;
  readers: number;
  /** What the pages are, each as often as it is to be asked for; taken in turn. */
  pages: readonly { kind: string; path: string }[];
  ms: number;
}

export interface ReadersFigures {
  pages: { kind: string; ms: number; bytes: number; status: number }[];
  failures: number;
  seconds: number;
}

const REDIRECTS = 3;

async function read(order: ReadersOrder): Promise<ReadersFigures> {
  const agent = new Agent({ keepAlive: true, maxSockets: order.readers });
  const figures: ReadersFigures = { pages: [], failures: 0, seconds: 0 };
  const began = performance.now();
  let turn = 0;
  const reader = async () => {
    while (performance.now() - began < order.ms) {
      const page = order.pages[turn % order.pages.length];
      turn += 1;
      if (page === undefined) return;
      const asked = performance.now();
      try {
        const { status, bytes } = await wholePage(agent, new URL(page.path, order.address), REDIRECTS);
        figures.pages.push({ kind: page.kind, ms: performance.now() - asked, bytes, status });
      } catch {
        figures.failures += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: order.readers }, reader));
  figures.seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return figures;
}

/** Reads a page to its end, following where it leads. @throws where nothing answers. */
function wholePage(agent: Agent, url: URL, redirects: number): Promise<{ status: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    const asking = get(url, { agent, headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0;
      response.on('data', (piece: Buffer) => (bytes += piece.length));
      response.on('error', reject);
      response.on('end', () => {
        const { location } = response.headers;
        if (location !== undefined && redirects > 0)
          wholePage(agent, new URL(location, url), redirects - 1).then(resolve, reject);
        else resolve({ status: response.statusCode ?? 0, bytes });
      });
    });
    asking.on('error', reject);
  });
}

async function answer(order: ReadersOrder): Promise<void> {
  const figures = await read(order);
  process.send?.(figures, () => process.disconnect());
}

// Whoever asked is gone: nobody waits for the figures.
process.once('disconnect', () => process.exit());
process.once('message', (order: ReadersOrder) => void answer(order));
