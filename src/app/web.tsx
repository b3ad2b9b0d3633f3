/** The web application: what surrounds every route, then the routes of all features, then what to say when none fits. */
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { matchedRoutes } from 'hono/route';
import { openAPIRouteHandler } from 'hono-openapi';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Feature } from '../platform/feature.ts';
import type { Ground } from '../platform/ground.ts';
import { compression } from '../platform/http/compress.ts';
import { conditional } from '../platform/http/conditional.ts';
import { cookies } from '../platform/http/cookies.ts';
import { securityHeaders } from '../platform/http/headers.ts';
import { limit, networkOf } from '../platform/http/limit.ts';
import { askNotToTrain, robotsText, TDM_RESERVATION } from '../platform/http/no-training.ts';
import { originCheck } from '../platform/http/origin.ts';
import { problem } from '../platform/http/problem.ts';
import { serveFiles } from '../platform/http/static-files.ts';
import { COME_BACK_SECONDS, Unavailable } from '../platform/http/unavailable.ts';
import { firstTurn } from '../platform/threads/turns.ts';
import {
  ADULT_COOKIE,
  bearerDoor,
  DEFAULT_PREFERENCES,
  guest,
  isHeld,
  SESSION_COOKIE,
  sessionOf,
  touchSession,
  type ArchiveContext,
  type ArchiveEnv,
} from '../features/accounts/index.ts';
import { withLooks } from '../features/moderation/index.ts';
import { siteSettings } from '../features/site/index.ts';
import { ASSETS_PATH, type Assets } from './assets.ts';
import { formLimits } from './form-limits.ts';
import { HELD_SENTENCE, OPEN_TO_HELD } from './held.ts';
import { ownFormsOnly } from './made-for.tsx';
import { showHeldTheirWords } from './not-sent.tsx';
import { isForScripts, refusing } from './refusing.tsx';
import { siteViewFor } from './site-view.ts';
import { version } from './version.ts';

/** Changes one network may ask for without being signed in. */
const GUEST_CHANGES = { points: 60, seconds: 60 };

export interface WebParts {
  ground: Ground;
  features: readonly Feature<ArchiveEnv>[];
  assets: Assets;
  /** Public address without a trailing slash; asked for with each request, since a port can be chosen by the system. */
  origin: () => string;
  /** Whether the archive is ready to answer: its database answers. */
  ready: () => Promise<boolean>;
}

