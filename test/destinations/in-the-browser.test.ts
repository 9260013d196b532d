/**
 * Every destination in a real browser: the container that a plan compiles to, with each vendor's script replaced by a recorder.
 * The right calls in the right order with the right values and types; nothing without consent, nothing twice, nothing lost that
 * comes before the loader, and no error where the loader never comes.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { compile } from '../../src/compile/compile.ts'
import { containerFile } from '../../src/compile/export.ts'
import { DESTINATIONS, destinationKinds, type DestinationKind } from '../../src/destinations/kinds.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import { fromExportCasing } from '../../src/resources/export-casing.ts'
import type { ContainerVersion } from '../../src/runtime/core/container.ts'
import { chromium as place, note } from '../chromium.ts'
import { ourTemplates, planFrom } from '../compile/compile-file.ts'
import { lane, type Lane, type Opened, type Recorded } from './page.ts'

/** Those whose tags are GTM's own, of base and event, so that no code of ours runs there; and a team's own HTML. */
const OTHERS = ['ga4', 'googleAds', 'microsoft', 'pinterest', 'html'] as const
type Vendor = Exclude<DestinationKind, (typeof OTHERS)[number]>

/** What a vendor is told. Calls of its function as `[vendor, ...arguments]`. */
interface Heard extends Recorded {
  readonly id: string
  /** What `send` says of the two goals. */
  readonly purchase: string | true
  readonly lead: string | true
  /** Calls of the loader itself. */
  readonly base: readonly unknown[]
  /** The same where the page knows the visitor by then, and the vendor asks for that. */
  readonly baseKnowing?: readonly unknown[]
  readonly ofPurchase: readonly unknown[]
  /** A lead without anything that the data layer could hold. */
  readonly ofLead: readonly unknown[]
}

/** A vendor's script for a function that queues its arguments in `q` until it comes. */
const queued = (name: string, q = `window.${name}.q`): string =>
  `var before=${q}||[];window.${name}=function(){record('${name}',arguments)};before.forEach(function(each){window.${name}.apply(null,each)})`

const load = (src: string): string =>
  `document.head.appendChild(Object.assign(document.createElement('script'),{async:true,src:${JSON.stringify(src)}}))`

