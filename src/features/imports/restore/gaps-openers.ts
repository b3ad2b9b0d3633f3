/**
 * Openers of time and place: the words by which a story says that it goes on later, or elsewhere. `2` begins a scene
 * (“Three days later”, “Meanwhile”), `1` often begins a paragraph (“After”, “When”, “One day”), `0` neither. Word lists
 * for English, German, French, Spanish and Italian; other languages have none.
 */

const NUMBER =
  '(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty|some|several|many|' +
  'a few|(?:only |just |exactly |nearly |almost |about |over |barely )?a (?:few|couple(?: of)?|hundred)|half an?|\\d{1,4})';
const UNIT =
  '(?:seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|mornings?|summers?|winters?|decades?|moments?)';
const PART =
  '(?:morning|afternoon|evening|night|day|week|month|year|spring|summer|autumn|fall|winter|dawn|dusk|noon|midnight|midday|nightfall|daybreak|sunrise|sunset|twilight|weekend)';
const DAY =
  '(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Christmas(?: Eve| Day)?|New Year’s(?: Eve| Day)?|Halloween)';

const SCENES: Readonly<Record<string, RegExp>> = {
  en: new RegExp(
    `^(?:(?:${NUMBER} ${UNIT} (?:later|after(?:wards?)?|earlier)\\b)` +
      `|(?:(?:At|By|Around|Towards?|Before|Just (?:before|after)|Near) (?:dusk|dawn|noon|midnight|midday|nightfall|daybreak|sunrise|sunset|twilight|${NUMBER} o’clock)\\b)` +
      `|(?:(?:The|That|Early the|Late the|Later that|Early that|Late that|Early|Late|Later|By the|Before the) (?:next |following |same |very )(?:${PART}|${DAY})\\b)` +
      `|(?:(?:Later|Early|Late) (?:that|the next|in the|one) ${PART}\\b)` +
      `|(?:(?:The|On the) (?:next|following) ${PART}\\b)|(?:That ${PART}[, ])` +
      `|(?:(?:On|By) ${DAY}\\b)|(?:(?:In|By) the ${PART},)` +
      '|(?:Meanwhile\\b|Elsewhere\\b|Meantime\\b|In the mean ?time\\b|Some time (?:later|after(?:wards)?)\\b|Much later\\b|Later that\\b|Back (?:at|in) the\\b)' +
      ')',
    'iu',
  ),
  de: /^(?:Am (?:nächsten|folgenden|selben) (?:Tag|Morgen|Abend)\b|(?:Drei|Zwei|Einige|Wenige|Ein paar|\d+) (?:Minuten|Stunden|Tage|Wochen|Monate|Jahre) später\b|Eine (?:Minute|Stunde|Woche) später\b|Inzwischen\b|Unterdessen\b|In(?:zwischen| der Zwischenzeit)\b|Später am (?:Tag|Abend)\b|Bei (?:Sonnenaufgang|Einbruch)\b)/iu,
  fr: /^(?:Le lendemain\b|(?:Deux|Trois|Quelques|Plusieurs|\d+) (?:minutes|heures|jours|semaines|mois|ans) plus tard\b|Une (?:minute|heure|semaine) plus tard\b|Pendant ce temps\b|Plus tard\b|Ce soir-là\b|Cette nuit-là\b|À (?:l’aube|midi|minuit)\b)/iu,
  es: /^(?:Al día siguiente\b|(?:Dos|Tres|Unos|Unas|Varios|Varias|Pocos|\d+) (?:minutos|horas|días|semanas|meses|años) (?:después|más tarde)\b|Una (?:hora|semana) (?:después|más tarde)\b|Mientras tanto\b|Más tarde\b|Esa noche\b|Aquella noche\b|Al (?:amanecer|anochecer)\b)/iu,
  it: /^(?:Il giorno (?:dopo|seguente)\b|(?:Due|Tre|Alcuni|Alcune|Pochi|Poche|\d+) (?:minuti|ore|giorni|settimane|mesi|anni) dopo\b|Un’ora dopo\b|Nel frattempo\b|Intanto\b|Più tardi\b|Quella (?:notte|sera)\b|All’alba\b)/iu,
};

const OFTEN = new RegExp(
  `^(?:One ${PART}\\b|One day\\b|Once\\b|After\\b|When\\b|As soon as\\b|By the time\\b|Until\\b|Soon\\b|At last\\b|Finally\\b|Eventually\\b` +
    `|Afterwards?\\b|Later\\b|Then one\\b|Suddenly\\b|Presently\\b|During\\b|Before\\b|It was (?:late|early|nearly|almost|past|about|dark|a (?:cold|warm|hot|fine|dark))\\b` +
    `|In (?:January|February|March|April|May|June|July|August|September|October|November|December|\\d{4})\\b|${NUMBER} ${UNIT}\\b|Today\\b|Tonight\\b|Yesterday\\b|Now\\b|Next\\b)`,
  'iu',
);

const LONGEST = 48;

/** How strongly the words at the offset open a new time or place. `language` as a code such as `en` or `de-AT`. */
export function openerAt(text: string, at: number, language: string): 0 | 1 | 2 {
  const words = text.slice(at, at + LONGEST).replaceAll("'", '’');
  const scenes = SCENES[language.slice(0, 2)];
  if (scenes?.test(words) === true) return 2;
  return language.startsWith('en') && OFTEN.test(words) ? 1 : 0;
}
