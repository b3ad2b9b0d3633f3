/** Turns the styles that creators give their works off, or on again: on this work, and on all others that have one. */
import { ActionForm } from '../../../ui/Form.tsx';
import type { SiteView } from '../../../ui/site-view.ts';

export function CreatorStyle({ site, on }: { site: SiteView; on: boolean }) {
  return (
    <div class="creator-style">
      <p>
        {on
          ? 'This work has a style that its creator made.'
          : 'This work has a style that its creator made. You have turned such styles off.'}
      </p>
      <ActionForm
        target={{ action: '/preferences/creator-style', fields: { style: on ? 'off' : 'on', return: site.path } }}
        label={on ? 'Turn creators’ styles off' : 'Turn creators’ styles on'}
        small
      />
    </div>
  );
}
