/** Everything that is one's own, as one file. */
import { Button } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';

export function TakeOutPage({ site, view }: { site: SiteView; view: { error: string | null } }) {
  return (
    <Layout site={site} title="Take everything out" noindex kind="form">
      <div class="page-head">
        <h1>Take everything out</h1>
        <p>
          It is yours. <a href="/account">Your account</a>
        </p>
      </div>
      {view.error && (
        <p class="error" role="alert">
          {view.error}
        </p>
      )}
      <div class="account-part">
        <p>
          You get one zip with open formats: for each work its description, tags and settings, every chapter as you
          typed it and as it is read, all earlier versions, and the files it was imported from; your pseuds with their
          profiles and icons, your preferences, work skins, gifts, texts that you have not saved, and the invitations
          that you gave. Drafts and deleted works that can still be taken back are in it.
        </p>
        <p>
          It holds all your pseuds side by side: whoever has the file knows that they are yours. Passwords and codes are
          not in it.
        </p>
        <form method="post" action="/account/take-out">
          <div class="actions">
            <Button look="primary">Download everything</Button>
          </div>
        </form>
      </div>
    </Layout>
  );
}
