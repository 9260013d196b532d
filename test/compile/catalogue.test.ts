import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { checkPlan } from '../../src/check/check.ts'
import { compile } from '../../src/compile/compile.ts'
import { addConversion } from '../../src/plan/add-conversion.ts'
import { buildPlan } from '../../src/plan/build.ts'
import {
  datedOn,
  readCatalogue,
  renderCatalogue,
  searchCatalogue,
  withFallback,
  type CatalogueEntry,
  type ReadyConversion,
} from '../../src/plan/catalogue.ts'
import type { Diagnostic } from '../../src/plan/diagnostic.ts'
import type { ParsedPlan } from '../../src/plan/parse.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import { cataloguePage } from '../../src/plan/catalogue-page.ts'
import { namesElsewhere, toldToVendors } from '../../src/docs/catalogue-vendors.ts'
import { fittedTo } from '../../src/docs/fitted-entry.ts'
import { renderCataloguePage } from '../../src/docs/catalogue-text.ts'
import { ourTemplates } from './compile-file.ts'

const entries = await readCatalogue(join(import.meta.dirname, '../../templates/conversions'))
const templates = await ourTemplates()
const TODAY = '2026-11-22'
const newsletter = entries.find(({ id }) => id === 'newsletter_signup') as CatalogueEntry

/** A plan around one conversion that has nothing else wrong with it. */
function planAround(entry: CatalogueEntry, conversion: ReadyConversion): PlanDocument {
  const planned = (title: string): object => ({ title, source: 'crm', feeds: ['order'] })
  return {
    version: 1,
    plan: 'catalogue',
    title: 'One of the catalogue',
    owner: 'team@shop.example',
    currency: 'EUR',
    site: { hosts: ['www.shop.example'] },
    environments: {
      live: {
        gtm: { account: '1', container: 'GTM-CAT0001' },
        ga4: { property: '1', measurementId: 'G-CAT0000001' },
      },
    },
    parameters: entry.parameters,
    goals: {
      order: { title: 'Order', primary: true, event: 'order', trigger: { dataLayer: 'order' }, value: 100 },
    },
    stages: {
      one: {
        title: 'One',
        micro: {
          tested: { ...datedOn(TODAY, conversion), feeds: ['order'] },
          second: planned('Second'),
          third: planned('Third'),
        },
      },
    },
  } as unknown as PlanDocument
}

function findingsOf(document: PlanDocument): readonly Diagnostic[] {
  const parsed: ParsedPlan = {
    file: 'plan.yaml',
    document,
    diagnostics: [],
    locate: () => undefined,
    textOf: () => undefined,
    size: 0,
  }
  return checkPlan(parsed, { today: TODAY }).diagnostics
}

function problemsOf(document: PlanDocument): string[] {
  return findingsOf(document)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, at }) => `${code} ${at ?? ''}: ${message}`)
}

test('holds 58 conversions, each under a title of its own', () => {
  expect(entries).toHaveLength(58)
  expect(new Set(entries.map(({ title }) => title)).size).toBe(58)
})

test('has a second choice for all that a tag can measure', () => {
  const without = entries.filter(({ fallback }) => fallback === undefined).map(({ id }) => id)
  expect(without).toEqual(['email_open', 'refund', 'return_visit'])
})

describe.each(entries.map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
  const choices = [['best', entry.conversion] as const, ['fallback', withFallback(entry)] as const]

  test.each(choices.filter(([, conversion]) => conversion !== undefined))(
    '%s: is a valid plan and compiles',
    (_name, conversion) => {
      if (!conversion) throw new Error('Filtered above.')
      const document = planAround(entry, conversion)
      expect(problemsOf(document)).toEqual([])
      const { resources, diagnostics } = compile(buildPlan(document, 'live', 'plan.yaml'), templates)
      expect(diagnostics).toEqual([])
      const tag = resources.find(({ key }) => key === 'catalogue/tested#tag')
      // Where it needs no tag (enhanced measurement, UTM, CRM) the plan still carries it.
      expect(tag !== undefined).toBe(conversion.trigger !== undefined)
      if (tag?.kind === 'gtm/tag') expect(tag.spec.parameters.eventName).toBe(conversion.event)
    },
  )

  test('can be added to a plan, which stays valid', () => {
    const base = planAround(entry, { title: 'Was here' })
    const { stages, ...rest } = { ...base, parameters: undefined }
    const sent = Object.keys(entry.conversion.parameters ?? {})
    const registered = Object.fromEntries(
      Object.entries(entry.parameters).filter(([name]) => sent.includes(name)),
    )
    const text = stringify({
      ...rest,
      stages: {
        one: {
          title: 'One',
          micro: { ...stages.one?.micro, tested: { title: 'x', source: 'crm', feeds: ['order'] } },
        },
      },
    })
    const added = addConversion(text, { stage: 'one', entry, id: 'added', today: TODAY })
    expect(added.diagnostics).toEqual([])
    const document = parse(added.text ?? '') as PlanDocument
    expect(document.stages.one?.micro.added).toEqual({
      ...datedOn(TODAY, entry.conversion),
      feeds: ['order'],
    })
    expect(problemsOf(document)).toEqual([])
    expect(parse(added.text ?? '')).toEqual({
      ...(parse(text) as object),
      stages: {
        one: {
          title: 'One',
          micro: {
            ...(parse(text) as PlanDocument).stages.one?.micro,
            added: { ...datedOn(TODAY, entry.conversion), feeds: ['order'] },
          },
        },
      },
      ...(Object.keys(registered).length === 0 ? {} : { parameters: registered }),
    })
  })
})

