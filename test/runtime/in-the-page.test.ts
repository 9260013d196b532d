/** The observed traces (GTM-RUNTIME 10), in Chromium: what our listeners push on the page that is described there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { launch } from '../../src/proof/browser/find-browser.ts'
import { gtmScript, readRuntime } from '../../src/proof/browser/gtm-script.ts'
import { openWorld, type LocalWorld } from '../../src/proof/browser/local-world.ts'
import type { ContainerVersion } from '../../src/runtime/core/container.ts'
import { readHit, type Hit } from '../../src/runtime/core/hit.ts'
import { boolean, customEvent, dataLayerVariable, eventTag, template } from './containers.ts'
import { chromium as place, note } from '../chromium.ts'

const ORIGIN = 'https://trace.example'

const scroll = (triggerId: string, units: 'PERCENT' | 'PIXELS', at: string) => ({
  triggerId,
  name: `scroll ${at}`,
  type: 'scrollDepth',
  parameter: [
    boolean('verticalThresholdOn', true),
    template('verticalThresholdUnits', units),
    template(units === 'PERCENT' ? 'verticalThresholdsPercent' : 'verticalThresholdsPixels', at),
    template('triggerStartOption', 'WINDOW_LOAD'),
  ],
})

const visible = (triggerId: string, late: boolean) => ({
  triggerId,
  name: `visible, late: ${late}`,
  type: 'elementVisibility',
  parameter: [
    template('selectorType', 'CSS'),
    template('elementSelector', '.late'),
    template('firingFrequency', 'ONCE_PER_ELEMENT'),
    boolean('useDomChangeListener', late),
  ],
})

const triggers = (waits: boolean): ContainerVersion => {
  const waiting = {
    waitForTags: { type: 'boolean', value: String(waits) },
    checkValidation: { type: 'boolean', value: String(waits) },
    waitForTagsTimeout: { type: 'template', value: '2000' },
  }
  return {
    containerId: '111',
    container: { publicId: 'GTM-TRACE' },
    trigger: [
      { triggerId: '9', name: 'clicks', type: 'click' },
      { triggerId: '10', name: 'links', type: 'linkClick', ...waiting },
      { triggerId: '11', name: 'forms', type: 'formSubmission', ...waiting },
      scroll('12', 'PERCENT', '10,25,50,90,100'),
      scroll('13', 'PIXELS', '900'),
      scroll('14', 'PERCENT', '50'),
      { triggerId: '15', name: 'history', type: 'historyChange' },
      { triggerId: '16', name: 'errors', type: 'jsError' },
      visible('17', true),
      visible('18', false),
      customEvent('19', 'sequence'),
      ...(waits
        ? [
            {
              triggerId: '20',
              name: 'more links',
              type: 'linkClick',
              ...waiting,
              waitForTagsTimeout: { type: 'template', value: '3000' },
            },
          ]
        : []),
    ],
    tag: [
      eventTag('1', 'main', ['19'], [['x', '{{x}}']], { setupTag: [{ tagName: 'before' }] }),
      {
        tagId: '2',
        name: 'before',
        type: 'html',
        parameter: [template('html', '<script>window.inside = dataLayer.push({ x: 1 })</script>')],
      },
    ],
    variable: [dataLayerVariable('x')],
  }
}

const PAGE = `<!doctype html><meta charset=utf-8><title>trace</title><style>body{margin:0;height:3000px}</style>
<script>window.dataLayer=[{'gtm.start':1,event:'gtm.js'}]</script><script async src="/gtm.js"></script>
<a id=nolink href=/go1><span>inner</span></a> <a id=stop href="#x"><span>stop</span></a> <a id=hash href="#frag">hash</a>
<button id=b>b</button>
<form id=ok action=/go-form><input name=q value=1><button name=sb>ok</button></form>
<form id=req action=/r><input required name=r><button>req</button></form>
<form id=ajax action=/api><input name=action value=z><button>ajax</button></form>
<script>
nolink.onclick=(e)=>e.preventDefault()
document.querySelector('#stop').onclick=(e)=>e.stopPropagation()
document.querySelector('#ajax').onsubmit=(e)=>e.preventDefault()
</script>`

/** Keys whose values differ from run to run, or were left out of the observed traces. */
const LEFT_OUT = new Set(['gtm.start', 'gtm.uniqueEventId', 'gtm.elementTarget', 'gtm.oldUrl', 'gtm.newUrl'])

