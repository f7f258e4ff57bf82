import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeReport } from '../../../src/report/write-report.js';
import { syntheticReport } from '../fixtures/synthetic-report.js';
import { chromiumPath, startChromium } from './chromium.js';

const required = process.env.HINDCAST_REQUIRE_REAL === '1';
const absent = chromiumPath === undefined && !required;
if (absent) console.log('The page is not opened in a browser: no Chromium found (CHROMIUM_PATH names one).');

const hostileName = `</script><img src=x onerror="window.hacked=1">'"`;

/** What a person would see of the page, as the script below finds it there. */
interface Seen {
  readonly overflow: number;
  readonly paper: string;
  readonly charts: readonly {
    readonly id: string;
    readonly fits: boolean;
    readonly paths: number;
    readonly stroke: string;
    readonly labels: readonly string[];
  }[];
}

/** Runs in the page, so it is text here: the project knows no DOM types, on purpose. */
const look = `({
  overflow: document.documentElement.scrollWidth - window.innerWidth,
  paper: getComputedStyle(document.body).backgroundColor,
  charts: [...document.querySelectorAll('.plot')].map((plot) => ({
    id: plot.id,
    fits: plot.querySelector('svg').getBoundingClientRect().right <= window.innerWidth,
    paths: [...plot.querySelectorAll('.mark-line path')].filter((path) => (path.getAttribute('d') || '').length > 20).length,
    stroke: getComputedStyle(plot.querySelector('.mark-line path')).stroke,
    labels: [...plot.querySelectorAll('.role-axis-label text')].map((text) => text.textContent),
  })),
})`;

