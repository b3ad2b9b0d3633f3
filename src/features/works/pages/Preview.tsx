/** A page as it will be read, between lines that say it is none yet. */
import type { ComponentChildren } from 'preact';

export function Preview({ children }: { children: ComponentChildren }) {
  return (
    <section class="preview" aria-labelledby="preview">
      <div class="page-head">
        <p class="eyebrow" id="preview">
          Preview
        </p>
        <p class="help">
          Nothing is saved yet. <a href="#form">Back to the form</a>
        </p>
      </div>
      <div class="preview-page">{children}</div>
    </section>
  );
}
