/**
 * Who uses whom in Google's own JSON: triggers by id, variables by `{{name}}` in any text, folders by id
 * (https://developers.google.com/tag-platform/tag-manager/api/v2/parameter-reference). Used on other people's
 * entities, of which no field may be presumed.
 */
import { ENTITY_KINDS, nameOf, textOf, type Content, type EntityKind, type Wire } from './live.ts'

const VARIABLE = /\{\{([^{}]+)\}\}/g
/** Texts for people, and a template's code: braces in them mean nothing to GTM. */
const NOT_READ_BY_GTM = new Set(['name', 'notes', 'templateData', 'tagManagerUrl', 'path'])

export interface User {
  readonly kind: string
  readonly name: string
  readonly wire: Wire
}

/** Users by what they use: `variable NAME`, `trigger ID`, `folder ID`, `tag NAME`. Made once, however many are asked for. */
export type Usage = ReadonlyMap<string, readonly User[]>

export function usageIn(content: Content): Usage {
  const usage = new Map<string, User[]>()
  const all: (readonly [string, readonly Wire[]])[] = [
    ...ENTITY_KINDS.map((kind) => [kind, content[kind]] as const),
    ...Object.entries(content.other),
  ]
  for (const [kind, entities] of all) {
    for (const wire of entities) {
      for (const used of usedBy(wire)) {
        const users = usage.get(used)
        if (users) users.push({ kind, name: nameOf(wire), wire })
        else usage.set(used, [{ kind, name: nameOf(wire), wire }])
      }
    }
  }
  return usage
}

/** Everything in the container that uses this thing; itself left out. */
export function usersOf(kind: EntityKind, entity: Wire, id: string, usage: Usage): readonly User[] {
  const used = kind === 'variable' || kind === 'tag' ? `${kind} ${nameOf(entity)}` : `${kind} ${id}`
  return (usage.get(used) ?? []).filter(({ wire }) => wire !== entity)
}

/** Variables that something reads and that are not there: why a container does not compile. */
export function missingVariables(
  content: Content,
): readonly { readonly variable: string; readonly user: User }[] {
  const there = new Set([...content.variable, ...content.builtInVariable].map(nameOf))
  return [...usageIn(content)].flatMap(([used, users]) => {
    const name = /^variable (.*)$/s.exec(used)?.[1]
    const [user] = users
    // GTM's own inner variables, such as {{_event}}, are never listed.
    if (name === undefined || user === undefined || there.has(name) || name.startsWith('_')) return []
    return [{ variable: name, user }]
  })
}

function usedBy(entity: Wire): ReadonlySet<string> {
  const used = new Set<string>()
  walk(entity, used)
  if (typeof entity.parentFolderId === 'string') used.add(`folder ${entity.parentFolderId}`)
  const others = (['setupTag', 'teardownTag'] as const).flatMap(
    (field) => (entity[field] ?? []) as readonly Wire[],
  )
  for (const other of others) used.add(`tag ${textOf(other.tagName)}`)
  return used
}

function walk(value: unknown, used: Set<string>): void {
  if (typeof value === 'string') {
    for (const match of value.matchAll(VARIABLE)) used.add(`variable ${match[1]}`)
  } else if (Array.isArray(value)) {
    value.forEach((each) => walk(each, used))
  } else if (typeof value === 'object' && value !== null) {
    const wire = value as Wire
    if (wire.type === 'triggerReference') used.add(`trigger ${textOf(wire.value)}`)
    if (wire.type === 'tagReference') used.add(`tag ${textOf(wire.value)}`)
    for (const [field, each] of Object.entries(wire)) {
      if (field.endsWith('TriggerId') && Array.isArray(each))
        each.forEach((id) => used.add(`trigger ${String(id)}`))
      if (!NOT_READ_BY_GTM.has(field)) walk(each, used)
    }
  }
}

/** The entity with every `{{name}}` of a renamed variable rewritten. */
export function withRenamedVariables(entity: Wire, renamed: ReadonlyMap<string, string>): Wire {
  const rewrite = (text: string): string =>
    text.replace(VARIABLE, (whole, name: string) => {
      const to = renamed.get(name)
      return to === undefined ? whole : `{{${to}}}`
    })
  return mapTexts(entity, rewrite) as Wire
}

function mapTexts(value: unknown, rewrite: (text: string) => string): unknown {
  if (typeof value === 'string') return rewrite(value)
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, rewrite))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      NOT_READ_BY_GTM.has(key) ? each : mapTexts(each, rewrite),
    ]),
  )
}
