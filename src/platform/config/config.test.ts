import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

test('nothing need be set', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    dataFolder: resolve('data'),
    url: null,
    databaseUrl: null,
    mail: null,
    logLevel: 'info',
    samples: true,
  });
});

test('an empty value counts as not set', () => {
  expect(readConfig({ PORT: '', FANFOLD_URL: '  ', DATABASE_URL: '' })).toEqual(readConfig({}));
});

test('everything can be set', () => {
  const config = readConfig({
    PORT: ' 8080 ',
    HOST: '0.0.0.0',
    FANFOLD_DATA: '/srv/archive',
    FANFOLD_URL: 'https://archive.example.org/',
    DATABASE_URL: 'postgresql://fanfold@localhost/fanfold',
    SMTP_URL: 'smtps://wren:four%20herons@mail.example.org',
    MAIL_FROM: 'The Archive <post@example.org>',
    LOG_LEVEL: 'debug',
    FANFOLD_SAMPLES: 'No',
  });
  expect(config).toEqual({
    port: 8080,
    host: '0.0.0.0',
    dataFolder: '/srv/archive',
    url: 'https://archive.example.org',
    databaseUrl: 'postgresql://fanfold@localhost/fanfold',
    mail: {
      server: {
        host: 'mail.example.org',
        port: 465,
        tls: 'always',
        signIn: { user: 'wren', password: 'four herons' },
      },
      from: { name: 'The Archive', address: 'post@example.org' },
      origin: 'https://archive.example.org',
    },
    logLevel: 'debug',
    samples: false,
  });
});

test.each([
  ['yes', true],
  ['TRUE', true],
  ['1', true],
  ['no', false],
  ['false', false],
  ['0', false],
])('FANFOLD_SAMPLES=%s is understood', (said, samples) => {
  expect(readConfig({ FANFOLD_SAMPLES: said }).samples).toBe(samples);
});

test.each([
  ['PORT', 'eighty'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '80.5'],
  ['FANFOLD_URL', 'archive.example.org'],
  ['FANFOLD_URL', 'ftp://archive.example.org'],
  ['FANFOLD_URL', 'https://archive.example.org/works'],
  ['FANFOLD_URL', 'https://archive.example.org/?page=1'],
  ['LOG_LEVEL', 'loud'],
  ['FANFOLD_SAMPLES', 'maybe'],
  ['MAIL_FROM', 'The Archive'],
  ['MAIL_FROM', 'a@example.org, b@example.org'],
])('a wrong %s is named with what to type instead: %s', (name, value) => {
  const read = () => readConfig({ [name]: value });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(`${name} is "${value}", which cannot be used. It needs `);
  expect(read).toThrow(`like ${name}=`);
});

test.each([
  ['DATABASE_URL', 'mysql://me:secret@localhost/fanfold'],
  ['SMTP_URL', 'https://me:secret@mail.example.org'],
  ['SMTP_URL', 'me:secret@mail.example.org'],
])('a wrong %s is named without being repeated: it can hold a password', (name, value) => {
  const read = () => readConfig({ [name]: value });
  expect(read).toThrow(`${name} is set to something that cannot be used. It needs `);
  expect(read).not.toThrow('secret');
});

test('mail needs a sender, and the address that its links lead to', () => {
  const SMTP_URL = 'smtp://mail.example.org';
  const MAIL_FROM = 'post@example.org';
  expect(() => readConfig({ SMTP_URL })).toThrow(/^SMTP_URL is set, and MAIL_FROM is not\. It needs .*MAIL_FROM=/);
  expect(() => readConfig({ SMTP_URL, MAIL_FROM })).toThrow(/FANFOLD_URL is not: .*like FANFOLD_URL=/);
  expect(readConfig({ MAIL_FROM }).mail).toBeNull();
});