const VENDORS: { readonly [K in Vendor]: Heard } = {
  hotjar: {
    id: '1234567',
    script: 'https://static.hotjar.com/c/hotjar-1234567.js?sv=6',
    native: {
      type: 'hjtc',
      code: `window.hj=window.hj||function(){(hj.q=hj.q||[]).push(arguments)};${load('https://static.hotjar.com/c/hotjar-1234567.js?sv=6')}`,
    },
    recorder: queued('hj'),
    purchase: true,
    lead: 'enquiry',
    base: [],
    ofPurchase: [['hj', 'event', 'purchase']],
    ofLead: [['hj', 'event', 'enquiry']],
  },
  hubspot: {
    id: '8000000',
    script: 'https://js.hs-scripts.com/8000000.js',
    recorder: `var before=window._hsq||[];window._hsq={push:function(call){record('_hsq',call)}};before.forEach(window._hsq.push)`,
    purchase: true,
    lead: 'pe8000000_enquiry',
    base: [],
    ofPurchase: [
      ['_hsq', 'identify', { email: 'shopper@mail.example' }],
      [
        '_hsq',
        'trackCustomBehavioralEvent',
        {
          name: 'pe8000000_purchase',
          properties: { value: 30.5, currency: 'EUR', transaction_id: 'T-100' },
        },
      ],
    ],
    ofLead: [['_hsq', 'trackCustomBehavioralEvent', { name: 'pe8000000_enquiry', properties: {} }]],
  },
  linkedin: {
    id: '123456',
    script: 'https://snap.licdn.com/li.lms-analytics/insight.min.js',
    native: {
      type: 'bzi',
      code: `window.lintrk||(window.lintrk=function(a,b){lintrk.q.push([a,b])},lintrk.q=[]);${load('https://snap.licdn.com/li.lms-analytics/insight.min.js')}`,
    },
    recorder: queued('lintrk'),
    purchase: '18000001',
    lead: '18000002',
    base: [],
    ofPurchase: [['lintrk', 'track', { conversion_id: '18000001', event_id: 'e-1' }]],
    ofLead: [['lintrk', 'track', { conversion_id: '18000002' }]],
  },
  meta: {
    id: '1234567890',
    script: 'https://connect.facebook.net/en_US/fbevents.js',
    recorder: `var f=window.fbq;f.callMethod=function(){record('fbq',arguments)};f.queue.splice(0).forEach(function(each){f.callMethod.apply(f,each)})`,
    purchase: true,
    lead: 'Enquiry',
    base: [
      ['fbq', 'init', '1234567890', {}],
      ['fbq', 'trackSingle', '1234567890', 'PageView'],
    ],
    baseKnowing: [
      ['fbq', 'init', '1234567890', { em: 'shopper@mail.example' }],
      ['fbq', 'trackSingle', '1234567890', 'PageView'],
    ],
    ofPurchase: [
      [
        'fbq',
        'trackSingle',
        '1234567890',
        'Purchase',
        {
          value: 30.5,
          currency: 'EUR',
          content_type: 'product',
          content_ids: ['S1', 'S2'],
          contents: [
            { id: 'S1', quantity: 2 },
            { id: 'S2', quantity: 1 },
          ],
        },
        { eventID: 'e-1' },
      ],
    ],
    ofLead: [['fbq', 'trackSingleCustom', '1234567890', 'Enquiry', {}, {}]],
  },
  mixpanel: {
    id: '0123456789abcdef0123456789abcdef',
    script: 'https://cdn.mxpnl.com/libs/mixpanel-2-latest.min.js',
    recorder: `var m=window.mixpanel,before=[].slice.call(m);m._i.forEach(function(each){record('mixpanel',['init'].concat(each))});
      m.track=function(){record('mixpanel',['track'].concat([].slice.call(arguments)))};before.forEach(function(each){m[each[0]].apply(m,each.slice(1))})`,
    purchase: true,
    lead: 'Enquiry sent',
    base: [
      [
        'mixpanel',
        'init',
        '0123456789abcdef0123456789abcdef',
        { persistence: 'localStorage', track_pageview: true },
        'mixpanel',
      ],
    ],
    ofPurchase: [
      [
        'mixpanel',
        'track',
        'purchase',
        {
          value: 30.5,
          currency: 'EUR',
          transaction_id: 'T-100',
          items: [
            { item_id: 'S1', item_name: 'Boots', item_category: 'Shoes', price: 10.25, quantity: 2 },
            { item_id: 'S2', item_name: 'Laces', price: 10, quantity: 1 },
          ],
          $insert_id: 'e-1',
        },
      ],
    ],
    ofLead: [['mixpanel', 'track', 'Enquiry sent', {}]],
  },
  tiktok: {
    id: 'CABC1234567890DEFGHI',
    script: 'https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=CABC1234567890DEFGHI&lib=ttq',
    // As TikTok's own: what waits stands in the pixel's array, and calls of the pixel are its own.
    recorder: `var t=window.ttq;Object.keys(t._i).forEach(function(id){var before=t._i[id].slice(),own={};
      t.methods.forEach(function(name){own[name]=function(){record('ttq',[id,name].concat([].slice.call(arguments)))}});
      t._i[id]=own;before.forEach(function(each){own[each[0]].apply(own,each.slice(1))})});t.instance=function(id){return t._i[id]}`,
    purchase: true,
    lead: true,
    base: [['ttq', 'CABC1234567890DEFGHI', 'page']],
    baseKnowing: [
      ['ttq', 'CABC1234567890DEFGHI', 'identify', { email: 'shopper@mail.example' }],
      ['ttq', 'CABC1234567890DEFGHI', 'page'],
    ],
    ofPurchase: [
      [
        'ttq',
        'CABC1234567890DEFGHI',
        'track',
        'Purchase',
        {
          value: 30.5,
          currency: 'EUR',
          content_type: 'product',
          contents: [
            { content_id: 'S1', content_name: 'Boots', quantity: 2, price: 10.25 },
            { content_id: 'S2', content_name: 'Laces', quantity: 1, price: 10 },
          ],
        },
        { event_id: 'e-1' },
      ],
    ],
    ofLead: [['ttq', 'CABC1234567890DEFGHI', 'track', 'SubmitForm', {}, {}]],
  },
}
const vendors = destinationKinds().filter(
  (kind): kind is Vendor => !(OTHERS as readonly DestinationKind[]).includes(kind),
)

