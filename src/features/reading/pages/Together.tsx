/** What a work has to do with people and works beside it: for whom it is, what it goes back to, what goes back to it. */
import { Creators } from '../../../ui/Byline.tsx';
import type { CreatorLink } from '../../../ui/Blurb.tsx';
import { RelatedTitle, type RelatedTitleView } from '../../../ui/RelatedTitle.tsx';

export interface TogetherView {
  /** Those who may be named; without an address where they are elsewhere. */
  recipients: CreatorLink[];
  inspiredBy: RelatedTitleView[];
  translationOf: RelatedTitleView[];
  /** Works that go back to this one. */
  inspired: RelatedTitleView[];
  translations: RelatedTitleView[];
}

/** A work that stands for itself. */
export const ALONE: TogetherView = {
  recipients: [],
  inspiredBy: [],
  translationOf: [],
  inspired: [],
  translations: [],
};

/** Lines of the title page. */
export function TogetherFacts({ together }: { together: TogetherView }) {
  const { recipients, inspiredBy, translationOf } = together;
  return (
    <>
      {recipients.length > 0 && (
        <div>
          <dt>For</dt>
          <dd>
            <Creators creators={recipients} />
          </dd>
        </div>
      )}
      <ParentsFact label="Inspired by" works={inspiredBy} />
      <ParentsFact label="Translation of" works={translationOf} />
    </>
  );
}

function ParentsFact({ label, works }: { label: string; works: RelatedTitleView[] }) {
  if (works.length === 0) return null;
  return (
    <div>
      <dt>{label}</dt>
      {works.map((work) => (
        <dd>
          <RelatedTitle work={work} />
        </dd>
      ))}
    </div>
  );
}

/** Below the text: works that go back to this one. Nothing where there are none. */
export function DerivedWorks({ together }: { together: TogetherView }) {
  return (
    <>
      <Derived id="inspired-works" label="Inspired works" works={together.inspired} />
      <Derived id="translations" label="Translations" works={together.translations} />
    </>
  );
}

function Derived({ id, label, works }: { id: string; label: string; works: RelatedTitleView[] }) {
  if (works.length === 0) return null;
  return (
    <section class="derived-works" aria-labelledby={id}>
      <h2 id={id}>{label}</h2>
      <ul>
        {works.map((work) => (
          <li>
            <RelatedTitle work={work} />
          </li>
        ))}
      </ul>
    </section>
  );
}
