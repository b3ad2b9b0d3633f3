import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { printable, terminalOn } from './terminal.ts';

test('one that goes away ends the printing, not the program', async () => {
  let tries = 0;
  const out = new Writable({
    write: (_chunk, _encoding, done) => {
      tries += 1;
      done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    },
  });
  const terminal = terminalOn(out as unknown as NodeJS.WriteStream);
  for (let line = 0; line < 3; line++) {
    terminal.write('words\n');
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(tries).toBe(1);
});

test.each([
  ['plain – 银河.md', 'plain – 银河.md'],
  ['\u001b[2Jgone.md', '\ufffd[2Jgone.md'],
  ['two\r\nlines\t\u007f\u009b31m', 'two\ufffd\ufffdlines\ufffd\ufffd\ufffd31m'],
])('%j is printed as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});
