/** One's preferences: a page and its form. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { readForm } from '../../platform/http/form.ts';
import { timeZones } from '../../platform/time-zone.ts';
import { showPage } from '../../ui/show.ts';
import { NOTES_CHARACTERS } from '../site/index.ts';
import { mailAddressOf } from './addresses.queries.ts';
import { PreferencesPage, type PreferencesErrors, type PreferencesValues } from './pages/PreferencesPage.tsx';
import { choosePreferences } from './preferences.actions.ts';
import { chosenFrom, preferencesValues, readPreferencesForm } from './preferences.form.ts';
import { INTERFACE_LANGUAGES } from './preferences.ts';
import { defaultPseud } from './queries.ts';
import { seeOther, type ArchiveContext, type ArchiveEnv } from './web.ts';

/** What preferences need from above: the languages that works are written in. */
export interface PreferencesNeeds {
  workLanguages: (handle: Handle) => Promise<{ code: string; name: string }[]>;
}

export function preferencesRoutes(web: Hono<ArchiveEnv>, ground: Ground, needs: PreferencesNeeds): void {
  const { db, now } = ground;

  /** Whether letters come, and what is lacking. */
  const mailFor = async (accountId: number) => {
    if (ground.post === null) return 'none';
    return (await mailAddressOf(db.reads, accountId)) === null ? 'no-address' : 'on';
  };

  const show = async (
    c: ArchiveContext,
    accountId: number,
    values: PreferencesValues,
    errors: PreferencesErrors = {},
  ) => {
    const known = await needs.workLanguages(db.reads);
    return showPage(
      c,
      <PreferencesPage
        site={c.var.site}
        view={{
          values,
          errors,
          languages: INTERFACE_LANGUAGES.map(({ code, name }) => ({ value: code, label: name })),
          timeZones,
          workLanguages: known.map(({ code, name }) => ({ value: code, label: name, lang: code })),
          pseud: (await defaultPseud(db.reads, accountId)).name,
          mail: await mailFor(accountId),
          limits: { notes: NOTES_CHARACTERS },
        }}
      />,
      Object.keys(errors).length > 0 ? 422 : 200,
    );
  };

  web.get('/account/preferences', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.redirect('/sign-in?return=/account/preferences');
    return show(c, accountId, preferencesValues(c.var.preferences));
  });

  web.post('/account/preferences', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const values = readPreferencesForm(await readForm(c));
    const known = await needs.workLanguages(db.reads);
    const read = chosenFrom(
      values,
      known.map((one) => one.code),
    );
    if ('errors' in read) return show(c, accountId, values, read.errors);
    await db.write((tx) => choosePreferences(tx, now(), accountId, read.chosen));
    return seeOther(c, '/account/preferences', { kind: 'done', text: 'Your preferences are saved.' });
  });
}
