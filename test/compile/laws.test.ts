import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { compile } from '../../src/compile/compile.ts'
import { buildPlan } from '../../src/plan/build.ts'
import type { PlanDocument, Source } from '../../src/plan/plan-types.ts'
import type { Resource } from '../../src/resources/resource.ts'
import { ourTemplates } from './compile-file.ts'

const FIXTURES = join(import.meta.dirname, '../fixtures')
const templates = await ourTemplates()

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        '\\',
        '{',
        '}',
        '{{',
        '}}',
        '{{{',
        "'",
        '\n',
        '\r\n',
        '\t',
        '\u0000',
        '\u2028',
        '</script>',
        '<!--',
        '"}],"x":[{"',
        '\\"',
        '{{text name}}',
        '{{Page URL}}',
        '@',
        'a',
        ',',
        ':',
        'é',
        '𝒳',
        '\ud800',
        'שלום',
        '${X}',
        '#tag',
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
)

/** The one string stands in every place of a plan that takes free text. */
function planWith(text: string): PlanDocument {
  const key = text === '' ? 'empty' : text
  const parameters: { [name: string]: Source } = {
    literal: text,
    layer: { dataLayer: key, default: text },
    cookie: { cookie: key },
    query: { url: { query: key } },
    element: { element: { selector: key, attribute: key } },
    lookup: { lookup: { from: { dataLayer: key }, map: { [text]: text, other: text } }, default: text },
    match: { match: { from: { url: 'path' }, patterns: { [text]: text } } },
    script: { javascript: key },
  }
  return {
    version: 1,
    plan: 'hostile',
    title: text,
    owner: text,
    environments: {
      live: { gtm: { account: '1', container: 'GTM-X' }, ga4: { property: '1', measurementId: text } },
    },
    goals: {
      lead: {
        title: text,
        event: 'generate_lead',
        trigger: {
          dataLayer: key,
          when: [{ path: { equals: text } }, { dataLayer: { [key]: { matches: text, negate: true } } }],
        },
        parameters,
      },
      seen: { title: text, event: 'seen', trigger: { visible: { selector: key } } },
      linked: { title: text, event: 'linked', trigger: { link: { selector: key, id: key } } },
    },
    stages: { one: { title: text, micro: {} } },
  } as unknown as PlanDocument
}

function specOf(resources: readonly Resource[], key: string): string {
  return JSON.stringify(resources.find((resource) => resource.key === `hostile/${key}`)?.spec)
}

/** By the URL standard's set of signs that are encoded in a path. */
function asInAddress(text: string): string {
  return [...text]
    .map((character) =>
      character > ' ' && character < '\u007f' && !'"<>`{}'.includes(character)
        ? character
        : [...Buffer.from(character)]
            .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
            .join(''),
    )
    .join('')
}