const SMALLEST = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')
const templates = await ourTemplates()

/** One container with every vendor in it. */
function container(
  more: { readonly [field: string]: object } = {},
  others: { readonly [id: string]: object } = {},
): ContainerVersion {
  const destinations = Object.fromEntries(
    vendors.map((kind) => {
      const knows = DESTINATIONS[kind].userData === 'none' ? {} : { userData: 'shopper' }
      return [kind, { kind, id: VENDORS[kind].id, ...knows }]
    }),
  )
  const send = (goal: 'purchase' | 'lead') =>
    Object.fromEntries(vendors.map((kind) => [kind, VENDORS[kind][goal]]))
  return containerWith({
    ...more,
    destinations: { ...destinations, ...others },
    userData: { shopper: { email: { dataLayer: 'user.email' } } },
    eventId: { dataLayer: 'event_id' },
    goals: {
      purchase: { send: send('purchase') },
      lead: {
        title: 'Lead',
        event: 'generate_lead',
        trigger: { dataLayer: 'generate_lead' },
        send: send('lead'),
      },
    },
  })
}

function containerWith({
  goals: { purchase, ...goals },
  ...said
}: {
  readonly goals: { readonly purchase: object; readonly [id: string]: object }
  readonly [field: string]: object
}): ContainerVersion {
  const document = parse(SMALLEST) as PlanDocument
  const plan = planFrom(
    stringify({
      ...document,
      consent: { mode: 'advanced', updateEvent: 'agreed' },
      ...said,
      goals: { purchase: { ...document.goals.purchase, ...purchase }, ...goals },
    }),
  )
  const { resources, diagnostics } = compile(plan, templates)
  expect(diagnostics).toEqual([])
  return fromExportCasing(
    containerFile(plan, resources, new Date(0)).containerVersion as object,
  ) as ContainerVersion
}

const PURCHASE = {
  event: 'purchase',
  event_id: 'e-1',
  user: { email: 'shopper@mail.example' },
  ecommerce: {
    transaction_id: 'T-100',
    value: 30.5,
    currency: 'EUR',
    items: [
      { item_id: 'S1', item_name: 'Boots', item_category: 'Shoes', price: 10.25, quantity: 2 },
      { item_id: 'S2', item_name: 'Laces', price: 10, quantity: 1 },
    ],
  },
}
/** A page on which nothing of that is known. */
const NOTHING = { ecommerce: null, event_id: undefined, user: undefined }
const LEAD = { event: 'generate_lead' }
const ALL = ['ad_storage', 'ad_user_data', 'ad_personalization', 'analytics_storage']
const consent = (said: 'granted' | 'denied') => Object.fromEntries(ALL.map((type) => [type, said]))
const AGREES = { event: 'agreed' }

