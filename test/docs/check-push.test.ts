import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { pushChecker } from '../../src/docs/check-push.ts'
import { neverWords } from '../../src/docs/contract-page.ts'
import { contractOf } from '../../src/docs/contract.ts'
import { eventsSchema } from '../../src/docs/events-schema.ts'
import { renderTypes } from '../../src/docs/types.ts'
import { parsePushes } from '../../src/docs/parse-pushes.ts'
import { renderPushFindings } from '../../src/docs/push-findings.ts'
import { planPushes } from '../../src/pushes.ts'
import { plan } from '../scenarios/run-plan.ts'
import { LISTENERS, planOf, SHOP } from './plan.ts'

const contract = contractOf(await planOf(SHOP))
const check = pushChecker(contract)

function told(push: unknown): string[] {
  return check(push).map(
    ({ severity, code, key, message, fix }) => `${severity} ${code} ${key}: ${message} ${fix}`,
  )
}

test('the contract’s own examples are without fault, and are what its schema takes', () => {
  const validate = new Ajv2020({ strict: false }).compile(eventsSchema(contract, 'shop'))
  for (const { example } of contract.events) {
    expect(told(example)).toEqual([])
    expect(validate(example)).toBe(true)
  }
  expect(contract.events.map(({ event }) => event)).toEqual([
    'purchase',
    'generate_lead',
    'newsletter_signup',
    'search',
  ])
})

