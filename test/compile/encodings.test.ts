/**
 * Everything that the compiler has written, held against a table of how GTM writes it; and, where real containers lie
 * beside this repository, that table against what they hold.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { WireParameter } from '../../src/resources/parameters.ts'
import { BUILT_IN_NAMES } from '../../src/facts/built-ins.ts'
import type { Resource } from '../../src/resources/resource.ts'
import { ENTITIES } from '../../src/kinds/kinds.ts'

const { toWire: tagToWire } = ENTITIES['gtm/tag']
const { toWire: triggerToWire } = ENTITIES['gtm/trigger']
const { toWire: variableToWire } = ENTITIES['gtm/variable']
import encodings from './encodings.json' with { type: 'json' }

interface Encoding {
  readonly required?: readonly string[]
  readonly keys?: { readonly [path: string]: string }
  readonly values?: { readonly [path: string]: readonly string[] }
  readonly exactlyWhen?: { readonly [path: string]: { readonly [path: string]: string } }
  readonly lists?: readonly string[]
  readonly settings?: { readonly [name: string]: string }
  readonly settingsWhenOn?: { readonly [name: string]: string }
}
type Table = { readonly [type: string]: Encoding }
type Entity = { readonly [field: string]: unknown }

const TABLES: { readonly [kind: string]: Table } = {
  tag: encodings.tag,
  trigger: encodings.trigger,
  variable: encodings.variable,
}
const FORMATS: { readonly [field: string]: string | readonly unknown[] } = encodings.formatValue
const UNSEEN: { readonly [what: string]: readonly string[] } = encodings.unseen

const here = import.meta.dirname
const goldens = [
  ...readdirSync(join(here, '../fixtures')).map((name) => join(here, '../fixtures', name, 'desired.json')),
  ...readdirSync(join(here, '../plans/golden')).map((name) => join(here, '../plans/golden', name)),
].filter((file) => file.endsWith('.json') && existsSync(file))

const same = (text: string): string => text
/** The one template of the plan's own; its parameters are ours to say. */
const OWN = 'cvt_0_1'
const template = (type: string): string => (type.startsWith('@') ? OWN : type)
const REFS = { template, variable: same, trigger: same, folder: same, tag: same }

const entities = goldens
  .flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as Resource[])
  .flatMap((resource): { kind: string; key: string; entity: Entity }[] => {
    switch (resource.kind) {
      case 'gtm/tag':
        return [{ kind: 'tag', key: resource.key, entity: tagToWire(resource, '', REFS) }]
      case 'gtm/trigger':
        return [{ kind: 'trigger', key: resource.key, entity: triggerToWire(resource, '', REFS) }]
      case 'gtm/variable':
        return [{ kind: 'variable', key: resource.key, entity: variableToWire(resource, '', REFS) }]
      default:
        return []
    }
  })

test('there is something to check', () => {
  expect(entities.length).toBeGreaterThan(200)
})

test('every type in the table is written by some golden file', () => {
  const written = new Set(entities.map(({ kind, entity }) => `${kind} ${String(entity.type)}`))
  const known = Object.entries(TABLES).flatMap(([kind, table]) =>
    Object.keys(table).map((type) => `${kind} ${type}`),
  )
  expect(known.filter((each) => !written.has(each))).toEqual([])
})

test('every entity is written as the table says', () => {
  expect(entities.flatMap(problemsOf)).toEqual([])
})

test('the check itself finds what is wrong', () => {
  const wrong = (kind: string, entity: Entity): number =>
    problemsOf({ kind, key: 'x', entity: { formatValue: {}, ...entity } }).length
  expect(wrong('variable', { type: 'c', parameter: [] })).toBe(1)
  expect(wrong('variable', { type: 'zz', parameter: [] })).toBe(1)
  expect(
    wrong('variable', { type: 'c', parameter: [{ type: 'boolean', key: 'value', value: 'true' }] }),
  ).toBe(1)
  const query = { type: 'template', key: 'component', value: 'QUERY' }
  expect(wrong('variable', { type: 'u', parameter: [query] })).toBe(1)
  expect(wrong('trigger', { type: 'timer', autoEventFilter: [] })).toBeGreaterThan(2)
})

function problemsOf({ kind, key, entity }: { kind: string; key: string; entity: Entity }): string[] {
  const encoding = TABLES[kind]?.[String(entity.type)]
  const say = (text: string): string => `${key}: ${kind} ${String(entity.type)}: ${text}`
  if (!encoding) return [say('is not in the table')]
  const leaves = flatten((entity.parameter ?? []) as WireParameter[])
  const found = new Map(leaves.map(({ path, value }) => [path, value]))
  const problems = [
    ...leaves
      .filter(({ path, type }) => encoding.keys?.[path] !== type)
      .map(({ path, type }) => `${path} is a ${type}`),
    ...(encoding.required ?? []).filter((path) => !found.has(path)).map((path) => `${path} is missing`),
    ...leaves
      .filter(({ path, value }) => encoding.values?.[path]?.includes(value ?? '') === false)
      .map(({ path, value }) => `${path} is ${value ?? 'absent'}`),
    ...Object.entries(encoding.exactlyWhen ?? {})
      .filter(
        ([path, when]) =>
          found.has(path) !== Object.entries(when).every(([other, value]) => found.get(other) === value),
      )
      .map(([path]) => `${path} is there at the wrong time`),
    ...(kind === 'trigger' ? triggerProblems(entity, encoding) : []),
    ...(kind === 'tag' ? tagProblems(entity) : []),
    ...(kind === 'variable' ? variableProblems(entity) : []),
  ]
  return problems.map(say)
}

