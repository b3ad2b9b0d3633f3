/** What runs where somebody signs in, or looks at their passkeys. */
import './passkey-add.ts';
import './passkey-sign-in.ts';
