/**
 * Makes `dist/`, what a release runs: the program and its migrations as JavaScript, and beside them everything that
 * browsers are sent, bundled once under names that change with the content.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });

const { bundleAssets } = await import('../src/app/assets.ts');
await bundleAssets(join(dist, 'assets'));
