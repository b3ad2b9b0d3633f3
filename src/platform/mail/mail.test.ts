/** Letters as a real server receives them, addresses, and what a host says of mail. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mailServer } from '../../../test/post.ts';
import { Hopeless } from '../jobs/hopeless.ts';
import { addressKey, mailboxKey, readAddress } from './address.ts';
import { writeLetter } from './letter.ts';
import { openPost } from './post.ts';
import { readMailServer, readSender } from './settings.ts';

describe('addresses', () => {
  test.each([
    ['wren@example.org', 'wren@example.org'],
    ['  Wren.Bird+news@Example.ORG ', 'Wren.Bird+news@example.org'],
    ['o’wren@example.org', null],
    ["o'wren@example.org", "o'wren@example.org"],
    ['wren@bücher.example', 'wren@xn--bcher-kva.example'],
    ['wren@example', null],
    ['wren@127.0.0.1', null],
    ['wren@[127.0.0.1]', null],
    ['wren@example.org, finch@example.org', null],
    ['wren@example.org\r\nBcc: finch@example.org', null],
    ['"wren\\r\\nBcc: x"@example.org', null],
    ['<wren@example.org>', null],
    ['Wren <wren@example.org>', null],
    ['wren@finch@example.org', null],
    ['.wren@example.org', null],
    ['wren..bird@example.org', null],
    [`${'a'.repeat(65)}@example.org`, null],
    [`wren@${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`, null],
    ['@example.org', null],
    ['wren', null],
    ['', null],
  ])('%j is read as %j', (typed, address) => {
    expect(readAddress(typed)).toBe(address);
  });

  test('whatever is typed, what is taken has one "@", no space, no control character and no comma', () => {
    const typed = fc.oneof(fc.string(), fc.emailAddress(), fc.stringMatching(/^[a-z"<>\r\n,;:@.\\ ]{0,30}$/));
    fc.assert(
      fc.property(typed, (text) => {
        const address = readAddress(text);
        expect(address ?? 'none@example.org').toMatch(/^[!-+\--9=?A-Z^-~]+@[a-z0-9.-]+$/);
      }),
    );
  });

  test('one mailbox has one place in a queue, and two people are never one account', () => {
    expect(mailboxKey('Wren.Bird+x@googlemail.com')).toBe('wrenbird@gmail.com');
    expect(mailboxKey('wren.bird+x@example.org')).toBe('wren.bird@example.org');
    expect(mailboxKey('+x@example.org')).toBe('+x@example.org');
    expect(addressKey('Wren+X@Example.org')).toBe('wren+x@example.org');
  });
});

describe('settings', () => {
  test.each([
    ['smtp://mail.example.org', { host: 'mail.example.org', port: 587, tls: 'upgrade', signIn: null }],
    ['smtps://mail.example.org', { port: 465, tls: 'always' }],
    ['smtp://wren:p%40ss%3A@mail.example.org:25', { port: 25, signIn: { user: 'wren', password: 'p@ss:' } }],
    ['smtp://localhost:25', { tls: 'never' }],
    ['smtp://127.0.0.1', { tls: 'never' }],
    ['smtp://[::1]:25', { host: '::1', tls: 'never' }],
    ['smtp://relay.lan?tls=no', { tls: 'never' }],
    ['smtp://localhost?tls=yes', { tls: 'upgrade' }],
  ])('%s is understood', (text, server) => {
    expect(readMailServer(text)).toMatchObject(server);
  });

  test.each([
    'mail.example.org',
    'https://mail.example.org',
    'smtp://',
    'smtp://%zz@a.example',
    'smtps://a.example?tls=no',
    'smtp://a.example/x',
    'smtp://a.example?x=y',
  ])('%s is no mail server', (text) => {
    expect(readMailServer(text)).toBeNull();
  });

  test.each([
    ['post@example.org', { name: '', address: 'post@example.org' }],
    ['The Archive <post@example.org>', { name: 'The Archive', address: 'post@example.org' }],
    ['"Archive, the" <post@example.org>', { name: 'Archive, the', address: 'post@example.org' }],
    ['The Archive', null],
    ['a@example.org <b@example.org> c', null],
    ['The\nArchive <post@example.org>', null],
  ])('%j as a sender', (text, sender) => {
    expect(readSender(text)).toEqual(sender);
  });
});

describe('a letter', () => {
  test('says the same as text and as HTML, and nothing in it is fetched', () => {
    const written = writeLetter({
      subject: 'Hello',
      parts: ['It’s <b>here</b> & "there"', { link: 'https://archive.example/a?b=1&c=2' }, { code: 'k3m9x-2q4zt' }],
    });
    expect(written.text).toBe('It’s <b>here</b> & "there"\n\nhttps://archive.example/a?b=1&c=2\n\nk3m9x-2q4zt\n');
    expect(written.html).toContain('It’s &lt;b&gt;here&lt;/b&gt; &amp; &quot;there&quot;');
    expect(written.html).toContain('<a href="https://archive.example/a?b=1&amp;c=2">');
    expect(written.html).not.toMatch(/<(?:img|link|script|style|iframe)|src=|url\(/i);
  });

  test('stays on its lines, whatever stands in it', () => {
    const hostile = fc.string({ unit: fc.constantFrom('\r', '\n', '\u2028', '\0', '<', '"', 'a', ' ', ':') });
    fc.assert(
      fc.property(hostile, hostile, (subject, part) => {
        const written = writeLetter({ subject, parts: [part, { code: part }] });
        expect(written.subject).not.toMatch(/[\p{Cc}\u2028]/u);
        expect(written.text.split('\n')).toHaveLength(4);
        expect(written.html).not.toMatch(/<p>[^\n]*<a\b/);
      }),
    );
  });
});

describe('at a mail server', () => {
  const LETTER = { subject: 'Grüße: ein Brief', parts: ['Es regnet — “noch immer”.', { link: 'http://localhost/x' }] };

  test('arrives whole, with two parts, and says nothing of who and where', async () => {
    const server = await mailServer({ user: 'wren', password: 'four herons' });
    const post = openPost(server.settings, Date.now);
    await post.send('wren@example.org', LETTER);
    post.close();
    const [letter] = server.letters;
    expect(letter).toMatchObject({ from: 'post@archive.example', to: ['wren@example.org'], subject: LETTER.subject });
    expect(letter?.text).toBe('Es regnet — “noch immer”.\n\nhttp://localhost/x');
    expect(letter?.html).toContain('<p>Es regnet — “noch immer”.</p>');
    expect(letter?.headers.get('from')).toEqual(['The Archive <post@archive.example>']);
    expect(letter?.headers.get('to')).toEqual(['wren@example.org']);
    expect(letter?.headers.get('message-id')?.[0]).toMatch(/^<[0-9a-f-]{36}@archive\.example>$/);
    expect(letter?.headers.get('auto-submitted')).toEqual(['auto-generated']);
    expect([...(letter?.headers.keys() ?? [])].toSorted()).toEqual(
      [
        'auto-submitted',
        'content-type',
        'date',
        'from',
        'message-id',
        'mime-version',
        'subject',
        'to',
        'x-auto-response-suppress',
      ].toSorted(),
    );
  });

  test('no word begins a header or finds another recipient', async () => {
    const server = await mailServer();
    const post = openPost(server.settings, Date.now);
    const evil = 'Hello\r\nBcc: finch@example.org\r\n\r\nA body';
    await post.send('wren@example.org', { subject: evil, parts: [evil, { link: evil }, { code: '.\r\nRSET' }] });
    post.close();
    expect(server.letters).toHaveLength(1);
    expect(server.letters[0]?.to).toEqual(['wren@example.org']);
    expect(server.letters[0]?.headers.has('bcc')).toBe(false);
    expect(server.letters[0]?.subject).toBe('Hello Bcc: finch@example.org A body');
  });

  test.each([
    [550, true],
    [451, false],
  ])('a recipient that is refused with %d is given up: %s; the address is in no word of it', async (code, forGood) => {
    const server = await mailServer();
    server.refusal = { code, words: 'wren@example.org is not here' };
    const post = openPost(server.settings, Date.now);
    const failure = await post.send('wren@example.org', LETTER).then(
      () => null,
      (error: unknown) => error,
    );
    post.close();
    expect(failure instanceof Hopeless).toBe(forGood);
    expect(String(failure)).toContain(String(code));
    expect(failure instanceof Error ? `${failure.stack} ${String(failure.cause)}` : '').not.toContain('wren');
  });

  test('a wrong password is said without it, and tried again: a host can mend it', async () => {
    const server = await mailServer({ user: 'wren', password: 'four herons' });
    server.settings.server.signIn = { user: 'wren', password: 'lanterns' };
    const post = openPost(server.settings, Date.now);
    const failure = await post.send('wren@example.org', LETTER).catch((error: unknown) => error);
    post.close();
    expect(failure).not.toBeInstanceOf(Hopeless);
    expect(String(failure)).toMatch(/535 \(EAUTH\)/);
    expect(String(failure)).not.toContain('lanterns');
  });

  test('a server that is down is left alone for a while', async () => {
    const server = await mailServer();
    await server.stop();
    let now = 0;
    const post = openPost(server.settings, () => now);
    await expect(post.send('wren@example.org', LETTER)).rejects.toThrow(/was not reached/);
    await server.start();
    await expect(post.send('wren@example.org', LETTER)).rejects.toThrow(/a moment ago/);
    now += 30_000;
    await post.send('wren@example.org', LETTER);
    post.close();
    expect(server.letters).toHaveLength(1);
  });

  test('a server that offers no encryption is told nothing, unless the host allows it', async () => {
    const server = await mailServer({ user: 'wren', password: 'four herons' });
    server.settings.server.tls = 'upgrade';
    const post = openPost(server.settings, Date.now);
    await expect(post.send('wren@example.org', LETTER)).rejects.toThrow(/not reached|answered/);
    post.close();
    expect(server.letters).toHaveLength(0);
  });
});
