import fc from 'fast-check'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../src/resources/canonical-json.ts'
import { ENTITIES } from '../../src/kinds/kinds.ts'
import { TEMPLATE_REFS, valueFromWire, valueToWire, type RefsOut } from '../../src/resources/parameters.ts'
import type {
  ConditionSpec,
  TagSpec,
  TriggerSpec,
  Value,
  VariableSpec,
} from '../../src/resources/resource.ts'

const { fromWire: tagFromWire, toWire: tagToWire } = ENTITIES['gtm/tag']
const { fromWire: triggerFromWire, toWire: triggerToWire } = ENTITIES['gtm/trigger']
const { fromWire: variableFromWire, toWire: variableToWire } = ENTITIES['gtm/variable']

const same = (text: string): string => text
const REFS_OUT: RefsOut = { template: same, variable: same, trigger: same, folder: same, tag: same }

const name = fc.stringMatching(/^[a-z]{1,8}$/)
const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.boolean(),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
    name.map(($trigger) => ({ $trigger })),
    name.map(($tag) => ({ $tag })),
  ),
})).value
const parameters = fc.dictionary(name, value, { maxKeys: 4 })
const condition: fc.Arbitrary<ConditionSpec> = fc.record({
  type: fc.constantFrom('equals', 'contains', 'matchRegex'),
  arg0: text,
  arg1: text,
  negate: fc.boolean(),
  ignoreCase: fc.boolean(),
})
const conditions = fc.array(condition, { maxLength: 2 })
const folder = fc.option(name, { nil: undefined }).map((ref) => (ref === undefined ? {} : { folder: ref }))

describe('a spec survives the way to Google and back', () => {
  test('variables', () => {
    const spec = fc
      .tuple(fc.record({ type: fc.constantFrom('c', 'jsm', 'x'), parameters }), folder)
      .map(([rest, place]): VariableSpec => ({ ...rest, ...place, formatValue: {}, other: {} }))
    fc.assert(
      fc.property(spec, (spec) => {
        const wire = variableToWire({ name: 'n', spec }, '', REFS_OUT)
        expect(variableFromWire(wire, TEMPLATE_REFS)).toEqual(spec)
      }),
    )
  })

  test('triggers', () => {
    const spec = fc
      .tuple(
        fc.record({
          type: fc.constantFrom('customEvent', 'linkClick'),
          customEventFilter: conditions,
          filter: conditions,
          autoEventFilter: conditions,
          parameters,
          settings: fc.dictionary(fc.constantFrom('waitForTags', 'checkValidation'), fc.boolean()),
        }),
        folder,
      )
      .map(([rest, place]): TriggerSpec => ({ ...rest, ...place, other: {} }))
    fc.assert(
      fc.property(spec, (spec) => {
        const wire = triggerToWire({ name: 'n', spec }, '', REFS_OUT)
        expect(triggerFromWire(wire, TEMPLATE_REFS)).toEqual(spec)
      }),
    )
  })

  test('tags', () => {
    const refs = fc.uniqueArray(name, { maxLength: 3 }).map((list) => list.sort())
    const consent = fc.oneof(
      fc.constantFrom('notSet', 'notNeeded').map((status) => ({ status, types: [] as string[] })),
      refs.map((types) => ({ status: 'needed', types })),
    )
    const spec = fc
      .tuple(
        fc.record({
          type: fc.constantFrom('googtag', 'x'),
          parameters,
          firingTriggers: refs,
          blockingTriggers: refs,
          firingOption: fc.constantFrom('oncePerEvent', 'oncePerLoad'),
          paused: fc.boolean(),
          consent,
        }),
        folder,
      )
      .map(([rest, place]): TagSpec => ({ ...rest, ...place, other: {} }))
    fc.assert(
      fc.property(spec, (spec) => {
        const wire = tagToWire({ name: 'n', spec }, '', REFS_OUT)
        expect(tagFromWire(wire, TEMPLATE_REFS)).toEqual(spec)
      }),
    )
  })
})

