/**
 * The style sheet, the script and the fonts, bundled under names that change with their content. A release carries them
 * ready made; from source they are bundled when the server starts.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StaticFile } from '../platform/http/static-files.ts';

export const ASSETS_PATH = '/assets';

export interface Assets {
  files: ReadonlyMap<string, StaticFile>;
  /** The address of a file by the name it has in the source. @throws for a name that was not built. */
  address: (name: string) => string;
}

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** In a release this file is `dist/src/app/assets.js` and the bundle lies in `dist/assets`. */
const BUNDLED = join(ROOT, 'assets');
const MANIFEST = 'manifest.json';

/** What is bundled: the style and script of every page, and those of pages that only who brings works in, or writes, will see. */
const ENTRIES = [
  { from: 'src/ui/site.css', as: 'site', name: 'site.css' },
  { from: 'client/site.ts', as: 'site-script', name: 'site.js' },
  { from: 'client/browse.ts', as: 'browse-script', name: 'browse.js' },
  { from: 'client/autosave.ts', as: 'autosave-script', name: 'autosave.js' },
  { from: 'src/features/imports/pages/imports.css', as: 'imports', name: 'imports.css' },
  { from: 'client/imports.ts', as: 'imports-script', name: 'imports.js' },
  { from: 'src/features/works/pages/editor.css', as: 'editor', name: 'editor.css' },
  { from: 'client/editor.ts', as: 'editor-script', name: 'editor.js' },
  { from: 'client/keys.ts', as: 'keys-script', name: 'keys.js' },
] as const;

/** Fonts that pages preload, by the name pages use and the file they come from. */
const FONT_NAMES: readonly [string, RegExp][] = [
  ['literata-latin.woff2', /literata-latin-(opsz|standard|full|wght)-normal/],
  ['atkinson-latin.woff2', /atkinson-hyperlegible-next-latin-(wght|standard)-normal/],
];

interface Built {
  files: Map<string, Uint8Array>;
  names: Record<string, string>;
}

/** The assets of a release, or bundled now from source. */
export async function loadAssets(): Promise<Assets> {
  const built = existsSync(join(BUNDLED, MANIFEST)) ? await readBundle(BUNDLED) : await bundle();
  const files = new Map<string, StaticFile>();
  for (const [name, bytes] of built.files)
    files.set(name, { type: TYPES[extname(name)] ?? 'application/octet-stream', bytes });
  return {
    files,
    address: (name) => {
      const file = built.names[name];
      if (file === undefined) throw new Error(`There is no built file for ${name}.`);
      return `${ASSETS_PATH}/${file}`;
    },
  };
}

/** Bundles into a folder, for a release. */
export async function bundleAssets(outDir: string): Promise<void> {
  const built = await bundle();
  await mkdir(outDir, { recursive: true });
  for (const [name, bytes] of built.files) await writeFile(join(outDir, name), bytes);
  await writeFile(join(outDir, MANIFEST), JSON.stringify(built.names, null, 2));
}

async function readBundle(folder: string): Promise<Built> {
  const names = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as Record<string, string>;
  const files = new Map<string, Uint8Array>();
  for (const name of await readdir(folder)) if (name !== MANIFEST) files.set(name, await readFile(join(folder, name)));
  return { files, names };
}

async function bundle(): Promise<Built> {
  const { build } = await import('esbuild');
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(ENTRIES.map(({ from, as }) => [as, from])),
    bundle: true,
    write: false,
    minify: true,
    metafile: true,
    format: 'esm',
    target: ['es2023', 'chrome123', 'firefox121', 'safari17.5'],
    outdir: 'assets',
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file', '.svg': 'file' },
    logLevel: 'silent',
  });
  const built: Built = { files: new Map(), names: {} };
  for (const file of result.outputFiles) built.files.set(basename(file.path), file.contents);
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    const name = basename(path);
    const entry = ENTRIES.find(({ from }) => from === output.entryPoint);
    if (entry) built.names[entry.name] = name;
    for (const [logical, pattern] of FONT_NAMES) if (pattern.test(name)) built.names[logical] = name;
  }
  const icon = await readFile(join(ROOT, 'client', 'icon.svg'));
  const iconName = `icon-${createHash('sha256').update(icon).digest('hex').slice(0, 8)}.svg`;
  built.files.set(iconName, icon);
  built.names['icon.svg'] = iconName;
  return built;
}