export function archiveWeb({ ground, features, assets, origin, ready }: WebParts): Hono<ArchiveEnv> {
  const web = new Hono<ArchiveEnv>();
  const https = ground.config.url?.startsWith('https:') ?? false;
  const jar = cookies(https);
  const bearers = bearerDoor(ground);
  const refuse = refusing(features);
  const guestChanges = limit(GUEST_CHANGES.points, GUEST_CHANGES.seconds);

  web.use(securityHeaders<ArchiveEnv>(https));
  web.use(async (c, next) => {
    const began = performance.now();
    await next();
    // The route, not the path: a path can hold a secret or a name, and nobody's reading is written down.
    ground.log.debug({
      request: c.var.requestId,
      method: c.req.method,
      route: routeOf(c),
      status: c.res.status,
      ms: Math.round((performance.now() - began) * 10) / 10,
    });
  });
  web.use(async (c, next) => {
    await next();
    // What is said in JSON is for programs that asked, not for search engines; a page decides for itself.
    if (c.req.path.startsWith('/api/')) {
      const said = c.res.headers.get('X-Robots-Tag');
      c.res.headers.set('X-Robots-Tag', said === null ? 'noindex' : `noindex, ${said}`);
    }
  });
  web.use(compression<ArchiveEnv>());
  web.use(conditional<ArchiveEnv>());

  serveFiles(web, ASSETS_PATH, assets.files);
  web.get('/healthz', (c) => c.text('ok'));
  web.get('/readyz', async (c) => ((await ready()) ? c.text('ready') : c.text('not ready', 503)));
  web.get('/robots.txt', async (c) => {
    const { indexed, noTraining } = await siteSettings(ground.db.reads);
    return c.text(robotsText({ indexed, noTraining, closed: ['/api/', '/owner-links/', '/reports/'] }));
  });
  web.get('/.well-known/tdmrep.json', async (c) => {
    const { noTraining } = await siteSettings(ground.db.reads);
    c.header('Cache-Control', 'private, no-cache');
    return c.json(noTraining ? TDM_RESERVATION : []);
  });

  // No page has an address with a NUL, and PostgreSQL takes none in a text; a name that is handed over has an answer of its own.
  web.use((c, next) => {
    const { pathname } = new URL(c.req.url);
    const asked = c.req.method === 'GET' ? pathname : pathname.slice(0, pathname.lastIndexOf('/'));
    return asked.includes('%00') ? Promise.resolve(c.text('Not found.', 404)) : next();
  });
  web.use(async (c, next) => {
    await firstTurn();
    c.set('cookies', jar);
    c.set('network', networkOf(addressOf(c, ground.config.url !== null)));
    const shown = await bearers.admit(c, c.var.network);
    if (shown instanceof Response) return shown;
    c.set('apiToken', shown);
    // Whoever shows a token is who it says, whatever cookie came along.
    const token = shown ? null : (jar.get(c, SESSION_COOKIE) ?? null);
    const session = token === null ? null : await sessionOf(ground.db.reads, token, ground.now());
    c.set('sessionToken', session ? token : null);
    c.set(
      'viewer',
      shown?.viewer ??
        (session && token !== null
          ? await withLooks(ground.db.reads, session.viewer, token, ground.now())
          : guest(jar.get(c, ADULT_COOKIE) === 'yes')),
    );
    c.set('preferences', session?.preferences ?? DEFAULT_PREFERENCES);
    c.set('site', await siteViewFor(c, ground, assets, origin()));
    if (session?.stale && token !== null) await ground.db.write((tx) => touchSession(tx, ground.now(), token));
    await next();
    if (c.var.site.noTraining) askNotToTrain(c.res.headers);
  });
  const ownPagesOnly = originCheck<ArchiveEnv>(ground.config.url, (c) =>
    Promise.resolve(
      refuse(c, 403, 'This form came from another site, so nothing was changed. Open the page here and try again.'),
    ),
  );
  // No browser adds a token by itself, as it adds a cookie: a request that shows one was meant.
  web.use((c, next) => (c.var.apiToken ? next() : ownPagesOnly(c, next)));
  web.use(async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD' || c.var.viewer.accountId !== null) return next();
    // The script of a form whose session has ended asks again and again. It is told before anything of it is read or counted.
    if (isForScripts(features, c)) return refuse(c, 401, 'You are signed out.');
    const wait = await guestChanges.take(c.var.network);
    if (wait === null) return next();
    c.header('Retry-After', String(wait));
    return refuse(c, 429, `That was very often. Try again in ${wait} seconds.`);
  });
  web.use(formLimits(features, refuse));
  web.use(async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const { apiToken, viewer } = c.var;
    // A token that may not write has a viewer without roles, too: what it lacks, its route says.
    if (apiToken ? apiToken.goodStanding : !isHeld(viewer)) return next();
    const route = routeOf(c);
    if (route === NO_ROUTE || OPEN_TO_HELD.has(`${c.req.method} ${route}`)) return next();
    if (apiToken) return problem(c, 403, 'suspended', HELD_SENTENCE);
    return (await showHeldTheirWords(c)) ?? refuse(c, 403, HELD_SENTENCE);
  });

  web.use(ownFormsOnly);

  for (const feature of features) feature.routes?.(web, ground);
  web.get('/api/v1/openapi.json', (c, next) => openAPIRouteHandler(web, { documentation: openApi(origin()) })(c, next));

  web.notFound((c) => refuse(c, 404));
  web.onError((error, c) => {
    if (error instanceof Unavailable) {
      c.header('Retry-After', String(COME_BACK_SECONDS));
      return refuse(c, 503, `${error.message} Try again in ${COME_BACK_SECONDS} seconds.`);
    }
    if (error instanceof HTTPException) return refuse(c, error.status === 413 ? 413 : 400, error.message);
    ground.log.error({
      request: c.var.requestId,
      method: c.req.method,
      route: routeOf(c),
      error: { message: error.message, stack: error.stack },
    });
    return refuse(c, 500);
  });
  return web;
}

const NO_ROUTE = 'none';

function routeOf(c: ArchiveContext): string {
  return matchedRoutes(c).findLast((route) => !route.path.includes('*'))?.path ?? NO_ROUTE;
}

/** Where a request comes from; behind a proxy of one's own, what the proxy says. */
function addressOf(c: ArchiveContext, behindProxy: boolean): string | undefined {
  try {
    const direct = getConnInfo(c).remote.address;
    const fromHere = direct === '127.0.0.1' || direct === '::1' || direct === '::ffff:127.0.0.1';
    const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
    return behindProxy && fromHere && forwarded ? forwarded : direct;
  } catch {
    return undefined;
  }
}

function openApi(origin: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Fanfold',
      version,
      description: 'Works as the archive shows them to whoever asks.',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: origin }],
    components: {
      securitySchemes: {
        token: {
          type: 'http' as const,
          scheme: 'bearer',
          description: 'A token that a person made under /account/tokens.',
        },
      },
    },
  };
}
