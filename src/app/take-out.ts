/** Everything that is one account's, from all features, as one zip: made while it is sent, one file at a time. */
import type { Feature, TakenFile } from '../platform/feature.ts';
import type { Ground } from '../platform/ground.ts';
import { fileName } from '../platform/taken-row.ts';
import { writeZip } from '../platform/zip/zip-writer.ts';
import type { ArchiveEnv } from '../features/accounts/index.ts';
import { worksOf } from '../features/works/index.ts';
import { version } from './version.ts';

/** Of the way that files are laid out; told in README.txt, so that whoever reads them knows. */
const LAYOUT = 1;

export async function* takeOut(
  ground: Ground,
  features: readonly Feature<ArchiveEnv>[],
  accountId: number,
): AsyncGenerator<Uint8Array> {
  yield* writeZip(filesOf(ground, features, accountId), ground.now());
}

/** The files themselves, README.txt first. */
export async function* filesOf(
  ground: Ground,
  features: readonly Feature<ArchiveEnv>[],
  accountId: number,
): AsyncGenerator<TakenFile> {
  yield { path: 'README.txt', content: README };
  for (const feature of features) {
    if (feature.takeOut?.account) yield* feature.takeOut.account(ground, accountId);
  }
  for (const work of await worksOf(ground.db.reads, accountId)) {
    const folder = `works/${work.publicId}-${fileName(work.title)}`;
    for (const feature of features) {
      if (!feature.takeOut?.work) continue;
      for await (const file of feature.takeOut.work(ground, accountId, work.id))
        yield { ...file, path: `${folder}/${file.path}` };
    }
  }
}

const README = `Everything of yours that this archive keeps, taken out with Fanfold ${version} (layout ${LAYOUT}).

account.json           your account: the name you sign in with, roles, e-mail address, preferences,
                       invitations that you gave, devices that are signed in
pseuds/                a folder for each pseud: profile.json, profile.html, and the icon
skins/                 your work skins, as you typed them
gifts.json             works that were given to you
unsaved.json           what you typed and have not saved
imports/               the imports that you made
moderation.json        what you reported, and what you were told
works/                 a folder for each work, drafts and deleted ones too

In the folder of a work:
work.json              title, tags in your order, dates, state and settings, creators, and where it stands
summary.html, notes.html, end-notes.html
chapters/001/          a chapter: chapter.json, chapter.html as it is read, source.html, source.md or source.txt
                       as it was typed
chapters/001/revisions/    every version that was saved, one JSON each
series.json            the series it stands in
skin.json              the work skin it wears, where that is yours
gifts.json             for whom it is
related-works.json     what it goes back to
import.json, originals/    what it was imported from; rescues/ and updates/ where there are any

Times are in UTC (ISO 8601). Texts are UTF-8. JSON has the names that the archive uses itself, in camel case; "source" is
what was typed, "html" is what became of it, "rules" the version of the rules by which.
Passwords, recovery codes and the links of letters are in none of these files.
`;
