/** The page of a plan as people open it: from disk, in Chromium. Twenty seconds, most of it axe. */
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderContractHtml, renderHtml } from '../../src/docs/html.ts'
import { renderMarkdown } from '../../src/docs/markdown.ts'
import { readPageFiles } from '../../src/pages/read-pages.ts'
import { pageRenderer } from '../../src/pages/render-page.ts'
import { launch } from '../../src/proof/browser/find-browser.ts'
import { documentsOf } from '../docs/plan.ts'
import { chromium, note } from '../chromium.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const render = pageRenderer(await readPageFiles(['templates/pages']))
const SHOP = readFileSync('plans/outfitters.yaml', 'utf8')
const shop = await documentsOf(SHOP, 'plans/outfitters.yaml')
const ARABIC = SHOP.replace('title: Harbour Outfitters web shop', 'title: متجر هاربر · Harbour Outfitters')
  .replace('title: Awareness', 'title: الوعي')
  .replace('title: Campaign banner clicked', 'title: مشاهدة صفحة السعر Pricing 20% (iOS)!')
  .replace('title: Newsletter sign-up', 'title: الاشتراك في النشرة (newsletter)')
  .replace('    target: { count: 1200, per: month, by: "2027-03-31" }', '   ')
  .replace('    targets: { purchase: { count: 140, per: month, by: "2027-03-31" } }', '')

const HOSTILE = `</script></style></title>{{x}}"'><img src=x onerror=window.hit=1><svg onload=window.hit=1>`
/** Every text that a plan says of itself, hostile. */
const hostile = await documentsOf(
  SHOP.replace(
    /^(\s*)(title|description|metric|uxOutcome|owner|compliance): (?!\{).*$/gm,
    (_, indent: string, key: string) => {
      return `${indent}${key}: ${JSON.stringify(HOSTILE)}`
    },
  ),
  `plans/${HOSTILE}.yaml`,
)

const folder = mkdtempSync(join(tmpdir(), 'plan-pages-'))
let browser: Browser
beforeAll(async () => {
  if (chromium !== undefined) browser = await launch(chromium, 9)
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

function written(name: string, html: string): string {
  const file = join(folder, name)
  writeFileSync(file, html)
  return pathToFileURL(file).href
}

const pages = {
  shop: written('shop.html', renderHtml(shop, render)),
  arabic: written('arabic.html', renderHtml(await documentsOf(ARABIC), render)),
  contract: written('contract.html', renderContractHtml(shop, render)),
  hostile: written('hostile.html', renderHtml(hostile, render)),
}

/** @returns what the body gives; no request may leave the file, no script may fail. */
async function on<T>(
  address: string,
  options: BrowserContextOptions,
  body: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  try {
    const page = await context.newPage()
    const wrong: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(address.split('?')[0] ?? '') && !request.url().startsWith('data:'))
        wrong.push(request.url())
    })
    page.on('pageerror', (error) => wrong.push(error.message))
    await page.goto(address)
    const result = await body(page)
    expect(wrong).toEqual([])
    return result
  } finally {
    await context.close()
  }
}

const isWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'

