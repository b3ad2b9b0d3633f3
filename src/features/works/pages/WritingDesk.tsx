/** What comes with the field of a text: the editor, and help for a text that has lost its paragraphs. */
import { Button } from '../../../ui/Form.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { isWithoutParagraphs } from '../lost-paragraphs.ts';

/** Offers to find the paragraphs of a text that came in without. */
export function LostParagraphs({ text }: { text: string }) {
  if (!isWithoutParagraphs(text)) return null;
  return (
    <div class="lost-paragraphs">
      <p>This text came in without paragraphs. Find them again?</p>
      <Button small name="then" value="rescue">
        Find the paragraphs
      </Button>
    </div>
  );
}

/** Characters that each text can have, by which the editor counts. */
export interface DeskLimits {
  text?: number;
  summary: number;
  notes: number;
}

/** Brings the editor to the form it stands in, with what it has to know; without script it is nothing. */
export function WritingDesk({ site, limits }: { site: SiteView; limits: DeskLimits }) {
  return (
    <div
      class="writing-desk"
      hidden
      data-text={limits.text}
      data-summary={limits.summary}
      data-notes={limits.notes}
      data-end-notes={limits.notes}
      data-locale={site.locale}
    >
      <link rel="stylesheet" href={site.assets('editor.css')} />
      <script type="module" src={site.assets('editor.js')}></script>
    </div>
  );
}
