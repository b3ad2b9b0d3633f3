/** The program's own source as the house rules read it: files as path and text, and their syntax. */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  path: string;
  text: string;
}

/** What breaks a rule: where, and what to read there. */
export interface Breach {
  path: string;
  line: number;
  says: string;
}

/** Every file that is or is about to be under version control; in a copy without git, every file but what is made. */
export function repositoryPaths(): string[] {
  const paths = existsSync(`${ROOT}.git`) ? pathsByGit() : globSync('**/*', { cwd: ROOT, exclude: MADE });
  return [...new Set(paths)].filter((path) => path !== '' && existsSync(`${ROOT}${path}`)).sort();
}

const MADE = ['node_modules', 'dist', 'data', 'coverage'];

function pathsByGit(): string[] {
  const args = ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).split('\0');
}

/** The files at these paths, without folders. */
export function read(paths: readonly string[]): SourceFile[] {
  return paths
    .filter((path) => statSync(`${ROOT}${path}`).isFile())
    .map((path) => ({ path, text: readFileSync(`${ROOT}${path}`, 'utf8') }));
}

export function isTypeScript(path: string): boolean {
  return /\.tsx?$/.test(path);
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}

/** The TypeScript of the program itself: `src/` without its tests. */
export function programFiles(): SourceFile[] {
  return read(repositoryPaths().filter((path) => path.startsWith('src/') && isTypeScript(path) && !isTest(path)));
}

/** Parses a file, so that comments and sentences are not taken for code. */
export function parse(file: SourceFile): ts.SourceFile {
  const kind = file.path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true, kind);
}

/** Calls `visit` for every node of a file, in reading order. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

/** The line a node stands on, from 1. */
export function lineOf(node: ts.Node): number {
  const source = node.getSourceFile();
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

/** Breaches as a person reads them, one a line; empty when there are none. */
export function listed(breaches: readonly Breach[]): string[] {
  return breaches.map((breach) => `${breach.path}:${breach.line} ${breach.says}`);
}