describe('what several conversions, patterns, lists and conditions ask of a push', async () => {
  const asked = contractOf(await planOf(LISTENERS))
  const checkAsked = pushChecker(asked)
  const eventOf = (name: string): (typeof asked.events)[number] | undefined =>
    asked.events.find(({ event }) => event === name)
  const needs = (name: string): unknown =>
    eventOf(name)?.keys.map(({ path, type, required }) => `${path} ${type}${required ? '' : '?'}`)

  test('examples are without fault, match their pattern and fulfil the conditions', () => {
    const validate = new Ajv2020({ strict: false }).compile(eventsSchema(asked, 'shop'))
    for (const { example } of asked.events) {
      expect(checkAsked(example)).toEqual([])
      expect(validate(example)).toBe(true)
    }
    expect(asked.events.map(({ example }) => example.event)).toEqual([
      ...['purchase', 'contact_mail', 'tab_a', '_sent', 'shared', 'form_step'],
    ])
    expect(eventOf('form_step')?.example.step).toEqual({ done: true, name: 'laaa', no: 3 })
    expect(eventOf('purchase')?.example).toMatchObject({
      ecommerce: { items: [{ item_id: 'SKU-1', item_name: 'item-name' }] },
      rows: [{ label: 'label' }],
      'flat.key': 'key',
    })
  })

  test('a key is needed where a conversion that always counts needs it, whatever others do', () => {
    expect(needs('shared')).toEqual(['internal scalar?', 'kind string', 'note string?', 'steps integer'])
    expect(eventOf('shared')?.example).toEqual({
      event: 'shared',
      internal: false,
      kind: 'a',
      note: 'note',
      steps: 4,
    })
    expect(checkAsked({ event: 'shared' }).map(({ key }) => key)).toEqual(['kind', 'steps'])
  })

  // `tries` holds 1 and 2, where the first step is meant.
  test('what is compared is of the type that is compared', () => {
    expect(needs('form_step')).toEqual(['step.done scalar?', 'step.name string', 'step.no integer'])
    expect(checkAsked({ event: 'form_step', step: { no: 101, name: 'last', done: true } })).toEqual([])
    expect(
      checkAsked({ event: 'form_step', step: { no: 'n', name: 'last', done: {} } }).map(({ fix }) => fix),
    ).toEqual(['push a text, number or boolean', 'push an integer'])
  })

  test('who listens for a pattern hears what another conversion asks for by name, and several patterns', async () => {
    const text = LISTENERS.replace(/(event: far,\s+trigger: \{ dataLayer: )shared/, '$1tab_open').replace(
      /(tab_\\w\+' \} \})/,
      '$1, parameters: { note: { dataLayer: note } }',
    )
    const heard = contractOf(await planOf(text))
    const validate = new Ajv2020({ strict: false }).compile(eventsSchema(heard, 'shop'))
    const checkHeard = pushChecker(heard)
    expect(checkHeard({ event: 'tab_open' }).map(({ key }) => key)).toEqual(['note', 'steps'])
    expect(checkHeard({ event: 'tab_sent' }).map(({ key }) => key)).toEqual(['note'])
    const pushes = [{ steps: 1, note: 'x' }, { note: 'x' }, { steps: 1 }]
    expect(pushes.map((push) => validate({ event: 'tab_open', ...push }))).toEqual([true, false, false])
    expect(heard.events.find(({ event }) => event === 'tab_open')?.counts.map(({ id }) => id)).toEqual([
      'far',
      'tab',
    ])
  })

  test('a list is pushed as one', () => {
    const bought = { ...order, items: [{ item_id: '1', item_name: 'Lamp' }] }
    const push = { event: 'purchase', ecommerce: bought, rows: [{ label: 'x' }], 'flat.key': 'x' }
    expect(checkAsked(push)).toEqual([])
    expect(checkAsked({ ...push, ecommerce: order, rows: [] }).map(({ key }) => key)).toEqual([
      ...['ecommerce.items.0.item_name', 'rows'],
    ])
    expect(checkAsked({ ...push, 'flat.key': undefined, flat: { key: 'x' } })).toHaveLength(1)
  })
})

test('of several values that a condition takes, the example has one', async () => {
  const several = contractOf(await planOf(SHOP.replace('{ equals: quote }', '{ equals: [quote, demo] }')))
  const lead = several.events.find(({ event }) => event === 'generate_lead')
  expect(lead?.example).toMatchObject({ lead_type: 'quote' })
})

test('what is read on other events than pushes must stand there before', () => {
  expect(contract.pageKeys.map(({ path, required }) => ({ path, required }))).toEqual([
    { path: 'page.kind', required: true },
  ])
})

test('an optional parameter may be left out, and is of its type where it is not', async () => {
  const text = SHOP.replace(
    'values: [footer, hero], description',
    'values: [footer, hero], optional: true, description',
  )
  const lenient = contractOf(await planOf(text))
  const checkLenient = pushChecker(lenient)
  expect(checkLenient({ event: 'newsletter_signup' })).toEqual([])
  expect(checkLenient({ event: 'newsletter_signup', form_location: 'cellar' })).toHaveLength(1)
  expect(renderTypes(lenient, 'shop')).toMatch(/form_location\?: /)
})

// Google's select_promotion has neither money nor anything that it must carry.
test('of the e-commerce object an event must carry what Google asks of it', async () => {
  const text = SHOP.replace(
    'event: newsletter_signup\n        trigger: { dataLayer: newsletter_signup }',
    'event: select_promotion\n        ecommerce: true\n        trigger: { dataLayer: select_promotion }',
  )
  const promoting = pushChecker(contractOf(await planOf(text)))
  const items = [{ item_id: 'SKU-1', promotion_name: 'Spring' }]
  const push = { event: 'select_promotion', form_location: 'footer', ecommerce: { items } }
  expect(promoting(push)).toEqual([])
  expect(promoting({ ...push, ecommerce: { items, value: 'much' } })).toHaveLength(1)
  const order = { event: 'purchase', ecommerce: { items, transaction_id: 'T-1' } }
  expect(promoting(order).map(({ key }) => key)).toEqual(['ecommerce.currency', 'ecommerce.value'])
})

const order = { transaction_id: 'T', currency: 'EUR', value: 1, items: [{ item_id: 'SKU-1' }] }

describe('what is wrong with a push', () => {
  test.each<readonly [unknown, readonly string[]]>([
    [
      { event: 'newsletter_signup' },
      [
        'error push-has-its-keys form_location: newsletter_signup: "form_location" is missing. push it, for example "footer"',
      ],
    ],
    [
      { event: 'newsletter_signup', form_location: 'sidebar' },
      [
        'error push-values-fit form_location: newsletter_signup: "form_location" is "sidebar". it may be "footer", "hero"',
      ],
    ],
    [
      { event: 'search', search: { results: '3', term: 'lamp' } },
      [
        'error push-values-fit search.results: search: "search.results" is "3", which is no integer. push an integer',
      ],
    ],
    [
      { event: 'newsletter_sign_up', form_location: 'hero' },
      [
        'warning push-is-planned event: "newsletter_sign_up" is no event of the plan. did you mean "newsletter_signup"?',
      ],
    ],
    [
      { event: 'newsletter_signup', form_locaton: 'hero' },
      [
        'error push-has-its-keys form_location: newsletter_signup: "form_location" is missing. push it, for example "footer"',
        'warning push-has-its-keys form_locaton: newsletter_signup: nothing of the plan reads "form_locaton". did you mean "form_location"?',
      ],
    ],
    [
      { event: 'newsletter_signup', form_location: 'hero', email: 'a@b.example' },
      ['error push-holds-no-person email: "email" holds an e-mail address. leave it out of the push'],
    ],
    [
      {
        event: 'purchase',
        ecommerce: { transaction_id: 'T', currency: 'EUR', value: 1, items: [{ price: 1 }] },
      },
      [
        'error push-values-fit ecommerce.items.0: purchase: "ecommerce.items.0" has neither item_id nor item_name. give each item one of them',
      ],
    ],
    [
      { event: 'purchase', ecommerce: { ...order, currency: 'eur', transaction_id: ' ' } },
      [
        'error push-values-fit ecommerce.currency: purchase: "ecommerce.currency" is "eur", which is no currency to GA4: it takes ISO 4217 codes in capitals. push "EUR"',
        'error push-values-fit ecommerce.transaction_id: purchase: "ecommerce.transaction_id" is empty. push it, for example "T-10001"',
      ],
    ],
    [
      { event: 'purchase', ecommerce: { ...order, currency: 'Euro' } },
      [
        'error push-values-fit ecommerce.currency: purchase: "ecommerce.currency" is "Euro", which is no currency to GA4: it takes ISO 4217 codes in capitals. push "EUR"',
      ],
    ],
    [
      { event: 'search', search: { results: 1, term: 'x'.repeat(101) } },
      [
        'error push-values-fit search.term: search: "search.term" has more than 100 characters, and GA4 cuts it there. push a shorter text',
      ],
    ],
  ])('%j', (push, findings) => {
    expect(told(push)).toEqual(findings)
  })

  test('nothing, where the plan knows nothing of it', () => {
    for (const push of [{ event: 'gtm.js' }, { ecommerce: null }, 1, null, [], 'text'])
      expect(told(push)).toEqual([])
  })
})

test('an address is found wherever it stands, and a value that JSON cannot say is named all the same', () => {
  const push = {
    event: 'newsletter_signup',
    form_location: 'hero',
    form: { fields: ['a@b.example', '@home'] },
  }
  expect(told(push)).toEqual([
    'error push-holds-no-person form.fields.0: "form.fields.0" holds an e-mail address. leave it out of the push',
  ])
  const loop: { [key: string]: unknown } = { event: 'search', search: { results: 3n, term: 'x' } }
  loop.self = loop
  expect(told(loop)).toEqual([
    'error push-values-fit search.results: search: "search.results" is 3, which is no integer. push an integer',
  ])
})

test('a recording without a push proves nothing, and is told apart from one that is no JSON', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plan-pushes-'))
  const recorded = async (text: string, code = 1): Promise<string> => {
    writeFileSync(join(folder, 'pushes.json'), text)
    const { exitCode, out } = await plan(
      'check-push',
      join(folder, 'pushes.json'),
      'plans/outfitters.yaml',
      '-e',
      'staging',
    )
    expect(exitCode).toBe(code)
    return out
  }
  expect(await recorded('[]')).toContain('There is no push here')
  expect(await recorded('')).toContain('There is no push here')
  expect(await recorded('not')).toContain('There is no JSON here')
  expect(await recorded('{"dataLayer":[{"event":"purchase"}]}', 0)).toContain(
    'No push here is an event of the plan',
  )
  expect(await recorded('[{"event":"gtm.js"},{"event":"stock_alert_request"}]', 0)).toContain('no errors')
  rmSync(folder, { recursive: true })
})

test('the last line counts errors and warnings', () => {
  const last = (...pushes: readonly unknown[]): string | undefined => {
    const found = pushes.flatMap((push) => check(push).map((finding) => ({ line: 1, ...finding })))
    return renderPushFindings('a.json', pushes.length, found).trimEnd().split('\n').at(-1)
  }
  expect(last()).toBe('0 pushes held against the plan: no errors.')
  expect(last({ event: 'purchas' })).toBe('1 push held against the plan: 1 warning.')
  expect(last({ event: 'purchas' }, { event: 'search', search: { results: 1 } })).toBe(
    '2 pushes held against the plan: 1 error, 1 warning.',
  )
})

test('the exported function takes one push or a list of them, and a list hides nothing', async () => {
  const findingsIn = await planPushes('plans/outfitters.yaml', { environment: 'staging' })
  const wrong = { event: 'purchase', ecommerce: { currency: 'aed' } }
  expect(findingsIn(wrong)).not.toEqual([])
  expect(findingsIn([{ event: 'gtm.js' }, wrong])).toEqual(findingsIn(wrong))
})

test('a line that is no JSON hides no other', () => {
  expect(parsePushes('{"event":"a"}\nnot\n\n{"event":"b"}\n[')).toEqual({
    pushes: [
      { line: 1, push: { event: 'a' } },
      { line: 4, push: { event: 'b' } },
    ],
    broken: [2, 5],
  })
  expect(parsePushes('[{"event":"a"}]')).toEqual({
    pushes: [{ line: 1, number: 1, push: { event: 'a' } }],
    broken: [],
  })
})

test('a push of a list is on the line of the file where it begins, whatever stands before it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.jsonValue(), fc.nat(2))), (entries) => {
      let line = 1
      let text = '['
      const expected = entries.map(([push, blanks], index) => {
        const before = (index === 0 ? '' : ' ,') + '\r\n'.repeat(blanks)
        line += blanks
        const began = line
        const said = JSON.stringify(push, null, 2)
        line += said.split('\n').length - 1
        text += before + said
        return { line: began, number: index + 1 }
      })
      const { pushes } = parsePushes(`${text} ]`)
      expect(pushes.map(({ line, number }) => ({ line, number }))).toEqual(expected)
    }),
    { numRuns: 200 },
  )
  const misspelt = '{"event":"purchas"}'
  const found = parsePushes(`[${misspelt},\n${misspelt}]`).pushes.flatMap(({ push, ...place }) =>
    check(push).map((finding) => ({ ...place, ...finding })),
  )
  const text = renderPushFindings('a.json', 2, found)
  expect(text.match(/^a\.json:.*$/gm)).toEqual([
    'a.json:1 warning push-is-planned (push 1)',
    'a.json:2 warning push-is-planned (push 2)',
  ])
})

