/** What the owner does with the archive as a whole: its name, its rules, the sample library. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import {
  may,
  pseudProblem,
  renameDefaultPseud,
  queueLength,
  seeOther,
  type ArchiveContext,
  type ArchiveEnv,
} from '../accounts/index.ts';
import {
  changeRules,
  changeSettings,
  INVITATIONS_EACH,
  JOINING,
  MINIMUM_AGE,
  PSEUD_CHARACTERS,
  QUEUE_EACH_DAY,
  SITE_DESCRIPTION_CHARACTERS,
  SITE_NAME_CHARACTERS,
  siteRules,
  siteSettings,
  type SiteSettings,
} from '../site/index.ts';
import { countSamples, restrictPostedWorks } from '../works/index.ts';
import { SettingsPage, type SettingsValues } from './pages/SettingsPage.tsx';

/** What hosting needs from the app. */
export interface HostingNeeds {
  /** Removes the sample library for good. @returns how many works that were. */
  removeSamples: () => Promise<number>;
}

export function hostingRoutes(web: Hono<ArchiveEnv>, ground: Ground, needs: HostingNeeds): void {
  const { db, now } = ground;

  const show = async (
    c: ArchiveContext,
    values: SettingsValues | null,
    errors: Partial<Record<keyof SettingsValues, string>>,
  ) => {
    const settings = await siteSettings(db.reads);
    const rules = await siteRules(db.reads);
    const samples = await countSamples(db.reads);
    return showPage(
      c,
      <SettingsPage
        site={c.var.site}
        view={{
          action: '/settings',
          values: values ?? {
            name: settings.name,
            description: settings.description,
            pseud: c.var.site.viewer?.name ?? '',
            refuseExplicit: rules.refusedRatings.has('explicit'),
            readersOnly: rules.registeredOnly,
            indexable: settings.indexed,
            noTraining: settings.noTraining,
            joining: settings.joining,
            minimumAge: String(settings.minimumAge),
            invitationsEach: String(settings.invitationsEach),
            invitationQueue: settings.invitationQueue,
            queueEachDay: String(settings.queueEachDay),
          },
          errors,
          limits: { name: SITE_NAME_CHARACTERS, description: SITE_DESCRIPTION_CHARACTERS, pseud: PSEUD_CHARACTERS },
          ...(ground.post === null ? {} : { queue: { waiting: await queueLength(db.reads) } }),
          ...(samples > 0 ? { samples: { works: samples, remove: { action: '/samples/removal' } } } : {}),
        }}
      />,
      Object.keys(errors).length > 0 ? 422 : 200,
    );
  };

  web.get('/settings', async (c) => (may(c.var.viewer, 'configure-site') ? show(c, null, {}) : c.notFound()));

  web.post('/settings', async (c) => {
    if (!may(c.var.viewer, 'configure-site')) return c.notFound();
    const form = await readForm(c);
    const settings = await siteSettings(db.reads);
    const line = (name: keyof SettingsValues) => (form.one(name) ?? '').replace(/\s+/gu, ' ').trim();
    const values: SettingsValues = {
      name: line('name'),
      description: line('description'),
      pseud: line('pseud'),
      refuseExplicit: form.one('refuseExplicit') !== undefined,
      readersOnly: form.one('readersOnly') !== undefined,
      indexable: form.one('indexable') !== undefined,
      noTraining: form.one('noTraining') !== undefined,
      joining: form.one('joining') ?? settings.joining,
      minimumAge: form.one('minimumAge')?.trim() ?? String(settings.minimumAge),
      invitationsEach: form.one('invitationsEach')?.trim() ?? String(settings.invitationsEach),
      // A form that did not show the queue leaves it as it is.
      invitationQueue:
        form.one('queueShown') === undefined ? settings.invitationQueue : form.one('invitationQueue') !== undefined,
      queueEachDay: form.one('queueEachDay')?.trim() ?? String(settings.queueEachDay),
    };
    const errors: Partial<Record<keyof SettingsValues, string>> = {};
    if (values.name === '') errors.name = 'An archive needs a name.';
    if (values.name.length > SITE_NAME_CHARACTERS)
      errors.name = `A name has at most ${SITE_NAME_CHARACTERS} characters.`;
    if (values.description.length > SITE_DESCRIPTION_CHARACTERS) {
      errors.description = `A description has at most ${SITE_DESCRIPTION_CHARACTERS} characters.`;
    }
    const wrongPseud = pseudProblem(values.pseud);
    if (wrongPseud !== null) errors.pseud = wrongPseud;
    const joining = readJoining(values, errors);
    if (joining === null || Object.keys(errors).length > 0) return show(c, values, errors);
    const accountId = c.var.viewer.accountId;
    if (accountId === null) return c.notFound();
    const answer = await db.writeUnlessRefused(async (tx) => {
      await changeRules(tx, now(), { explicitRefused: values.refuseExplicit, registeredOnly: values.readersOnly });
      if (values.readersOnly) await restrictPostedWorks(tx, now());
      await changeSettings(tx, now(), {
        name: values.name,
        description: values.description,
        indexed: values.indexable,
        noTraining: values.noTraining,
        ...joining,
      });
      return renameDefaultPseud(tx, now(), accountId, values.pseud);
    });
    if ('refusal' in answer) return show(c, values, { pseud: 'You have another pseud of this name already.' });
    return seeOther(c, '/settings', { kind: 'done', text: 'The settings are saved.' });
  });

  web.post('/samples/removal', async (c) => {
    if (!may(c.var.viewer, 'remove-samples')) return c.notFound();
    const removed = await needs.removeSamples();
    return seeOther(c, '/', {
      kind: 'done',
      text: `${removed} sample works are removed. The archive is yours to fill.`,
    });
  });
}

/** Who may join, from the form; null where something of it is wrong, with the sentence among the errors. */
function readJoining(
  values: SettingsValues,
  errors: Partial<Record<keyof SettingsValues, string>>,
): Pick<SiteSettings, 'joining' | 'minimumAge' | 'invitationsEach' | 'invitationQueue' | 'queueEachDay'> | null {
  const joining = JOINING.find((way) => way === values.joining);
  if (joining === undefined) errors.joining = 'Choose who may join.';
  const numberIn = (said: string, { least, most }: { least: number; most: number }) =>
    /^\d{1,4}$/.test(said) && Number(said) >= least && Number(said) <= most ? Number(said) : null;
  const minimumAge = numberIn(values.minimumAge, MINIMUM_AGE);
  if (minimumAge === null) errors.minimumAge = `An age from ${MINIMUM_AGE.least} to ${MINIMUM_AGE.most}.`;
  const invitationsEach = numberIn(values.invitationsEach, INVITATIONS_EACH);
  if (invitationsEach === null)
    errors.invitationsEach = `A number from ${INVITATIONS_EACH.least} to ${INVITATIONS_EACH.most}.`;
  const queueEachDay = numberIn(values.queueEachDay, QUEUE_EACH_DAY);
  if (queueEachDay === null) errors.queueEachDay = `A number from ${QUEUE_EACH_DAY.least} to ${QUEUE_EACH_DAY.most}.`;
  if (joining === undefined || minimumAge === null || invitationsEach === null || queueEachDay === null) return null;
  return { joining, minimumAge, invitationsEach, invitationQueue: values.invitationQueue, queueEachDay };
}
