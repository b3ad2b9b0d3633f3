/**
 * Asking that nobody trains AI on what is sent: one request in the forms that crawlers are known to read. X-Robots-Tag with
 * `noai`, TDMRep (W3C community group, 2024), Content-Usage (IETF AIPREF, a draft) and Content-Signal (robots.txt). All of
 * them are requests; nothing here keeps anybody out.
 */

/** What `<meta name="robots">` and X-Robots-Tag say. */
export const NO_TRAINING = 'noai, noimageai';

/** Puts the request into the headers of an answer, beside what they say to search engines already. */
export function askNotToTrain(headers: Headers): void {
  const robots = headers.get('X-Robots-Tag');
  if (!robots?.includes(NO_TRAINING)) headers.set('X-Robots-Tag', robots ? `${robots}, ${NO_TRAINING}` : NO_TRAINING);
  headers.set('tdm-reservation', '1');
  headers.set('Content-Usage', 'train-ai=n');
}

/** Crawlers that say they gather text to train on, and that they keep to robots.txt. */
const TRAINERS = [
  'GPTBot',
  'ClaudeBot',
  'CCBot',
  'Google-Extended',
  'Applebot-Extended',
  'Amazonbot',
  'Bytespider',
  'meta-externalagent',
];

/** robots.txt: what crawlers may ask for, and what may be made of it. */
export function robotsText(said: { indexed: boolean; noTraining: boolean; closed: readonly string[] }): string {
  const rules = said.indexed ? said.closed.map((path) => `Disallow: ${path}\n`).join('') : 'Disallow: /\n';
  const signals = `Content-Signal: search=${said.indexed ? 'yes' : 'no'}, ai-train=no\nContent-Usage: train-ai=n\n`;
  const trainers = `\n${TRAINERS.map((name) => `User-agent: ${name}\n`).join('')}Disallow: /\n`;
  return `User-agent: *\n${said.noTraining ? signals : ''}${rules}${said.noTraining ? trainers : ''}`;
}

/** /.well-known/tdmrep.json: the same for the archive as a whole. */
export const TDM_RESERVATION = [{ location: '/', 'tdm-reservation': 1 }];