describe.skipIf(chromium === undefined)(`a plan’s page${note}`, () => {
  test.each([
    ['in the light, on a desk', pages.shop, { colorScheme: 'light' }],
    ['in the dark, on a phone', pages.shop, { colorScheme: 'dark', viewport: { width: 360, height: 740 } }],
    ['from right to left', pages.arabic, { viewport: { width: 768, height: 1000 } }],
    ['for developers', pages.contract, { colorScheme: 'dark' }],
  ] as const)('axe finds nothing, and nothing sticks out: %s', async (_, address, options) => {
    await on(address, options, async (page) => {
      await page.evaluate(`for (const each of document.querySelectorAll('details')) each.open = true`)
      // What is off the screen would be drawn only when it is scrolled to.
      await page.addStyleTag({ content: '.docs-card { content-visibility: visible !important }' })
      await page.evaluate(axe)
      // Behind the letters of a picture, and in a frame that scrolls to the left, axe cannot tell a colour.
      const found = await page.evaluate(
        `axe.run().then(({ violations, incomplete }) =>
          [...violations, ...incomplete.filter(({ id }) => id !== 'color-contrast')]
            .map(({ id, nodes }) => id + ' ' + nodes[0].html))`,
      )
      expect(found).toEqual([])
      expect(await page.evaluate(isWide)).toBe(false)
    })
  })

  test('searches as people write, filters, says how many, and keeps the choice in the address', async () => {
    await on(pages.shop, {}, async (page) => {
      const shown = page.locator('[data-item]:visible')
      const status = page.getByRole('status')
      expect(await status.textContent()).toBe('23 conversions')
      await page.getByRole('searchbox').fill('إضافة الى المفضله')
      expect(await shown.evaluateAll((all) => all.map(({ id }) => id))).toEqual(['wishlist_add'])
      expect(await page.getByRole('searchbox').getAttribute('dir')).toBe('auto')
      await page.getByRole('button', { name: 'Show all' }).click()
      await page.locator('select[name=owner]').selectOption('checkout@harbour.example')
      await page.locator('select[name=goal]').selectOption('repeat_order')
      expect(await shown.evaluateAll((all) => all.map(({ id }) => id))).toEqual(['payment_saved'])
      expect(await status.textContent()).toBe('1 of 23 conversions')
      expect(await page.getByRole('heading', { name: 'Awareness' }).isVisible()).toBe(false)
      await page.reload()
      expect(await status.textContent()).toBe('1 of 23 conversions')
      // What is hidden and linked to is shown, and Back brings the filter again.
      await page.locator('.map a[href="#newsletter_signup"]').click()
      await page.waitForFunction(`location.search === ''`)
      expect(await status.textContent()).toBe('23 conversions')
      await page.goBack()
      expect(await status.textContent()).toBe('1 of 23 conversions')
      expect(await page.locator('select[name=goal]').inputValue()).toBe('repeat_order')
    })
  })

  test('from right to left, code and patterns keep the order in which they are written', async () => {
    await on(pages.arabic, {}, async (page) => {
      const wrong = await page.evaluate(
        `[...document.querySelectorAll('code')].map(getComputedStyle)
          .filter(({ direction, unicodeBidi }) => direction !== 'ltr' || unicodeBidi !== 'isolate').length`,
      )
      expect(wrong).toBe(0)
    })
  })

  test('a market shows all that is collected there, with the market’s own targets alone', async () => {
    await on(pages.shop, {}, async (page) => {
      await page.locator('select[name=market]').selectOption({ label: 'Kuwait · الكويت' })
      expect(await page.getByRole('status').textContent()).toBe('23 conversions')
      const targets = page.locator('#purchase [data-of-market]:visible')
      expect(await targets.allTextContents()).toEqual(['Kuwait · الكويت: 140 per month by 2027-03-31'])
    })
  })

  test('where a conversion has a target in other markets alone, no name of one is left without it', async () => {
    await on(pages.arabic, {}, async (page) => {
      const names = page.locator('#purchase dt:visible', { hasText: /^Target$/ })
      expect(await names.count()).toBe(1)
      await page.locator('select[name=market]').selectOption({ label: 'Kuwait · الكويت' })
      expect(await names.count()).toBe(0)
    })
  })

  test('a link to what is filtered out shows it', async () => {
    await on(`${pages.shop}?owner=checkout%40harbour.example#promo_code`, {}, async (page) => {
      expect(await page.locator('#promo_code').isVisible()).toBe(true)
      expect(await page.getByRole('status').textContent()).toBe('23 conversions')
    })
  })

  test('everything is reached by the keyboard', async () => {
    await on(pages.shop, {}, async (page) => {
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      expect(await page.evaluate('document.activeElement.id')).toBe('the-content')
      const box = page.locator('.map-box[href="#promo_code"]')
      await box.focus()
      await page.keyboard.press('Enter')
      expect(await page.evaluate('location.hash')).toBe('#promo_code')
      expect(
        await page.locator('#promo_code').evaluate((card) => card.getBoundingClientRect().top < 200),
      ).toBe(true)
      const summary = page.locator('#promo_code summary')
      await summary.focus()
      await page.keyboard.press('Enter')
      expect(await page.locator('#promo_code table').isVisible()).toBe(true)
      const unreachable =
        await page.evaluate(`[...document.querySelectorAll('a, button, select, input, summary')]
        .filter((each) => each.checkVisibility() && each.tabIndex < 0).map((each) => each.outerHTML)`)
      expect(unreachable).toEqual([])
    })
  })

  test('reads and prints without a script', async () => {
    await on(pages.shop, { javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('[data-item]:visible').count()).toBe(23)
      expect(await page.locator('#docs-filter').isVisible()).toBe(false)
      expect(await page.locator('.chart:visible').count()).toBeGreaterThan(15)
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('.layout-nav').isVisible()).toBe(false)
      // Cards stand whole, and two of them on a page of A4 (688 x 1009 within its margins), so that no half of it stays empty.
      await page.setViewportSize({ width: 688, height: 1009 })
      const printed = await page
        .locator('#newsletter_signup, #campaign_click')
        .evaluateAll((cards) => cards.map((card) => card.getBoundingClientRect().height))
      expect(Math.max(...printed)).toBeLessThan(500)
    })
  })

  test('on a phone no table is wider than the page, and each cell says what it is', async () => {
    await on(pages.shop, { viewport: { width: 360, height: 740 } }, async (page) => {
      await page.evaluate(`for (const each of document.querySelectorAll('details')) each.open = true`)
      const wide = await page.evaluate(`[...document.querySelectorAll('.wide')]
        .filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.getAttribute('aria-label'))`)
      expect(wide).toEqual([])
      const table = page.getByRole('table').filter({ hasText: 'ecommerce.currency' }).last()
      const cell = table.getByRole('row').filter({ hasText: 'ecommerce.currency' }).getByRole('cell').first()
      expect(await cell.getAttribute('data-label')).toBe('Needed')
    })
  })

  test('a right-to-left plan runs from the right, and a title of two scripts keeps each in its order', async () => {
    await on(pages.arabic, {}, async (page) => {
      expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
      const left = (selector: string): Promise<number> =>
        page
          .locator(selector)
          .first()
          .evaluate((each) => each.getBoundingClientRect().left)
      expect(await left('.map-box[href="#newsletter_signup"]')).toBeGreaterThan(
        await left('.map-box[href="#purchase"]'),
      )
      expect(await left('.layout-nav')).toBeGreaterThan(await left('.layout-main'))
      // The Latin word in brackets stands at the end of an Arabic title, which is its left.
      const place = (word: string): Promise<number> =>
        page.evaluate(`(() => {
          const text = document.querySelector('#newsletter_signup h4 bdi').firstChild
          const range = document.createRange()
          const at = text.data.indexOf(${JSON.stringify(word)})
          range.setStart(text, at)
          range.setEnd(text, at + ${word.length})
          return range.getBoundingClientRect().left
        })()`)
      expect(await place('(newsletter)')).toBeLessThan(await place('الاشتراك'))
      // Broken over two lines of its box, what is left of a Latin run goes on from the left.
      const [number, bracket, mark] = await page
        .locator('.map-box[href="#campaign_click"] text')
        .last()
        .evaluate((line) => {
          const drawn = line as unknown as {
            textContent: string
            getStartPositionOfChar(at: number): { x: number }
          }
          return [...'2(!'].map((sign) => drawn.getStartPositionOfChar(drawn.textContent.indexOf(sign)).x)
        })
      expect(number).toBeLessThan(bracket ?? 0)
      expect(mark).toBeLessThanOrEqual(number ?? 0)
    })
  })

  test('a page that is redrawn leaves what is read where it stands, also below what has grown', async () => {
    const grown = renderHtml(shop, render).replaceAll('Newsletter sign-up', 'Joined '.repeat(200))
    await on(pages.shop, {}, async (page) => {
      await page.evaluate(
        `window.server = new EventTarget(); window.EventSource = function () { return server }`,
      )
      await page.evaluate(`window.fetch = async () => new Response(${JSON.stringify(grown)})`)
      await page.addScriptTag({ content: readFileSync('templates/pages/watch.js', 'utf8') })
      const place = () =>
        page.evaluate<number>(`document.querySelector('#who-answers').getBoundingClientRect().top`)
      const frame = () => page.evaluate('new Promise(requestAnimationFrame)')
      // As a wheel does it: cards are laid out on the way, and are longer or shorter than they were taken for.
      for (let turn = 0; turn < 100 && (await place()) > 200; turn++) {
        await page.evaluate('scrollBy(0, 400)')
        await frame()
      }
      const before = await place()
      await page.evaluate(`new Promise((done) => {
        addEventListener('plan-redrawn', done)
        server.dispatchEvent(new Event('page'))
      })`)
      for (let count = 0; count < 6; count++) await frame()
      expect(await page.locator('#newsletter_signup').textContent()).toContain('Joined Joined')
      expect(Math.abs((await place()) - before)).toBeLessThan(10)
    })
  })

  test('a plan whose every text is hostile changes nothing but text', async () => {
    const elements = `[...document.querySelectorAll('*')].map(({ tagName }) => tagName).sort().join()`
    const inTheShop = await on(pages.shop, {}, (page) =>
      page.evaluate(`document.querySelectorAll('img, script').length`),
    )
    await on(pages.hostile, {}, async (page) => {
      expect(await page.evaluate('window.hit')).toBeUndefined()
      expect(await page.evaluate(`document.querySelectorAll('img, script').length`)).toBe(inTheShop)
      expect(await page.evaluate(elements)).not.toContain('IMG')
      expect(await page.locator('h1').textContent()).toBe(HOSTILE)
      expect(await page.locator('#promo_code h4 bdi').textContent()).toBe(HOSTILE)
    })
    // Between backticks everything is literal.
    const markup = renderMarkdown(hostile)
      .replaceAll(/`[^`\n]*`/g, '')
      .match(/<img|<svg|<\/script/g)
    expect(markup).toBeNull()
  })
})

test('a template of the user’s own takes the place of ours, and what a plan says stays text in it', async () => {
  const theirs = mkdtempSync(join(tmpdir(), 'plan-templates-'))
  try {
    writeFileSync(join(theirs, 'contract.hbs'), '<h1 title="{{title}}">{{title}}</h1>')
    const files = await readPageFiles(['templates/pages', theirs])
    const html = renderContractHtml(hostile, pageRenderer(files))
    expect(html.match(/[<>]/g)).toHaveLength(4)
  } finally {
    rmSync(theirs, { recursive: true })
  }
})

test('the page of the example stays far under a megabyte', () => {
  expect(Buffer.byteLength(renderHtml(shop, render))).toBeLessThan(500_000)
})
