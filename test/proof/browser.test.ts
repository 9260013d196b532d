/** Whole runs in Chromium: the team's own pages, bad pages, a foreign container, a double of Google's runtime. */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, createServer as createNet, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseExport } from '../../src/lift/parse-export.ts'
import { launch } from '../../src/proof/browser/find-browser.ts'
import { gtmScript, readRuntime } from '../../src/proof/browser/gtm-script.ts'
import { openWorld, type LocalWorld } from '../../src/proof/browser/local-world.ts'
import { browserRunner } from '../../src/proof/browser/runner.ts'
import { openStage, type OpenStage } from '../../src/proof/browser/stage.ts'
import type { ProofReport } from '../../src/proof/report.ts'
import type { Scenario } from '../../src/proof/scenario.ts'
import type { ContainerVersion } from '../../src/runtime/core/container.ts'
import { expectPlan, type PlanExpectations } from '../../src/playwright.ts'
import { inNewFolder, plan, runPlan } from '../scenarios/run-plan.ts'
import { chromium as place, note } from '../chromium.ts'

const root = process.cwd()
const PLAN = ['plans/outfitters.yaml', '-e', 'staging'] as const

inNewFolder()

/** One browser for all tests that do not end it; what answers changes from one run to the next. */
let shared: { readonly world: LocalWorld; readonly browser: Browser; answer: Parameters<typeof openWorld>[0] }

const onStage: OpenStage = async (path, answer, now) => {
  if (path !== place) return openStage(path, answer, now)
  shared.answer = answer
  return Promise.resolve({
    browser: shared.browser,
    again: () => Promise.reject(new Error('The browser of all tests has ended.')),
    close: () => Promise.resolve(),
  })
}

beforeAll(async () => {
  if (place === undefined) return
  const world = await openWorld((asked) => shared.answer(asked), new Date())
  const nothing = { status: 404, headers: {}, body: '' }
  shared = { world, browser: await launch(place, world.port), answer: () => nothing }
}, 60_000)
afterAll(async () => {
  await shared?.browser.close()
  await shared?.world.close()
})

async function report(...argv: readonly string[]): Promise<ProofReport> {
  const args = ['test', ...PLAN, ...argv, '--format', 'json']
  const { out, err } = await runPlan({}, undefined, args, { openStage: onStage })
  if (out === '') throw new Error(err)
  return JSON.parse(out) as ProofReport
}

