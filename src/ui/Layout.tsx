/**
 * The frame of every page: document head, skip link, header, notice, footer. No inline style, no inline script,
 * nothing from another host.
 */
import type { ComponentChildren } from 'preact';
import { NO_TRAINING } from '../platform/http/no-training.ts';
import './elements.ts';
import { ActionForm } from './Form.tsx';
import { Icon } from './icons.tsx';
import { formatNumber } from './numbers.ts';
import { MadeFor } from './made-for.tsx';
import type { Preferences } from './preferences.ts';
import type { Notice, SiteView, StandingView, WaitingView } from './site-view.ts';
import { ThemeChoice } from './ThemeChoice.tsx';
import { formatDate } from './Time.tsx';

export interface LayoutProps {
  site: SiteView;
  /** The page's own title; the archive's name is added. Absent on the home page. */
  title?: string;
  /** One or two plain sentences for search results. */
  description?: string;
  /** Path of the page's one true address. */
  canonical?: string;
  /** This page is not for search engines, whatever the archive says. */
  noindex?: boolean;
  /** Whoever trains AI is asked to leave this page out, whatever the archive says. */
  noTraining?: boolean;
  /** Width and look of the main column. */
  kind?: 'list' | 'form' | 'read';
  /** Whether the page has a link by which it can be reported. It has, when nothing is said. */
  reportable?: boolean;
  /** What the search box in the header holds: what was typed, where the page answers a search. */
  search?: string | undefined;
  children: ComponentChildren;
}

export function Layout(props: LayoutProps) {
  const { site } = props;
  return (
    <MadeFor account={site.madeFor ?? null}>
      <html lang="en" {...readingAttributes(site.preferences)}>
        <Head {...props} />
        <body>
          <a class="skip" href="#main">
            Skip to the content
          </a>
          <Header site={site} search={props.search ?? ''} />
          <main id="main" class={props.kind ?? 'list'} tabIndex={-1}>
            {site.standing && <StandingLine site={site} standing={site.standing} />}
            {site.notice && <NoticeLine notice={site.notice} />}
            {props.children}
          </main>
          <footer class="site-footer">
            <div>
              <FootLinks site={site} reportable={props.reportable ?? true} />
              <p>Runs on Fanfold, free software.</p>
              <ThemeChoice site={site} id="theme-label" />
            </div>
          </footer>
        </body>
      </html>
    </MadeFor>
  );
}

/** Reading settings as attributes of the document element: the style sheet's steps hang on them. */
export function readingAttributes(preferences: Preferences): Record<`data-${string}`, string> {
  return Object.fromEntries(Object.entries(preferences).map(([name, value]) => [`data-${name}`, value]));
}

function Head({ site, title, description, canonical, noindex, noTraining, kind }: LayoutProps) {
  const firstFace =
    kind === 'read' && site.preferences.face === 'literata' ? 'literata-latin.woff2' : 'atkinson-latin.woff2';
  return (
    <head>
      <meta charSet="utf-8" />
      <title>{title ? `${title} · ${site.name}` : site.name}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content={colorScheme(site.preferences.theme)} />
      {description && <meta name="description" content={description} />}
      {(noindex || !site.indexable) && <meta name="robots" content="noindex, nofollow" />}
      {(noTraining || site.noTraining) && (
        <>
          <meta name="robots" content={NO_TRAINING} />
          <meta name="tdm-reservation" content="1" />
        </>
      )}
      {canonical && <link rel="canonical" href={site.origin + canonical} />}
      <link rel="icon" href={site.assets('icon.svg')} type="image/svg+xml" />
      <link rel="preload" href={site.assets(firstFace)} as="font" type="font/woff2" crossOrigin="anonymous" />
      <link rel="stylesheet" href={site.assets('site.css')} />
      <script type="module" src={site.assets('site.js')}></script>
    </head>
  );
}

function Header({ site, search }: { site: SiteView; search: string }) {
  return (
    <header class="site-header">
      <div>
        <a class="mark" href="/">
          <Icon name="fold" />
          <bdi>{site.name}</bdi>
        </a>
        {site.viewer ? <Menu site={site} viewer={site.viewer} /> : <GuestLinks site={site} />}
        <SearchBox text={search} />
      </div>
    </header>
  );
}

