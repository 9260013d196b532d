import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newWorkspace, runSandbox, type Running } from './clients.ts'

let running: Running
let container: string

const hostile = '<script>document.title="broken"</script>"\'&'

beforeAll(async () => {
  running = await runSandbox()
  const workspaces = running.gtm.accounts.containers.workspaces
  const ws = await newWorkspace(running, 'GTM-PAGE001')
  const root = ws.replace('/workspaces/2', '')
  container = `/container/${root.replace('accounts/', '').replace('containers/', '')}`
  const template = (key: string, value: string) => ({ type: 'template', key, value })
  await workspaces.variables.create({
    parent: ws,
    requestBody: { name: 'Plan name', type: 'v', parameter: [template('name', 'plan.name')] },
  })
  const trigger = await workspaces.triggers.create({
    parent: ws,
    requestBody: {
      name: 'Signed up',
      type: 'customEvent',
      customEventFilter: [
        { type: 'equals', parameter: [template('arg0', '{{_event}}'), template('arg1', 'sign_up')] },
      ],
      filter: [
        {
          type: 'contains',
          parameter: [
            template('arg0', '{{Page Path}}'),
            template('arg1', '/join'),
            { type: 'boolean', key: 'negate', value: 'true' },
          ],
        },
      ],
    },
  })
  const row = {
    type: 'map',
    map: [template('parameter', 'plan'), template('parameterValue', '{{Plan name}}')],
  }
  await workspaces.tags.create({
    parent: ws,
    requestBody: {
      name: 'Sign-up event',
      type: 'gaawe',
      firingTriggerId: [trigger.data.triggerId ?? ''],
      notes: hostile,
      parameter: [
        template('eventName', 'sign_up'),
        template('measurementIdOverride', 'G-ABC'),
        { type: 'list', key: 'eventSettingsTable', list: [row] },
      ],
    },
  })
  const made = await workspaces.create_version({ path: ws, requestBody: { name: 'First' } })
  const next = made.data.newWorkspacePath ?? ''
  await workspaces.tags.update({
    path: `${next}/tags/5`,
    requestBody: { name: 'Renamed', type: 'html', parameter: [template('html', hostile)] },
  })
  // Google takes no such name; a state or an export made by hand may hold one all the same.
  const state = await running.state()
  const named = state.replaceAll('"name":"Renamed"', () => `"name":${JSON.stringify(hostile)}`)
  expect(named).not.toBe(state)
  await running.control('PUT', 'state', JSON.parse(named))
  await running.beta.properties.keyEvents.create({
    parent: 'properties/77',
    requestBody: {
      eventName: 'sign_up',
      countingMethod: 'ONCE_PER_EVENT',
      defaultValue: { numericValue: 5.4, currencyCode: 'AED' },
    },
  })
  await running.beta.properties.customDimensions.create({
    parent: 'properties/77',
    requestBody: { parameterName: 'plan', displayName: 'Plan', scope: 'EVENT' },
  })
})
afterAll(() => running.sandbox.close())

const pages = () => [
  '/',
  container,
  `${container}/workspaces/3`,
  `${container}/workspaces/3/tags`,
  `${container}/workspaces/3/tags/5`,
  `${container}/workspaces/3/triggers/4`,
  `${container}/workspaces/3/variables`,
  `${container}/versions/2`,
  `${container}/versions/2/tags/5`,
  `${container}/compare/1/2`,
  '/property/77',
  '/requests',
]

test('every page is there, says who may load what, and shows text as text', async () => {
  for (const path of pages()) {
    const response = await fetch(running.url + path)
    const html = await response.text()
    expect([path, response.status]).toEqual([path, 200])
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(html, path).not.toContain('<script')
  }
})

test('the latest version is what is counted, and that it is not live is said', async () => {
  const html = await (await fetch(running.url)).text()
  expect(html).toContain('<span>1 tag</span>')
  expect(html).toMatch(/live<\/span> Empty Container .*latest, not live<\/span> First/)
})

test('a property tells what its reports are reckoned in', async () => {
  const edit = { authorization: 'Bearer sandbox:analytics.edit', 'content-type': 'application/json' }
  await fetch(`${running.url}/v1beta/properties/77?updateMask=industry_category`, {
    method: 'PATCH',
    headers: edit,
    body: JSON.stringify({ industryCategory: 'SHOPPING' }),
  })
  expect(await (await fetch(`${running.url}/property/77`)).text()).toMatch(/Industry<\/dt><dd>Shopping</)
})