/** A site of one page, and what it does before it answers. */
async function siteThat(before: (path: string) => void) {
  const server = createServer(({ url = '/' }, response) => {
    before(url)
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><html><head></head><body>Harbour</body></html>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, close: () => new Promise((resolve) => server.close(resolve)) }
}

/** A scenario by hand, and others after it that only look. */
function writeScenarios(first: string, others = 1): void {
  mkdirSync('plans/tests')
  const looks = Array.from({ length: others }, (_, index) => (index === 0 ? 'looks' : `looks${index}`))
  const rest = looks.map((id) => `  ${id}: { steps: [{ visit: / }], expectNone: [club_joined] }`)
  writeFileSync('plans/tests/site.yaml', ['scenarios:', first, ...rest, ''].join('\n'))
}

const outcomes = (proof: ProofReport) =>
  Object.fromEntries(
    proof.conversions.flatMap(({ results }) => results.map(({ scenario, outcome }) => [scenario, outcome])),
  )

/** Every trigger that was asked, each condition with the value it saw, and what became of the tag. */
const decided = (proof: ProofReport) =>
  proof.conversions.flatMap(({ results }) => results.map(({ scenario, why }) => ({ scenario, why })))

test('a browser that is not there is a sentence, with the level that needs none', async () => {
  const { exitCode, err } = await plan('test', ...PLAN, '--browser', '/nowhere/chrome')
  expect(exitCode).toBe(1)
  expect(err).toContain('There is no browser at /nowhere/chrome.')
})

test('level preview asks for the link of a GTM environment', async () => {
  const { exitCode, err } = await plan('test', ...PLAN, '--level', 'preview')
  expect(exitCode).toBe(64)
  expect(err).toContain('--preview-link')
})

test.each([
  [
    ['--level', 'preview', '--preview-link', 'https://evil.example/gtm.js?id=GTM-X'],
    'www.googletagmanager.com',
  ],
  [
    [
      '--level',
      'preview',
      '--preview-link',
      'https://www.googletagmanager.com/gtm.js?id=GTM-SHOP001&gtm_auth=a',
    ],
    'is of the container GTM-SHOP001, and the environment’s is GTM-STAGE01',
  ],
  [['--level', 'logic', '--compare'], '--level preview only'],
  [
    ['--level', 'logic', '--preview-link', 'https://www.googletagmanager.com/gtm.js'],
    'is for --level preview',
  ],
])('%j makes no sense, and why is said', async (argv, said) => {
  const { exitCode, err } = await plan('test', ...PLAN, ...argv)
  expect(exitCode).toBe(64)
  expect(err).toContain(said)
})

test('what is no browser is a sentence with a code', async () => {
  writeFileSync('no-browser', '#!/bin/sh\nexit 2\n', { mode: 0o755 })
  const { exitCode, err } = await plan('test', ...PLAN, '--browser', `${process.cwd()}/no-browser`)
  expect(exitCode).toBe(1)
  expect(err).toMatch(/^error browser-is-there: .*no-browser did not start as Chromium/m)
  expect(err).not.toContain('bug in plan')
})

test('an environment without hosts has the site’s', async () => {
  const text = readFileSync('plans/outfitters.yaml', 'utf8')
  writeFileSync(
    'plans/outfitters.yaml',
    text
      .replace('    hosts: [staging.harbour.example]\n', '')
      .replace(
        'trigger: { dataLayer: sign_up }',
        'trigger: { dataLayer: sign_up, when: [{ host: { equals: www.harbour.example } }] }',
      ),
  )
  mkdirSync('plans/tests')
  writeFileSync(
    'plans/tests/site.yaml',
    'scenarios: { joins: { steps: [{ visit: / }, { push: { event: sign_up } }], expect: { club_joined: {} } } }\n',
  )
  mkdirSync('site')
  writeFileSync('site/index.html', '<!doctype html><head></head>')
  if (place === undefined) return
  const proof = await report('--dir', 'site', '--only', 'club_joined')
  expect(outcomes(proof)).toMatchObject({ 'site/joins': 'proven', 'club_joined/fires': 'proven' })
})

describe.skipIf(place === undefined)(`in a browser${note}`, () => {
  test('a generated page proves what level logic proves, and a failure brings a picture and the data layer', async () => {
    const proof = await report('--only', 'newsletter_signup', '--explain', 'newsletter_signup')
    expect(new Set(Object.values(outcomes(proof)))).toEqual(new Set(['proven']))
    expect(proof.browser).toMatch(/^chromium \d+/)
    const [first] = proof.conversions[0]?.results ?? []
    expect(first?.screenshot).toMatch(/^data:image\/jpeg;base64,/)
    expect(first?.dataLayer).toContain('gtm.formSubmit')
    expect(first?.timeline.map(({ kind }) => kind)).toContain('hit')
    // Equal messages give equal decisions: both levels ask the same triggers, with the same answers.
    const logic = await report(
      '--level',
      'logic',
      '--only',
      'newsletter_signup',
      '--explain',
      'newsletter_signup',
    )
    expect(decided(proof)).toEqual(decided(logic))
    expect(decided(proof).flatMap(({ why }) => why).length).toBeGreaterThan(4)
  })

  test('scenarios by hand run on the team’s own pages; a bad page costs only its own scenario', async () => {
    mkdirSync('site')
    mkdirSync('plans/tests')
    const page = (body: string, head = '') =>
      `<!doctype html><html><head>${head}</head><body>${body}</body></html>`
    writeFileSync(
      'site/index.html',
      page(
        `<button id=join onclick="dataLayer.push({event:'sign_up',method:'email'}); location.href='/welcome'">Join</button>`,
      ),
    )
    writeFileSync('site/welcome.html', page('Welcome'))
    writeFileSync(
      'site/strict.html',
      page(
        'strict',
        `<meta http-equiv="Content-Security-Policy" content="script-src 'none'"><script async src="https://www.googletagmanager.com/gtm.js?id=GTM-STAGE01"></script>`,
      ),
    )
    writeFileSync(
      'site/endless.html',
      page(
        `<script>setTimeout(() => { for (let i = 0; i < 2500; i++) dataLayer.push({ event: 'x' + i }) }, 100)</script>`,
      ),
    )
    writeFileSync(
      'plans/tests/site.yaml',
      `plan: outfitters
scenarios:
  # It waits for five seconds: first, so that the others run meanwhile.
  no_such_button:
    steps: [{ visit: / }, { submit: "#nowhere" }]
    expectNone: [club_joined]
  joins:
    steps: [{ visit: / }, { consent: granted }, { click: "#join" }]
    expect: { club_joined: { method: email } }
    expectNoOther: true
  joins_by_phone:
    steps: [{ visit: / }, { click: "#join" }]
    expect: { club_joined: { method: phone } }
  looks_only:
    steps: [{ visit: / }]
    expectNone: [club_joined]
  under_a_policy:
    steps: [{ visit: /strict }]
    expectNone: [club_joined]
  without_end:
    steps: [{ visit: /endless }, { wait: 1s }]
    expectNone: [club_joined]
  not_there:
    steps: [{ visit: /gone }]
    expectNone: [club_joined]
  no_such_id:
    steps: [{ visit: / }]
    expect: { club_joind: {} }
`,
    )
    const proof = await report('--dir', 'site', '--only', 'club_joined')
    expect(outcomes(proof)).toMatchObject({
      'club_joined/fires': 'proven',
      'site/joins': 'proven',
      'site/joins_by_phone': 'refuted',
      'site/looks_only': 'proven',
      'site/under_a_policy': 'not-proven',
      'site/without_end': 'not-proven',
      'site/no_such_button': 'not-proven',
      'site/not_there': 'not-proven',
    })
    expect(proof.mistakes).toEqual([
      { file: 'plans/tests/site.yaml', line: 28, column: 15, text: expect.stringContaining('"club_joind"') },
    ])
    expect(proof.notes).toEqual([
      'Pages without the GTM snippet, which other pages have: /, /endless, /welcome; it was put into their heads.',
    ])
    const all = proof.conversions.flatMap(({ results }) => results)
    const because = (id: string) => all.find(({ scenario }) => scenario === id)?.because.join(' ')
    expect(because('site/joins_by_phone')).toContain('the parameter method is "email", not "phone"')
    expect(because('site/without_end')).toContain('does not come to rest')
    expect(because('site/not_there')).toContain('answered 404')
  }, 180_000)

  test('a page that builds itself, a link to the phone, a policy that only reports: what sites have proves as they are', async () => {
    const push = `dataLayer.push({event:'sign_up',method:'email'})`
    const snippet = (query: string) =>
      `<script async src="https://www.googletagmanager.com/gtm.js?id=GTM-STAGE01${query}"></script>`
    const pages: Readonly<Record<string, string>> = {
      '/late': `<script>setTimeout(() => { document.body.innerHTML = '<button id=join>Join</button>'; join.onclick = () => ${push} }, 100)</script>`,
      '/phone': `<a href="tel:+97140000000">Call</a><script>
document.addEventListener('click', (e) => (document.title = e.defaultPrevented ? 'prevented' : 'as it was'))
addEventListener('click', (e) => dataLayer.push({ event: 'sign_up', method: document.title + (e.defaultPrevented ? ', stays' : ', leaves') }))</script>`,
      '/reports': `<button id=join onclick="${push}">Join</button>`,
      '/endless': `<script>addEventListener('load', () => { const own = {}; own.self = own; dataLayer.push({ event: 'x', own }) })</script>`,
      '/named': snippet('&l=layer'),
      '/without': `<!-- GTM-STAGE01 -->`,
      '/asks': `<button id=join onclick="${push}">Join</button><script>addEventListener('beforeunload', (e) => e.preventDefault())</script>`,
      '/left': `<script>addEventListener('pagehide', () => ${push})</script>`,
    }
    const server = createServer(({ url = '/' }, response) => {
      response.setHeader('content-type', 'text/html')
      if (url === '/reports') response.setHeader('content-security-policy-report-only', "default-src 'none'")
      const head = url === '/named' || url === '/without' ? '' : snippet('')
      response.end(
        `<!doctype html><head><script>dataLayer = [{'gtm.start': 1, event: 'gtm.js'}]</script>${head}</head><body>${pages[url] ?? ''}</body>`,
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const joins = 'expect: { club_joined: { method: email } }'
    mkdirSync('plans/tests')
    writeFileSync(
      'plans/tests/site.yaml',
      `scenarios:
  late: { steps: [{ visit: /late }, { click: "#join" }, { wait: 3s }], ${joins} }
  phone: { steps: [{ visit: /phone }, { click: a }], expect: { club_joined: { method: "as it was, stays" } } }
  reports: { steps: [{ visit: /reports }, { click: "#join" }], ${joins} }
  endless: { steps: [{ visit: /endless }, { push: { event: sign_up, method: email } }], ${joins} }
  named: { steps: [{ visit: /named }, { push: { event: sign_up, method: email } }], ${joins} }
  left: { steps: [{ visit: /left }, { visit: /reports }], ${joins} }
  asks: { steps: [{ visit: /asks }, { click: "#join" }, { visit: /reports }], ${joins} }
  stays: { steps: [{ visit: /left }], expectNone: [club_joined] }
  no_form: { steps: [{ visit: /reports }, { submit: "#join" }], ${joins} }
  between: { steps: [{ visit: /reports }, { visit: /without }, { visit: /reports }], expectNone: [club_joined] }
`,
    )
    const proof = await report(
      '--url',
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      '--only',
      'club_joined',
    )
    server.close()
    const results = proof.conversions
      .flatMap((each) => each.results)
      .filter(({ origin }) => origin === 'written')
    expect(results.map(({ scenario, outcome, because }) => [scenario, outcome, because.join(' ')])).toEqual([
      ['site/late', 'proven', ''],
      ['site/phone', 'proven', ''],
      ['site/reports', 'proven', ''],
      [
        'site/endless',
        'not-proven',
        expect.stringContaining('the page pushed what cannot be read: RangeError'),
      ],
      ['site/named', 'not-proven', expect.stringContaining('names its data layer “layer”')],
      ['site/left', 'proven', ''],
      ['site/asks', 'proven', ''],
      ['site/stays', 'proven', ''],
      ['site/no_form', 'not-proven', 'step 2, submit #join: it is a button, not a form'],
      ['site/between', 'not-proven', 'GTM did not run on the page /without'],
    ])
  }, 60_000)

  // Where a handshake takes longer than the page lives, nobody is left whom the browser could ask about the certificate.
  test('a hit arrives whose page is gone before its host is reached', async () => {
    const asked: string[] = []
    let arrive = (): void => undefined
    const hasArrived = new Promise<void>((resolve) => (arrive = resolve))
    const world = await openWorld(({ url }) => {
      asked.push(url.href)
      if (url.host === 'hits.example') arrive()
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html>' }
    }, new Date())
    const slow = createNet((socket) => {
      const onward = connect(world.port, '127.0.0.1')
      for (const each of [socket, onward]) each.on('error', () => undefined)
      onward.pipe(socket)
      setTimeout(() => socket.pipe(onward), 300)
    })
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve))
    const browser = await launch(place as string, (slow.address() as AddressInfo).port)
    try {
      const page = await browser.newPage({ ignoreHTTPSErrors: true })
      await page.goto('https://www.harbour.example/')
      await page.evaluate(
        "navigator.sendBeacon('https://hits.example/g/collect?v=2&en=left'), location.assign('/next'), undefined",
      )
      await page.waitForURL('**/next')
      await Promise.race([hasArrived, page.waitForTimeout(5_000)])
      expect(asked).toContain('https://hits.example/g/collect?v=2&en=left')
    } finally {
      await browser.close()
      slow.close()
      await world.close()
    }
  })

  test('a site that is not there is a sentence, and the rest of the scenarios', async () => {
    mkdirSync('plans/tests')
    writeFileSync(
      'plans/tests/site.yaml',
      'scenarios: { looks: { steps: [{ visit: / }], expectNone: [club_joined] } }\n',
    )
    const proof = await report('--url', 'http://127.0.0.1:9', '--only', 'club_joined')
    expect(outcomes(proof)).toMatchObject({ 'club_joined/fires': 'proven', 'site/looks': 'not-proven' })
  }, 120_000)

  test('a step waits for the page that the step before leads to, however long that takes to answer', async () => {
    // A frame of the page gives no answer meanwhile, which leads nowhere.
    const frame = `document.querySelector('iframe').src = '/no-answer'`
    const join = `<iframe></iframe><form id="join" action="/welcome" onsubmit="${frame}"><button>Join</button></form>`
    const server = createServer(({ url = '/' }, response) => {
      if (url.startsWith('/no-answer')) return void response.writeHead(204).end()
      const body = url.startsWith('/welcome') ? 'Welcome' : join
      response.setHeader('content-type', 'text/html')
      const answer = (): void => void response.end(`<!doctype html><head></head><body>${body}</body>`)
      setTimeout(answer, url.startsWith('/welcome') ? 500 : 0)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const push = 'push: { event: sign_up, method: email }'
    const steps = `[{ visit: / }, { consent: granted }, { submit: form#join }, { ${push} }]`
    writeScenarios(`  joins: { steps: ${steps}, expect: { club_joined: { method: email } } }`, 0)
    const proof = await report('--url', `http://127.0.0.1:${port}`, '--only', 'club_joined')
    server.close()
    const results = proof.conversions.flatMap((each) => each.results)
    const joins = results.find(({ scenario }) => scenario === 'site/joins')
    expect(joins?.because).toEqual([])
    expect(joins?.saw.find(({ event }) => event === 'sign_up')?.page).toContain('/welcome')
  }, 60_000)

  test('a browser that crashes costs what ran in it; the rest runs in a new one', async () => {
    const wrapper = `#!/bin/sh\necho $$ > ${process.cwd()}/pid\nexec ${place} "$@"\n`
    writeFileSync('browser', wrapper, { mode: 0o755 })
    const { url, close } = await siteThat((path) => {
      if (path === '/crash') process.kill(Number(readFileSync('pid', 'utf8')), 'SIGKILL')
    })
    writeScenarios('  crashes: { steps: [{ visit: /crash }], expect: { club_joined: {} } }', 4)
    const proof = await report('--browser', `${process.cwd()}/browser`, '--url', url, '--only', 'club_joined')
    await close()
    expect(outcomes(proof)).toMatchObject({ 'site/crashes': 'not-proven', 'site/looks3': 'proven' })
    const all = proof.conversions.flatMap(({ results }) => results)
    expect(all.find(({ scenario }) => scenario === 'site/crashes')?.because).toEqual([
      'the browser ended in the middle of it',
    ])
  }, 60_000)

  // Over ten seconds: the page really floods the browser, which then takes its time to end.
  test('a page that hangs leaves the scenarios after it alone', async () => {
    const wrapper = `#!/bin/sh\nexec ${place} "$@"\n`
    writeFileSync('browser', wrapper, { mode: 0o755 })
    mkdirSync('site')
    writeFileSync('site/index.html', '<!doctype html><head></head>')
    const loop = `addEventListener('load', () => { for (let i = 0; ; i++) dataLayer.push({ event: 'x' + i }) })`
    writeFileSync('site/hangs.html', `<!doctype html><head></head><script>${loop}</script>`)
    writeScenarios('  hangs: { steps: [{ visit: /hangs }], expectNone: [club_joined] }', 4)
    const argv = ['--browser', `${process.cwd()}/browser`, '--dir', 'site', '--only', 'club_joined']
    const proof = await report(...argv)
    // What runs beside it in time is slowed down by it; what comes after has a browser of its own.
    expect(outcomes(proof)).toMatchObject({ 'site/hangs': 'not-proven', 'site/looks3': 'proven' })
    const all = proof.conversions.flatMap(({ results }) => results)
    expect(all.find(({ scenario }) => scenario === 'site/hangs')?.because.join(' ')).toContain(
      'does not come to rest',
    )
  }, 120_000)

  test('a link that serves no GTM proves nothing', async () => {
    const headers = { 'content-type': 'text/javascript' }
    const double = await openWorld(() => ({ status: 404, headers, body: '' }), new Date())
    const link = `http://127.0.0.1:${double.port}/gtm.js?id=GTM-STAGE01`
    const proof = await report('--level', 'preview', '--preview-link', link, '--only', 'club_joined')
    await double.close()
    expect(new Set(Object.values(outcomes(proof)))).toEqual(new Set(['not-proven']))
    expect(proof.conversions[0]?.results[0]?.because.join(' ')).toContain('gtm.js did not load')
  }, 60_000)

  test('a link that never answers is named, and waited for in the first scenario only', async () => {
    const asked: string[] = []
    const silent = createServer(({ url = '' }) => void asked.push(url))
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const link = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/gtm.js?id=GTM-STAGE01`
    const runner = await browserRunner({
      browser: place as string,
      now: new Date(),
      container: 'GTM-STAGE01',
      gtm: { kind: 'link', link: `${link}&gtm_auth=secret`, patience: 300 },
      hosts: new Set(),
      note: () => undefined,
      openStage: onStage,
    })
    const silence: Scenario = {
      id: 'purchase/silent',
      title: 'stays silent',
      conversions: ['purchase'],
      origin: 'derived',
      page: { url: 'https://www.shop.example/', cookies: {}, elements: [], before: [] },
      steps: [],
      expect: [],
      expectNone: ['purchase'],
      expectNoOther: false,
    }
    const first = await runner.run(silence, () => true)
    const second = await runner.run(silence, () => true)
    await runner.close()
    silent.closeAllConnections()
    silent.close()
    const said = `gtm.js did not load: ${link}&gtm_auth=… did not answer within 0.3 seconds`
    expect([first.problems, second.problems]).toEqual([[said], [said]])
    expect(asked).toEqual(['/gtm.js?id=GTM-STAGE01&gtm_auth=secret'])
  }, 60_000)

  test('Ctrl-C ends the run with what was seen so far, and the browser with it', async () => {
    const child = { kill: (): void => undefined }
    const { url, close } = await siteThat((path) => {
      if (path === '/stop') child.kill()
    })
    writeScenarios('  stops: { steps: [{ visit: /stop }], expectNone: [club_joined] }', 12)
    const argv = ['--import', 'tsx', 'src/cli.ts', 'test', `${process.cwd()}/plans/outfitters.yaml`]
    const more = ['-e', 'staging', '--only', 'club_joined', '--url', url, '--format', 'json']
    const started = spawn(process.execPath, [...argv, ...more], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.kill = () => void started.kill('SIGINT')
    let out = ''
    started.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    const code = await new Promise((resolve) => started.on('close', resolve))
    await close()
    const proof = JSON.parse(out) as ProofReport
    expect(code).toBe(1)
    expect(proof.notes).toContain('The run was stopped; what was left is not tried.')
    expect(outcomes(proof)).toMatchObject({ 'club_joined/fires': 'proven', 'site/looks11': 'not-tried' })
  }, 60_000)

  test('a foreign container around the plan shows what it counts twice', async () => {
    const exported = JSON.parse((await plan('compile', ...PLAN, '--format', 'gtm')).out) as {
      containerVersion: { tag: { notes?: string; name: string }[]; trigger: { notes?: string }[] }
    }
    for (const entity of [...exported.containerVersion.tag, ...exported.containerVersion.trigger])
      delete entity.notes
    for (const tag of exported.containerVersion.tag) tag.name = `Old ${tag.name}`
    writeFileSync('live.json', JSON.stringify(exported))
    const proof = await report('--around', 'live.json', '--only', 'club_joined')
    const [first] = proof.conversions[0]?.results ?? []
    expect(first?.because.join(' ')).toContain('sign_up is counted twice: the tag “Old GA4 Event - sign_up”')
  }, 120_000)

  test('level preview runs what its link serves, with the hits answered here; --compare finds no difference from ourselves', async () => {
    const { version } = parseExport((await plan('compile', ...PLAN, '--format', 'gtm')).out, 'compiled')
    const { text } = gtmScript(await readRuntime(root), version as unknown as ContainerVersion, {})
    const double = await openWorld(
      () => ({ status: 200, headers: { 'content-type': 'text/javascript' }, body: text }),
      new Date(),
    )
    const link = `http://127.0.0.1:${double.port}/gtm.js?id=GTM-STAGE01&gtm_auth=secret&gtm_preview=env-3`
    const proof = await report(
      '--level',
      'preview',
      '--preview-link',
      link,
      '--compare',
      '--only',
      'club_joined',
    )
    await double.close()
    expect(new Set(Object.values(outcomes(proof)))).toEqual(new Set(['proven']))
    // The double is not said to be Google.
    expect(proof.runtime).toContain('not Google’s')
    expect(proof.runtime).toContain('gtm_auth=…&')
    expect(proof.differences).toEqual([])
  }, 180_000)

  test('what a library holds back until the page goes is caught, whose name has gone from its requests by then', async () => {
    const text = `(() => {
const layer = window.dataLayer, load = Math.random(), held = []
const send = (event) => navigator.sendBeacon('https://www.google-analytics.com/g/collect?v=2&tid=G-STAGE00001&_p=' + load + '&en=' + event)
const push = layer.push
layer.push = (message) => (message.event === 'sign_up' && held.push('sign_up'), push.call(layer, message))
addEventListener('load', () => layer.push({ event: 'gtm.dom' }))
addEventListener('pagehide', () => held.forEach(send))
send('page_view')
})()`
    const headers = { 'content-type': 'text/javascript' }
    const double = await openWorld(() => ({ status: 200, headers, body: text }), new Date())
    const link = `http://127.0.0.1:${double.port}/gtm.js?id=GTM-STAGE01`
    mkdirSync('site')
    writeFileSync('site/index.html', '<!doctype html><head></head>')
    writeScenarios(
      '  joins: { steps: [{ visit: / }, { push: { event: sign_up } }], expect: { club_joined: {} } }',
    )
    const argv = ['--level', 'preview', '--preview-link', link, '--only', 'club_joined', '--dir', 'site']
    const proof = await report(...argv)
    await double.close()
    expect(outcomes(proof)).toMatchObject({ 'site/joins': 'proven', 'site/looks': 'proven' })
  }, 60_000)

  test('the report as a page is readable by everyone, narrow and dark too, and loads nothing', async () => {
    mkdirSync('plans/tests')
    writeFileSync('plans/tests/site.yaml', 'scenarios: { wrong: { steps: [] } }\n')
    const argv = ['--level', 'logic', '--only', 'club_joined', '--explain', 'club_joined', '--format', 'html']
    const { out } = await plan('test', ...PLAN, ...argv)
    expect(out).toContain('Proof of Harbour Outfitters web shop, staging')
    expect(out).toContain('club_joined/fires')
    expect(out).toContain('plans/tests/site.yaml:1:30')
    const asked: string[] = []
    const headers = { 'content-type': 'text/html; charset=utf-8' }
    shared.answer = () => ({ status: 200, headers, body: out })
    const context = await shared.browser.newContext({
      viewport: { width: 360, height: 740 },
      colorScheme: 'dark',
    })
    const page = await context.newPage()
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto('http://report.example/')
    await page.evaluate(`for (const each of document.querySelectorAll('details')) each.open = true`)
    await page.evaluate(readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'))
    const violations = await page.evaluate(
      `axe.run().then(({ violations }) => violations.map(({ id }) => id))`,
    )
    expect(violations).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    expect(asked.filter((path) => path !== '/favicon.ico')).toEqual(['/'])
    await context.close()
  }, 60_000)

  test('in a team’s own Playwright test, the plan’s conversions are asserted', async () => {
    const snippet = `<script>window.dataLayer=[{event:'gtm.js'}]</script><script async src="https://www.googletagmanager.com/gtm.js?id=GTM-STAGE01"></script>`
    const button = `<button onclick="setTimeout(() => dataLayer.push({event:'sign_up',method:'email'}), 100)">Join</button>`
    shared.answer = ({ url }) => ({
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: `<!doctype html>${url.pathname === '/' ? snippet : ''}${button}`,
    })
    const context = await shared.browser.newContext({ ignoreHTTPSErrors: true })
    const page = await context.newPage()
    // As in docs/proof.md.
    const planned = await expectPlan(page, 'plans/outfitters.yaml', { environment: 'staging', timeout: 1000 })
    await page.goto('https://staging.harbour.example/')
    await planned.toStaySilent('club_joined')
    await page.getByRole('button', { name: 'Join' }).click()
    await planned.toFire('club_joined', { method: 'email' })
    await planned.toStaySilent('purchase')
    await expect(planned.toFire('club_joined', { method: 'phone' })).rejects.toThrow(
      'the parameter method is "email"',
    )
    await expect(planned.toStaySilent('club_joined')).rejects.toThrow('must not be')
    // On a page without GTM no marker arrives, and so no silence is proved.
    await page.goto('https://staging.harbour.example/without')
    await expect(planned.toStaySilent('purchase')).rejects.toThrow('the marker sent at the end never arrived')
    await page.goto('https://staging.harbour.example/')
    const other = await context.newPage()
    const beside = await expectPlan(other, 'plans/outfitters.yaml', { environment: 'staging', timeout: 1000 })
    await other.goto('https://staging.harbour.example/')
    await other.getByRole('button', { name: 'Join' }).click()
    await beside.toFire('club_joined', { method: 'email' })
    expect(beside.hits().filter(({ event }) => event === 'sign_up')).toHaveLength(1)
    // For a page of its own, or the same one once more, it starts anew.
    const again = await expectPlan(page, 'plans/outfitters.yaml', { environment: 'staging', timeout: 1000 })
    await page.goto('https://staging.harbour.example/')
    await again.toStaySilent('club_joined')
    expect(planned.hits().filter(({ event }) => event === 'sign_up')).toHaveLength(1)
    await context.close()
  }, 120_000)

  test('in a team’s own Playwright test, what goes past expectPlan is said, and what a page sends as it goes is heard', async () => {
    const snippet = `<script>window.dataLayer=[{event:'gtm.js'}]</script><script async src="https://www.googletagmanager.com/gtm.js?id=GTM-STAGE01"></script>`
    const push = `dataLayer.push({event:'sign_up',method:'email'})`
    const out: string[] = []
    shared.answer = ({ url }) => {
      if (/gtm|collect/.test(url.pathname)) out.push(url.pathname)
      const body = `<!doctype html>${snippet}${url.pathname === '/leave' ? `<script>addEventListener('pagehide', () => ${push})</script>` : ''}<button onclick="${push}">Join</button>`
      const type = url.pathname.endsWith('.js') ? 'text/javascript' : 'text/html'
      return { status: 200, headers: { 'content-type': type }, body: type === 'text/html' ? body : '' }
    }
    const options = { environment: 'staging', timeout: 1000 }
    const inNewPage = async (
      look: (page: Page, planned: PlanExpectations) => Promise<void>,
    ): Promise<void> => {
      const context = await shared.browser.newContext({ ignoreHTTPSErrors: true })
      const page = await context.newPage()
      await look(page, await expectPlan(page, 'plans/outfitters.yaml', options))
      await context.close()
    }
    await inNewPage(async (page, planned) => {
      await page.context().route('**/*', (route) => route.continue())
      await page.goto('https://staging.harbour.example/')
      await expect(planned.toStaySilent('purchase')).rejects.toThrow(
        'purchase: gtm.js of www.googletagmanager.com was not answered by expectPlan: a route of the test itself took it first',
      )
      await expect(planned.toFire('club_joined')).rejects.toThrow('let it hand on gtm.js')
    })
    expect(out).toEqual(['/gtm.js'])
    await inNewPage(async (page, planned) => {
      await page.route(/collect/, (route) => route.continue())
      await page.goto('https://staging.harbour.example/')
      await page.getByRole('button').click()
      await expect(planned.toFire('club_joined')).rejects.toThrow('a hit went out to analytics.google.com')
    })
    out.length = 0
    // What hands on, and what answers hits itself, lets nothing out.
    await inNewPage(async (page, planned) => {
      await page.route('**/*', (route) => route.fallback())
      await page.route(/collect/, (route) => route.fulfill({ status: 204 }))
      await page.goto('https://staging.harbour.example/')
      await page.getByRole('button').click()
      await planned.toFire('club_joined')
      await planned.toStaySilent('purchase')
    })
    // As a page goes the browser asks no route.
    await inNewPage(async (page, planned) => {
      await page.goto('https://staging.harbour.example/leave')
      await page.goto('https://staging.harbour.example/')
      await planned.toFire('club_joined', { method: 'email' })
    })
    expect(out).toEqual([])
  }, 60_000)
})
