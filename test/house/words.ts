/**
 * The repository speaks of the project alone: no paths of a machine it was written on, no addresses of package hosts,
 * no numbers of a list of tasks that its reader does not have. (A story in `samples/` may number what it likes.)
 */
import type { Breach, SourceFile } from './source.ts';

const HOSTS = ['npmjs', 'yarnpkg', 'npmmirror', 'artifactory', 'verdaccio', 'nexus'];

/** Put together here, so that this file does not break its own rule. */
const FOREIGN: readonly (readonly [says: string, pattern: string])[] = [
  ['a folder of one machine', ['(?<![\\w.])/work', '(?:main|shared|\\.\\w+)\\b'].join('/')],
  ['a folder of one machine', '(?<![\\w.])/(?:home|Users)/[a-z][\\w-]*/'],
  ['a folder of one machine', '/tmp/' + '(?:bash_jobs|brief)'],
  [
    'a package host',
    `registry\\.(?:${HOSTS.join('|')})|(?:${HOSTS.slice(3).join('|')})\\.[a-z-]+\\.\\w+|"resolved"\\s*:\\s*"http`,
  ],
];

const ISSUE = /\bissues? #?\d+\b/i;

/** Every line that speaks of where the project was written rather than of the project. */
export function foreignWords(file: SourceFile): Breach[] {
  const forbidden = FOREIGN.map(([says, pattern]) => ({ says, pattern: new RegExp(pattern) }));
  if (!file.path.startsWith('samples/')) forbidden.push({ says: 'a task by its number', pattern: ISSUE });
  return file.text
    .split('\n')
    .flatMap((text, at) =>
      forbidden
        .filter(({ pattern }) => pattern.test(text))
        .map(({ says }) => ({ path: file.path, line: at + 1, says: `names ${says}` })),
    );
}
