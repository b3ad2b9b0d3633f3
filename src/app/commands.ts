/** The command line: every command, its options, and what it says about itself. */
import { Command, Option } from 'commander';
import { readConfig } from '../platform/config/config.ts';
import { makeOwnerLink, ownerViewer } from '../features/accounts/index.ts';
import { indexCommand } from '../features/browse/index.ts';
import { importCommand } from '../features/imports/index.ts';
import { wholeWorkJson, type WorkJson } from '../features/reading/index.ts';
import type { Progress } from '../platform/backup/write.ts';
import { BackupRefused } from '../platform/backup/refusal.ts';
import { printErased } from '../platform/backup/erased-list.ts';
import { addressFor } from './addresses.ts';
import { allErased } from './erased.ts';
import { openGround, type OpenGround } from './ground.ts';
import { version } from './version.ts';

/** Opens the archive for one command and closes it again. */
async function withGround<T>(work: (ground: OpenGround) => Promise<T>): Promise<T> {
  const ground = await openGround(readConfig());
  try {
    return await work(ground);
  } finally {
    await ground.close();
  }
}

const collect = (value: string, before: string[] = []) => [...before, value];

export function archiveCommands(): Command {
  const program = new Command('fanfold')
    .description('An archive for fan fiction and other fanworks that a community, or one writer, runs for itself.')
    .version(version)
    .helpCommand('help [command]', 'list the commands, or say more about one')
    .showHelpAfterError('(./fanfold help lists the commands)')
    .addHelpText(
      'after',
      `
Settings are environment variables, none of them required:
  PORT (3000)  HOST (127.0.0.1)  FANFOLD_DATA (./data)  FANFOLD_URL  DATABASE_URL  LOG_LEVEL (info)  FANFOLD_SAMPLES (yes)`,
    );

  program
    .command('serve')
    .description('start the archive and print where it is')
    .action(async () => {
      const { serveArchive } = await import('./serve.ts');
      const { stdout } = process;
      const serving = await serveArchive(readConfig(), {
        say: (line) => stdout.write(`${line}\n`),
        isTTY: Boolean(stdout.isTTY),
      });
      await untilToldToStop();
      await serving.stop();
    });

  program
    .command('import')
    .description(
      'bring stories in: files, folders and zips of EPUB, HTML, Word, OpenDocument, RTF, Markdown or plain text',
    )
    .argument('<paths...>', 'files and folders; folders are read with all below them')
    .option('--dry-run', 'do all but write')
    .option('--post', 'post what has all it needs; without it everything becomes a draft')
    .option('--public', 'post for everybody; without it only registered readers see what others wrote')
    .option('--mine', 'you wrote these: the byline is your own pseud')
    .option('--join', 'files of one folder that are numbered alike (story-01, story-02) are chapters of one work')
    .option('--fandom <name>', 'for files that name no fandom; may be repeated', collect)
    .option('--rating <name>', 'for files that name no rating')
    .option('--warning <name>', 'for files that name no archive warning; may be repeated', collect)
    .option('--category <name>', 'for files that name no category; may be repeated', collect)
    .option('--language <code>', 'for files that name no language, like en or Español')
    .option('--creator <name>', 'for files that name no creator; may be repeated', collect)
    .option('--tag <name>', 'an additional tag for every file; may be repeated', collect)
    .addOption(new Option('--report <file>', 'write what became of each file to this file, as JSON'))
    .action(async (paths: string[], said: ImportFlags) => {
      process.exitCode = await withGround((ground) =>
        importCommand(
          ground,
          {
            paths,
            report: said.report ?? null,
            options: {
              post: said.post ?? false,
              public: said.public ?? false,
              mine: said.mine ?? false,
              dryRun: said.dryRun ?? false,
              join: said.join ?? false,
              sample: false,
              fandoms: said.fandom ?? [],
              rating: said.rating ?? null,
              warnings: said.warning ?? [],
              categories: said.category ?? [],
              freeforms: said.tag ?? [],
              language: said.language ?? null,
              creators: said.creator ?? [],
            },
          },
          process.stdout,
        ),
      );
    });

  program
    .command('show')
    .description('print one work whole, as its owner sees it')
    .argument('<id>', 'the id in the work’s address')
    .option('--json', 'as JSON, in the shape of /api/v1/works/{id}')
    .action(async (id: string, said: { json?: true }) => {
      await withGround(async (ground) => {
        const viewer = await ownerViewer(ground.db.reads);
        const work = viewer && (await wholeWorkJson(ground.db.reads, viewer, id, ground.config.url ?? ''));
        if (!work) {
          process.stderr.write(`There is no work ${id} here, or it is not yours to see.\n`);
          process.exitCode = 1;
          return;
        }
        process.stdout.write(said.json ? `${JSON.stringify(work, null, 2)}\n` : summaryOf(work));
      });
    });

  program
    .command('owner-link')
    .description('make a new link by which the owner signs in: good once, for 24 hours')
    .action(async () => {
      await withGround(async (ground) => {
        const token = await ground.db.write((tx) => makeOwnerLink(tx, ground.now()));
        process.stdout.write(`${addressFor(ground.config, ground.config.port)}/owner-links/${token}\n`);
      });
    });

  program
    .command('backup')
    .description('write everything the archive keeps into one file, while it runs, and read it again')
    .argument('<file>', 'the file to write; it is as secret as the archive')
    .option('--replace', 'replace the file when it is there already')
    .option('--verify', 'write nothing, but read a backup whole and compare every checksum')
    .action(async (file: string, said: { replace?: true; verify?: true }) => {
      const { backupCommand, verifyCommand } = await import('./backup.ts');
      const { say, progress, done } = telling('No backup was made.');
      if (said.verify) await verifyCommand(file, say, progress).finally(done);
      else
        process.exitCode = await backupCommand(readConfig(), file, said.replace ?? false, say, progress).finally(done);
    });

  program
    .command('restore')
    .description('make an archive of a backup, in an empty data folder and database')
    .argument('<file>', 'a file that ./fanfold backup has written')
    .option(
      '--erased <list>',
      'a list that ./fanfold erased has printed: what is in it stays erased; may be repeated',
      collect,
    )
    .action(async (file: string, said: { erased?: string[] }) => {
      const { restoreCommand } = await import('./restore.ts');
      const { say, progress, done } = telling('Nothing was restored.');
      await restoreCommand(readConfig(), file, said.erased ?? [], say, progress).finally(done);
    });

  program
    .command('erased')
    .description('print what was erased for good: ids and times, to be kept for a restore')
    .action(async () => {
      process.stdout.write(printErased(await withGround(allErased)));
    });

  const index = program.command('index').description('look after the index that lists are found by');
  for (const [ask, description] of INDEX_COMMANDS) {
    index
      .command(ask)
      .description(description)
      .option('--json', 'as JSON')
      .action(async (said: { json?: true }) => {
        const { stdout, stderr } = process;
        process.exitCode = await withGround((ground) =>
          indexCommand(ground, ask, said.json ?? false, {
            out: (text) => stdout.write(text),
            ...(stderr.isTTY ? { progress: (text) => stderr.write(`\r${text.padEnd(40)}\r`) } : {}),
          }),
        );
      });
  }

  return program;
}

