import { textOf, type Sent } from '../kinds/kind.ts'
import { SEQUENCE } from '../kinds/entity.ts'
/** Entities as Google sent them: looked into, compared, and made ready to be written back whole. */
import { canonicalJson } from '../resources/canonical-json.ts'
import { mapReferences, variablesIn } from '../resources/braces.ts'

// Set by Google; a write of the same content changes them.
const STAMPS = new Set(['path', 'workspaceId', 'fingerprint', 'tagManagerUrl', 'accountId', 'containerId'])

/** The body of a request that leaves the entity as it is. */
export function unstamped(sent: Sent): Sent {
  return Object.fromEntries(Object.entries(sent).filter(([field]) => !STAMPS.has(field)))
}

/** Whether two entities are the same but for what Google stamps on them. */
export function sameSent(a: Sent, b: Sent): boolean {
  return canonicalJson(unstamped(a)) === canonicalJson(unstamped(b))
}

/** Texts for people, and a template's code: braces in them mean nothing to GTM. */
const NOT_READ_BY_GTM = new Set(['name', 'notes', 'templateData', 'tagManagerUrl', 'path'])

/** The body that leaves the entity as it is but for the names of what was renamed: `{{name}}`, and tags before and after it. */
export function withRenamed(
  sent: Sent,
  renamed: { readonly variables: ReadonlyMap<string, string>; readonly tags: ReadonlyMap<string, string> },
): Sent {
  const body = mapFields(unstamped(sent), (text) =>
    mapReferences(text, (name) => renamed.variables.get(name) ?? name),
  )
  const sequences = SEQUENCE.flatMap((field) => {
    const tags = body[field] as readonly Sent[] | undefined
    if (tags === undefined) return []
    return [[field, tags.map((tag) => ({ ...tag, tagName: newName(renamed.tags, textOf(tag.tagName)) }))]]
  })
  return { ...body, ...Object.fromEntries(sequences) }
}

function newName(renamed: ReadonlyMap<string, string>, name: string): string {
  return renamed.get(name) ?? name
}

function mapFields(fields: Sent, rewrite: (text: string) => string): Sent {
  return Object.fromEntries(
    Object.entries(fields).map(([name, each]) => [
      name,
      NOT_READ_BY_GTM.has(name) ? each : mapTexts(each, rewrite),
    ]),
  )
}

function mapTexts(value: unknown, rewrite: (text: string) => string): unknown {
  if (typeof value === 'string') return rewrite(value)
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, rewrite))
  if (typeof value !== 'object' || value === null) return value
  return mapFields(value as Sent, rewrite)
}

/** What an entity refers to: triggers and folders by id, variables and tags by name, templates as its type. */
export type Used = `${'variable' | 'trigger' | 'folder' | 'tag' | 'template'} ${string}`

/**
 * Read from Google's own fields, for other people's entities too, of which no field may be presumed
 * (https://developers.google.com/tag-platform/tag-manager/api/v2/parameter-reference).
 */
export function usedBy(sent: Sent): ReadonlySet<Used> {
  const used = new Set<Used>()
  walk(sent, used)
  if (typeof sent.parentFolderId === 'string') used.add(`folder ${sent.parentFolderId}`)
  if (textOf(sent.type).startsWith('cvt_')) used.add(`template ${textOf(sent.type)}`)
  const others = SEQUENCE.flatMap((field) => (sent[field] ?? []) as readonly Sent[])
  for (const other of others) used.add(`tag ${textOf(other.tagName)}`)
  return used
}

function walk(value: unknown, used: Set<Used>): void {
  if (typeof value === 'string') {
    for (const name of variablesIn(value)) used.add(`variable ${name}`)
  } else if (Array.isArray(value)) {
    value.forEach((each) => walk(each, used))
  } else if (typeof value === 'object' && value !== null) {
    const fields = value as Sent
    if (fields.type === 'triggerReference') used.add(`trigger ${textOf(fields.value)}`)
    if (fields.type === 'tagReference') used.add(`tag ${textOf(fields.value)}`)
    for (const [field, each] of Object.entries(fields)) {
      if (field.endsWith('TriggerId') && Array.isArray(each))
        each.forEach((id) => used.add(`trigger ${String(id)}`))
      if (!NOT_READ_BY_GTM.has(field)) walk(each, used)
    }
  }
}
