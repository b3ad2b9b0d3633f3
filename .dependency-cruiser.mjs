/**
 * Who may import whom. Each rule is named as the sentence that a person reads when it is broken; `levels.json` lists the
 * features from low to high, those in an inner list on one level. Tests stand outside: they may enter anywhere.
 *
 * A feature's folder holds *rooms* (the names in `test/house/rooms.json`, alone or after a word: `actions.ts`,
 * `chapter-actions.ts`, `tag-about.queries.ts`), folders, and *nouns*: every other file directly in it.
 */
import { readFileSync } from 'node:fs';

const json = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const levels = json('./levels.json');

const TEST = String.raw`\.(?:test|fixture)\.tsx?$`;
const ROOMS = json('./test/house/rooms.json');
const ROOM = String.raw`[^/]*\b(?:${ROOMS.join('|')})\.tsx?$`;
const NOUN = String.raw`(?!${ROOM})[^/]+(?<!\.client|\.test|\.fixture)\.ts$`;
/** Folders of pure steps: as pure as a noun, and too many for the feature's own folder. */
const STEPS = '(?:restore|filter|engine)/';
const WAYS_IN = String.raw`[^/]*\b(?:routes|api|feed|fediverse)\.tsx?$`;

/** Packages by name, found in node_modules or not. */
const packages = (...names) => `(?:^|node_modules/)(?:${names.join('|')})(?:/|$)`;
const DATABASES = packages('kysely', 'better-sqlite3', 'pg');
const OUTSIDE_WORLD = packages('kysely', 'better-sqlite3', 'pg', 'hono', '@hono', 'pino', 'preact', 'commander', '@clack', 'esbuild');
const THINKING_BUILTINS = '^(?:node:)?(?:crypto|path|url|util|buffer|string_decoder|assert)(?:/|$)';
/** Parts of the platform that reach nothing: they turn values into values. */
const PURE_PLATFORM = String.raw`^src/platform/(?:html/(?!cleaner)|time-zone\.ts$|db/(?:name-key|public-id|chunks)\.ts$)`;

const rule = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { ...from, pathNot: [TEST, from.pathNot ?? []].flat() },
  to,
});

const features = (names) => `^src/features/(?:${names.join('|')})/`;

/** For each level: nothing above it, and no neighbour on it, may be imported from it. */
const levelRules = levels.map((level) => [level].flat()).flatMap((level, at, all) => {
  const above = all.slice(at + 1).flat();
  const up = above.length === 0 ? [] : [rule('Nothing reaches up a level', { path: features(level) }, { path: features(above) })];
  const across = level.length < 2 ? [] : level.map((name) =>
    rule(
      'Features on one level do not know each other',
      { path: features([name]) },
      { path: features(level.filter((other) => other !== name)) },
    ),
  );
  return [...up, ...across];
});

export default {
  forbidden: [
    ...levelRules,
    rule('Nothing reaches up a level', { path: '^src/ui/' }, { path: '^src/features/' }),
    rule('The platform knows no feature', { path: '^src/platform/' }, { path: '^src/(?:ui|features)/' }),
    rule(
      'Nothing imports app',
      { path: '^(?:src|migrations)/', pathNot: String.raw`^src/(?:app/|main\.ts$)` },
      { path: String.raw`^src/(?:app/|main\.ts$)` },
      'The app puts the parts together; what must go up to it is handed to it.',
    ),
    rule('The ui knows no table', { path: '^src/ui/' }, { path: [DATABASES, '^src/platform/(?:db|events|jobs)/'] }),
    rule(
      'Another feature is entered by its index.ts',
      { path: '^src/features/([^/]+)/' },
      { path: '^src/features/', pathNot: ['^src/features/$1/', String.raw`^src/features/[^/]+/index\.ts$`] },
    ),
    rule(
      'Another feature is entered by its index.ts',
      { path: String.raw`^src/(?:app/|main\.ts$)` },
      { path: '^src/features/', pathNot: String.raw`^src/features/[^/]+/(?:index|feature)\.tsx?$` },
      'The app mounts a feature by its feature.ts.',
    ),
    rule(
      'A noun is pure',
      { path: `^src/features/([^/]+)/${NOUN}` },
      { path: [OUTSIDE_WORLD, '^src/ui/', `^src/features/$1/(?!${STEPS})[^/]+/`, `^src/features/$1/${ROOM}`] },
      'A noun holds types, states, limits and rules. It imports other nouns; what reads or writes has a room of its own.',
    ),
    rule(
      'A noun is pure',
      { path: `^src/features/([^/]+)/${NOUN}` },
      { dependencyTypes: ['core'], pathNot: THINKING_BUILTINS },
    ),
    rule(
      'A noun is pure',
      { path: `^src/features/([^/]+)/${NOUN}` },
      { path: '^src/platform/', pathNot: PURE_PLATFORM, dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'A noun is pure',
      { path: `^src/features/([^/]+)/${STEPS}` },
      { path: [OUTSIDE_WORLD, '^src/ui/', '^src/features/$1/(?:pages|pipeline)/', `^src/features/$1/${ROOM}`] },
    ),
    rule(
      'A page takes its data as props',
      { path: '^src/features/([^/]+)/pages/', pathNot: String.raw`\.client\.ts$` },
      {
        pathNot: [
          '^src/ui/',
          '^src/features/$1/pages/',
          `^src/features/$1/${NOUN}`,
          `^src/features/$1/${STEPS}`,
          String.raw`^src/features/(?!$1/)[^/]+/index\.ts$`,
          packages('preact', '@types/preact'),
        ],
      },
    ),
    rule(
      'A route does not ask the database',
      { path: `^src/features/[^/]+/${WAYS_IN}` },
      { path: [DATABASES, String.raw`^src/features/[^/]+/[^/]*\btables\.ts$`] },
      'A way in parses, calls one query or action, and answers.',
    ),
    rule(
      'A route does not ask the database',
      { path: `^src/features/[^/]+/${WAYS_IN}` },
      { path: '^src/platform/db/', pathNot: PURE_PLATFORM, dependencyTypesNot: ['type-only'] },
    ),
    rule('No cycles', {}, { circular: true }),
    rule(
      'Test files are not imported by the program',
      { path: '^(?:src|migrations)/' },
      { path: [TEST, '^(?:test|bench|build)/'] },
    ),
    rule(
      'The program runs without development packages',
      { path: '^(?:src|migrations)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm', 'npm-optional'] },
    ),
    rule(
      'A migration stands on its own',
      { path: '^migrations/' },
      { path: '^src/', pathNot: '^src/platform/db/' },
      'It must do the same in ten years, whatever the features have become.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Imports of types count too.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.d.ts'],
    },
  },
};
