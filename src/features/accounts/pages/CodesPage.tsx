/** Recovery codes, shown this once: the archive keeps hashes of them only. */
import { ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';

export interface CodesView {
  title: string;
  /** What else there is to say, a sentence or two each. */
  before?: string[];
  codes: string[];
  /** Whether the archive sends mail: a confirmed address is another way back in. */
  mail: boolean;
  next: { href: string; label: string };
}

export function CodesPage({ site, view }: { site: SiteView; view: CodesView }) {
  return (
    <Layout site={site} title={view.title} noindex kind="form" reportable={false}>
      <div class="page-head">
        <h1>{view.title}</h1>
        {view.before?.map((said) => (
          <p>{said}</p>
        ))}
        <p>
          Keep these recovery codes where you will find them: print them, or write them down. They are shown this once.
          If you lose your password, one of them and your name let you in. Each works once.
        </p>
      </div>
      <ol class="codes">
        {view.codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p>
        {view.mail
          ? 'Only to a confirmed e-mail address can a new password be sent: without one, and without a code or a device that is signed in, an account is lost.'
          : 'Nobody can send you a new password: without a code or a device that is signed in, an account is lost.'}
      </p>
      <div class="actions save">
        <ButtonLink href={view.next.href} look="primary">
          {view.next.label}
        </ButtonLink>
      </div>
    </Layout>
  );
}
