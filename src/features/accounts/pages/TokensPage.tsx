/** One's own tokens for programs, and the form that makes one. */
import {
  ActionForm,
  Button,
  ButtonLink,
  CheckboxGroup,
  ErrorSummary,
  PasswordField,
  RadioGroup,
  TextField,
  type ChoiceView,
} from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { CodeField } from './CodeField.tsx';
import { KeyRows, type KeyRow } from './KeyRows.tsx';

export interface TokensView {
  tokens: (KeyRow & {
    /** In words. */
    scopes: string[];
    endsAt: number | null;
    ended: boolean;
    /** Path of the form that revokes it. */
    revoke: string;
  })[];
  values: { name: string; scopes: string[]; term: string };
  errors: Partial<Record<'name' | 'scopes' | 'term' | 'password' | 'code', string>>;
  scopes: ChoiceView[];
  terms: ChoiceView[];
  nameLimit: number;
  hasPassword: boolean;
  /** Whether signing in asks for a code: then making a token does, too. */
  asksForCode: boolean;
}

export function TokensPage({ site, view }: { site: SiteView; view: TokensView }) {
  // Without a password there is no form that an error could stand in.
  const errors = view.hasPassword ? view.errors : {};
  return (
    <Layout site={site} title="Tokens for programs" noindex kind="form">
      <div class="page-head">
        <h1>Tokens for programs</h1>
        <p>
          A token lets a program of yours use the archive’s interface as you. It never carries the rights of a moderator
          or of the owner. What the interface can do is written in <a href="/api/v1/openapi.json">openapi.json</a>.
        </p>
      </div>
      <ErrorSummary
        title="No token was made:"
        errors={(['name', 'scopes', 'term', 'password', 'code'] as const).flatMap((name) =>
          errors[name] ? [{ name, text: errors[name] }] : [],
        )}
      />
      {view.tokens.length > 0 && <Tokens site={site} tokens={view.tokens} />}
      <section class="account-part" aria-labelledby="new-token">
        <h2 id="new-token">Make a token</h2>
        {view.hasPassword ? <MakeToken view={view} /> : <p>Set a name and a password first.</p>}
      </section>
      <p class="after-form">
        <ButtonLink href="/account" small>
          Back to your account
        </ButtonLink>
      </p>
    </Layout>
  );
}

function MakeToken({ view }: { view: TokensView }) {
  const { errors, values } = view;
  return (
    <form class="fields" method="post" action="/account/tokens">
      <TextField
        name="name"
        label="Name"
        help="To know it again: what it is for."
        value={values.name}
        error={errors.name}
        maxLength={view.nameLimit}
      />
      <CheckboxGroup
        name="scopes"
        label="What it may do"
        values={values.scopes}
        choices={view.scopes}
        error={errors.scopes}
      />
      <RadioGroup
        name="term"
        label="How long it is good"
        value={values.term}
        choices={view.terms}
        error={errors.term}
      />
      <PasswordField name="password" label="Your password" error={errors.password} fill="current-password" />
      {view.asksForCode && <CodeField error={errors.code} />}
      <div class="actions save">
        <Button look="primary">Make a token</Button>
      </div>
    </form>
  );
}

function Tokens({ site, tokens }: { site: SiteView; tokens: TokensView['tokens'] }) {
  return (
    <section class="account-part" aria-labelledby="your-tokens">
      <h2 id="your-tokens">Your tokens</h2>
      <p>
        Changing your password leaves them as they are. A new password by a recovery code or by mail revokes them all.
      </p>
      <KeyRows
        site={site}
        rows={tokens}
        made="Made"
        about={(token) => token.scopes.join(' · ')}
        until={(token) =>
          token.endsAt === null ? (
            'Good until you revoke it'
          ) : (
            <>
              {token.ended ? 'Ended' : 'Ends'} <Time at={token.endsAt} site={site} />
            </>
          )
        }
        actions={(token) => (
          <ActionForm target={{ action: token.revoke }} label="Revoke" about={token.name} look="danger" small />
        )}
      />
    </section>
  );
}