function triggerProblems(entity: Entity, encoding: Encoding): string[] {
  const lists = ['autoEventFilter', 'customEventFilter', 'filter'].filter(
    (list) => entity[list] !== undefined,
  )
  const combination = lists.join('+')
  const conditions = lists.flatMap((list) => entity[list] as { type: string; parameter: WireParameter[] }[])
  const settings = Object.entries(encoding.settings ?? {})
  return [
    ...(encoding.lists?.includes(combination) ? [] : [`has the lists ${combination}`]),
    ...conditions.flatMap(conditionProblems),
    ...settings.flatMap(([name, type]) => {
      const setting = entity[name] as WireParameter | undefined
      const wanted = setting?.value === 'true' ? (encoding.settingsWhenOn?.[name] ?? type) : type
      return setting?.type === wanted && setting.key === undefined
        ? []
        : [`${name} is ${JSON.stringify(setting)}`]
    }),
  ]
}

function conditionProblems({ type, parameter }: { type: string; parameter: WireParameter[] }): string[] {
  const keys = parameter.map(({ key }) => key ?? '').join(' ')
  const subject = parameter[0]?.value ?? ''
  return [
    ...(encodings.conditions.includes(type) ? [] : [`has a condition ${type}`]),
    ...(/^arg0 arg1( ignore_case)?( negate)?$/.test(keys) ? [] : [`has a condition with ${keys}`]),
    ...(/^\{\{[^{}]+\}\}$/.test(subject) ? [] : [`has a condition on ${subject}`]),
    ...parameter
      .filter(({ key, value }) => (key === 'negate' || key === 'ignore_case') && value !== 'true')
      .map(({ key }) => `writes ${key ?? ''} without need`),
  ]
}

function tagProblems(entity: Entity): string[] {
  const { consentStatus, consentType } = entity.consentSettings as {
    consentStatus: string
    consentType?: WireParameter
  }
  const types = consentType?.list ?? []
  const known: readonly string[] = encodings.tagFields.consentTypes
  return [
    ...(encodings.tagFields.tagFiringOption.includes(String(entity.tagFiringOption))
      ? []
      : ['firing option']),
    ...(encodings.tagFields.consentStatus.includes(consentStatus) ? [] : ['consent status']),
    ...((consentType !== undefined) === (consentStatus === 'needed')
      ? []
      : ['consent types at the wrong time']),
    ...types
      .filter(({ value }) => !known.includes(value ?? ''))
      .map(({ value }) => `consent type ${value ?? ''}`),
    ...(JSON.stringify(entity.monitoringMetadata) === '{"type":"map"}' ? [] : ['monitoringMetadata']),
  ]
}

function variableProblems(entity: Entity): string[] {
  if (entity.type === 'gtes') return entity.formatValue === undefined ? [] : ['formatValue']
  return Object.entries(entity.formatValue as Entity)
    .filter(([field, value]) => {
      const known = FORMATS[field]
      if (Array.isArray(known)) return !known.includes(value)
      return known === undefined || (value as WireParameter).type !== known
    })
    .map(([field]) => `formatValue ${field}`)
}

interface Leaf {
  readonly path: string
  readonly type: string
  readonly value?: string
}

function flatten(parameters: readonly WireParameter[], prefix = ''): Leaf[] {
  return parameters.flatMap((parameter) => {
    const path = `${prefix}${parameter.key ?? ''}`
    const leaf = {
      path,
      type: parameter.type ?? '',
      ...(parameter.value === undefined ? {} : { value: parameter.value }),
    }
    const items = (parameter.list ?? []).flatMap((item) => [
      { path: `${path}[]`, type: item.type ?? '' },
      ...flatten(item.map ?? [], `${path}[].`),
    ])
    return [leaf, ...items]
  })
}

const CATALOGUE = join(here, '../../../shared/gtm-exports/CATALOGUE.json')

interface Catalogue {
  readonly tag: CatalogueKind
  readonly trigger: CatalogueKind
  readonly variable: CatalogueKind
  readonly conditions: { readonly filter: { readonly types: { readonly [type: string]: number } } }
  readonly filterKindsByTriggerType: { readonly [type: string]: { readonly [lists: string]: number } }
  readonly triggerScalarFields: {
    readonly [name: string]: { readonly [type: string]: { readonly [value: string]: number } }
  }
  readonly consentSettings: { readonly consentTypes: { readonly [type: string]: number } }
  readonly formatValue: { readonly shapes: { readonly [shape: string]: number } }
  readonly builtInVariable: { readonly [type: string]: unknown }
}
type CatalogueKind = {
  readonly [type: string]: {
    readonly keys: {
      readonly [path: string]: {
        readonly types: { readonly [type: string]: number }
        readonly values: { readonly [value: string]: number }
      }
    }
    readonly alwaysPresent: readonly string[]
  }
}

