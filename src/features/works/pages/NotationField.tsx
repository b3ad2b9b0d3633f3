/** What the short texts of a work are written in, with the editor for them: on the form that corrects what is said about it. */
import { RadioGroup } from '../../../ui/Form.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import type { Notation } from '../work.ts';
import type { WorkLimits } from './WorkFields.tsx';
import { WritingDesk } from './WritingDesk.tsx';

export interface NotationView {
  format: Notation;
  notations: readonly { value: string; label: string; help: string }[];
  limits: WorkLimits;
}

/** Stands above the summary and the notes. */
export function NotationField({ site, view }: { site: SiteView; view: NotationView }) {
  return (
    <>
      <RadioGroup
        name="format"
        label="How the summary and the notes are written"
        value={view.format}
        choices={[...view.notations]}
      />
      <WritingDesk site={site} limits={view.limits} />
    </>
  );
}
