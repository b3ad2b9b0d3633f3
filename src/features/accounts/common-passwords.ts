/**
 * Passwords that everybody tries first, refused wherever one is chosen. Nobody else is asked: no password, and no piece
 * of one, leaves the archive. A short list and a few rules take in their usual dress: capitals, digits and signs around
 * them, `0` for `o`. Pure.
 */

/** Words that are no password however they are dressed: on their own, doubled, or with digits and signs around them. */
const WORDS = new Set(
  `
  password passwort passwd motdepasse contrasena contraseña senha parola haslo heslo wachtwoord losenord salasana
  geheim secret secreto changeme letmein welcome willkommen bienvenue bienvenido welkom login logon signin admin
  administrator administrador root toor guest user username test tester testing temp temporary default
  qwerty qwertz azerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qwaszx qweasd qweasdzxc asdf asdfasdf zaq
  iloveyou iloveu loveyou lovely love lover loveme teamo tequiero jetaime ichliebedich tiamo forever always
  princess prinzessin principessa princesa queen prince angel angels baby babygirl babyboy sweetheart sweety sweetie
  honey darling beautiful gorgeous cutie sunshine sunflower rainbow unicorn butterfly flower flowers rose summer
  winter spring autumn monday friday sunday january february march april june july august september october november
  december monkey dragon tiger lion panther eagle falcon phoenix wolf bear bunny kitty kitten puppy dolphin panda
  turtle penguin elephant cookie cookies chocolate cheese banana apple orange cherry pepper ginger coffee pizza
  football fussball futbol soccer baseball basketball hockey tennis golf rugby cricket liverpool arsenal chelsea
  barcelona juventus realmadrid yankees lakers cowboys steelers ferrari porsche mercedes mustang corvette harley
  yamaha honda toyota master superman batman spiderman ironman wolverine deadpool joker robin captain marvel avengers
  starwars startrek skywalker yoda vader jedi sith pokemon pikachu naruto sasuke goku dragonball onepiece zelda mario
  luigi sonic minecraft fortnite roblox warcraft starcraft halo matrix morpheus trinity neo gandalf frodo aragorn
  legolas hobbit sauron hogwarts gryffindor slytherin ravenclaw hufflepuff harrypotter potter hermione dumbledore
  snape voldemort quidditch sherlock sherlocked holmes watson johnlock doctorwho tardis dalek torchwood supernatural
  winchester impala castiel destiel merlin arthur camelot twilight edward bella hunger katniss peeta mockingjay
  percyjackson narnia aslan westeros stark lannister targaryen khaleesi winteriscoming gameofthrones lotr
  fanfic fanfics fanfiction fandom fandoms archive archiveofourown fanfold shipper otp slash kudos drabble
  michael jennifer jessica jordan michelle daniel thomas andrew joshua matthew anthony christopher robert william
  charlie george ashley amanda nicole natasha samantha elizabeth jasmine hannah sophie alexander alexandra sebastian
  benjamin maggie buster bailey shadow hunter killer ranger soldier trustno trustnoone whatever nothing something
  anything everything computer internet google facebook twitter tumblr youtube instagram spotify netflix microsoft
  windows samsung iphone android linux letmeinnow opensesame abracadabra blessed jesus jesuschrist christ godisgood
  heaven freedom liberty america canada england london paris berlin madrid roma mexico brasil india china australia
  newyork texas florida california hello hellokitty helloworld hallo bonjour hola ciao goodbye money dollar million
  lucky lucky seven thunder lightning silver golden diamond crystal purple yellow orange black white green blue
  red pink music guitar piano dancer dance metal metallica nirvana slipknot beatles rockstar rocknroll bigbang
  access hacker hacked ninja samurai pirate wizard magic mystery family friends friend bestfriend mother mommy daddy
  father sister brother grandma mylove myself mypassword mypass thepassword nopassword newpassword oldpassword yourpassword
  enter please correcthorsebatterystaple
  `
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Rows of a keyboard and of the alphabet: a walk along one is no password, and neither is one backwards. */
const ROWS = [
  '01234567890123456789',
  '1234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'a1b2c3d4e5f6g7h8i9',
  '!@#$%^&*()',
];
/** The shortest piece of a row that counts as a walk. */
const STEPS = 4;
/** Fewer different characters than this, and it is guessed however long it is. */
const DIFFERENT = 4;

/** Whether a password is among those that are tried first. */
export function isCommonPassword(password: string): boolean {
  const low = password.normalize('NFKC').toLowerCase();
  if (new Set(low).size < DIFFERENT || isRepeated(low)) return true;
  return [low, undressed(low)].some((text) => isWalk(text) || isWord(text));
}

/** `P4ssw0rd` as `password`. */
function undressed(low: string): string {
  const usual: Record<string, string> = {
    '0': 'o',
    '1': 'i',
    '3': 'e',
    '4': 'a',
    '5': 's',
    '7': 't',
    '@': 'a',
    $: 's',
  };
  return low.replace(/[013457@$]/g, (sign) => usual[sign] ?? sign);
}

/** The same few characters over and over: `abcabcabc`. */
function isRepeated(low: string): boolean {
  return /^(.{1,4})\1+$/su.test(low);
}

/** A word of the list, or two of them, with nothing but digits and signs around and between. */
function isWord(low: string): boolean {
  const parts = low.split(/[^\p{L}\p{M}]+/u).filter((part) => part !== '');
  const whole = parts.join('');
  if (whole === '') return isDate(low);
  if (WORDS.has(whole) || (parts.length <= 2 && parts.every((part) => WORDS.has(part)))) return true;
  const half = whole.slice(0, whole.length / 2);
  return half + half === whole && WORDS.has(half);
}

/** Eight digits or fewer, in groups: a birthday. */
function isDate(low: string): boolean {
  return low.replaceAll(/\D/g, '').length <= 8;
}

/** Walks along rows, one or more of them, with few characters left over: `qwerty12345`, `asdfghjkl!`. */
function isWalk(low: string): boolean {
  const rows = ROWS.flatMap((row) => [row, [...row].reverse().join('')]);
  let left = 0;
  for (let at = 0; at < low.length;) {
    const step = Math.max(...rows.map((row) => longestIn(row, low, at)));
    if (step < STEPS) left += 1;
    at += step < STEPS ? 1 : step;
  }
  return left <= 2;
}

/** How many characters of a text from a place on stand in a row one after the other. */
function longestIn(row: string, text: string, from: number): number {
  let length = 0;
  while (from + length < text.length && row.includes(text.slice(from, from + length + 1))) length += 1;
  return length;
}