/** How a long command speaks: progress on a terminal, and Ctrl-C, which leaves nothing half done behind. */
function telling(stopped: string): { say: (line: string) => void; progress: Progress; done: () => void } {
  const { stdout, stderr } = process;
  let isStopped = false;
  let shown = 0;
  const stop = () => {
    isStopped = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const clear = () => {
    if (shown > 0) stderr.write(`\r${' '.repeat(60)}\r`);
  };
  return {
    say: (line) => {
      clear();
      stdout.write(`${line}\n`);
    },
    progress: (doing, at, of) => {
      if (isStopped) throw new BackupRefused(`Stopped. ${stopped}`);
      if (!stderr.isTTY || performance.now() - shown < 200) return;
      shown = performance.now();
      stderr.write(`\r${`${doing}${of > 0 ? ` ${Math.floor((100 * at) / of)}%` : ''}`.padEnd(60)}`);
    },
    done: () => {
      clear();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
    },
  };
}

/** What can be done with the index. All of it also while a server runs, which then does it. */
const INDEX_COMMANDS = [
  ['status', 'what the index holds, how far behind the event log it is, its memory, its file, full text'],
  ['rebuild', 'make the index anew from the database; lists go on meanwhile, without counts'],
  ['verify', 'compare the index with the database, and exit with 1 on any difference'],
] as const;

interface ImportFlags {
  dryRun?: true;
  post?: true;
  public?: true;
  mine?: true;
  join?: true;
  fandom?: string[];
  rating?: string;
  warning?: string[];
  category?: string[];
  language?: string;
  creator?: string[];
  tag?: string[];
  report?: string;
}

function summaryOf(work: WorkJson): string {
  const chapters = work.chapters.map(
    (chapter) => `  ${chapter.position}. ${chapter.title || 'untitled'} (${chapter.words} words)`,
  );
  return [
    `${work.title} by ${work.creators.map((creator) => creator.name).join(', ') || 'nobody named'}`,
    `${work.rating ?? 'no rating'} · ${work.warnings.join(', ') || 'no warning'} · ${work.tags.fandom.join(', ') || 'no fandom'}`,
    `${work.words} words · ${work.chaptersPosted}/${work.chaptersPlanned ?? '?'} · ${work.state} · ${work.language ?? 'no language'}`,
    ...chapters,
    '(--json prints everything)',
    '',
  ].join('\n');
}

function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