describe.skipIf(place === undefined)(`in a browser${note}`, () => {
  let theLane: Lane
  beforeAll(async () => {
    theLane = await lane(
      place ?? '',
      vendors.map((kind) => VENDORS[kind]),
    )
  }, 60_000)
  afterAll(() => theLane?.close())

  const of = (calls: readonly unknown[], kind: Vendor): readonly unknown[] => {
    const name = String((VENDORS[kind].ofPurchase[0] as readonly unknown[])[0])
    return calls.filter((each) => (each as readonly unknown[])[0] === name)
  }
  const byVendor = (calls: readonly unknown[]) =>
    Object.fromEntries(vendors.map((kind) => [kind, of(calls, kind)]))
  const expected = (...parts: readonly ('base' | 'ofPurchase' | 'ofLead')[]) =>
    Object.fromEntries(vendors.map((kind) => [kind, parts.flatMap((part) => VENDORS[kind][part])]))
  const scripts = () => vendors.map((kind) => VENDORS[kind].script).sort()
  const grant = ({ page }: Opened) =>
    page.evaluate(`gtag('consent','update',${JSON.stringify(consent('granted'))})`)

  test('each vendor hears each conversion once, as it wants to hear it', async () => {
    const opened = await theLane.open(container(), { consent: consent('granted') })
    expect(byVendor(await opened.calls())).toEqual(expected('base'))
    await opened.push(PURCHASE)
    expect(byVendor(await opened.calls())).toEqual(expected('ofPurchase'))
    await opened.push(NOTHING, LEAD)
    expect(byVendor(await opened.calls())).toEqual(expected('ofLead'))
    expect([...opened.asked()].sort()).toEqual(scripts())
    expect(opened.errors()).toEqual([])
    await opened.close()
  })

  test('what comes before the loader waits for it', async () => {
    const opened = await theLane.open(container(), { consent: consent('granted'), holdsScripts: true })
    await opened.push(PURCHASE)
    expect(await opened.calls()).toEqual([])
    await opened.letIn()
    expect(byVendor(await opened.calls())).toEqual(expected('base', 'ofPurchase'))
    expect([...opened.asked()].sort()).toEqual(scripts())
    await opened.close()
  })

  test('nothing is loaded and nothing is told without consent; once it is given, each loader comes once', async () => {
    const opened = await theLane.open(container(), { consent: consent('denied') })
    await opened.push(PURCHASE)
    expect([await opened.calls(), opened.asked()]).toEqual([[], []])
    await grant(opened)
    await opened.push(AGREES)
    const knowing = vendors.map((kind) => [kind, VENDORS[kind].baseKnowing ?? VENDORS[kind].base])
    expect(byVendor(await opened.calls())).toEqual(Object.fromEntries(knowing))
    await opened.push(NOTHING, LEAD, AGREES)
    expect(byVendor(await opened.calls())).toEqual(expected('ofLead'))
    expect([...opened.asked()].sort()).toEqual(scripts())
    expect(opened.errors()).toEqual([])
    await opened.close()
  })

  test('a tool that says so again where consent was there already loads nothing a second time', async () => {
    const chat = (unless: string) => ({
      kind: 'html',
      html: `<script>record("chat",[${JSON.stringify(unless)}])</script>`,
      trigger: { page: 'viewed', unless: [{ path: { startsWith: unless } }] },
      consent: ['functionality_storage'],
    })
    const loads = ['hotjar', 'linkedin'] as const
    const version = containerWith({
      destinations: {
        ...Object.fromEntries(loads.map((kind) => [kind, { kind, id: VENDORS[kind].id }])),
        chat: chat('/checkout'),
        nowhere: chat('/'),
      },
      goals: { purchase: {} },
    })
    const all = (said: 'granted' | 'denied') => ({ ...consent(said), functionality_storage: said })
    const expectedOnce = [[['chat', '/checkout']], loads.map((kind) => VENDORS[kind].script).sort()]
    const opened = await theLane.open(version, { consent: all('granted') })
    await opened.push(AGREES, AGREES)
    expect([await opened.calls(), [...opened.asked()].sort()]).toEqual(expectedOnce)
    await opened.close()
    // What a team does not want on a page does not come there with late consent, either.
    const late = await theLane.open(version, { consent: all('denied') })
    expect([await late.calls(), late.asked()]).toEqual([[], []])
    await late.page.evaluate(`gtag('consent','update',${JSON.stringify(all('granted'))})`)
    await late.push(AGREES, AGREES)
    expect([await late.calls(), [...late.asked()].sort()]).toEqual(expectedOnce)
    expect([...opened.errors(), ...late.errors()]).toEqual([])
    await late.close()
  })

  test("a team's own HTML runs on its trigger or with a conversion, with the values of variables, and waits for consent", async () => {
    const html = containerWith({
      destinations: {
        chat: {
          kind: 'html',
          html: '<script>record("chat",[{{Page Path}}])</script>',
          trigger: { page: 'viewed', unless: [{ path: { startsWith: '/checkout' } }] },
          consent: ['functionality_storage'],
        },
        partner: {
          kind: 'html',
          html: '<script>record("partner",[{{worth}},"{{worth}}",{{DLV - plan.type}}])</script>',
          with: { worth: { dataLayer: 'ecommerce.value' } },
        },
      },
      goals: { purchase: { send: { partner: true } } },
    })
    const opened = await theLane.open(html, { consent: { functionality_storage: 'denied' } })
    await opened.push({ plan: { type: 'pro' } }, PURCHASE)
    expect(await opened.calls()).toEqual([['partner', 30.5, '30.5', 'pro']])
    await opened.page.evaluate(`gtag('consent','update',{functionality_storage:'granted'})`)
    await opened.push(AGREES, AGREES)
    expect([await opened.calls(), opened.errors()]).toEqual([[['chat', '/']], []])
    await opened.close()
  })

  test('a route of a single-page app is told once to those who do not see it by themselves', async () => {
    const more = { pinterest: { kind: 'pinterest', id: '2612000000000' } }
    const opened = await theLane.open(container({ site: { hosts: [], singlePageApp: true } }, more), {
      consent: consent('granted'),
    })
    await opened.calls()
    // Pinterest's tags are GTM's own, but for this one.
    await opened.page.evaluate("window.pintrk=function(){record('pintrk',arguments)}")
    await opened.page.evaluate("history.replaceState(null,'','/'),history.pushState(null,'','/prices?x=1')")
    await opened.page.evaluate("history.replaceState({},'','/prices?x=1')")
    await opened.page.waitForTimeout(50)
    const calls = await opened.calls()
    const told = {
      ...byVendor(calls),
      pinterest: calls.filter((call) => (call as unknown[])[0] === 'pintrk'),
    }
    expect(Object.fromEntries(Object.entries(told).filter(([, calls]) => calls.length > 0))).toEqual({
      hotjar: [['hj', 'stateChange', '/prices?x=1']],
      hubspot: [
        ['_hsq', 'setPath', '/prices?x=1'],
        ['_hsq', 'trackPageView'],
      ],
      linkedin: [['lintrk', 'track']],
      pinterest: [['pintrk', 'page']],
      tiktok: [['ttq', 'CABC1234567890DEFGHI', 'page']],
    })
    expect(opened.errors()).toEqual([])
    await opened.close()
  })

  test('where a loader is missing, nothing breaks', async () => {
    const { tag = [], ...rest } = container()
    const opened = await theLane.open(
      { ...rest, tag: tag.filter(({ name }) => !name.endsWith(' - base')) },
      { consent: consent('granted') },
    )
    await opened.push(PURCHASE, LEAD)
    expect([await opened.calls(), opened.asked(), opened.errors()]).toEqual([[], [], []])
    await opened.close()
  })
})

test('every id in the browser is one of its vendor', () => {
  for (const kind of vendors) {
    const { id } = DESTINATIONS[kind]
    expect(id !== 'none' && id.pattern.test(VENDORS[kind].id)).toBe(true)
  }
})