const upper = (word: string): string => word.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()

describe.skipIf(!existsSync(CATALOGUE))('the table (only where ../shared is present)', () => {
  const catalogue = existsSync(CATALOGUE)
    ? (JSON.parse(readFileSync(CATALOGUE, 'utf8')) as Catalogue)
    : ({} as Catalogue)
  const isUnseen = (what: string, value: string): boolean => UNSEEN[what]?.includes(value) ?? false

  test('has only types, keys and values that real containers hold, but for what it calls unseen', () => {
    const missing = Object.entries(TABLES).flatMap(([kind, table]) =>
      Object.entries(table).flatMap(([type, encoding]) => {
        const seen = catalogue[kind as 'tag'][kind === 'trigger' ? upper(type) : type]
        if (!seen) return isUnseen(`${kind} types`, type) ? [] : [`${kind} ${type}`]
        const keys = Object.entries(encoding.keys ?? {}).filter(
          ([path, each]) =>
            seen.keys[path]?.types[upper(each)] === undefined && !isUnseen(`${kind} ${type} keys`, path),
        )
        const values = Object.entries(encoding.values ?? {}).flatMap(([path, list]) =>
          list.filter((value) => {
            const known = seen.keys[path]?.values ?? {}
            return (
              known[value] === undefined &&
              known['(text)'] === undefined &&
              !isUnseen(`${kind} ${type} ${path}`, value)
            )
          }),
        )
        return [
          ...keys.map(([path]) => `${kind} ${type} ${path}`),
          ...values.map((value) => `${kind} ${type} ${value}`),
        ]
      }),
    )
    expect(missing).toEqual([])
  })

  test('formats values as real containers do', () => {
    const seen = Object.keys(catalogue.formatValue.shapes)
    const unknown = Object.entries(FORMATS).flatMap(([field, type]) =>
      (Array.isArray(type) ? type : [type])
        .map((each) => `${field}:${upper(String(each))}`)
        .filter((each) => !seen.includes(each) && !isUnseen('formatValue', each)),
    )
    expect(unknown).toEqual([])
  })

  test('requires what real containers always have', () => {
    const forgotten = Object.entries(TABLES).flatMap(([kind, table]) =>
      Object.entries(table).flatMap(([type, encoding]) =>
        (catalogue[kind as 'tag'][kind === 'trigger' ? upper(type) : type]?.alwaysPresent ?? [])
          .filter((path) => !path.includes('[') && !(encoding.required ?? []).includes(path))
          .filter((path) => !isAlternative(kind, type, path))
          .map((path) => `${kind} ${type} ${path}`),
      ),
    )
    expect(forgotten).toEqual([])
  })

  test('combines lists of conditions as real containers do', () => {
    const unknown = Object.entries(encodings.trigger as Table).flatMap(([type, { lists = [] }]) => {
      const seen = catalogue.filterKindsByTriggerType[upper(type)] ?? {}
      return lists
        .filter((list) => seen[list === '' ? '(none)' : list] === undefined)
        .filter((list) => !isUnseen(`trigger ${type} lists`, list))
        .map((list) => `${type} ${list}`)
    })
    expect(unknown).toEqual([])
  })

  test('writes settings of triggers as real containers do', () => {
    const unknown = Object.entries(encodings.trigger as Table).flatMap(([type, { settings = {} }]) =>
      Object.entries(settings)
        .filter(([name, each]) => {
          const seen = Object.keys(catalogue.triggerScalarFields[name]?.[upper(type)] ?? {})
          return !seen.some((value) => value.startsWith(`${upper(each)}:`))
        })
        .map(([name]) => `${type} ${name}`),
    )
    expect(unknown).toEqual([])
  })

  test('knows conditions, consent types and built-in variables by their real names', () => {
    const conditions = Object.keys(catalogue.conditions.filter.types).map((name) => name.split(' ')[0])
    expect(
      encodings.conditions.filter(
        (type) => !conditions.includes(upper(type)) && !isUnseen('conditions', type),
      ),
    ).toEqual([])
    expect(
      encodings.tagFields.consentTypes.filter(
        (type) =>
          catalogue.consentSettings.consentTypes[type] === undefined && !isUnseen('tag consentTypes', type),
      ),
    ).toEqual([])
    const builtIns = JSON.stringify(catalogue.builtInVariable)
    expect(
      [...BUILT_IN_NAMES].filter(
        ([type, name]) =>
          catalogue.builtInVariable[upper(type)] === undefined || !builtIns.includes(JSON.stringify(name)),
      ),
    ).toEqual([])
  })
})

/** One variable of type `d` was seen, by CSS; an id stands in its place when it is chosen by id. */
function isAlternative(kind: string, type: string, path: string): boolean {
  return kind === 'variable' && type === 'd' && path === 'elementSelector'
}
