/** The key of an authenticator, shown until a code of it has been typed: as a picture to scan and as text to type. */
import { Button, ButtonLink, ErrorSummary } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { CodeField } from './CodeField.tsx';

export interface AuthenticatorKeyView {
  /** In groups of four. */
  key: string;
  /** Rows of the picture, true where it is dark. */
  qr: boolean[][];
  error?: string;
}

export function AuthenticatorKeyPage({ site, view }: { site: SiteView; view: AuthenticatorKeyView }) {
  return (
    <Layout site={site} title="Set up authenticator codes" noindex kind="form">
      <div class="page-head">
        <h1>Set up authenticator codes</h1>
        <p>Scan the picture with an authenticator app, or type the key into it. Then type the code that it shows.</p>
      </div>
      <ErrorSummary
        title="Codes are not on yet:"
        errors={view.error === undefined ? [] : [{ name: 'code', text: view.error }]}
      />
      <QrPicture modules={view.qr} />
      <p>
        The key: <code class="authenticator-key">{view.key}</code>
      </p>
      <form class="fields" method="post" action="/account/authenticator/confirmation">
        <CodeField error={view.error} alone />
        <div class="actions save">
          <Button look="primary">Turn codes on</Button>
          <ButtonLink href="/account/authenticator">Not now</ButtonLink>
        </div>
      </form>
    </Layout>
  );
}

/** Dark on light in both themes: cameras read it so. */
function QrPicture({ modules }: { modules: boolean[][] }) {
  const size = modules.length;
  const dark = modules.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg
      class="authenticator-qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="The key as a QR code; it stands as text below."
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dark} fill="#000" />
    </svg>
  );
}
