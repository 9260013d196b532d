/** Laws over the tables of triggers and sources: they hold for every kind, also for those that come later. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile, type Compiled } from '../../src/compile/compile.ts'
import type { Source, Trigger } from '../../src/plan/plan-types.ts'
import { schemaAt } from '../../src/plan/schema.ts'
import type { TagSpec, TriggerSpec, VariableSpec } from '../../src/resources/resource.ts'
import { buildSource } from '../../src/sources/build.ts'
import { sourceKinds, sourceModule } from '../../src/sources/kinds.ts'
import { COMPANIONS } from '../../src/sources/source.ts'
import { sourceFromGtm } from '../../src/sources/read-gtm.ts'
import { sourceWords } from '../../src/sources/source-words.ts'
import { armedKinds } from '../../src/triggers/armed.ts'
import { buildTrigger } from '../../src/triggers/build.ts'
import { triggerFromGtm } from '../../src/triggers/gtm.ts'
import { triggerKinds, triggerModule } from '../../src/triggers/kinds.ts'
import { plainWords } from '../../src/triggers/plain-words.ts'
import { triggerWords } from '../../src/triggers/trigger-words.ts'
import { ourTemplates, planFrom } from '../compile/compile-file.ts'

const SMALLEST = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')
const templates = await ourTemplates()

const propertiesAt = (pointer: string): string[] => Object.keys(schemaAt(pointer)?.properties ?? {})

const triggers = triggerKinds().flatMap((kind) =>
  triggerModule(kind).examples.map(({ said, words, plain }) => ({
    kind,
    words,
    plain,
    trigger: { [kind]: said } as Trigger,
  })),
)
const sources = sourceKinds().flatMap((kind) =>
  sourceModule(kind).examples.map(({ source, words }) => ({ kind, words, source })),
)

test('the schema has each kind of trigger once, in the order of the table', () => {
  const groups = ['any', 'all', 'when', 'armedWhen', 'unless']
  expect(propertiesAt('/goals/any/trigger').filter((name) => !groups.includes(name))).toEqual(triggerKinds())
})

test('the schema has each source once, in the order of the table', () => {
  const companions: readonly string[] = COMPANIONS
  expect(propertiesAt('/sharedParameters/any').filter((name) => !companions.includes(name))).toEqual(
    sourceKinds(),
  )
})

test('the page on the language names each source and each subject', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/language.md'), 'utf8')
  const subjects = sourceKinds().flatMap((kind) => Object.keys(sourceModule(kind).subjects))
  expect(sourceKinds().filter((kind) => !page.includes(`{ ${kind}: `))).toEqual([])
  expect(subjects.filter((subject) => !page.includes(`\`${subject}\``))).toEqual([])
})

test('the subjects of a condition are those that the sources name', () => {
  const named = sourceKinds().flatMap((kind) => Object.keys(sourceModule(kind).subjects))
  expect(propertiesAt('/goals/any/trigger/when/0').sort()).toEqual([...named, 'value', 'test'].sort())
})

test('every kind has examples, and no two kinds have the same words', () => {
  const examples = [...triggers, ...sources]
  expect(triggerKinds().filter((kind) => !triggers.some((each) => each.kind === kind))).toEqual([])
  expect(sourceKinds().filter((kind) => !sources.some((each) => each.kind === kind))).toEqual([])
  expect(new Set(examples.map(({ words }) => words)).size).toBe(examples.length)
})

test.each(triggers)('$trigger in words', ({ trigger, words, plain }) => {
  expect(triggerWords(buildTrigger(trigger, ''))).toBe(words)
  expect(plainWords(buildTrigger(trigger, ''))).toBe(plain)
})

test('a trigger of the container fires the tag by its name, and nothing is made but what blocks', () => {
  const tagOf = (trigger: Trigger) => {
    const { resources } = compiledWith(trigger)
    const made = resources.filter(({ kind }) => kind === 'gtm/trigger').map(({ spec }) => spec)
    const tag = resources.find(({ kind, key }) => kind === 'gtm/tag' && key === 'smallest/purchase#tag')
      ?.spec as TagSpec
    return { tag, made }
  }
  const { tag, made } = tagOf({ existing: 'Their trigger' })
  expect([tag.firingTriggers, made]).toEqual([['Their trigger'], []])
  const several = tagOf({
    any: [{ existing: 'Their trigger' }, { dataLayer: 'x' }],
    unless: [{ path: { equals: '/a' } }],
  })
  expect(several.tag.firingTriggers).toContain('Their trigger')
  expect(several.made).toHaveLength(3)
  expect(JSON.stringify(several.made)).toContain('"arg1":".*"')
})

const ours = triggers.filter(({ trigger }) => trigger.existing === undefined)

describe.each(ours)('$trigger', ({ kind, trigger }) => {
  test('comes back from GTM as what it was', () => {
    const spec = triggerSpec(trigger)
    const back = triggerFromGtm(spec, new Map())
    expect(back && buildTrigger(back, '')).toEqual(buildTrigger(trigger, ''))
    const claims = triggerKinds().filter((each) => triggerModule(each).fromGtm(spec) !== undefined)
    expect(claims).toEqual([kind])
  })

  test('comes back with its conditions', () => {
    const narrowed: Trigger = {
      ...trigger,
      when: [
        { path: { startsWith: '/shop' } },
        { query: { q: { equals: 'x', negate: true } } },
        { value: { url: { query: 'n' } }, test: { lessThan: 3 } },
        { dataLayer: { 'plan.type': { matches: '^pro', ignoreCase: true } } },
      ],
    }
    const { spec, variables } = compiled(narrowed)
    const back = triggerFromGtm(spec, variables)
    expect(back?.when).toEqual([
      ...narrowed.when!.slice(0, 2),
      { query: { n: { lessThan: 3 } } },
      ...narrowed.when!.slice(3),
    ])
  })
})

const armed = triggers.filter(({ kind, trigger }) => triggerModule(kind).arms?.(trigger[kind] as never))

test('GTM is told where to listen by a timer, and by what may hold the visitor back', () => {
  expect(armedKinds()).toEqual(['link', 'form', 'timer'])
  expect(armed.map(({ kind }) => kind)).toEqual(['link', 'form', 'timer', 'timer'])
})

describe.each(armed)('$trigger, armed on some pages', ({ trigger, words, plain }) => {
  const narrowed: Trigger = {
    ...trigger,
    armedWhen: [{ path: { startsWith: '/guide' } }, { cookie: { team: { equals: '1', negate: true } } }],
  }

  test('comes back from GTM, and listens on every page where nothing is said', () => {
    const { spec, variables } = compiled(narrowed)
    expect(spec.autoEventFilter.map(({ type, arg0, arg1 }) => [type, arg0, arg1])).toEqual([
      ['startsWith', '{{Page Path}}', '/guide'],
      ['equals', expect.stringContaining('cookie'), '1'],
    ])
    expect(spec.filter).toEqual(triggerSpec(trigger).filter)
    expect(triggerFromGtm(spec, variables)?.armedWhen).toEqual(narrowed.armedWhen)
    expect(triggerSpec(trigger).autoEventFilter.map(({ arg0, arg1 }) => [arg0, arg1])).toEqual([
      ['{{Page URL}}', '.*'],
    ])
  })

  test('is not said where it asks for what only comes later', () => {
    const { spec, variables } = compiled(narrowed)
    const [one] = spec.autoEventFilter
    if (one === undefined) throw new Error('Nothing arms it.')
    const asking = (arg0: string) =>
      triggerFromGtm({ ...spec, autoEventFilter: [{ ...one, arg0 }] }, variables)
    expect([asking('{{Click URL}}'), asking('{{Event}}')]).toEqual([undefined, undefined])
    expect(asking('{{Referrer}}')?.armedWhen).toEqual([{ referrer: { startsWith: '/guide' } }])
  })

  test('in words', () => {
    const built = buildTrigger(narrowed, '')
    expect(triggerWords(built)).toBe(
      `${words} (listened for on paths from /guide and where cookie team is not 1)`,
    )
    expect(plainWords(built)).toMatch(
      new RegExp(`^${plain}, which is watched for only on pages under /guide and .* as the page begins$`),
    )
  })
})

describe.each(sources)('$source', ({ source, words }) => {
  test('in words', () => {
    expect(sourceWords(buildSource(source))).toBe(words)
  })

  test('comes back from GTM as what it was', () => {
    const { text, variables } = readAs(source)
    const back = sourceFromGtm(text, variables)
    expect(back && buildSource(back)).toEqual(buildSource(source))
  })

  test('has a text or a variable, never both', () => {
    const built = buildSource(source)
    const { kind } = built
    if (kind === 'literal') throw new Error('An example is a literal.')
    const simple = sourceModule(kind).text?.(built, () => '') !== undefined
    const own = !simple && sourceModule(kind).variable !== undefined
    expect([simple, own].filter(Boolean)).toHaveLength(1)
  })
})

function triggerSpec(trigger: Trigger): TriggerSpec {
  return compiled(trigger).spec
}

function compiledWith(trigger: Trigger): Compiled {
  const plan = planFrom(SMALLEST)
  const [goal] = plan.goals
  if (goal === undefined) throw new Error('The smallest plan has no goal.')
  const narrow = { ...plan, goals: [{ ...goal, trigger: buildTrigger(trigger, goal.at) }], stages: [] }
  const made = compile(narrow, templates)
  expect(made.diagnostics).toEqual([])
  return made
}

function compiled(trigger: Trigger): {
  spec: TriggerSpec
  variables: ReadonlyMap<string, VariableSpec>
} {
  const { resources } = compiledWith(trigger)
  const spec = resources.find((each) => each.kind === 'gtm/trigger')?.spec
  if (spec === undefined) throw new Error('No trigger was compiled.')
  return { spec, variables: variablesOf(resources) }
}

function readAs(source: Source): { text: string; variables: ReadonlyMap<string, VariableSpec> } {
  const plan = planFrom(SMALLEST)
  const parameter = { name: 'sample', at: '/x', source: buildSource(source) }
  const [goal] = plan.goals
  if (goal === undefined) throw new Error('The smallest plan has no goal.')
  const narrow = { ...plan, goals: [{ ...goal, parameters: [parameter] }], stages: [] }
  const { resources } = compile(narrow, templates)
  const tag = resources.find((each) => each.kind === 'gtm/tag' && each.key.endsWith(`/${goal.id}#tag`))
  const table = JSON.stringify(tag?.spec)
  const text = /"parameter":"sample","parameterValue":"((?:[^"\\]|\\.)*)"/.exec(table)?.[1]
  return { text: JSON.parse(`"${text ?? ''}"`) as string, variables: variablesOf(resources) }
}

function variablesOf(resources: ReturnType<typeof compile>['resources']): ReadonlyMap<string, VariableSpec> {
  return new Map(
    resources.flatMap((each) => (each.kind === 'gtm/variable' ? [[`@${each.key}`, each.spec] as const] : [])),
  )
}
