/** The labels of header blocks, in the languages that fandom kept them in, and which field each of them means. */

/** What a header field is; `credit` is kept with its label, `other` has no place. */
export type HeaderName =
  | 'title'
  | 'creators'
  | 'fandoms'
  | 'relationships'
  | 'cast'
  | 'characters'
  | 'rating'
  | 'warnings'
  | 'categories'
  | 'freeforms'
  | 'summary'
  | 'notes'
  | 'disclaimer'
  | 'credit'
  | 'series'
  | 'show'
  | 'status'
  | 'words'
  | 'published'
  | 'updated'
  | 'chapters'
  | 'language'
  | 'source'
  | 'email'
  | 'other';

/**
 * Labels by field, parted by `|`. Strong ones open a block: a log or a letter in a story also says “Date:” and “Status:”,
 * but not “Pairing:”.
 */
const STRONG: readonly (readonly [HeaderName, string])[] = [
  [
    'title',
    'title|story title|fic title|work title|titel|titre|título|titolo|название|заголовок|标题|標題|文名|篇名|题目|題目',
  ],
  [
    'creators',
    'author|authors|author name|authors name|writer|written by|penname|pen name|creator|creators|autor|autorin|autoren|' +
      'verfasser|verfasserin|auteur|auteure|auteurs|autrice|autora|autores|autore|autrici|автор|авторы|作者',
  ],
  ['fandoms', 'fandom|fandoms|фандом|фэндом|原作|同人'],
  [
    'relationships',
    'pairing|pairings|relationship|relationships|ship|ships|couple|couples|paar|paare|paarung|paarungen|pärchen|' +
      'pareja|parejas|emparejamiento|casal|casais|par|coppia|coppie|пейринг|пейринги|пэйринг|配对|配對|cp|主cp',
  ],
  [
    'cast',
    'pairing/characters|pairings/characters|characters/pairing|characters/pairings|character/pairing|' +
      'пейринг/персонажи|пейринг и персонажи|пэйринг и персонажи',
  ],
  [
    'characters',
    'characters|main characters|main character|charaktere|hauptcharaktere|personnages|personajes|personagens|personaggi|' +
      'персонажи|人物|角色|登场人物',
  ],
  [
    'rating',
    'rating|ratings|rated|age rating|einstufung|altersfreigabe|altersempfehlung|altersbeschränkung|classement|' +
      'clasificación|classificação|classificação etária|classificazione|raiting|рейтинг|分级|分級|级别',
  ],
  [
    'warnings',
    'warning|warnings|archive warning|archive warnings|content warning|content warnings|trigger warning|trigger warnings|' +
      'warnung|warnungen|avertissement|avertissements|advertencia|advertencias|aviso|avisos|alerta|alertas|avvertimento|' +
      'avvertimenti|avvertenze|предупреждение|предупреждения|警告|预警|預警',
  ],
  [
    'categories',
    'category|categories|kategorie|kategorien|catégorie|catégories|categoría|categorías|categoria|categorie|категория|категории|分类|分類',
  ],
  [
    'freeforms',
    'genre|genres|additional tags|freeforms|tags|keywords|classification|género|géneros|gênero|gêneros|genere|generi|' +
      'жанр|жанры|метки|类型|類型|标签|標籤|题材',
  ],
  [
    'summary',
    'summary|summery|synopsis|zusammenfassung|inhalt|inhaltsangabe|kurzbeschreibung|résumé|resumen|sumario|sinopsis|' +
      'resumo|sinopse|riassunto|sommario|саммари|краткое содержание|описание|аннотация|简介|簡介|文案|摘要|内容简介',
  ],
  [
    'disclaimer',
    'disclaimer|disclaimers|legal stuff|haftungsausschluss|rechtliches|avertissement légal|descargo|descargo de responsabilidad|' +
      'renuncia de derechos|aviso legal|isenção de responsabilidade|дисклеймер|дисклаймер|отказ от прав|免责声明|声明|聲明',
  ],
  [
    'credit',
    'archive|archiving|archive permission|distribution|feedback|beta|betas|beta reader|beta readers|betareader|betaed by|' +
      'beta read by|betad by|betaleser|betaleserin|bêta|bêta lectrice|beta lectora|бета|беты|spoiler|spoilers|' +
      'spoilerwarnung|spoiler warning|distribution statement|спойлеры|размещение|archivierung|archivage|архивирование|授权|转载|剧透',
  ],
];