test('the order of parameters on the wire is no difference', () => {
  const entity = (keys: string[]) => ({
    type: 'v',
    parameter: keys.map((key) => ({ type: 'template', key, value: key })),
  })
  const forwards = variableFromWire(entity(['name', 'defaultValue']), TEMPLATE_REFS)
  const backwards = variableFromWire(entity(['defaultValue', 'name']), TEMPLATE_REFS)
  expect(canonicalJson(forwards)).toBe(canonicalJson(backwards))
})

test('what GTM leaves out equals what its interface writes', () => {
  const imported = tagFromWire({ type: 'gaawe', parameter: [] }, TEMPLATE_REFS)
  const clicked = tagFromWire(
    {
      type: 'gaawe',
      tagFiringOption: 'oncePerEvent',
      monitoringMetadata: { type: 'map' },
      consentSettings: { consentStatus: 'notSet' },
      parameter: [
        { type: 'boolean', key: 'sendEcommerceData', value: 'false' },
        { type: 'boolean', key: 'enhancedUserId', value: 'false' },
      ],
    },
    TEMPLATE_REFS,
  )
  expect(imported).toEqual(clicked)
})

test('a field that the plan never writes stays visible', () => {
  const spec = tagFromWire(
    { type: 'html', scheduleStartMs: '1', tagId: '7', fingerprint: '1' },
    TEMPLATE_REFS,
  )
  expect(spec.other).toEqual({ scheduleStartMs: '1' })
})

const exports = new URL('../../../shared/gtm-exports/', import.meta.url)
describe.skipIf(!existsSync(exports))(
  'every entity of the real containers (they lie beside the project)',
  () => {
    const containers = existsSync(exports)
      ? readdirSync(exports).filter((file) => file.includes('__') && file.endsWith('.json'))
      : []
    test.each(containers)('%s', (file) => {
      const { containerVersion } = JSON.parse(readFileSync(new URL(file, exports), 'utf8')) as {
        containerVersion: { tag?: object[]; trigger?: object[]; variable?: object[] }
      }
      // Export casing differs from the API's only in enum values, which a spec keeps as they are except for these.
      const camel = (node: unknown): unknown =>
        JSON.parse(
          JSON.stringify(node).replace(
            /"(TEMPLATE|BOOLEAN|INTEGER|LIST|MAP|TRIGGER_REFERENCE|TAG_REFERENCE|NEEDED)"/g,
            (word) => word.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
          ),
        )
      for (const wire of (containerVersion.tag ?? []).map(camel) as Record<string, unknown>[]) {
        const spec = tagFromWire(wire, TEMPLATE_REFS)
        expect(tagFromWire(tagToWire({ name: 'n', spec }, '', REFS_OUT), TEMPLATE_REFS)).toEqual(spec)
      }
      for (const wire of (containerVersion.trigger ?? []).map(camel) as Record<string, unknown>[]) {
        const spec = triggerFromWire(wire, TEMPLATE_REFS)
        expect(triggerFromWire(triggerToWire({ name: 'n', spec }, '', REFS_OUT), TEMPLATE_REFS)).toEqual(spec)
      }
      for (const wire of (containerVersion.variable ?? []).map(camel) as Record<string, unknown>[]) {
        const spec = variableFromWire(wire, TEMPLATE_REFS)
        expect(variableFromWire(variableToWire({ name: 'n', spec }, '', REFS_OUT), TEMPLATE_REFS)).toEqual(
          spec,
        )
      }
    })
  },
)

test('an empty text is written without a value, as in every real container', () => {
  expect(valueToWire('', REFS_OUT, 'html')).toEqual({ type: 'template', key: 'html' })
  expect(valueToWire('a', REFS_OUT, 'html')).toEqual({ type: 'template', key: 'html', value: 'a' })
})

test('a whole number of more digits than JavaScript holds stays a text', () => {
  const read = (value: string): unknown => valueFromWire({ type: 'integer', value }, TEMPLATE_REFS)
  expect([read('123456789012345'), read('12345678901234567890')]).toEqual([
    123456789012345,
    '12345678901234567890',
  ])
})
