/** Plans that say what they mean, in every shape that the language has: nothing of them is refuted for want of an example. */
import { expect, test } from 'vitest'
import { proving, trialFor } from './trial.ts'

const proofsOf = async (goals: Parameters<typeof trialFor>[0], top?: string) => {
  const results = await proving(trialFor(goals, top))
  return results.map(({ scenario, outcome, because }) => [scenario, outcome, ...because])
}
const open = (results: readonly (readonly string[])[]) =>
  results.filter(([, outcome]) => outcome !== 'proven')

test('groups: parts of one kind, parts that leave the page, parts that take time, data that comes with one of them', async () => {
  const results = await proofsOf({
    clicks: 'event: clicks, trigger: { all: [{ click: { id: one } }, { click: { id: two } }] }',
    links:
      'event: links, trigger: { all: [{ link: { selector: a.pdf }, when: [{ click: { url: { contains: .pdf } } }] }, { link: { selector: a.help } }, { click: { id: more } }] }',
    forms: 'event: forms, trigger: { all: [{ form: { id: first } }, { form: { selector: form.second } }] }',
    seen_and_clicked: 'event: seen, trigger: { all: [{ click: { id: buy } }, { visible: { id: box } }] }',
    page_and_time:
      'event: stayed, trigger: { all: [{ page: viewed, when: [{ path: { startsWith: /shop } }] }, { timer: { every: 20s } }] }',
    time_and_sight:
      'event: looked, trigger: { all: [{ visible: { id: box, duration: 4s } }, { timer: { every: 10s } }] }',
    data: 'event: data, trigger: { all: [{ visible: { id: box }, when: [{ dataLayer: { user.type: { equals: member } } }] }, { dataLayer: order_done }] }',
  })
  expect(open(results)).toEqual([])
  expect(results.map(([scenario]) => scenario)).not.toContain('page_and_time/silent-without-part-1')
  expect(results.map(([scenario]) => scenario)).toContain('links/silent-without-part-1')
})

test('a part that what else is needed takes as long as is not said to be refuted', async () => {
  const results = await proofsOf({
    two: 'event: two, trigger: { all: [{ timer: { every: 30s } }, { timer: { every: 60s } }] }',
  })
  expect(open(results)).toEqual([
    ['two/silent-without-part-1', 'not-tried', 'what else it needs takes as long as its timer'],
  ])
})

test('any of several: what comes by itself with each page leaves the others untried, and says so', async () => {
  const results = await proofsOf({
    thanks:
      'event: thanks, trigger: { any: [{ page: viewed, when: [{ path: { equals: /thanks } }] }, { dataLayer: thanks }] }',
    deep: 'event: deep, trigger: { any: [{ scroll: { percent: [10] } }, { dataLayer: done }] }',
    always: 'event: always, trigger: { any: [{ page: viewed }, { dataLayer: again }] }',
  })
  const meanwhile = 'another of its triggers fires by itself meanwhile'
  expect(open(results)).toEqual([
    ['always/fires-dataLayer-2', 'not-tried', meanwhile],
    ['always/silent-otherwise-dataLayer-2', 'not-tried', meanwhile],
  ])
})

test('every link, every form, every click of some pages has no other one to be silent on', async () => {
  const results = await proofsOf({
    link: 'event: link, trigger: { link: {}, when: [{ path: { startsWith: /help } }] }',
    form: 'event: form, trigger: { form: {}, when: [{ path: { startsWith: /help } }] }',
    click: 'event: click, trigger: { click: {}, when: [{ path: { startsWith: /help } }] }',
    pdf: 'event: pdf, trigger: { link: {}, when: [{ click: { url: { contains: .pdf } } }] }',
  })
  expect(open(results)).toEqual([])
  expect(results.flatMap(([scenario]) => (scenario?.includes('otherwise') ? [scenario] : []))).toEqual([
    'pdf/silent-otherwise',
  ])
})

