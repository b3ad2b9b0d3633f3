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
    LOG_LEVEL: 'debug',
    FANFOLD_SAMPLES: 'No',
  });
  expect(config).toEqual({
    port: 8080,
    host: '0.0.0.0',
    dataFolder: '/srv/archive',
    url: 'https://archive.example.org',
    databaseUrl: 'postgresql://fanfold@localhost/fanfold',
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
])('a wrong %s is named with what to type instead: %s', (name, value) => {
  const read = () => readConfig({ [name]: value });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(`${name} is "${value}", which cannot be used. It needs `);
  expect(read).toThrow(`like ${name}=`);
});

test('a wrong DATABASE_URL is named without being repeated: it can hold a password', () => {
  const read = () => readConfig({ DATABASE_URL: 'mysql://me:secret@localhost/fanfold' });
  expect(read).toThrow('DATABASE_URL is set to something that cannot be used. It needs ');
  expect(read).not.toThrow('secret');
});