test('a property tells how many rows there are for reports', async () => {
  const rows = [{ event_date: '20260101', event_name: 'x' }]
  await running.control('POST', 'ga4-export', { property: '77', rows })
  expect(await (await fetch(`${running.url}/property/77`)).text()).toMatch(/Rows for reports<\/dt><dd>1</)
})

test('what is not there is a page that says so', async () => {
  for (const path of [
    '/container/1/2',
    `${container}/workspaces/9`,
    `${container}/workspaces/3/tags/99`,
    '/property/1',
    `${container}/nothing/1`,
  ]) {
    expect([path, (await fetch(running.url + path)).status]).toEqual([path, 404])
  }
})

test('an empty sandbox says how to begin', async () => {
  const empty = await runSandbox()
  expect(await (await fetch(empty.url)).text()).toContain('Nothing here yet')
  await empty.sandbox.close()
})

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
)
const note = executablePath === undefined ? ' (skipped: there is no chromium)' : ''

describe.skipIf(executablePath === undefined)(`in a browser${note}`, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({
      ...(executablePath !== undefined && { executablePath }),
      args: ['--no-sandbox'],
    })
  })
  afterAll(() => browser.close())

  async function open(
    path: string,
    options: { width?: number; colorScheme?: 'dark' | 'light' } = {},
  ): Promise<{ page: Page; errors: string[] }> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1200, height: 800 },
      colorScheme: options.colorScheme ?? 'light',
    })
    const page = await context.newPage()
    const errors: string[] = []
    page.on('console', (message) => errors.push(message.text()))
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(running.url + path)
    return { page, errors }
  }

  test('one gets from the top to a tag, its trigger and its parameters by clicking', async () => {
    const { page, errors } = await open('/')
    await page.getByText('GTM-PAGE001').first().click()
    await page.getByRole('link', { name: 'First' }).click()
    await page.getByRole('navigation', { name: 'Kinds' }).getByRole('link', { name: /^Tags/ }).click()
    await page.getByRole('link', { name: 'Sign-up event' }).click()
    const text = await page.getByRole('main').innerText()
    expect(text).toContain('GA4 event')
    expect(text).toContain('_event equals sign_up')
    expect(text).toContain('Page Path does not contain /join')
    await page.getByRole('link', { name: 'Plan name' }).click()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Plan name')
    expect(await page.getByRole('main').innerText()).toContain('Sign-up event')
    expect(errors).toEqual([])
  })

  test('a page of another site that loads an image from here changes nothing', async () => {
    const before = await running.state()
    const image = `${running.url}/tagmanager/v2/accounts/containers:lookup?tagId=GTM-IMAGE01&access_token=x`
    const other = createServer((_, response) => {
      response.setHeader('content-type', 'text/html')
      response.end(`<img src="${image}" onerror="document.title = 'failed'">`)
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    for (const host of ['127.0.0.1', 'localhost']) {
      const page = await (await browser.newContext()).newPage()
      await page.goto(`http://${host}:${(other.address() as AddressInfo).port}/`)
      await page.waitForFunction('document.title === "failed"')
    }
    other.close()
    expect(await running.state()).toBe(before)
    const { requests } = (await running.control('GET', 'requests')) as { requests: { path: string }[] }
    expect(requests.filter(({ path }) => path.includes('GTM-IMAGE01'))).toEqual([])
  })

  test('pending changes show what was and what will be', async () => {
    const { page } = await open(`${container}/workspaces/3`)
    expect(await page.locator('del').first().innerText()).toContain('Sign-up event')
    expect(await page.locator('ins').first().innerText()).toContain(hostile)
    expect(await page.title()).not.toBe('broken')
  })

  test('key events and dimensions stand on the property’s page', async () => {
    const { page } = await open('/property/77')
    const text = await page.getByRole('main').innerText()
    for (const shown of ['purchase', 'sign_up', '5.4 AED', 'Once per event', 'plan'])
      expect(text).toContain(shown)
  })

  test('on a telephone the name of a version is broken between words', async () => {
    const { page } = await open(container, { width: 360 })
    const name = page.getByRole('link', { name: 'Empty Container' })
    // Two lines: in four the words would have been broken, too.
    expect(await name.evaluate((link) => link.getClientRects().length)).toBeLessThanOrEqual(2)
  })

  test('no page is wider than a telephone, none logs an error, and each follows the colour scheme', async () => {
    for (const path of pages()) {
      const { page, errors } = await open(path, { width: 390, colorScheme: 'dark' })
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 390])
      expect(
        await page.evaluate(
          'getComputedStyle(document.body).colorScheme + getComputedStyle(document.documentElement).backgroundColor',
        ),
      ).toContain('rgb(15, 18, 22)')
      expect(errors).toEqual([])
      await page.context().close()
    }
  })
})