test('an addition leaves open only what the owner chooses', () => {
  const said = entries.flatMap((entry) => {
    const found = findingsOf(planAround(entry, entry.conversion))
    const own = found.filter(({ at }) => at?.startsWith('/stages/one/micro/tested') === true)
    return own
      .map(({ code }) => `${entry.id}: ${code}`)
      .filter((one) => !/: (conversions-have-a-target|other-sources-name-their-system)$/.test(one))
  })
  expect(said).toEqual([])
})

test.each([
  ['brochure', ['file_download', 'gated_content']],
  ['Bookings', ['book_appointment']],
  ['book a tour', ['book_appointment']],
  ['viewing', ['book_appointment', 'lead_form']],
  ['quote', ['quote_request']],
])('%s is a word that people use', (word, ids) => {
  expect(searchCatalogue(entries, word).map(({ id }) => id)).toEqual(ids)
})

test('a page says what it is, when it fires, what it sends, what else would do, and the YAML', async () => {
  const page = renderCataloguePage(cataloguePage(newsletter, TODAY, namesElsewhere), (text) => text)
  await expect(page).toMatchFileSnapshot('catalogue-page.txt')
})

test('a page says what the vendors call it, for each event that one has a name of its own for', () => {
  const elsewhere = (id: string) => {
    const entry = entries.find((each) => each.id === id) as CatalogueEntry
    return cataloguePage(entry, TODAY, namesElsewhere).elsewhere
  }
  expect(elsewhere('add_to_cart')).toEqual([
    { name: 'AddToCart', vendors: ['Meta', 'TikTok'] },
    { name: 'addtocart', vendors: ['Pinterest'] },
    { name: 'add_to_cart', vendors: ['Hotjar', 'HubSpot', 'Microsoft Ads', 'Mixpanel'] },
    { vendors: ['Google Ads', 'LinkedIn'] },
  ])
  expect(elsewhere('lead_form').slice(0, 3)).toEqual([
    { name: 'Lead', vendors: ['Meta'] },
    { name: 'lead', vendors: ['Pinterest'] },
    { name: 'SubmitForm', vendors: ['TikTok'] },
  ])
  // A tool that GA4 does not hear of sends nothing anywhere.
  expect(elsewhere('email_open')).toEqual([])
  const email = entries.find(({ id }) => id === 'email_open') as CatalogueEntry
  expect(toldToVendors({ destinations: { meta: { kind: 'meta', id: '1234567890' } } }, email)).toBeUndefined()
})

test('is found by a word', () => {
  expect(searchCatalogue(entries, 'Newsletter').map(({ id }) => id)).toEqual([
    'email_click',
    'email_open',
    'newsletter_signup',
  ])
  expect(searchCatalogue(entries, 'generate_lead').map(({ id }) => id)).toEqual([
    'demo_request',
    'gated_content',
    'lead_form',
    'quote_request',
  ])
  expect(searchCatalogue(entries)).toHaveLength(58)
  expect(searchCatalogue(entries, 'nothing like it')).toEqual([])
  expect(renderCatalogue([])).toBe('')
})

