/** A device that holds passkeys, in software: it makes them and signs as an authenticator does (WebAuthn, none attestation, ES256). */
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

const USER_PRESENT = 1;
const USER_VERIFIED = 4;
const HAS_KEY = 64;

interface Made {
  id: Buffer;
  key: KeyObject;
  user: string;
}

export interface Device {
  /** Answers the archive's question for a new passkey, as the browser at `origin` sends it. */
  register(options: RegistrationQuestion, origin: string, more?: MadeTwist): string;
  /** Answers the archive's question of who signs in. */
  assert(options: { challenge: string; rpId?: string }, origin: string, more?: Twist): string;
}

interface RegistrationQuestion {
  challenge: string;
  rp: { id?: string };
  user: { id: string };
}

/** What is not as it should be of a passkey that is made. */
export interface MadeTwist {
  /** What it says of its maker, with a certificate or without; the signature is none. */
  attestation?: { format: string; certificate: boolean };
  /** The device did not ask who holds it. */
  unverified?: boolean;
}

/** What is not as it should be. */
export interface Twist {
  /** The counter that it says. */
  counter?: number;
  /** What it calls the account. */
  user?: string;
  id?: string;
  rpId?: string;
  type?: string;
  /** The device did not ask who holds it. */
  unverified?: boolean;
}

export function softDevice(): Device {
  let made: Made | null = null;
  let counter = 0;
  return {
    register({ challenge, rp, user }, origin, { attestation, unverified = false } = {}) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const id = createHash('sha256').update(challenge).digest();
      made = { id, key: privateKey, user: user.id };
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const cose = Buffer.concat([
        Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32]),
        Buffer.from(x, 'base64url'),
        Buffer.from([0x22, 0x58, 32]),
        Buffer.from(y, 'base64url'),
      ]);
      const data = Buffer.concat([
        authenticatorData(rp.id ?? '', (unverified ? USER_PRESENT : USER_PRESENT | USER_VERIFIED) | HAS_KEY, 0),
        Buffer.alloc(16),
        Buffer.from([0, id.length]),
        id,
        cose,
      ]);
      const object = Buffer.concat([
        Buffer.from([0xa3]),
        cborText('fmt'),
        cborText(attestation?.format ?? 'none'),
        cborText('attStmt'),
        attestation?.certificate ? ONE_CERTIFICATE : Buffer.from([0xa0]),
        cborText('authData'),
        Buffer.from([0x59, data.length >> 8, data.length & 255]),
        data,
      ]);
      return answer(id, {
        clientDataJSON: clientData('webauthn.create', challenge, origin),
        attestationObject: object.toString('base64url'),
        transports: ['internal'],
      });
    },
    assert({ challenge, rpId }, origin, twist = {}) {
      if (!made) throw new Error('This device has no passkey.');
      counter = twist.counter ?? counter + 1;
      const data = authenticatorData(
        twist.rpId ?? rpId ?? '',
        twist.unverified ? USER_PRESENT : USER_PRESENT | USER_VERIFIED,
        counter,
      );
      const client = clientData(twist.type ?? 'webauthn.get', challenge, origin);
      const hash = createHash('sha256').update(Buffer.from(client, 'base64url')).digest();
      const signature = sign('sha256', Buffer.concat([data, hash]), made.key);
      return answer(twist.id === undefined ? made.id : Buffer.from(twist.id), {
        clientDataJSON: client,
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: twist.user ?? made.user,
      });
    },
  };
}

function answer(id: Buffer, response: Record<string, unknown>): string {
  const said = id.toString('base64url');
  return JSON.stringify({ id: said, rawId: said, type: 'public-key', response, clientExtensionResults: {} });
}

function clientData(type: string, challenge: string, origin: string): string {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url');
}

function authenticatorData(rpId: string, flags: number, counter: number): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
}

/** `{ x5c: [a byte] }`. */
const ONE_CERTIFICATE = Buffer.concat([Buffer.from([0xa1]), cborText('x5c'), Buffer.from([0x81, 0x41, 0])]);