describe.skipIf(place === undefined)(`in a browser${note}`, () => {
  let world: LocalWorld
  let browser: Browser
  let waits = false
  let requests: string[] = []

  beforeAll(async () => {
    const runtime = await readRuntime(process.cwd())
    world = await openWorld(({ url }) => {
      requests.push(url.pathname + url.search)
      const isScript = url.pathname === '/gtm.js'
      const body = isScript
        ? gtmScript(runtime, triggers(waits), {}).text
        : url.pathname === '/'
          ? PAGE
          : 'there'
      return { status: 200, headers: { 'content-type': isScript ? 'text/javascript' : 'text/html' }, body }
    }, new Date())
    browser = await launch(place ?? '', world.port)
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  /** A loaded page, and a function that gives what has been pushed since it was last asked. */
  async function opened(
    withWaits: boolean,
  ): Promise<{ page: Page; pushed: () => Promise<unknown[]>; hits: () => readonly Hit[] }> {
    waits = withWaits
    requests = []
    const context = await browser.newContext({
      ignoreHTTPSErrors: true,
      viewport: { width: 1280, height: 720 },
    })
    const page = await context.newPage()
    const seen: string[] = []
    const hits: Hit[] = []
    await context.exposeBinding('__planReport', (_, text: string) => void seen.push(text))
    await page.goto(`${ORIGIN}/`)
    await page.waitForTimeout(150)
    return {
      page,
      hits: () => hits,
      pushed: async () => {
        await page.waitForTimeout(200)
        return seen.splice(0).map((text) => {
          const { push, hits: sent } = JSON.parse(text) as {
            push: Record<string, unknown>
            hits: readonly Hit[]
          }
          hits.push(...sent)
          return Object.fromEntries(Object.entries(push).filter(([key]) => !LEFT_OUT.has(key)))
        })
      },
    }
  }

  const events = (pushes: readonly unknown[]) => pushes.map((push) => (push as { event: string }).event)
  const depth = (threshold: number, units: string, ids: string) => ({
    event: 'gtm.scrollDepth',
    'gtm.scrollThreshold': threshold,
    'gtm.scrollUnits': units,
    'gtm.scrollDirection': 'vertical',
    'gtm.triggers': ids,
  })

  test('the trace without waiting and validation', async () => {
    const { page, pushed } = await opened(false)
    const load = await pushed()
    expect(events(load)).toEqual(['gtm.js', 'gtm.dom', 'gtm.load', 'gtm.scrollDepth'])
    expect(load[3]).toEqual(depth(10, 'percent', '111_12'))

    await page.click('#b')
    expect(await pushed()).toEqual([
      {
        event: 'gtm.click',
        'gtm.element': 'BUTTON#b',
        'gtm.elementClasses': '',
        'gtm.elementId': 'b',
        'gtm.elementUrl': '',
      },
    ])

    await page.click('#nolink span')
    expect(await pushed()).toEqual([
      expect.objectContaining({ event: 'gtm.click', 'gtm.element': 'SPAN', 'gtm.elementUrl': '' }),
      {
        event: 'gtm.linkClick',
        'gtm.element': 'A#nolink',
        'gtm.elementClasses': '',
        'gtm.elementId': 'nolink',
        'gtm.elementUrl': `${ORIGIN}/go1`,
        'gtm.elementText': 'inner',
        'gtm.willOpenInNewWindow': false,
        'gtm.triggers': '111_10',
        eventTimeout: 2000,
      },
    ])

    await page.click('#stop span')
    expect(events(await pushed()).filter((event) => event !== 'gtm.historyChange')).toEqual(['gtm.click'])

    await page.click('#hash')
    expect(
      (await pushed()).filter((push) => (push as { event: string }).event !== 'gtm.historyChange'),
    ).toEqual([
      expect.objectContaining({
        event: 'gtm.click',
        'gtm.element': 'A#hash',
        'gtm.elementUrl': `${ORIGIN}/#frag`,
      }),
      expect.objectContaining({
        event: 'gtm.linkClick',
        'gtm.elementUrl': `${ORIGIN}/#frag`,
        'gtm.elementText': 'hash',
        'gtm.willOpenInNewWindow': true,
        'gtm.triggers': '111_10',
      }),
    ])

    await page.click('#ajax button')
    expect(await pushed()).toEqual([
      expect.objectContaining({ event: 'gtm.click' }),
      expect.objectContaining({
        event: 'gtm.formSubmit',
        'gtm.element': 'FORM#ajax',
        'gtm.elementId': 'ajax',
        'gtm.elementUrl': `${ORIGIN}/api`,
        'gtm.formCanceled': true,
        'gtm.triggers': '111_11',
        eventTimeout: 2000,
      }),
    ])

    await page.click('#req button')
    expect(events(await pushed())).toEqual(['gtm.click'])
    await page.click('#b', { button: 'middle' })
    expect(await pushed()).toEqual([])

    await page.evaluate('scrollTo(0, 200)')
    expect(await pushed()).toEqual([depth(900, 'pixels', '111_13'), depth(25, 'percent', '111_12')])
    await page.evaluate('scrollTo(0, 3000)')
    expect(await pushed()).toEqual([
      depth(50, 'percent', '111_12,111_14'),
      depth(90, 'percent', '111_12'),
      depth(100, 'percent', '111_12'),
    ])
    await page.evaluate('scrollTo(0, 0)')
    expect(await pushed()).toEqual([])

    await page.click('#ok button')
    await page.waitForURL(`${ORIGIN}/go-form?q=1&sb=`)
    expect(await pushed()).toEqual([
      expect.objectContaining({ event: 'gtm.click' }),
      expect.objectContaining({
        event: 'gtm.formSubmit',
        'gtm.elementUrl': `${ORIGIN}/go-form`,
        'gtm.triggers': '111_11',
      }),
    ])
    await page.context().close()
  })

  test('the trace with waiting and validation: only what really leaves the page fires, and the button is lost', async () => {
    const { page, pushed } = await opened(true)
    await pushed()
    for (const id of ['#nolink span', '#stop span', '#ajax button', '#req button']) {
      await page.click(id)
      expect([id, events(await pushed()).filter((event) => event !== 'gtm.historyChange')]).toEqual([
        id,
        ['gtm.click'],
      ])
    }
    await page.click('#hash')
    expect(events(await pushed())).toContain('gtm.linkClick')
    await page.click('#ok button')
    await page.waitForURL(`${ORIGIN}/go-form?q=1`)
    expect(events(await pushed())).toEqual(['gtm.click', 'gtm.formSubmit'])
    await page.context().close()
  })

  test('the trace of history: a hash link gives one event, the same address twice gives two', async () => {
    const { page, pushed } = await opened(false)
    await pushed()
    const change = (source: string, from: string, to: string, old: unknown, now: unknown) => ({
      event: 'gtm.historyChange',
      'gtm.historyChangeSource': source,
      'gtm.oldUrlFragment': from,
      'gtm.newUrlFragment': to,
      'gtm.oldHistoryState': old,
      'gtm.newHistoryState': now,
    })
    await page.evaluate("history.pushState({ a: 1 }, '', '/p2?x=1#h1')")
    expect(await pushed()).toEqual([change('pushState', '', 'h1', null, { a: 1 })])
    await page.evaluate("location.hash = 'h2'")
    expect(await pushed()).toEqual([change('popstate', 'h1', 'h2', { a: 1 }, null)])
    await page.evaluate("history.replaceState({ a: 2 }, '', '/p3')")
    expect(await pushed()).toEqual([change('replaceState', 'h2', '', null, { a: 2 })])
    await page.evaluate("history.replaceState({ a: 2 }, '', '/p3')")
    expect(await pushed()).toEqual([change('replaceState', '', '', { a: 2 }, { a: 2 })])
    await page.context().close()
  })

  test('an error that nobody caught is pushed with its message', async () => {
    const { page, pushed } = await opened(false)
    await pushed()
    await page.evaluate("setTimeout(() => { throw new Error('example') })")
    expect(await pushed()).toEqual([
      expect.objectContaining({ event: 'gtm.pageError', 'gtm.errorMessage': 'Uncaught Error: example' }),
    ])
    await page.context().close()
  })

  test('the array keeps its last 1000 entries', async () => {
    const { page } = await opened(false)
    const kept = await page.evaluate(
      'for (let n = 1; n <= 1100; n++) dataLayer.push({ n }); [dataLayer.length, dataLayer[0].n, dataLayer.at(-1).n]',
    )
    expect(kept).toEqual([1000, 101, 1100])
    await page.context().close()
  })

  test('a link counts for the middle button, not for the right one', async () => {
    const { page, pushed } = await opened(false)
    await pushed()
    const press = (button: number) =>
      page.evaluate(
        `document.querySelector('#hash').dispatchEvent(new MouseEvent('auxclick', { bubbles: true, button: ${button} }))`,
      )
    await press(2)
    expect(await pushed()).toEqual([])
    await press(1)
    expect(events(await pushed())).toEqual(['gtm.linkClick'])
    await page.context().close()
  })

  test('a window that grows reaches thresholds, as a scroll does', async () => {
    const { page, pushed } = await opened(false)
    await pushed()
    await page.setViewportSize({ width: 1280, height: 800 })
    expect(await pushed()).toEqual([depth(25, 'percent', '111_12')])
    await page.context().close()
  })

  test('an element that comes late is seen where the trigger minds changes of the page, and never in a hidden tab', async () => {
    const { page, pushed } = await opened(false)
    await pushed()
    const adds = `document.body.insertAdjacentHTML('afterbegin', '<p class=late>late</p>')`
    const hides = (hidden: boolean) =>
      page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, value: ${hidden} })`)
    await hides(true)
    await page.evaluate(adds)
    expect(await pushed()).toEqual([])
    await hides(false)
    expect(await pushed()).toEqual([
      expect.objectContaining({ event: 'gtm.elementVisibility', 'gtm.triggers': '111_17' }),
    ])
    await page.context().close()
  })

  test('what a setup tag pushes is not seen by the event that is running; the push says whether it was carried out', async () => {
    const { page, pushed, hits } = await opened(false)
    const sent = await page.evaluate(
      `[dataLayer.push({ event: 'sequence' }), dataLayer.push({ event: 'sequence' }), window.inside]`,
    )
    expect(sent).toEqual([true, true, false])
    await pushed()
    expect(hits().map(({ query }) => readHit(query).parameters)).toEqual([{}, { x: 1 }])
    await page.context().close()
  })

  test('a link waits only when it leaves in this window; then the page goes on, with the longest of the times', async () => {
    const { page, pushed } = await opened(true)
    await pushed()
    /** Whether the click waits: then the page's own default is prevented. */
    const click = (html: string, init: object = {}) =>
      page.evaluate(`{
        document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(html)})
        let waits
        const look = (event) => {
          waits = event.defaultPrevented
          event.preventDefault()
        }
        for (const name of ['click', 'auxclick']) addEventListener(name, look)
        const init = { bubbles: true, cancelable: true, ...${JSON.stringify(init)} }
        document.body.lastElementChild.dispatchEvent(new MouseEvent(init.button ? 'auxclick' : 'click', init))
        for (const name of ['click', 'auxclick']) removeEventListener(name, look)
        waits
      }`)
    const stay = await Promise.all([
      click('<a href=/new target=_blank>new</a>'),
      click('<a href=tel:1>call</a>'),
      click('<a href=#part>part</a>'),
      click('<a href=/away>away</a>', { ctrlKey: true }),
      click('<a href=/away>away</a>', { shiftKey: true }),
      click('<a href=/away>away</a>', { button: 1 }),
    ])
    expect(stay).toEqual(Array(6).fill(false))
    const links = (await pushed()).filter((push) => (push as { event: string }).event === 'gtm.linkClick')
    expect(links).toHaveLength(6)
    expect(links[0]).toMatchObject({ eventTimeout: 3000, 'gtm.triggers': '111_10,111_20' })
    expect(await click('<a href=/away>away</a>')).toBe(true)
    await page.waitForURL(`${ORIGIN}/away`)
    await page.context().close()
  })

  test('a button with a name and a value comes along where the form is sent by script', async () => {
    const { page, pushed } = await opened(true)
    await pushed()
    await page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<form id=kept action=/kept><button name=sb value=1>kept</button></form>')`,
    )
    await page.click('#kept button')
    await page.waitForURL(`${ORIGIN}/kept?sb=1`)
    await page.context().close()
  })

  test('requestSubmit() from script is a submit, submit() is not', async () => {
    const { page, pushed } = await opened(false)
    await pushed()
    await page.evaluate("document.querySelector('#ajax').requestSubmit()")
    expect(events(await pushed())).toEqual(['gtm.formSubmit'])
    await page.evaluate("document.querySelector('#ok').submit()")
    await page.waitForURL(`${ORIGIN}/go-form?q=1`)
    expect(await pushed()).toEqual([])
    await page.context().close()
  })

  test('no host but the loopback port is ever asked, whatever address a page names', async () => {
    const { page } = await opened(false)
    requests = []
    await page.evaluate(
      "Promise.allSettled(['https://example.com/1', 'https://example.org:8443/2', 'https://203.0.113.9/3'].map((url) => fetch(url, { mode: 'no-cors' })))",
    )
    expect(requests.toSorted()).toEqual(['/1', '/2', '/3'])
    await page.context().close()
  })
})