test('conditions on what the ecommerce object holds are kept by it', async () => {
  const results = await proofsOf(
    {
      large:
        'event: purchase, ecommerce: true, trigger: { dataLayer: purchase, when: [{ dataLayer: { ecommerce.value: { greaterThan: 100 } } }] }',
      paid: 'event: purchase, ecommerce: true, trigger: { dataLayer: bought, when: [{ dataLayer: { ecommerce.value: { greaterThan: 0 } } }] }, parameters: { order: { dataLayer: ecommerce.transaction_id }, first: { dataLayer: ecommerce.items.0.item_id } }',
      listed:
        'event: view_item, ecommerce: true, trigger: { page: dom_ready, when: [{ path: { startsWith: /p/ } }] }',
      clicked: 'event: add_to_cart, ecommerce: true, trigger: { click: { id: add } }',
    },
    'currency: AED',
  )
  expect(open(results).filter(([scenario]) => scenario !== 'clicked/fires-on-what-is-inside')).toEqual([])
})

test('an address leaves as a browser writes it, and a form with the one it is sent to', async () => {
  const results = await proofsOf({
    cafe: 'event: cafe, trigger: { dataLayer: a, when: [{ path: { startsWith: /café } }, { fragment: { startsWith: é } }] }, parameters: { place: { url: path }, part: { url: fragment } }',
    kuwait:
      'event: kuwait, trigger: { page: viewed, when: [{ path: { startsWith: /الكويت } }] }, parameters: { place: { url: path, format: { case: lower } }, whole: { url: full } }',
    sent: 'event: sent, trigger: { form: { id: nl, checkValidation: true } }, parameters: { to: { form: url } }',
    promo:
      'event: promo, trigger: { dataLayer: b, when: [{ path: { startsWith: /shop } }, { url: { contains: "?promo=1" } }] }',
  })
  expect(open(results)).toEqual([])
})

test('the empty text is asked for by name, a table for what it gives, and GTM’s own keys are not made up', async () => {
  const results = await proofsOf({
    none: 'event: none, trigger: { dataLayer: a, when: [{ dataLayer: { coupon: { equals: "" } } }] }',
    some: 'event: some, trigger: { dataLayer: b, unless: [{ dataLayer: { coupon: { equals: "" } } }] }',
    table:
      'event: table, trigger: { dataLayer: c, when: [{ value: { match: { from: { url: host }, patterns: { "^shop\\\\.": shop } } }, test: { exists: true } }] }',
    tick: 'event: tick, trigger: { timer: { every: 5s } }, parameters: { nth: { dataLayer: gtm.timerEventNumber }, name: { dataLayer: event } }',
    toast:
      'event: toast, trigger: { visible: { selector: .toast } }, parameters: { text: { element: { selector: .toast } } }',
  })
  expect(open(results)).toEqual([])
})

test('the name of the event is made up to what is asked of it, and read from there', async () => {
  const made = trialFor({
    sent: 'event: sent, trigger: { dataLayer: { matches: "^(form|chat)_" }, when: [{ event: { endsWith: _sent } }], unless: [{ event: { contains: test } }] }, parameters: { what: { event: true }, kind: { lookup: { from: { event: true }, map: { form__sent: form } } } }',
    click: 'event: click, trigger: { click: { id: buy } }, parameters: { what: { event: true } }',
  })
  const results = await proving(made)
  expect(results.filter(({ outcome }) => outcome !== 'proven').map(({ scenario }) => scenario)).toEqual([
    'click/fires-on-what-is-inside',
  ])
  expect(results[0]?.expected[0]?.parameters).toMatchObject({ what: expect.stringMatching(/^form_.*_sent$/) })
})

test('what one condition undoes of another is no example', async () => {
  const results = await proofsOf({
    torn: 'event: torn, trigger: { dataLayer: a, when: [{ dataLayer: { user: { equals: pro } } }, { dataLayer: { user.id: { exists: true } } }] }',
  })
  expect(results[0]).toEqual([
    'torn/fires',
    'not-tried',
    'no example was found for data layer’s user equals "pro" and data layer’s user.id exists "true"',
  ])
})