describe.skipIf(absent)('the page in Chromium', () => {
  let browser: Browser;
  let folder: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hindcast-page-'));
    const episodes = [{ fromSeconds: 43_200, toSeconds: 45_000, label: '20% of web killed' }];
    await writeReport(join(folder, 'sale'), syntheticReport({ stepSeconds: 60, load: 1.45 }), { episodes });
    const still = syntheticReport({ stepSeconds: 600 });
    const holds = still.decisions.filter(({ direction }) => direction === 'hold');
    await writeReport(join(folder, 'still'), { ...still, decisions: holds, events: [] });
    await writeReport(
      join(folder, 'hostile'),
      syntheticReport({ stepSeconds: 600, name: hostileName, workload: hostileName, question: hostileName }),
    );
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(name: string, width = 1280, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
    complaints.length = 0;
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) complaints.push(`request ${request.url()}`);
    });
    await page.goto(pathToFileURL(join(folder, name, 'index.html')).href);
    await page.waitForSelector('html[data-drawn]');
    return page;
  }

  const views = [1280, 390].flatMap((width) => (['light', 'dark'] as const).map((scheme) => [width, scheme] as const));
  test.each(views)(
    'at %d px, %s: every chart is drawn in readable colours, nothing overflows, complains or asks the network',
    async (width, scheme) => {
      const page = await open('sale', width, scheme);
      const seen = await page.evaluate<Seen>(look);
      expect(seen.overflow).toBeLessThanOrEqual(0);
      expect(seen.paper).toBe(scheme === 'dark' ? 'rgb(17, 22, 29)' : 'rgb(255, 255, 255)');
      expect(seen.charts).toHaveLength(10);
      for (const chart of seen.charts) {
        expect(chart.fits, chart.id).toBe(true);
        expect(chart.paths, chart.id).toBeGreaterThan(0);
        expect(chart.stroke, chart.id).toMatch(/^rgb\(/);
        expect(chart.labels.length, chart.id).toBeGreaterThan(4);
      }
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  test('the table shows changes first, filters, and tells a decision in prose', async () => {
    const page = await open('sale');
    const rows = page.locator('tr.decision:visible');
    expect(await rows.count()).toBe(12);
    await page.selectOption('#filter-direction', 'down');
    expect(await rows.count()).toBe(6);
    await page.selectOption('#filter-direction', '');
    await page.selectOption('#filter-reason', 'rate-limited');
    expect(await rows.count()).toBe(1);
    expect(await page.textContent('#filter-count')).toMatch(/^Showing 1 of \d+ rows\.$/);
    await rows.first().click();
    expect(await page.locator('tr.prose:visible p').textContent()).toContain(
      'The scale-up policy (4 pods) allowed at most 16 in 15 s',
    );
    expect(await rows.first().locator('button').getAttribute('aria-expanded')).toBe('true');
    await page.click('#filter-clear');
    await page.check('#filter-holds');
    expect(await rows.count()).toBeGreaterThan(100);
    await page.selectOption('#filter-workload', 'catalogue');
    await page.fill('#filter-text', 'no such words');
    expect(await rows.count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('where nothing was changed, the table shows what held, also after clearing', async () => {
    const page = await open('still');
    const rows = page.locator('tr.decision:visible');
    expect(await rows.count()).toBeGreaterThan(0);
    await page.uncheck('#filter-holds');
    expect(await rows.count()).toBe(0);
    await page.click('#filter-clear');
    expect(await rows.count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('the button of the story shows its time, and not the whole run', async () => {
    const page = await open('sale');
    await page.click('#story-zoom');
    await page.waitForFunction(`document.getElementById('zoom-range').textContent !== ''`);
    const range = (await page.textContent('#zoom-range')) ?? '';
    const [from, to] = [...range.matchAll(/(\d\d):(\d\d):\d\d/g)].map(([, h, m]) => Number(h) * 60 + Number(m));
    expect(to - from).toBeLessThanOrEqual(66);
    await page.close();
  });

  test('pointing reads values off, dragging zooms all charts, Escape returns', async () => {
    const page = await open('sale');
    const plot = page.locator('#load-1');
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    if (box === null) throw new Error('the plot has no box');
    const at = (share: number) => box.x + box.width * share;
    await page.mouse.move(at(0.5), box.y + 80);
    expect(await page.textContent('#load-1-when')).toMatch(/^\d\d:\d\d:\d\d elapsed, 2024-03-05 \d\d:\d\d:\d\d UTC$/);
    const value = page.locator('#pods-1 ~ .legend b').first();
    expect(await value.textContent()).toMatch(/^\d+$/);
    await page.mouse.down();
    await page.mouse.move(at(0.6), box.y + 80, { steps: 4 });
    await page.mouse.up();
    await page.waitForFunction(`document.getElementById('zoom-range').textContent !== ''`);
    const labels = () => page.locator('#latency .role-axis-label text').allTextContents();
    await expect.poll(labels).not.toContain('06:00');
    await plot.press('Escape');
    await expect.poll(labels).toContain('06:00');
    await plot.press('ArrowRight');
    expect(await page.textContent('#load-1-when')).not.toBe('');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('the button changes the theme, and charts follow', async () => {
    const page = await open('sale');
    const stroke = () =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('#load-1 .mark-line path')).stroke`);
    const light = await stroke();
    await page.click('#theme');
    await page.click('#theme');
    expect(await page.textContent('#theme')).toBe('Theme: dark');
    expect(await stroke()).not.toBe(light);
    await page.emulateMedia({ media: 'print' });
    expect(await stroke()).toBe(light);
    await page.close();
  });

  test('on paper charts are laid out at the width of their column, and then as before', async () => {
    const page = await open('sale');
    const sizes = () =>
      page.evaluate<readonly number[]>(
        `[...document.querySelectorAll('.plot svg')].map((svg) => Number(svg.getAttribute('width')))`,
      );
    const screen = await sizes();
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(new Set(await sizes())).toEqual(new Set([337]));
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
    expect(await sizes()).toEqual(screen);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('hostile names are shown and do nothing', async () => {
    const page = await open('hostile', 390);
    expect(await page.textContent('h1')).toBe(hostileName);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
