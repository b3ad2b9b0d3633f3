import { setTimeout as sleep } from 'node:timers/promises';
import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import { listen, ListenError } from './listen.ts';

const HOST = '127.0.0.1';

function slowWeb() {
  let began = () => {};
  const underWay = new Promise<void>((resolve) => (began = resolve));
  const web = new Hono();
  web.get('/', (c) => c.text('here'));
  web.get('/slow', async (c) => {
    began();
    await sleep(150);
    return c.text('slow but sure');
  });
  web.get('/never', async () => {
    began();
    return new Promise<Response>(() => {});
  });
  return { web, underWay };
}

test('requests under way are answered when the server stops, new ones are not taken', async () => {
  const { web, underWay } = slowWeb();
  const listening = await listen(web, { host: HOST, port: 0 });
  const address = `http://${HOST}:${listening.port}`;
  const slow = fetch(`${address}/slow`).then((answer) => answer.text());
  await underWay;
  const stopped = listening.stop(10_000);
  expect(await slow).toBe('slow but sure');
  const answered = performance.now();
  await stopped;
  // Browsers keep connections open for the next request; none of them holds the stop up.
  expect(performance.now() - answered).toBeLessThan(2_000);
  await expect(fetch(address)).rejects.toThrow('fetch failed');
});

test('a request that never ends is cut off after the patience', async () => {
  const { web, underWay } = slowWeb();
  const listening = await listen(web, { host: HOST, port: 0 });
  const never = fetch(`http://${HOST}:${listening.port}/never`).catch(() => 'cut off');
  await underWay;
  await listening.stop(50);
  expect(await never).toBe('cut off');
});

test('a port that is taken is named with another one to try', async () => {
  const { web } = slowWeb();
  const first = await listen(web, { host: HOST, port: 0 });
  onTestFinished(() => first.stop(0));
  const error: unknown = await listen(web, { host: HOST, port: first.port }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ListenError);
  expect(String(error)).toContain(`Port ${first.port} is taken`);
  expect(String(error)).toContain(`PORT=${first.port + 1}`);
});

test('an address that is not this machine’s is named', async () => {
  // TEST-NET-3: no machine has it.
  const error: unknown = await listen(slowWeb().web, { host: '203.0.113.1', port: 0 }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ListenError);
  expect(String(error)).toContain('Cannot listen on 203.0.113.1');
});
