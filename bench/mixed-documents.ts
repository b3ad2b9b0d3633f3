/** A story as a word processor keeps it: Word's DOCX, OpenDocument, and RTF. */
import { makeZip } from '../src/platform/zip/zip.fixture.ts';
import { escaped, type Story } from './story-files.ts';

interface Run {
  text: string;
  italic: boolean;
  bold: boolean;
}

/** A paragraph of the corpus as runs of one look; a break between lines is a line feed. Markup stays escaped. */
function runsOf(html: string): Run[] {
  const runs: Run[] = [];
  let italic = false;
  let bold = false;
  for (const [piece] of html.matchAll(/<[^>]*>|[^<]+/g)) {
    if (/^<\/?em/.test(piece)) italic = !piece.startsWith('</');
    else if (/^<\/?strong/.test(piece)) bold = !piece.startsWith('</');
    else if (piece.startsWith('<br')) runs.push({ text: '\n', italic, bold });
    else if (!piece.startsWith('<')) runs.push({ text: piece.replace(/\s+/g, ' '), italic, bold });
  }
  return runs;
}

const headings = (story: Story, at: number): string[] => (story.chapters.length > 1 ? [`Chapter ${at + 1}`] : []);

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const WORD_STYLES = `<w:styles ${W}><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style></w:styles>`;

/** As Word saves it: fonts and sizes on every run, ids of its revisions on every paragraph. */
export function inventedDocx(story: Story): Uint8Array {
  const look =
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="24"/>';
  const run = ({ text, italic, bold }: Run) =>
    `<w:r w:rsidR="00A1B2C3"><w:rPr>${look}${bold ? '<w:b/>' : ''}${italic ? '<w:i/>' : ''}</w:rPr>${text === '\n' ? '<w:br/>' : `<w:t xml:space="preserve">${text}</w:t>`}</w:r>`;
  const paragraph = (inner: string, style = '') =>
    `<w:p w:rsidR="00A1B2C3" w:rsidRDefault="00D4E5F6"><w:pPr>${style && `<w:pStyle w:val="${style}"/>`}</w:pPr>${inner}</w:p>`;
  const plain = (text: string) => run({ text, italic: false, bold: false });
  const body = [
    paragraph(plain(escaped(story.title)), 'Title'),
    ...story.chapters.flatMap((chapter, at) => [
      ...headings(story, at).map((heading) => paragraph(plain(heading), 'Heading1')),
      ...chapter.map((html) => paragraph(runsOf(html).map(run).join(''))),
    ]),
  ];
  return makeZip([
    {
      name: '[Content_Types].xml',
      content:
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    },
    {
      name: '_rels/.rels',
      content:
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    },
    {
      name: 'word/document.xml',
      content: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ${W}><w:body>${body.join('')}</w:body></w:document>`,
    },
    { name: 'word/styles.xml', content: WORD_STYLES },
  ]);
}

const ODT_SPACES =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"';

/** As LibreOffice saves it. */
export function inventedOdt(story: Story): Uint8Array {
  const run = ({ text, italic, bold }: Run) => {
    const said = text === '\n' ? '<text:line-break/>' : text;
    const style = italic ? 'T1' : bold ? 'T2' : null;
    return style === null ? said : `<text:span text:style-name="${style}">${said}</text:span>`;
  };
  const body = [
    `<text:p text:style-name="Title">${escaped(story.title)}</text:p>`,
    ...story.chapters.flatMap((chapter, at) => [
      ...headings(story, at).map((heading) => `<text:h text:outline-level="1">${heading}</text:h>`),
      ...chapter.map((html) => `<text:p text:style-name="P1">${runsOf(html).map(run).join('')}</text:p>`),
    ]),
  ];
  const automatic =
    '<style:style style:name="P1" style:family="paragraph"/><style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style><style:style style:name="T2" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>';
  return makeZip([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', stored: true },
    {
      name: 'content.xml',
      content: `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${ODT_SPACES}><office:automatic-styles>${automatic}</office:automatic-styles><office:body><office:text>${body.join('')}</office:text></office:body></office:document-content>`,
    },
    {
      name: 'styles.xml',
      content: `<?xml version="1.0" encoding="UTF-8"?><office:document-styles ${ODT_SPACES}><office:styles><style:style style:name="Title" style:family="paragraph"/></office:styles></office:document-styles>`,
    },
  ]);
}

/** As WordPad or an old Word saves it: Windows-1252, the rest as numbers. */
export function inventedRtf(story: Story): string {
  const plain = (text: string) =>
    text
      .replaceAll('&amp;', '&')
      .replace(/[\\{}]/g, '\\$&')
      .replace(/[^\0-\u007f]/g, (character) => `\\u${(character.charCodeAt(0) << 16) >> 16}?`);
  const run = ({ text, italic, bold }: Run) => {
    const said = text === '\n' ? '\\line ' : plain(text);
    return `${italic ? '\\i ' : ''}${bold ? '\\b ' : ''}${said}${bold ? '\\b0 ' : ''}${italic ? '\\i0 ' : ''}`;
  };
  const paragraphs = story.chapters.flatMap((chapter, at) => [
    ...headings(story, at),
    ...chapter.map((html) => runsOf(html).map(run).join('')),
  ]);
  return `{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}}{\\info{\\title ${plain(story.title)}}}\\viewkind4\\uc1\n${paragraphs.map((text) => `\\pard\\f0\\fs24 ${text}\\par\n`).join('')}}`;
}
