import { expect, test } from 'vitest';
import { environmentReads } from './environment.ts';
import { listed, programFiles } from './source.ts';

test('Only platform/config reads the environment', () => {
  expect(listed(programFiles().flatMap(environmentReads))).toEqual([]);
});

test.each([
  `const port = process.env.PORT;`,
  `const port = process.env['PORT'];`,
  `const all = process['env'];`,
  `const { env } = process;`,
  `const { env: settings } = globalThis.process;`,
  `import { env } from 'node:process';`,
  `function start(environment = process.env) {}`,
  `if (import.meta.env.DEV) start();`,
])('a planted read is found: %s', (text) => {
  expect(listed(environmentReads({ path: 'src/features/works/actions.ts', text }))).toHaveLength(1);
});

test.each([
  ['src/platform/config/config.ts', `export const port = process.env.PORT;`],
  ['src/app/web.ts', `// process.env is read elsewhere\nconst env = 'process.env'; process.exitCode = 1;`],
  ['src/app/web.ts', `import { stdout } from 'node:process';`],
])('what is in order is left alone: %s', (path, text) => {
  expect(environmentReads({ path, text })).toEqual([]);
});
