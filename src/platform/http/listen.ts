/** Listening, and ending well: no new connections, those open are answered, then the port is free. */
import { serve } from '@hono/node-server';
import type { Env, Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';

/** How often connections that have become idle are closed while the server stops, in milliseconds. */
const CLOSING_MS = 25;

export interface Listening {
  port: number;
  /** Stops taking requests and waits for those under way, at most `patienceMs`. */
  stop(patienceMs: number): Promise<void>;
}

/** A port that cannot be listened on, with the reason in a sentence. */
export class ListenError extends Error {
  override name = 'ListenError';
}

export function listen<E extends Env>(web: Hono<E>, address: { host: string; port: number }): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: web.fetch, hostname: address.host, port: address.port }, (info: AddressInfo) => {
      resolve({ port: info.port, stop: (patienceMs) => stop(server, patienceMs) });
    }) as Server;
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new ListenError(
          error.code === 'EADDRINUSE'
            ? `Port ${address.port} is taken. Stop what uses it, or choose another: PORT=${address.port + 1} npm start`
            : `Cannot listen on ${address.host}, port ${address.port}: ${error.message}`,
        ),
      );
    });
  });
}

function stop(server: Server, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), patienceMs);
    // A connection whose request is answered now would be kept open for the browser's next one, which will not come.
    const closing = setInterval(() => server.closeIdleConnections(), CLOSING_MS);
    server.close(() => {
      clearTimeout(timer);
      clearInterval(closing);
      resolve();
    });
    server.closeIdleConnections();
  });
}
