/**
 * What refers to what: tags to triggers and folders by id, to tags by name, anything to variables by {{name}}.
 * Source: https://developers.google.com/tag-platform/tag-manager/api/v2/parameter-reference
 */
import { isObject, type Entity } from '../shape.ts'
import type { Content } from '../state.ts'
import { FIXED_TRIGGERS, type Kind } from './kinds.ts'

const VARIABLE = /\{\{([^{}]+)\}\}/g

// Usable without being enabled, or only meaningful to GTM itself.
const ALWAYS_THERE = new Set(['_event', '_triggers', '_element', '_url'])

const TRIGGER_LISTS = [
  'firingTriggerId',
  'blockingTriggerId',
  'enablingTriggerId',
  'disablingTriggerId',
] as const

// Text that is not looked through for {{...}}: it is no parameter.
const PLAIN_FIELDS = new Set(['name', 'notes', 'templateData', 'fingerprint', 'galleryReference'])

/** Calls visit for every string in the entity's parameters and conditions. */
function visitText(value: unknown, visit: (text: string) => void): void {
  if (typeof value === 'string') visit(value)
  else if (Array.isArray(value)) for (const item of value) visitText(item, visit)
  else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) if (!PLAIN_FIELDS.has(key)) visitText(item, visit)
  }
}

export function variablesUsed(entity: Entity): Set<string> {
  const used = new Set<string>()
  visitText(entity, (text) => {
    for (const [, name] of text.matchAll(VARIABLE)) if (name !== undefined) used.add(name)
  })
  return used
}

/** Trigger ids that an entity refers to: lists of ids, zones' evaluation triggers, members of a trigger group. */
export function triggersUsed(entity: Entity): string[] {
  const ids = TRIGGER_LISTS.flatMap((field) => (entity[field] as string[] | undefined) ?? [])
  const boundary = entity['boundary']
  if (isObject(boundary)) ids.push(...((boundary['customEvaluationTriggerId'] as string[] | undefined) ?? []))
  visitParameters(entity['parameter'], (parameter) => {
    if (parameter['type'] === 'triggerReference') ids.push(String(parameter['value'] ?? ''))
  })
  return ids
}

function visitParameters(parameters: unknown, visit: (parameter: Entity) => void): void {
  if (!Array.isArray(parameters)) return
  for (const parameter of parameters as Entity[]) {
    visit(parameter)
    visitParameters(parameter['list'], visit)
    visitParameters(parameter['map'], visit)
  }
}

export function isKnownTrigger(content: Content, id: string): boolean {
  return content.trigger.has(id) || FIXED_TRIGGERS.has(id)
}

/**
 * What a compiler stumbles over. That the API answers `compilerError: true` for these is inferred from Google's own page,
 * which refuses to publish such a container: assumed.
 */
export function danglingReferences(content: Content): string[] {
  const variables = new Set<unknown>(ALWAYS_THERE)
  for (const kind of ['variable', 'builtInVariable'] as const) {
    for (const entity of content[kind].values()) variables.add(entity['name'])
  }
  const tags = new Set([...content.tag.values()].map((tag) => tag['name']))
  const dangling: string[] = []
  for (const kind of ['tag', 'trigger', 'variable', 'client', 'transformation', 'zone'] as const) {
    for (const entity of content[kind].values()) {
      const where = `${kind} "${String(entity['name'])}"`
      for (const name of variablesUsed(entity)) {
        if (!variables.has(name)) dangling.push(`${where} uses the unknown variable {{${name}}}`)
      }
      for (const id of triggersUsed(entity)) {
        if (!isKnownTrigger(content, id)) dangling.push(`${where} uses the unknown trigger ${id}`)
      }
      for (const name of sequencedTags(entity)) {
        if (!tags.has(name)) dangling.push(`${where} uses the unknown tag "${name}"`)
      }
    }
  }
  return dangling
}

function sequencedTags(entity: Entity): string[] {
  return (['setupTag', 'teardownTag'] as const).flatMap((field) =>
    ((entity[field] as Entity[] | undefined) ?? []).map((tag) => String(tag['tagName'] ?? '')),
  )
}

/** The content with every reference by name to a renamed tag or variable rewritten; untouched entities stay the same objects. */
export function renameReferences(
  content: Content,
  kind: Kind,
  from: string,
  to: string,
  stamp: () => string,
): void {
  if (kind !== 'variable' && kind !== 'tag') return
  const rewrite = kind === 'variable' ? renameVariable(from, to) : renameTag(from, to)
  for (const other of ['tag', 'trigger', 'variable', 'client', 'transformation', 'zone'] as const) {
    for (const [id, entity] of content[other]) {
      const rewritten = rewrite(entity)
      if (rewritten !== entity) content[other].set(id, { ...rewritten, fingerprint: stamp() })
    }
  }
}

const renameVariable = (from: string, to: string) => (entity: Entity) =>
  mapStrings(entity, (text) => text.replaceAll(`{{${from}}}`, () => `{{${to}}}`))

const renameTag = (from: string, to: string) => (entity: Entity) =>
  mapObjects(entity, (object) => {
    if (object['tagName'] === from) return { ...object, tagName: to }
    if (object['type'] === 'tagReference' && object['value'] === from) return { ...object, value: to }
    return object
  })

function mapStrings<T>(value: T, map: (text: string) => string): T {
  if (typeof value === 'string') return map(value) as T
  return mapChildren(value, (child, key) => (PLAIN_FIELDS.has(key) ? child : mapStrings(child, map)))
}

export function mapObjects<T>(value: T, map: (object: Entity) => Entity): T {
  const children = mapChildren(value, (child) => mapObjects(child, map))
  return isObject(children) ? (map(children) as T) : children
}

/** The same object where no child changed. */
function mapChildren<T>(value: T, map: (child: unknown, key: string) => unknown): T {
  if (typeof value !== 'object' || value === null) return value
  let changed = false
  const entries = Object.entries(value).map(([key, child]) => {
    const mapped = map(child, key)
    changed ||= mapped !== child
    return [key, mapped] as const
  })
  if (!changed) return value
  return (Array.isArray(value) ? entries.map(([, child]) => child) : Object.fromEntries(entries)) as T
}
