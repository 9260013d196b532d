/** Every destination, by its examples: the tag that is written says again what it was made of, and its script does what it says. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { compile } from '../../src/compile/compile.ts'
import {
  DESTINATIONS,
  destinationKinds,
  destinationOf,
  type DestinationKind,
} from '../../src/destinations/kinds.ts'
import type { Example } from '../../src/destinations/module.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import { schemaAt } from '../../src/plan/schema.ts'
import type { Resource } from '../../src/resources/resource.ts'
import { ourTemplates, planFrom } from '../compile/compile-file.ts'

const SMALLEST = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')
const templates = await ourTemplates()
const vendors = destinationKinds().filter((kind) => kind !== 'ga4')
const examples: readonly Example<DestinationKind>[] = vendors.flatMap((kind) => [
  ...(DESTINATIONS[kind].examples as readonly Example<DestinationKind>[]),
])

test('the table on the page on the language has each vendor', () => {
  const rows = readFileSync(join(import.meta.dirname, '../../docs/language.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|')[1] ?? '')
  // A team's own HTML is no vendor: it has a paragraph.
  const named = (kind: DestinationKind): boolean => rows.some((row) => row.includes(`\`${kind}\``))
  expect(vendors.filter((kind) => kind !== 'html' && !named(kind))).toEqual([])
})

function tagsOf(plan: Partial<PlanDocument>, goal: object): readonly Resource<'gtm/tag'>[] {
  const document = parse(SMALLEST) as PlanDocument
  const { purchase } = document.goals
  const goals = { purchase: { ...purchase, ecommerce: false, ...goal } }
  const { resources, diagnostics } = compile(planFrom(stringify({ ...document, ...plan, goals })), templates)
  expect(diagnostics).toEqual([])
  return resources.filter((each): each is Resource<'gtm/tag'> => each.kind === 'gtm/tag')
}

const tagNamed = (tags: readonly Resource<'gtm/tag'>[], id: string): Resource<'gtm/tag'> =>
  tags.find(({ key }) => key.endsWith(`/${id}#tag`)) as Resource<'gtm/tag'>

/** Code of ours sees by itself whether it was there already. */
const guarded = ({ spec }: Resource<'gtm/tag'>): boolean => spec.type === 'html'

function exampleId(kind: DestinationKind): string {
  const { id } = DESTINATIONS[kind]
  return id === 'none' ? '' : id.example
}

test('the plan can name every destination but GA4, which every plan has', () => {
  expect([...(schemaAt('/destinations/any/kind').enum ?? [])].sort()).toEqual([...vendors].sort())
})

test.each(examples)('$kind: $event as $send', ({ kind, event, send, name }) => {
  const id = exampleId(kind)
  const tags = tagsOf(
    {
      destinations: { there: { kind: kind as 'hotjar', id } },
      consent: { mode: 'advanced', updateEvent: 'agreed' },
    },
    { event, send: { there: send } },
  )
  const [sent, ga4] = [tagNamed(tags, 'purchase.there'), tagNamed(tags, 'purchase')]
  expect({ id, ...destinationOf(sent.spec) }).toEqual({ id, kind, event: name })
  // On the triggers that the conversion has, and on no others.
  expect(sent.spec.firingTriggers).toEqual(ga4.spec.firingTriggers)
  const consent = DESTINATIONS[kind].adapts
    ? { status: 'notNeeded', types: [] }
    : { status: 'needed', types: [...DESTINATIONS[kind].consent].sort() }
  expect(sent.spec.consent).toEqual(consent)
  const base = tagNamed(tags, 'destination-there') as typeof sent | undefined
  if (base === undefined) {
    // Google Ads' own tags load what they need.
    expect([kind, sent.spec.other.setupTag]).toEqual(['googleAds', undefined])
    return
  }
  expect(destinationOf(base.spec)).toEqual({ kind, id })
  expect(base.spec.consent).toEqual(consent)
  // Once more when a visitor agrees, for what consent has held back does not come again by itself.
  const agreed = tagNamed(tags, 'destination-there.agreed') as typeof base | undefined
  expect(agreed ? [base, agreed].map(({ spec }) => spec.firingOption) : [base.spec.firingOption]).toEqual(
    agreed ? ['oncePerLoad', 'oncePerLoad'] : [guarded(base) ? 'oncePerEvent' : 'oncePerLoad'],
  )
  expect([base, ...(agreed ? [agreed] : [])].flatMap(({ spec }) => spec.firingTriggers).sort()).toEqual(
    consent.status === 'needed' ? ['@smallest/google-tag.consent#trigger', 'All Pages'] : ['All Pages'],
  )
  // The vendor is loaded before its events.
  expect(sent.spec.other.setupTag).toEqual([{ tag: { $tag: `@${base.key}` } }])
})

test.each(['hotjar', 'linkedin'] as const)(
  '%s: an event before the loader waits, and then arrives once',
  (kind) => {
    const [example] = DESTINATIONS[kind].examples
    const tags = tagsOf(
      { destinations: { there: { kind, id: exampleId(kind) } } },
      { event: 'lead', send: { there: example?.send ?? true } },
    )
    const html = String(tagNamed(tags, 'purchase.there').spec.parameters.html)
    const code = /^<script>(.*)<\/script>$/s.exec(html)?.[1] ?? ''
    const window: { hj?: { q?: ArrayLike<unknown>[] }; lintrk?: { q?: unknown[] } } = {}
    runInNewContext(code, { window })
    const queue = (window.hj ?? window.lintrk)?.q
    const name = example?.send === true ? 'lead' : example?.send
    expect(
      JSON.parse(JSON.stringify([...(queue ?? [])].map((call) => Object.values(call as object)))),
    ).toEqual([kind === 'hotjar' ? ['event', name] : ['track', { conversion_id: name }]])
    // With the vendor's own function in place it is called, and nothing is put in its place.
    const calls: unknown[][] = []
    const recorder = (...call: unknown[]): void => void calls.push(call)
    runInNewContext(code, { window: { hj: recorder, lintrk: recorder } })
    expect(calls).toHaveLength(1)
  },
)

test('a name cannot leave its string', () => {
  const send = { there: `x"</script><script>alert(1)//\u2028` }
  const tags = tagsOf({ destinations: { there: { kind: 'hotjar', id: '1234567' } } }, { send })
  const html = String(tagNamed(tags, 'purchase.there').spec.parameters.html)
  expect(html.match(/<\/?script>/g)).toEqual(['<script>', '</script>'])
  expect(destinationOf(tagNamed(tags, 'purchase.there').spec)).toEqual({ kind: 'hotjar', event: send.there })
})

test('goals go where all goals go, micro conversions only where they say', () => {
  const tags = tagsOf({ destinations: { there: { kind: 'hotjar', id: '1234567', sends: 'goals' } } }, {})
  expect(tags.map(({ key }) => key).filter((key) => key.includes('.there'))).toEqual([
    'smallest/purchase.there#tag',
  ])
  const none = tagsOf(
    { destinations: { there: { kind: 'hotjar', id: '1234567', sends: 'goals' } } },
    { send: { there: false } },
  )
  expect(none.filter(({ key }) => key.includes('.there'))).toEqual([])
})

test('a number of another vendor is no pixel of TikTok', () => {
  expect(DESTINATIONS.tiktok.id !== 'none' && DESTINATIONS.tiktok.id.pattern.test('1234567890')).toBe(false)
})
