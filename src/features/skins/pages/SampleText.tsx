/** A text with everything in it that skins style, to look at one. */
import { AuthorText } from '../../../ui/AuthorText.tsx';
import { SAMPLE_HTML } from '../sample-text.ts';

const ENGLISH = { code: 'en', name: 'English', dir: 'ltr' } as const;

export function SampleText() {
  return <AuthorText html={SAMPLE_HTML} language={ENGLISH} kind="story" skinned />;
}