const WEAK: readonly (readonly [HeaderName, string])[] = [
  ['title', 'story|story name'],
  ['creators', 'by|von|par|por|di'],
  ['characters', 'character|cast|personen|figuren|hauptpersonen|герои'],
  ['warnings', 'cw|tw|caution'],
  ['summary', 'description|blurb|teaser|trama|概要'],
  ['freeforms', 'tag|type|类别'],
  [
    'notes',
    'note|notes|author note|author notes|authors note|authors notes|a/n|an|a/ns|anmerkung|anmerkungen|bemerkung|' +
      'bemerkungen|anmerkung des autors|anmerkung der autorin|vorwort|note de lauteur|notes de lauteur|nda|nota|notas|' +
      'nota de la autora|notas de la autora|notas del autor|nota da autora|notas da autora|notas do autor|n/a|' +
      'note dellautore|note dellautrice|примечание|примечания|примечания автора|от автора|作者有话说|作者的话|备注|備註|说明',
  ],
  [
    'credit',
    'dedication|dedicated to|for|gift for|widmung|für|dédicace|dedicatoria|dedicatória|dedica|посвящение|献给|' +
      'reviews|comments|concrit|отзывы|rückmeldung|setting|set in|schauplatz|lieu|ambientação|ambientazione|место действия|背景|' +
      'timeline|time line|time frame|timeframe|continuity|zeitpunkt|zeitleiste|chronologie|cronología|cronologia|таймлайн|' +
      'время действия|时间线|challenge|prompt|prompts|recipient|request|thanks|thanks to|acknowledgements|acknowledgments|' +
      'credits|copyright|legal|sequel|sequel to|prequel|prequel to|crossover|soundtrack|translator|übersetzer|übersetzerin|' +
      'traducteur|traductrice|traductor|traductora|переводчик|译者|artist|inspired by|point of view|pov|season|episode|' +
      'codes|code|kinks|squicks|danksagung|remerciements|agradecimientos|благодарности|website|web site|homepage|home page|' +
      'webpage|web page|webseite|сайт|主页|part|parts|teil|partie|parte|часть',
  ],
  ['series', 'series|reihe|серия|цикл|系列'],
  ['show', 'serie|série|сериал'],
  ['status', 'status|complete|completed|statut|estado|stato|статус|状态|狀態|进度'],
  [
    'words',
    'words|word count|wordcount|wörter|wortanzahl|anzahl wörter|mots|nombre de mots|palabras|número de palabras|' +
      'palavras|número de palavras|parole|numero di parole|количество слов|слов|字数|字數',
  ],
  [
    'published',
    'date|date written|date posted|date published|published|posted|written|datum|veröffentlicht|date de publication|' +
      'publié|publié le|fecha|fecha de publicación|publicado|data|data de publicação|pubblicato|data di pubblicazione|' +
      'дата|дата публикации|опубликовано|日期|发表时间|發表時間',
  ],
  [
    'updated',
    'updated|last updated|author last updated|story last updated|revised|aktualisiert|mis à jour|actualizado|atualizado|aggiornato|обновлено|更新',
  ],
  ['chapters', 'chapters|chapter count|kapitel|chapitres|capítulos|capitoli|главы|章节|章節'],
  ['language', 'language|sprache|langue|idioma|lingua|язык|语言|語言'],
  ['source', 'url|link|story link|source|source url|original url|originally posted at|quelle|источник|原文地址'],
  // What newsgroups and mailing lists put above a story.
  ['other', 'newsgroups|subject|organization|message id|to|cc|reply to|betreff'],
  [
    'email',
    'email|e mail|mail|from|authors email|authors e mail|author email|author e mail|email address|e mail address|contact|' +
      'kontakt|courriel|adresse mail|correo|correo electrónico|почта|邮箱',
  ],
];

/** What a label means. */
export interface KnownLabel {
  name: HeaderName;
  /** Opens a block by itself; a weak label needs a strong one beside it. */
  strong: boolean;
}

const LABELS = new Map<string, KnownLabel>(
  [WEAK, STRONG].flatMap((table, strong) =>
    table.flatMap(([name, keys]) =>
      keys.split('|').map((key) => [labelKey(key), { name, strong: strong === 1 }] as const),
    ),
  ),
);

/** The longest known label, in words and in characters: how far back from a colon one has to look. */
export const LABEL_WORDS = 5;
export const LABEL_CHARACTERS = 42;

/** A label as written, without its colon and marks in; what it means out. Null for one nobody knows. */
export function knownLabel(written: string): KnownLabel | null {
  if (written.length > LABEL_CHARACTERS) return null;
  return LABELS.get(labelKey(written)) ?? null;
}

/** Case, accents, apostrophes, hyphens and "(s)" make no difference: "Author’s Notes", "PAIRING(S)", "E-Mail". */
function labelKey(written: string): string {
  return written
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}|['’ʼ´`]/gu, '')
    .replace(/\((?:s|es|e|n|en|in|innen)\)/g, 's')
    .replace(/\s*\([^()]{0,20}\)$/, '')
    .replace(/[\s_.-]+/g, ' ')
    .replace(/\s?\/\s?/g, '/')
    .replace(/(?<=\p{L})\/(?:s|n|en|in)$/u, 's')
    .trim();
}
