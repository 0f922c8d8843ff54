/**
 * A browser for the stories: Debian's Chromium, one context a person, each watched for what must
 * never happen (console errors, refused loads, requests to another origin), with screenshots kept.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { buildWeb } from '../../tools/start/web-build.mjs';
import { findProgram } from '../../tools/start/programs.mjs';
import { countInteractions } from './interaction.count.js';

export const PHONE = { width: 390, height: 844 } as const;

const SHOTS = join(import.meta.dirname, '../../test-results/screens');
/**
 * Only how long a failure takes: what people may be kept waiting is measured where it is promised.
 */
const ACTION_MS = 20_000;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

export interface Visitor {
  readonly name: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong so far, in words. */
  readonly faults: string[];
}

export interface VisitorOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly dark?: boolean;
  /**
   * By how much this browser's clock is ahead at each load of a page, where a story passes time.
   */
  readonly aheadMs?: () => number;
}

/** The built worker, whose clock is the SDK's. */
const WORKER = '**/assets/liaison.worker-*.js';

/**
 * A browser whose clock is set: of all that ships, the worker's `Date.now` alone is moved, and the
 * page's as of its next load.
 */
async function follow(context: BrowserContext, page: Page, aheadMs: () => number): Promise<void> {
  await context.route(WORKER, async (route) => {
    const response = await route.fetch();
    const moved = `{const now=Date.now.bind(Date);Date.now=()=>now()+${aheadMs()}}\n`;
    await route.fulfill({ response, body: moved + (await response.text()) });
  });
  await page.clock.setFixedTime(Date.now() + aheadMs());
}

export class Stage {
  readonly visitors: Visitor[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly origin: string,
    private readonly provider: string,
  ) {}

  /** The app is built first when its sources changed: what is looked at is what ships. */
  static async build(): Promise<void> {
    await buildWeb();
  }

  static async open(origin: string, provider: string): Promise<Stage> {
    mkdirSync(SHOTS, { recursive: true });
    const browser = await chromium.launch({
      executablePath: findProgram('chromium') ?? 'chromium',
      // Its own language writes the placeholders of date fields; a context's locale does not.
      args: ['--no-sandbox', '--disable-background-networking', '--lang=fr-FR'],
      env: { ...process.env, LANGUAGE: 'fr' },
    });
    return new Stage(browser, origin, provider);
  }

  async visitor(name: string, options: VisitorOptions = {}): Promise<Visitor> {
    const context = await this.browser.newContext({
      viewport: options.viewport ?? PHONE,
      colorScheme: options.dark === true ? 'dark' : 'light',
      locale: 'fr-FR',
      timezoneId: 'Europe/Paris',
      reducedMotion: 'reduce',
      // What a service worker fetches nobody could set a clock in.
      serviceWorkers: options.aheadMs === undefined ? 'allow' : 'block',
    });
    const page = await context.newPage();
    if (options.aheadMs !== undefined) await follow(context, page, options.aheadMs);
    page.setDefaultTimeout(ACTION_MS);
    await countInteractions(page);
    const visitor = { name, context, page, faults: [] };
    this.#watch(visitor);
    this.visitors.push(visitor);
    return visitor;
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  #watch({ page, context, faults }: Visitor): void {
    page.on('console', (said) => {
      // A network that was cut on purpose is what that story is about.
      const isCut = said.text().includes('ERR_INTERNET_DISCONNECTED');
      if (said.type() === 'error' && !isCut) faults.push(`console: ${said.text()}`);
    });
    page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
    context.on('request', (request) => {
      const { origin } = new URL(request.url());
      const known = [this.origin, this.provider, 'null'].includes(origin);
      if (!known && !request.url().startsWith('blob:')) faults.push(`left for ${request.url()}`);
    });
  }
}

/** A phone's own authenticator, which a person answers by being there; the answer takes it away. */
export async function withAuthenticator(
  context: BrowserContext,
  page: Page,
  /** Whether it can give secrets beside signatures. */
  hasPrf = false,
): Promise<() => Promise<void>> {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      hasPrf,
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return async () => {
    await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
  };
}

/** axe on what stands now; violations in words, none when the screen is right. */
export async function violationsOf(page: Page): Promise<string[]> {
  // The one bar that stays in view must not be measured while it lies over a target.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  // Injected by the debugger, so that the page's own policy stays as it is.
  await page.evaluate(axeSource);
  const found = await page.evaluate(
    (values) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: { type: 'tag', values },
      }),
    RULES,
  );
  await page.evaluate(() => scrollTo(0, 0));
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}`),
  );
}

/** Looks at a screen: keeps its picture, and tells what axe and its width have against it. */
export async function look(page: Page, name: string): Promise<string[]> {
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
  await page.screenshot({ path: join(SHOTS, `${name}-whole.png`), fullPage: true });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const wide = over > 0 ? [`${over} px wider than the window`] : [];
  return [...(await violationsOf(page)), ...wide].map((fault) => `${name}: ${fault}`);
}