test('what destinations read belongs to the contract, is optional, and may be about the visitor', async () => {
  const sent = contractOf(
    await planOf(
      SHOP.replace(
        /^goals:$/m,
        `eventId: { dataLayer: event_id }
userData: { shopper: { email: { dataLayer: email } } }
destinations: { meta: { kind: meta, id: "1234567890", sends: goals, userData: shopper } }
goals:`,
      ),
    ),
  )
  const purchase = sent.events.find(({ event }) => event === 'purchase')
  const ofMeta = purchase?.keys.filter(({ description = '' }) => description.includes('Meta'))
  expect(
    ofMeta?.map(({ path, required, isPersonal, maxLength }) => ({ path, required, isPersonal, maxLength })),
  ).toEqual([
    { path: 'email', required: false, isPersonal: true, maxLength: undefined },
    { path: 'event_id', required: false, isPersonal: undefined, maxLength: undefined },
  ])
  // Its own example, with an address in it, is without fault; elsewhere an address is one.
  expect(pushChecker(sent)(purchase?.example)).toEqual([])
  expect(
    pushChecker(sent)({ event: 'search', search: { results: 1, term: 'a' }, email: 'a@shop.example' }),
  ).toHaveLength(1)
  expect(neverWords(sent)).toContain('Only email may hold')
  expect(neverWords(contract)).not.toContain('may hold')
})
