/**
 * The entities of an exported container, whatever the file is like: what does not have the shape of an entity is set
 * aside with a reason, never read. References stay what they are in the file: variables and tags by name, triggers by
 * id (`#12`), GTM's own triggers by name.
 */
import { BUILT_IN_NAMES, BUILT_IN_TYPES } from '../facts/built-ins.ts'
import { textOf, type Sent } from '../kinds/kind.ts'
import { ENTITIES } from '../kinds/kinds.ts'
import { holdsBraces, replaceReferences } from '../resources/braces.ts'
import { BUILT_IN_TRIGGERS } from '../resources/gtm-defaults.ts'
import { isRecord } from '../resources/is-record.ts'
import type { RefsIn } from '../resources/parameters.ts'
import type { SpecByKind, TagSpec, TriggerSpec, VariableSpec } from '../resources/resource.ts'
import type { LeftOut } from './left-out.ts'
import { readable } from './nesting.ts'
import type { ContainerVersion } from './parse-export.ts'

export interface ReadEntity<Spec> {
  readonly id: string
  readonly name: string
  readonly notes: string
  readonly spec: Spec
}

export interface ReadContainer {
  readonly publicId: string
  readonly account: string
  readonly name: string
  readonly tags: readonly ReadEntity<TagSpec>[]
  readonly triggers: readonly ReadEntity<TriggerSpec>[]
  readonly variables: readonly ReadEntity<VariableSpec>[]
  /** Those that can be written out, by their names. */
  readonly readable: ReadonlyMap<string, VariableSpec>
  /** What is in the container and no tag, trigger, variable or built-in variable. */
  readonly others: readonly { readonly kind: string; readonly name: string }[]
  /** What could not be read. */
  readonly broken: readonly LeftOut[]
}

export function readContainer(version: ContainerVersion): ReadContainer {
  const { container = {} } = version
  const broken: LeftOut[] = []
  const english = englishNames(listOf(version, 'builtInVariable'))
  const refs: RefsIn = {
    template: (type) => type,
    variable: (name) => english.get(name) ?? name,
    tag: (name) => name,
    trigger: (id) => BUILT_IN_TRIGGERS.get(id) ?? `#${id}`,
    folder: (id) => id,
  }
  const read = <K extends 'gtm/tag' | 'gtm/trigger' | 'gtm/variable'>(
    kind: K,
    noun: LeftOut['kind'],
  ): ReadEntity<SpecByKind[K]>[] => {
    const { list, idField } = ENTITIES[kind]
    const names = new Set<string>()
    return listOf(version, list).flatMap((entity, index): ReadEntity<SpecByKind[K]>[] => {
      const problem = fieldProblem(entity)
      const name = isRecord(entity) && typeof entity.name === 'string' ? entity.name : `${noun} ${index + 1}`
      if (problem !== undefined) {
        broken.push({
          kind: noun,
          name,
          code: 'not-an-entity',
          reason: `it is no ${noun} of GTM's: ${problem}`,
        })
        return []
      }
      const sent = entity as Sent
      // References to variables and tags are by name, so a second one of a name is out of reach.
      if (names.has(name) && kind === 'gtm/variable') {
        broken.push({
          kind: noun,
          name,
          code: 'name-is-double',
          reason: `there are two ${noun}s of this name`,
        })
        return []
      }
      names.add(name)
      const id = typeof sent[idField] === 'string' ? sent[idField] : `?${index}`
      const notes = textOf(sent.notes)
      return [{ id, name, notes, spec: ENTITIES[kind].fromWire(sent, refs) as SpecByKind[K] }]
    })
  }
  const variables = read('gtm/variable', 'variable')
  return {
    publicId: textOf(container.publicId),
    account: textOf((container as { accountId?: unknown }).accountId ?? version.accountId),
    name: textOf(container.name),
    tags: read('gtm/tag', 'tag'),
    triggers: read('gtm/trigger', 'trigger'),
    variables,
    readable: readable(new Map(variables.map(({ name, spec }) => [name, spec]))),
    others: OTHERS.flatMap(([list, kind]) =>
      listOf(version, list).flatMap((entity) =>
        isRecord(entity) ? [{ kind, name: textOf(entity.name) }] : [],
      ),
    ),
    broken,
  }
}

