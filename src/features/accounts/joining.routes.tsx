/** The way in for newcomers. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm, type Form } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import {
  PSEUD_CHARACTERS,
  ruleSentences,
  siteRules,
  siteSettings,
  USERNAME_CHARACTERS,
  type Joining,
} from '../site/index.ts';
import { pseudProblem, SESSION_LONGEST_MS } from './account.ts';
import { isQueueOpen } from './queue.queries.ts';
import { readAddress } from '../../platform/mail/address.ts';
import { isInvitationGood } from './invitations.queries.ts';
import { join, type JoinRefusal } from './joining.actions.ts';
import { CodesPage } from './pages/CodesPage.tsx';
import { JoinPage, type JoinView } from './pages/JoinPage.tsx';
import { passwordProblem } from './password.ts';
import type { Door } from './passwords/door.ts';
import { signInNameProblem } from './sign-in-name.ts';
import { browserOf, neverKept, seeOther, SESSION_COOKIE, type ArchiveContext, type ArchiveEnv } from './web.ts';

const REFUSED: Record<Exclude<JoinRefusal, 'closed'>, JoinView['errors']> = {
  invitation: { invitation: 'This invitation is not good: it was used, withdrawn or mistyped, or it is too old.' },
  'name-taken': { name: 'This name is taken. Choose another to sign in with.' },
};
const NOTHING_TYPED: JoinView['values'] = {
  invitation: '',
  name: '',
  pseud: '',
  address: '',
  age: false,
  rules: false,
};

export function joiningRoutes(web: Hono<ArchiveEnv>, ground: Ground, door: Door): void {
  const { db, now, post } = ground;

  const show = async (
    c: ArchiveContext,
    status: 200 | 403 | 422 | 429,
    view: Pick<JoinView, 'values' | 'errors'>,
  ): Promise<Response> => {
    const { joining, minimumAge } = await siteSettings(db.reads);
    const rules = ruleSentences(await siteRules(db.reads));
    const queue = await isQueueOpen(db.reads, post !== null);
    const limits = { name: USERNAME_CHARACTERS.most, pseud: PSEUD_CHARACTERS };
    return showPage(
      c,
      <JoinPage site={c.var.site} view={{ joining, minimumAge, rules, limits, mail: post !== null, queue, ...view }} />,
      joining === 'closed' && status !== 200 ? 403 : status,
    );
  };

  web.get('/join', async (c) => {
    if (c.var.viewer.accountId !== null) return c.redirect('/account');
    const invitation = (c.req.query('invitation') ?? '').slice(0, 60);
    return show(c, 200, { values: { ...NOTHING_TYPED, invitation }, errors: {} });
  });

  web.post('/join', async (c) => {
    if (c.var.viewer.accountId !== null)
      return seeOther(c, '/account', {
        kind: 'refused',
        text: 'You have an account already, and are signed in to it.',
      });
    const form = await readForm(c);
    const values = readValues(form);
    if (post === null) values.address = '';
    const [password, confirmation] = [form.one('password') ?? '', form.one('confirmation') ?? ''];
    const { joining, minimumAge } = await siteSettings(db.reads);
    if (joining === 'closed') return show(c, 403, { values, errors: {} });
    const errors = problemsOf(values, password, confirmation, { joining, minimumAge });
    if (Object.keys(errors).length > 0) return show(c, 422, { values, errors });
    const wait = await door.network.take(c.var.network);
    if (wait !== null) return tooOften(c, values, wait);
    // Without an invitation nothing else is answered: neither whether a name is taken, nor with the work of a hash.
    if (joining === 'invitation' && !(await isInvitationGood(db.reads, now(), values.invitation)))
      return show(c, 422, { values, errors: REFUSED.invitation });
    const full = await door.joining.take(c.var.network);
    if (full !== null) return tooOften(c, values, full);
    const passwordHash = await door.passwords.hash(password);
    const joined = await db.writeUnlessRefused((tx) =>
      join(
        tx,
        now(),
        {
          name: values.name,
          pseud: values.pseud,
          invitation: values.invitation,
          address: readAddress(values.address),
          passwordHash,
        },
        browserOf(c),
      ),
    );
    if ('refusal' in joined)
      return show(c, 422, { values, errors: joined.refusal === 'closed' ? {} : REFUSED[joined.refusal] });
    c.var.cookies.set(c, SESSION_COOKIE, joined.token, SESSION_LONGEST_MS / 1000);
    return neverKept(
      showPage(
        c,
        <CodesPage
          site={{ ...c.var.site, viewer: { name: values.pseud, owner: false } }}
          view={{
            title: 'You have joined',
            codes: joined.codes,
            mail: post !== null,
            next: { href: '/', label: 'I have kept them' },
          }}
        />,
      ),
    );
  });

  const tooOften = (c: ArchiveContext, values: JoinView['values'], seconds: number) => {
    c.header('Retry-After', String(seconds));
    const wait = seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
    return show(c, 429, { values, errors: { name: `Many have joined from your network. Try again in ${wait}.` } });
  };
}

function readValues(form: Form): JoinView['values'] {
  return {
    invitation: (form.one('invitation') ?? '').trim().slice(0, 60),
    name: (form.one('name') ?? '').trim(),
    address: (form.one('address') ?? '').trim(),
    pseud: (form.one('pseud') ?? '').replace(/\s+/gu, ' ').trim(),
    age: form.one('age') === 'yes',
    rules: form.one('rules') === 'yes',
  };
}

function problemsOf(
  values: JoinView['values'],
  password: string,
  confirmation: string,
  { joining, minimumAge }: { joining: Joining; minimumAge: number },
): JoinView['errors'] {
  const wrong = {
    invitation: joining === 'invitation' && values.invitation === '' ? 'Type the code of your invitation.' : null,
    name: signInNameProblem(values.name),
    password: passwordProblem(password, [values.name, values.pseud]),
    confirmation: password === confirmation ? null : 'The two passwords are not the same.',
    pseud: pseudProblem(values.pseud),
    address:
      values.address === '' || readAddress(values.address) !== null
        ? null
        : 'That is no e-mail address. It looks like name@example.org; you can also give none.',
    age: values.age ? null : `Who joins is at least ${minimumAge} years old.`,
    rules: values.rules ? null : 'Who joins agrees to keep the rules.',
  };
  return Object.fromEntries(Object.entries(wrong).filter(([, sentence]) => sentence !== null));
}
