/** The scorecard as a page, as people open it: from disk, in Chromium. Some seconds, most of them axe. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderScorecardHtml } from '../../src/analytics/render-html.ts'
import type { Scorecard } from '../../src/analytics/scorecard-types.ts'
import { readPageFiles } from '../../src/pages/read-pages.ts'
import { pageRenderer } from '../../src/pages/render-page.ts'
import { launch } from '../../src/proof/browser/find-browser.ts'
import { exportRows } from './export-rows.ts'
import { plan } from './measure-command.ts'
import { STORE } from './measure-sample.ts'
import { chromium, note } from '../chromium.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const render = pageRenderer(await readPageFiles(['templates/pages']))

const folder = mkdtempSync(join(tmpdir(), 'plan-scorecard-'))
const page = join(folder, 'scorecard.html')
let card: Scorecard
let browser: Browser
beforeAll(async () => {
  const rows = join(folder, 'rows.ndjson')
  writeFileSync(rows, exportRows('2026-02-16', 21, 60))
  const asked = [STORE, '--from', rows, '--as-of', '2026-03-10', '--week', '2026-W10']
  const { err } = await plan('scorecard', ...asked, '--format', 'html', '--out', page)
  expect(err).toContain(page)
  card = JSON.parse((await plan('scorecard', ...asked, '--format', 'json')).out) as Scorecard
  if (chromium !== undefined) browser = await launch(chromium, 9)
}, 60_000)
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the page is drawn from the value that is the JSON, and is far under a megabyte', () => {
  // Everything but the file's own name, which is in both.
  expect(readFileSync(page, 'utf8')).toBe(renderScorecardHtml(card, render))
  expect(readFileSync(page).length).toBeLessThan(500_000)
})

test('every rate is drawn with its interval, and what no verdict may stand on is hollow', () => {
  const html = readFileSync(page, 'utf8')
  const known = card.breakdowns
    .find(({ slice }) => slice === 'device')
    ?.buckets.flatMap(({ bucket, rates }) => rates.map((one) => ({ bucket, ...one })))
    .filter(({ conversion }) => conversion === 'purchase')
  const label = /aria-label="(Completed purchase by device: [^"]*)"/.exec(html)?.[1] ?? ''
  expect(known?.map(({ bucket }) => bucket)).toEqual(['desktop', 'mobile'])
  for (const { bucket, rate } of known ?? [])
    if ('k' in rate) expect(label).toContain(`${bucket} ${Math.round(rate.value * 100)} % of sessions (`)
  const chart = html.slice(html.indexOf(label)).split('</svg>')[0] ?? ''
  expect(chart.match(/<circle[^>]*>/g)?.length).toBe(2)
  const poor = renderScorecardHtml(
    {
      ...card,
      breakdowns: card.breakdowns.map((one) => ({
        ...one,
        buckets: one.buckets.map((bucket) => ({
          ...bucket,
          rates: bucket.rates.map((rate) => ({ ...rate, enough: false })),
        })),
      })),
    },
    render,
  )
  const hollow = (text: string): number => text.match(/<circle[^>]*fill="var\(--card\)"/g)?.length ?? 0
  expect(hollow(poor)).toBeGreaterThan(hollow(html))
})

test('what is not known is said, and no chart draws it as zero', () => {
  const unknown = { unknown: 'not-available-from-this-source' } as const
  const html = renderScorecardHtml(
    {
      ...card,
      conversions: card.conversions.map((row) => ({ ...row, count: unknown, rate: unknown })),
      breakdowns: [],
      guardrails: card.guardrails.map((one) => ({ ...one, change: unknown })),
      distinct: [],
    },
    render,
  )
  expect(html).toContain('not available from this source')
  expect(html).not.toContain('by period:')
})

test('no guardrail is called whole that has no verdict', () => {
  const badges = (...verdicts: ('ok' | 'watch' | 'breach' | 'cannot-tell')[]): string => {
    const guardrails = verdicts.flatMap((verdict) =>
      card.guardrails.slice(0, 1).map((one) => ({ ...one, verdict })),
    )
    return (
      /<p class="score-badges">.*<\/p>/.exec(renderScorecardHtml({ ...card, guardrails }, render))?.[0] ?? ''
    )
  }
  expect(badges('ok')).toContain('<span class="badge badge-good"><bdi>no guardrail broken</bdi></span>')
  expect(badges('cannot-tell')).toContain(
    '<span class="badge badge-muted"><bdi>1 of 1 guardrail without a verdict</bdi></span>',
  )
  const mixed = badges('ok', 'breach', 'cannot-tell')
  expect(mixed).toContain('<span class="badge badge-bad"><bdi>1 of 3 guardrails broken</bdi></span>')
  expect(mixed).toContain('1 of 3 guardrails without a verdict')
  expect(badges('ok', 'watch')).toContain('1 of 2 guardrails to be watched')
  for (const some of [badges('ok', 'cannot-tell'), badges('ok', 'watch'), mixed])
    expect(some).not.toContain('no guardrail broken')
})

describe.skipIf(chromium === undefined)(`in a browser${note}`, () => {
  test.each([
    ['in the light, on a desk', { colorScheme: 'light', viewport: { width: 1280, height: 900 } }],
    ['in the dark, on a phone', { colorScheme: 'dark', viewport: { width: 360, height: 740 } }],
  ] as const)('axe finds nothing, nothing sticks out, nothing is asked for: %s', async (_, options) => {
    const context = await browser.newContext(options)
    const tab = await context.newPage()
    const asked: string[] = []
    const address = pathToFileURL(page).href
    tab.on('request', (request) => {
      if (request.url() !== address && !request.url().startsWith('data:')) asked.push(request.url())
    })
    await tab.goto(address)
    await tab.evaluate(axe)
    const found = await tab.evaluate(
      `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))`,
    )
    expect(found).toEqual([])
    expect(
      await tab.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
    ).toBe(false)
    await tab.emulateMedia({ media: 'print' })
    expect(await tab.locator('.layout-nav').isVisible()).toBe(false)
    expect(asked).toEqual([])
    await context.close()
  })

  test('a plan whose every text is hostile changes nothing but text', async () => {
    const HOSTILE = `</script></style></title>{{x}}"'><img src=x onerror=window.hit=1>`
    const said = ['title', 'owner', 'text', 'what', 'why', 'bucket', 'file', 'reason']
    const hostile = JSON.parse(
      JSON.stringify(card, (key, value: unknown) => (said.includes(key) ? HOSTILE : value)),
    ) as Scorecard
    const file = join(folder, 'hostile.html')
    writeFileSync(file, renderScorecardHtml(hostile, render))
    const tab = await browser.newPage()
    await tab.goto(pathToFileURL(file).href)
    expect(await tab.evaluate('[document.querySelectorAll("img, script").length, window.hit]')).toEqual([
      0,
      undefined,
    ])
    expect(await tab.locator('h1').textContent()).toBe(HOSTILE)
    await tab.close()
  })
})