const OTHERS = [
  ['folder', 'folder'],
  ['customTemplate', 'template'],
  ['client', 'client'],
  ['zone', 'zone'],
  ['gtagConfig', 'gtag configuration'],
  ['transformation', 'transformation'],
] as const

/** A container in another language may list its built-in variables under names of that language. */
function englishNames(builtIns: readonly unknown[]): ReadonlyMap<string, string> {
  const pairs = builtIns.flatMap((each) => {
    if (!isRecord(each) || typeof each.name !== 'string' || typeof each.type !== 'string') return []
    const name = BUILT_IN_NAMES.get(each.type)
    return name === undefined || BUILT_IN_TYPES.has(each.name) ? [] : [[each.name, name] as const]
  })
  return new Map(pairs)
}

function listOf(version: object, list: string): readonly unknown[] {
  const found = Object.hasOwn(version, list) ? (version as { [list: string]: unknown })[list] : undefined
  return Array.isArray(found) ? found : []
}

/** Deeper than any real entity, and shallow enough for everything that walks one. */
const DEPTH = 40

/** What keeps an entity from being read; undefined when nothing does. */
function fieldProblem(entity: unknown): string | undefined {
  if (!isRecord(entity)) return 'it is not an object'
  if (typeof entity.name !== 'string' || entity.name === '') return 'it has no name'
  if (typeof entity.type !== 'string') return 'it has no type'
  for (const list of ['parameter', 'filter', 'customEventFilter', 'autoEventFilter']) {
    const items = entity[list]
    if (items === undefined) continue
    if (!Array.isArray(items)) return `${list} is not a list`
    for (const item of items as readonly unknown[]) {
      if (!isRecord(item)) return `${list} holds what is no object`
      const inner =
        list === 'parameter' ? parametersProblem([item], DEPTH) : parametersProblem(item.parameter, DEPTH)
      if (inner !== undefined) return `${list} ${inner}`
    }
  }
  for (const list of ['firingTriggerId', 'blockingTriggerId']) {
    const ids = entity[list]
    if (ids !== undefined && !(Array.isArray(ids) && ids.every((id) => typeof id === 'string')))
      return `${list} is not a list of ids`
  }
  for (const field of [
    'waitForTags',
    'checkValidation',
    'waitForTagsTimeout',
    'eventName',
    'interval',
    'limit',
  ]) {
    const setting = entity[field]
    if (setting === undefined) continue
    const inner = parametersProblem([setting], DEPTH)
    if (inner !== undefined) return `${field} ${inner}`
  }
  for (const field of ['formatValue', 'consentSettings'] as const)
    if (entity[field] !== undefined && !isRecord(entity[field])) return `${field} is not an object`
  const consent = entity.consentSettings as { readonly consentType?: unknown } | undefined
  return consent?.consentType === undefined ? undefined : parametersProblem([consent.consentType], DEPTH)
}

function parametersProblem(list: unknown, depth: number): string | undefined {
  if (list === undefined) return undefined
  if (!Array.isArray(list)) return 'is not a list'
  if (depth === 0) return 'is nested too deeply'
  for (const item of list as readonly unknown[]) {
    if (!isRecord(item)) return 'holds what is no parameter'
    if (item.value !== undefined && typeof item.value !== 'string') return 'holds a value that is no text'
    if (item.key !== undefined && typeof item.key !== 'string') return 'holds a key that is no text'
    const inner = parametersProblem(item.list, depth - 1) ?? parametersProblem(item.map, depth - 1)
    if (inner !== undefined) return inner
  }
  return undefined
}

/** The text with every constant in it written out, through constants of constants. */
export function withConstants(
  text: string,
  variables: ReadonlyMap<string, VariableSpec>,
  inside: ReadonlySet<string> = new Set(),
): string {
  if (!holdsBraces(text)) return text
  return replaceReferences(text, (name) => {
    const whole = `{{${name}}}`
    const spec = variables.get(name)
    const value = spec?.type === 'c' && !inside.has(name) ? spec.parameters.value : undefined
    if (typeof value !== 'string' || Object.keys(spec?.formatValue ?? {}).length > 0) return whole
    return withConstants(value, variables, new Set([...inside, name]))
  })
}
