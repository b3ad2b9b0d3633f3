/** What browser and archive say to each other about a passkey (WebAuthn). What does not hold is refused without a reason. */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import { z } from 'zod';
import type { RelyingParty } from './relying-party.ts';

/** A question is good for this long. */
export const CHALLENGE_MS = 5 * 60_000;

/** EdDSA, ES256, RS256: what devices have. */
const ALGORITHMS = [-8, -7, -257];

const base64url = z
  .string()
  .max(16_384)
  .regex(/^[\w-]*$/);
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;
const transportsShape = z.array(z.string()).transform((said) => TRANSPORTS.filter((one) => said.includes(one)));

const common = { id: base64url, rawId: base64url, type: z.literal('public-key') };
const registrationShape = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: transportsShape.optional(),
  }),
});
const assertionShape = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
});

export type Registration = z.infer<typeof registrationShape>;
export type Assertion = z.infer<typeof assertionShape>;

/** What the browser sent, read; null for what is nothing of the kind. */
export const readRegistration = (typed: string): Registration | null => readAs(registrationShape, typed);
export const readAssertion = (typed: string): Assertion | null => readAs(assertionShape, typed);

/** The question that an answer says it answers. It is compared with those that were asked. */
export function challengeIn(answer: { response: { clientDataJSON: string } }): string | null {
  const said = readAs(
    z.object({ challenge: base64url }),
    Buffer.from(answer.response.clientDataJSON, 'base64url').toString(),
  );
  return said?.challenge ?? null;
}

export interface NewPasskey {
  credentialId: string;
  /** COSE, in base64url. */
  publicKey: string;
  counter: number;
  transports: string[];
}

/** Asks a browser to make a passkey. `user.handle` is what the passkey calls the account; the name stays on the device. */
export async function askToRegister(
  party: RelyingParty,
  archive: string,
  user: { handle: string; name: string },
  challenge: string,
  known: readonly { credentialId: string; transports: string[] }[],
): Promise<object> {
  return generateRegistrationOptions({
    rpName: archive,
    rpID: party.id,
    userID: new Uint8Array(Buffer.from(user.handle, 'base64url')),
    userName: user.name,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout: CHALLENGE_MS,
    supportedAlgorithmIDs: ALGORITHMS,
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    // It finds the account by itself: nobody types a name.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** Asks a browser for any passkey of this archive. The device asks who holds it: a passkey stands for password and code. */
export async function askToSignIn(party: RelyingParty, challenge: string): Promise<object> {
  return generateAuthenticationOptions({
    rpID: party.id,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout: CHALLENGE_MS,
    userVerification: 'required',
  });
}

/**
 * Whether what is said of the maker of a device is nothing, or signed by the passkey itself. Every other kind brings
 * certificates, and checking those asks addresses that the sender has chosen. It throws for what is nothing of the kind.
 */
function isPlainAttestation(attestationObject: string): boolean {
  const said = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
  const format = said.get('fmt');
  return format === 'none' || (format === 'packed' && said.get('attStmt').get('x5c') === undefined);
}

/** @returns the passkey that was made for this archive in answer to a question, or null. */
export async function checkRegistration(
  party: RelyingParty,
  { response, ...said }: Registration,
  challenge: string,
): Promise<NewPasskey | null> {
  try {
    if (!isPlainAttestation(response.attestationObject)) return null;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        ...said,
        response: { clientDataJSON: response.clientDataJSON, attestationObject: response.attestationObject },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) return null;
    const { id, publicKey, counter } = registrationInfo.credential;
    return {
      credentialId: id,
      publicKey: Buffer.from(publicKey).toString('base64url'),
      counter,
      transports: response.transports ?? [],
    };
  } catch {
    return null;
  }
}

/** @returns the passkey's new counter, when it signed the answer to a question, for this archive; else null. */
export async function checkAssertion(
  party: RelyingParty,
  { response, ...said }: Assertion,
  challenge: string,
  passkey: { credentialId: string; publicKey: string; counter: number },
): Promise<number | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...said,
        response: {
          clientDataJSON: response.clientDataJSON,
          authenticatorData: response.authenticatorData,
          signature: response.signature,
        },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter,
      },
      requireUserVerification: true,
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    return null;
  }
}

function readAs<Shape extends z.ZodType>(shape: Shape, text: string): z.infer<Shape> | null {
  try {
    const read = shape.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
