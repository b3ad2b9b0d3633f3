/** What the owner can do with a work, and for a draft what it still needs. Nothing for anybody else. */
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import { listOf } from '../../../ui/numbers.ts';
import type { WorkView } from './work-view.ts';

export function OwnerTools({ work }: { work: WorkView }) {
  const { tools } = work;
  if (!tools) return null;
  return (
    <section class="owner-tools no-print" aria-label="Your work">
      {work.draft && (
        <p>
          <strong>{tools.publishAt === null ? 'Draft.' : 'Scheduled.'} Only you can see this.</strong>
          {tools.missing.length > 0 && ` Before it can be posted it needs ${listOf(tools.missing)}.`}
        </p>
      )}
      {tools.concealed.map((sentence) => (
        <p>{sentence}</p>
      ))}
      {tools.deletionAsked && (
        <p>
          <a href={tools.deleteHref}>One of its creators asks to delete this work</a>
        </p>
      )}
      {tools.notices > 0 && (
        <p>
          <a href={tools.editHref}>
            {tools.notices === 1 ? 'One thing' : `${tools.notices} things`} from the import to look at
          </a>
        </p>
      )}
      <div class="actions">
        {tools.post && <ActionForm target={tools.post} label="Post" look="primary" small />}
        <ButtonLink href={tools.editHref} small>
          Edit
        </ButtonLink>
        <ButtonLink href={tools.chaptersHref} small>
          Chapters
        </ButtonLink>
        {tools.reviewHref && (
          <ButtonLink href={tools.reviewHref} small>
            Review the import
          </ButtonLink>
        )}
        {tools.originalHref && (
          <ButtonLink href={tools.originalHref} small>
            Original file
          </ButtonLink>
        )}
        <ButtonLink href={tools.deleteHref} small look="plain">
          Delete…
        </ButtonLink>
      </div>
    </section>
  );
}
