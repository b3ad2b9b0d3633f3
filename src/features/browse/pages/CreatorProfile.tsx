/** What a pseud says of itself: its icon, a text, links elsewhere. Nothing of any other pseud. */
import { AuthorText } from '../../../ui/AuthorText.tsx';

export interface ProfileView {
  /** Clean HTML; '' for none. */
  html: string;
  links: { label: string; address: string }[];
  icon: { src: string; alt: string } | null;
}

/** Icons are squares. */
const PIXELS = 200;

export function CreatorProfile({ profile }: { profile: ProfileView }) {
  const { html, links, icon } = profile;
  return (
    <div class="pseud-profile">
      {icon && <img class="pseud-icon" src={icon.src} alt={icon.alt} width={PIXELS} height={PIXELS} />}
      <div>
        {html !== '' && <AuthorText html={html} language={null} kind="prose" />}
        {links.length > 0 && (
          <ul class="profile-links" aria-label="Links elsewhere">
            {links.map((link) => (
              <li>
                <a href={link.address} rel="nofollow ugc noopener">
                  <bdi>{link.label}</bdi>
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