function Links({ site }: { site: SiteView }) {
  const links = [
    { href: '/fandoms', label: 'Fandoms' },
    { href: '/works', label: 'Works' },
    ...(site.viewer?.imports ? [{ href: '/imports', label: 'Imports' }] : []),
    ...(site.viewer?.writes
      ? [
          { href: '/works/new', label: 'New work' },
          { href: '/drafts', label: 'Drafts' },
        ]
      : []),
    ...(site.viewer?.owner ? [{ href: '/settings', label: 'Settings' }] : []),
    ...(site.viewer?.moderates ? [{ href: '/moderation', label: 'Moderation' }] : []),
  ];
  const path = site.path.split('?')[0];
  return (
    <nav aria-label="Archive">
      <ul class="links">
        {links.map((link) => (
          <li>
            <a href={link.href} aria-current={path === link.href ? 'page' : undefined}>
              {link.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Where a guest finds works, and the way in. The page they come from is asked of the browser, so that its address stays one. */
function GuestLinks({ site }: { site: SiteView }) {
  return (
    <>
      <Links site={site} />
      <nav class="way-in" aria-label="Account">
        <ul class="links">
          <li>
            <a href="/sign-in" rel="nofollow">
              Sign in
            </a>
          </li>
          {site.joinable && (
            <li class="join">
              <a href="/join" rel="nofollow">
                Join
              </a>
            </li>
          )}
        </ul>
      </nav>
    </>
  );
}

/** Who is signed in has more links than a phone's header has room for: there they are a popover, without script too. */
function Menu({ site, viewer }: { site: SiteView; viewer: NonNullable<SiteView['viewer']> }) {
  return (
    <>
      <button type="button" class="open-menu" popovertarget="menu" aria-label="Menu">
        <Icon name="menu" />
      </button>
      <div class="menu" id="menu" popover="auto">
        <Links site={site} />
        <div class="who">
          <a href="/account" aria-current={site.path === '/account' ? 'page' : undefined}>
            <span class="visually-hidden">Your account: </span>
            <bdi>{viewer.name}</bdi>
          </a>
          <WaitingSign site={site} waiting={viewer.waiting ?? []} />
          <ActionForm target={{ action: '/sessions/end' }} label="Sign out" look="plain" small />
        </div>
      </div>
    </>
  );
}

/** How many things wait for an answer, as a number that leads to where they are listed. Nothing where nothing waits. */
function WaitingSign({ site, waiting }: { site: SiteView; waiting: readonly WaitingView[] }) {
  const count = waiting.reduce((sum, one) => sum + one.count, 0);
  if (count === 0) return null;
  const words = count === 1 ? 'waits for you' : 'wait for you';
  return (
    <a class="waiting-sign" href="/account#waiting" title={words}>
      {formatNumber(count, site.locale)} <span class="visually-hidden">{words}</span>
    </a>
  );
}

/**
 * The one search box. It stands in the header; where that is too narrow it is a popover under it, opened by a sign,
 * without script too.
 */
function SearchBox({ text }: { text: string }) {
  return (
    <>
      <button type="button" class="open-search" popovertarget="search-form" aria-label="Search">
        <Icon name="search" />
      </button>
      <form
        class="site-search"
        id="search-form"
        popover="auto"
        role="search"
        aria-label="The archive"
        method="get"
        action="/search"
      >
        <type-ahead data-from="/api/v1/tags/suggestions" data-use="search">
          <input
            type="search"
            id="search"
            name="q"
            value={text}
            dir="auto"
            autoComplete="off"
            aria-label="Search works and tags"
            placeholder="Search works and tags"
          />
        </type-ahead>
        <button type="submit" aria-label="Search the archive">
          <Icon name="search" />
        </button>
      </form>
    </>
  );
}

function NoticeLine({ notice }: { notice: Notice }) {
  return (
    <div class="notice" role={notice.kind === 'refused' ? 'alert' : 'status'}>
      <Icon name={notice.kind === 'refused' ? 'warning' : 'done'} />
      <p>{notice.text}</p>
      {notice.undo && <ActionForm target={notice.undo} label={notice.undo.label} small />}
    </div>
  );
}

/** Stands on every page until a warning is read, or a suspension is over. */
function StandingLine({ site, standing }: { site: SiteView; standing: StandingView }) {
  const { held, unreadWarnings } = standing;
  return (
    <div class="notice" role="status">
      <Icon name="warning" />
      <p>
        {held?.kind === 'ban' && 'Your account is banned: you can read, and change nothing. '}
        {held?.kind === 'suspension' &&
          `Your account is suspended ${held.until === null ? 'until further notice' : `until ${formatDate(held.until, site.locale)}`}: you can read, and change nothing. `}
        {unreadWarnings > 0 && 'The people who look after this archive have left you a warning. '}
        <a href="/standing">Read what they say</a>
      </p>
    </div>
  );
}

function FootLinks({ site, reportable }: { site: SiteView; reportable: boolean }) {
  const [path = '/'] = site.path.split('?');
  const about = encodeURIComponent(path).replaceAll('%2F', '/');
  return (
    <nav aria-label="About this archive">
      <ul class="foot-links">
        <li>
          <a href="/rules">Rules</a>
        </li>
        <li>
          <a href="/contact">Contact</a>
        </li>
        {reportable && (
          <li>
            <a href={`/reports/new?about=${about}`} rel="nofollow">
              Report this page
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}

function colorScheme(theme: Preferences['theme']): string {
  if (theme === 'system') return 'light dark';
  return theme === 'dark' ? 'dark' : 'light';
}