test('no text of a plan breaks out of its place, and none becomes a reference', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const { resources, diagnostics } = compile(buildPlan(planWith(text), 'live', 'plan.yaml'), templates)
      if (text.includes('{{')) {
        expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['texts-hold-no-references']))
        expect(resources.find(({ key }) => key === 'hostile/lead#tag')).toBeUndefined()
      } else {
        const key = text === '' ? 'empty' : text
        expect(diagnostics).toEqual([])
        const tag = resources.find((resource) => resource.key === 'hostile/lead#tag')
        if (tag?.kind !== 'gtm/tag') throw new Error('The tag is missing.')
        const rows = tag.spec.parameters.eventSettingsTable as { parameter: string; parameterValue: string }[]
        expect(rows.find(({ parameter }) => parameter === 'literal')?.parameterValue).toBe(text)
        const trigger = resources.find((resource) => resource.key === 'hostile/lead#trigger')
        if (trigger?.kind !== 'gtm/trigger') throw new Error('The trigger is missing.')
        expect(trigger.spec.customEventFilter.map(({ arg1 }) => arg1)).toEqual([key])
        // A path is compared as the browser has it.
        expect(trigger.spec.filter.map(({ arg1 }) => arg1)).toEqual([asInAddress(text), text])
        const variables = resources.flatMap((each) => (each.kind === 'gtm/variable' ? [each.spec] : []))
        expect(variables.find(({ type }) => type === 'jsm')?.parameters).toEqual({ javascript: key })
        expect(variables.find(({ type }) => type === 'k')?.parameters.name).toBe(key)
        expect(variables.find(({ type }) => type === 'smm')?.parameters).toMatchObject({ defaultValue: text })
        expect(specOf(resources, 'seen#trigger')).toContain(`"elementSelector":${JSON.stringify(key)}`)
      }
      const references = JSON.stringify(resources.map(({ spec }) => spec)).match(/\{\{.*?\}\}/g) ?? []
      expect(
        references.filter(
          (each) =>
            !/^\{\{(@hostile\/[^{}]+#variable|_event|Page Path|Click Element|Click ID)\}\}$/.test(each),
        ),
      ).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('names are unique within a kind, keys are unique, and a key holds nothing that a reference cannot', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(
        hostile.filter((text) => !text.includes('{{')),
        { minLength: 2, maxLength: 6 },
      ),
      (texts) => {
        const document = planWith(texts[0] ?? '')
        const cookies = Object.fromEntries(
          texts.map((text, index) => [`p${index}`, { cookie: text === '' ? 'empty' : text }]),
        )
        const lead = { ...document.goals.lead, parameters: cookies } as PlanDocument['goals'][string]
        const titles = texts.map(
          (title, index) =>
            [
              `stage_${index}`,
              {
                title,
                micro: {
                  [`m${index}`]: { title, event: 'same', trigger: { page: 'viewed' }, feeds: ['lead'] },
                },
              },
            ] as const,
        )
        const plan = buildPlan(
          { ...document, goals: { lead }, stages: Object.fromEntries(titles) } as unknown as PlanDocument,
          'live',
          'plan.yaml',
        )
        const { resources } = compile(plan, templates)
        const names = resources.map(({ kind, name }) => `${kind} ${name.toLowerCase()}`)
        expect(new Set(names).size).toBe(names.length)
        expect(new Set(resources.map(({ key }) => key)).size).toBe(resources.length)
        for (const { key, name } of resources) {
          expect(key).toMatch(/^[A-Za-z0-9_./#~%-]+$/)
          expect(name).toMatch(/^[\p{L}\p{M}\p{N} \-_.()]+$/u)
          expect(name).toBe(name.trim())
        }
      },
    ),
    { numRuns: 100 },
  )
})

const fixtures = [
  'every-source-of-a-value',
  'several-triggers-groups-and-exceptions',
  'settings-that-every-event-shares',
  'things-that-were-renamed-or-look-alike',
  'two-environments-in-one-container',
]

test.each(fixtures)('the order of keys in the file makes no difference: %s', (name) => {
  const document = parse(readFileSync(join(FIXTURES, name, 'plan.yaml'), 'utf8')) as PlanDocument
  const environment = Object.keys(document.environments)[0] ?? ''
  const wanted = compile(buildPlan(document, environment, 'plan.yaml'), templates).resources
  fc.assert(
    fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (random) => {
      const shuffled = shuffleKeys(document, () => random.next().value as number) as PlanDocument
      expect(compile(buildPlan(shuffled, environment, 'plan.yaml'), templates).resources).toEqual(wanted)
    }),
    { numRuns: 25 },
  )
})

test.each(fixtures)('new titles change no key: %s', (name) => {
  const text = readFileSync(join(FIXTURES, name, 'plan.yaml'), 'utf8')
  const keysOf = (yaml: string): string[] => {
    const document = parse(yaml) as PlanDocument
    const environment = Object.keys(document.environments)[0] ?? ''
    return compile(buildPlan(document, environment, 'plan.yaml'), templates).resources.map(({ key }) => key)
  }
  expect(keysOf(text.replaceAll(/title: [^,\n}]+/g, 'title: Something else'))).toEqual(keysOf(text))
})

// The order of patterns in a `match` is the order in which they are tried: it is left alone.
function shuffleKeys(value: unknown, random: () => number, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffleKeys(item, random))
  if (typeof value !== 'object' || value === null || name === 'patterns') return value
  const entries = Object.entries(value).map(([key, entry]) => [key, shuffleKeys(entry, random, key)] as const)
  const ranked = entries.map((entry) => ({ entry, rank: random() }))
  return Object.fromEntries(ranked.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry))
}
