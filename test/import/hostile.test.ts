import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkPlan } from '../../src/check/check.ts'
import { asParsed } from '../../src/import/as-parsed.ts'
import { liftContainer, type Lifted } from '../../src/import/lift-container.ts'
import { renderPlan } from '../../src/import/render-plan.ts'
import { roundTrip } from '../../src/import/round-trip.ts'
import { parseExport } from '../../src/lift/parse-export.ts'
import { toValue } from '../../src/plan/tree.ts'
import { parseYaml } from '../../src/plan/yaml.ts'
import { ourTemplates } from '../compile/compile-file.ts'
import { customEvent, dataLayerVariable, eventTag, exportOf, text } from './exports.ts'

const templates = await ourTemplates()
const options = { templates, today: '2026-11-22' }

/** Imports, and holds what must be true of every import. */
function imported(
  source: string,
): { readonly lifted: Lifted; readonly text: string | undefined } | undefined {
  const { version, diagnostics } = parseExport(source, 'export.json')
  if (version === undefined) {
    expect(diagnostics).toHaveLength(1)
    expect(diagnostics[0]?.fix).toBeDefined()
    return undefined
  }
  const lifted = liftContainer(version, options)
  expect(lifted.lifted.length + lifted.leftOut.length).toBe(lifted.ga4EventTags)
  const plan = renderPlan(lifted, 'export.json')
  if (plan !== undefined) {
    const { tree, diagnostics: found } = parseYaml('plan.yaml', plan)
    expect(found).toEqual([])
    const document = tree && toValue(tree)
    expect(document).toEqual(lifted.document)
    const { ok } = checkPlan(asParsed(document), { today: '2026-11-22' })
    expect(ok).toBe(true)
    expect(roundTrip(version, document, lifted, options)).toMatchObject({
      faithful: lifted.lifted,
      faithfulVendors: lifted.vendorsLifted,
    })
  }
  return { lifted, text: plan }
}

test('two tags of one name are told apart', () => {
  const source = exportOf({
    tag: [
      eventTag('1', 'purchase', ['10'], { name: 'Sale' }),
      eventTag('2', 'Not a name', ['10'], { name: 'Sale' }),
    ],
    trigger: [customEvent('10', 'purchase')],
  })
  expect(imported(source)?.lifted.lifted).toEqual(['Sale'])
})

const small = exportOf({
  tag: [
    eventTag('1', 'purchase', ['10'], {
      parameter: [
        {
          type: 'LIST',
          key: 'eventSettingsTable',
          list: [{ type: 'MAP', map: [text('parameter', 'plan'), text('parameterValue', '{{DLV - plan}}')] }],
        },
      ],
    }),
    eventTag('2', '{{Event}}', ['11']),
  ],
  trigger: [customEvent('10', 'purchase'), customEvent('11', '^(search|share)$', 'MATCH_REGEX')],
  variable: [dataLayerVariable('20', 'DLV - plan', 'plan.type')],
  builtInVariable: [{ type: 'EVENT', name: 'Event' }],
})

test('a container of two tags becomes three conversions', () => {
  const { lifted } = imported(small) ?? {}
  expect(Object.keys(lifted?.document?.goals ?? {})).toEqual(['purchase'])
  expect(lifted?.lifted).toHaveLength(2)
})

