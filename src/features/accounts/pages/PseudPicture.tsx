/** The icon of a pseud, in its own size or small. */
import { ICON_PIXELS } from '../pseud-profile.ts';

export interface PictureView {
  src: string;
  alt: string;
}

export function PseudPicture({ picture, small }: { picture: PictureView; small?: boolean }) {
  return (
    <img
      class={small ? 'pseud-icon small' : 'pseud-icon'}
      src={picture.src}
      alt={picture.alt}
      width={ICON_PIXELS}
      height={ICON_PIXELS}
    />
  );
}