test('the whole list, in 80 columns', async () => {
  for (const line of renderCatalogue(entries).split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  await expect(renderCatalogue(entries)).toMatchFileSnapshot('catalogue.txt')
})

const WRITTEN = `# A plan with comments
version: 1
plan: shop   # identity
parameters:
  # where forms stand
  form_location: { register: event }   # known
goals:
  other: { title: Other }
  order:
    title: 'Order'
    primary: true
stages:

  # first
  one:
    title: One
    micro:
      # the first
      a:
        title: "A"   # quoted

      b: { title: B }
        # about b
      # about c, which is not there yet
  two:
    title: Two
    micro: { c: { title: C } }
  three: { title: Three, micro: {} }
# the end
`

test('adding keeps comments, quotes and blank lines', async () => {
  const { text } = addConversion(WRITTEN, {
    stage: 'one',
    entry: newsletter,
    id: 'newsletter_signup',
    today: TODAY,
  })
  await expect(text).toMatchFileSnapshot('added-to-a-block.txt')
  const before = WRITTEN.split('\n')
  expect((text ?? '').split('\n').filter((line) => before.includes(line))).toEqual(
    expect.arrayContaining(before),
  )
})

test.each([
  ['two', { c: { title: 'C' } }],
  ['three', {}],
])('adding to a stage in braces keeps to the braces: %s', (stage, micro) => {
  const { text } = addConversion(WRITTEN, { stage, entry: newsletter, id: 'news', today: TODAY })
  const document = parse(text ?? '') as PlanDocument
  expect(document.stages[stage]?.micro).toEqual({
    ...micro,
    news: { ...datedOn(TODAY, newsletter.conversion), feeds: ['order'] },
  })
  expect(text).toContain('# about c, which is not there yet')
})

test('adding keeps Windows line ends', () => {
  const windows = WRITTEN.replaceAll('\n', '\r\n')
  const { text } = addConversion(windows, { stage: 'one', entry: newsletter, id: 'news', today: TODAY })
  expect(text?.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  expect(parse(text ?? '')).toEqual(
    parse(addConversion(WRITTEN, { stage: 'one', entry: newsletter, id: 'news', today: TODAY }).text ?? ''),
  )
})

test('adding refuses a stage that is not there, an id that is taken, a stage that is full', () => {
  const codes = (stage: string, id: string, text = WRITTEN): string[] =>
    addConversion(text, { stage, entry: newsletter, id, today: TODAY }).diagnostics.map(({ code }) => code)
  expect(codes('four', 'x')).toEqual(['stage-is-known'])
  expect(codes('one', 'a')).toEqual(['conversion-ids-are-unique'])
  expect(codes('one', 'c')).toEqual(['conversion-ids-are-unique'])
  expect(codes('one', 'order')).toEqual(['conversion-ids-are-unique'])
  const full = WRITTEN.replace('b: { title: B }', 'b: { title: B }\n      d: {}\n      e: {}\n      f: {}')
  expect(codes('one', 'x', full)).toEqual(['stage-has-room'])
  expect(codes('one', 'x', 'stages: { one: { title: One, micro: none } }')).toEqual(['stage-is-readable'])
  expect(codes('one', 'x', 'title: no stages')).toEqual(['stage-is-known'])
})

test.each(['stages:\n  one:\n    title: One\n    draft: true\n', 'stages: { one: { title: One } }\n'])(
  'a stage that has no conversion yet needs no place for it: %j',
  (written) => {
    const { text = '' } = addConversion(written, {
      stage: 'one',
      entry: newsletter,
      id: 'news',
      today: TODAY,
    })
    const { stages } = parse(text) as PlanDocument
    expect(stages.one).toMatchObject({ title: 'One', micro: { news: { title: 'Newsletter sign-up' } } })
  },
)

const STARTERS = join(import.meta.dirname, '../../templates/starters')

test.each(['shop', 'leads', 'software', 'content'])(
  'no entry brings an error into a first plan: %s',
  (kind) => {
    const text = ['head', kind].map((name) => readFileSync(join(STARTERS, `${name}.yaml`), 'utf8')).join('\n')
    const before = parse(text) as PlanDocument
    expect(errorsOf(before)).toEqual([])
    const [stage = ''] = Object.keys(before.stages)
    for (const entry of entries) {
      const { entry: fitted, said } = fittedTo(before, entry, entry.id)
      const addition = { stage, entry: fitted, id: entry.id, today: TODAY }
      const { text: added, diagnostics } = addConversion(text, addition)
      // What the plan has already is not added once more.
      expect(diagnostics.filter(({ code }) => code !== 'conversion-ids-are-unique')).toEqual([])
      if (added === undefined || said.some((one) => one.includes('measure it there'))) continue
      const grown = parse(added) as PlanDocument
      const { conversion } = fitted
      expect(grown.stages[stage]?.micro?.[entry.id]).toMatchObject({ ...conversion, evidence: {} })
      expect(errorsOf(grown), entry.id).toEqual([])
    }
  },
)

function errorsOf(document: PlanDocument): readonly Diagnostic[] {
  return findingsOf(document).filter(({ severity }) => severity === 'error')
}

test('what is added keeps out of the way of a goal’s event, of a list of values, and of what is off', () => {
  const plan = {
    goals: { inquiry: { title: 'Inquiry', event: 'generate_lead' } },
    enhancedMeasurement: { scrolls: false },
  } as unknown as PlanDocument
  const entry = (id: string): CatalogueEntry => entries.find((each) => each.id === id) as CatalogueEntry
  const quote = fittedTo(plan, entry('quote_request'), 'quote')
  expect(quote.said).toEqual(['Its event is quote: each generate_lead counts as the goal inquiry.'])
  const lists = ['    values: [inquiry]\n', '    values:\n      - inquiry # the usual one\n']
  for (const list of lists) {
    const text = `parameters:\n  lead_type:\n${list}stages:\n  one: { micro: {} }\n`
    const added = addConversion(text, { stage: 'one', entry: quote.entry, id: 'quote', today: TODAY })
    expect(added.values).toEqual([['lead_type', 'quote']])
    const { parameters } = parse(added.text ?? '') as PlanDocument
    expect(parameters?.lead_type?.values).toEqual(['inquiry', 'quote'])
  }
  const shop = { goals: { order: { title: 'Order', event: 'purchase' } } } as unknown as PlanDocument
  const donation = fittedTo(shop, entry('donate'), 'donate')
  expect(donation.entry).toEqual(entry('donate'))
  expect(donation.said[0]).toContain('Each purchase counts as the goal order')
  const scroll = fittedTo(plan, entry('scroll_depth'), 'scroll')
  expect(scroll.said[0]).toContain('"Scrolls" of enhanced measurement is off')
  expect(scroll.entry.conversion).toMatchObject({ event: 'scroll_depth', trigger: { scroll: {} } })
  expect(fittedTo({}, entry('scroll_depth'), 'scroll')).toEqual({ entry: entry('scroll_depth'), said: [] })
})

test('an overlay gets what its base has from around it', () => {
  const overlay = 'extends: ./base.yaml\nstages:\n  one:\n    micro:\n      z: { title: Z }\n'
  const around = { goals: [{ id: 'sale', primary: true }], parameters: ['form_id', 'form_location'] }
  const { text } = addConversion(
    overlay,
    { stage: 'one', entry: newsletter, id: 'news', today: TODAY },
    around,
  )
  expect(parse(text ?? '')).toEqual({
    extends: './base.yaml',
    stages: {
      one: {
        micro: { z: { title: 'Z' }, news: { ...datedOn(TODAY, newsletter.conversion), feeds: ['sale'] } },
      },
    },
  })
})

const PLANS = join(import.meta.dirname, '../../plans')
const examples = readdirSync(PLANS).filter((file) => file.endsWith('.yaml'))

test.each(examples)('%s grows by any entry and keeps every line', (file) => {
  const text = readFileSync(join(PLANS, file), 'utf8')
  const document = parse(text) as PlanDocument
  const stage = Object.entries(document.stages).find(
    ([, { micro }]) => micro && Object.keys(micro).length < 5,
  )
  if (stage === undefined) return
  for (const entry of entries) {
    const added = addConversion(text, { stage: stage[0], entry, id: 'one_more', today: TODAY })
    expect(added.diagnostics).toEqual([])
    const lines = (added.text ?? '').split('\n')
    expect(withoutOnes(lines, text.split('\n'))).toEqual([])
    const grown = parse(added.text ?? '') as PlanDocument
    expect(grown.stages[stage[0]]?.micro.one_more?.title).toBe(entry.conversion.title)
    expect(Object.keys(grown.stages)).toEqual(Object.keys(document.stages))
  }
})

/** Which lines are not among the others, in order. */
function withoutOnes(all: readonly string[], wanted: readonly string[]): string[] {
  let from = 0
  return wanted.filter((line) => {
    const found = all.indexOf(line, from)
    if (found >= 0) from = found + 1
    return found < 0
  })
}