test.each([
  ['nothing', ''],
  ['no JSON', 'version: 1\nplan: x'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a number', '7'],
  ['another format version', '{"exportFormatVersion":1,"containerVersion":{}}'],
  ['no container version', '{"exportFormatVersion":2}'],
  ['a list as its version', '{"exportFormatVersion":2,"containerVersion":[]}'],
  ['brackets without end', '['.repeat(200_000)],
])('%s is refused with a way out', (_, source) => {
  expect(imported(source)).toBeUndefined()
})

test('brackets in brackets are no crash', () => {
  const [open, close] = ['['.repeat(50_000), ']'.repeat(50_000)]
  imported(`{"exportFormatVersion":2,"containerVersion":{"tag":${open}${close}}}`)
})

test('chains without an end are no crash, and what they hold stays by its name', () => {
  const many = Array.from({ length: 5000 }, (_, index) => index)
  const twice = (next: string) => [
    text('input', next),
    { type: 'LIST', key: 'map', list: [{ type: 'MAP', map: [text('key', 'a'), text('value', next)] }] },
  ]
  const group = (id: number) => ({
    triggerId: String(id),
    name: `Group ${id}`,
    type: 'TRIGGER_GROUP',
    parameter: [
      {
        type: 'LIST',
        key: 'triggerIds',
        list: [id + 1, id + 1].map((each) => ({ type: 'TRIGGER_REFERENCE', value: String(each) })),
      },
    ],
  })
  const reads = (name: string, value: string) => ({
    type: 'LIST',
    key: name,
    list: [{ type: 'MAP', map: [text('parameter', 'p'), text('parameterValue', value)] }],
  })
  const { lifted } =
    imported(
      exportOf({
        tag: [
          eventTag('1', 'tables', ['1'], { parameter: [reads('eventSettingsTable', '{{Table 0}}')] }),
          eventTag('2', 'constants', ['1'], { parameter: [reads('eventSettingsTable', '{{Constant 0}}')] }),
          eventTag('3', 'groups', ['100']),
          eventTag('4', 'sequence', ['1'], { setupTag: [{ tagName: 'Tag 0' }] }),
          ...many.map((index) => ({
            tagId: String(10 + index),
            name: `Tag ${index}`,
            type: 'ua',
            setupTag: [{ tagName: `Tag ${index + 1}` }],
          })),
        ],
        trigger: [customEvent('1', 'share'), ...many.slice(0, 40).map((index) => group(100 + index))],
        variable: many.flatMap((index) => [
          { name: `Table ${index}`, type: 'smm', parameter: twice(`{{Table ${index + 1}}}`) },
          {
            name: `Constant ${index}`,
            type: 'c',
            parameter: [text('value', `{{Constant ${index + 1}}}{{Constant ${index + 1}}}`)],
          },
        ]),
      }),
    ) ?? {}
  expect(lifted?.lifted).toEqual(['GA4 - tables', 'GA4 - constants', 'GA4 - groups', 'GA4 - sequence'])
  expect(JSON.stringify(lifted?.document)).toContain('{"p":{"variable":"Table 0"}}')
})

test('a file that was cut off anywhere is refused', () => {
  for (let length = 1; length < small.length; length += 97)
    expect(imported(small.slice(0, length))).toBeUndefined()
})

test.each([
  ['an empty version', {}],
  ['lists that are none', { tag: 'x', trigger: 7, variable: null, container: [] }],
  ['entities that are none', { tag: [null, 7, 'x', [], {}, { name: 'x' }], trigger: [null], variable: [[]] }],
  ['a trigger that is missing', { tag: [eventTag('1', 'purchase', ['99'])] }],
  [
    'a trigger that blocks and is missing',
    {
      tag: [eventTag('1', 'purchase', ['10'], { blockingTriggerId: ['99'] })],
      trigger: [customEvent('10', 'purchase')],
    },
  ],
  [
    'a group of itself',
    {
      tag: [eventTag('1', 'purchase', ['10'])],
      trigger: [
        {
          triggerId: '10',
          name: 'group',
          type: 'TRIGGER_GROUP',
          parameter: [
            {
              type: 'LIST',
              key: 'triggerIds',
              list: [
                { type: 'TRIGGER_REFERENCE', value: '10' },
                { type: 'TRIGGER_REFERENCE', value: '10' },
              ],
            },
          ],
        },
      ],
    },
  ],
  [
    'variables in a circle',
    {
      tag: [eventTag('1', '{{a}}', ['10'])],
      trigger: [customEvent('10', 'purchase')],
      variable: [
        { variableId: '1', name: 'a', type: 'c', parameter: [text('value', '{{b}}')] },
        { variableId: '2', name: 'b', type: 'c', parameter: [text('value', '{{a}}')] },
      ],
    },
  ],
  [
    'keys of the prototype',
    {
      tag: [eventTag('1', '__proto__', ['10']), eventTag('2', 'constructor', ['10'])],
      trigger: [customEvent('10', 'toString')],
      variable: [{ variableId: '1', name: '__proto__', type: 'c', parameter: [text('value', 'x')] }],
    },
  ],
  [
    'names that steer a terminal',
    {
      tag: [
        eventTag('1', 'purchase', ['10'], {
          name: '\u001b[2J\u202eevil\nversion: 2\u0000',
          notes: 'a\r\nb: [\u001b',
        }),
      ],
      trigger: [customEvent('10', 'pur: {chase} # x')],
    },
  ],
  [
    'the same names twice',
    {
      tag: [eventTag('1', 'purchase', ['10']), eventTag('2', 'purchase', ['10'])],
      trigger: [customEvent('10', 'purchase'), customEvent('10', 'other')],
      variable: [
        { variableId: '1', name: 'a', type: 'c', parameter: [text('value', 'x')] },
        { variableId: '2', name: 'a', type: 'c', parameter: [text('value', 'y')] },
      ],
    },
  ],
  [
    'a script that looks like YAML',
    {
      tag: [
        eventTag('1', 'purchase', ['10'], {
          parameter: [
            {
              type: 'LIST',
              key: 'eventSettingsTable',
              list: [
                { type: 'MAP', map: [text('parameter', 'x'), text('parameterValue', '{{js}}')] },
                { type: 'MAP', map: [text('parameter', 'y'), text('parameterValue', '- a: &b\n  *b # {{')] },
              ],
            },
          ],
        }),
      ],
      trigger: [customEvent('10', 'purchase')],
      variable: [
        {
          variableId: '1',
          name: 'js',
          type: 'jsm',
          parameter: [text('javascript', 'function() {\n  --- \n  goals: { x: *y }\n\t# "\u2028"\n}')],
        },
      ],
    },
  ],
])('%s is imported as far as it goes', (_, entities) => {
  expect(imported(exportOf(entities))).toBeDefined()
})

test('what is written for people holds nothing that steers a terminal', () => {
  const tag = [
    eventTag('1', 'purchase', ['10'], {
      name: 'x\u001b[2J\u202e\ny',
      paused: 'x',
      setupTag: [{ tagName: 'y' }],
    }),
  ]
  const { lifted } = imported(exportOf({ tag, trigger: [customEvent('10', 'purchase')] })) ?? {}
  expect(lifted?.leftOut).toHaveLength(1)
})

/** The value with one of its places replaced. */
function replaced(value: unknown, seed: number, by: unknown): unknown {
  let count = 0
  const walk = (each: unknown): unknown => {
    if (count++ === seed) return by
    if (Array.isArray(each)) return each.map(walk)
    if (typeof each !== 'object' || each === null) return each
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, walk(inner)]))
  }
  return walk(value)
}

test('whatever stands in place of something, it is an error or an import that holds', () => {
  const junk = fc.oneof(
    fc.constantFrom(null, true, 0, [], {}, '', '{{', '{{x}}', '\u0000', '__proto__', [null], { value: 7 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.jsonValue({ maxDepth: 2 }),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(160), junk), { minLength: 1, maxLength: 3 }), (changes) => {
      const value = changes.reduce<unknown>((each, [seed, by]) => replaced(each, seed, by), JSON.parse(small))
      imported(JSON.stringify(value))
    }),
    { numRuns: 60 },
  )
})
