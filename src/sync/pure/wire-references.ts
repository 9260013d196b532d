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
}

export function usesVariable(entity: Wire, name: string): boolean {
  return some(entity, (value) => [...value.matchAll(VARIABLE)].some((match) => match[1] === name))
}

export function usesTrigger(entity: Wire, id: string): boolean {
  return usesTriggerIn(entity, id)
}

/** Everything in the container that uses this thing; itself left out. */
export function usersOf(
  kind: EntityKind,
  entity: Wire,
  id: string,
  content: Content,
): readonly { user: User; wire: Wire }[] {
  const name = nameOf(entity)
  const uses: { readonly [K in EntityKind]: (wire: Wire) => boolean } = {
    variable: (wire) => usesVariable(wire, name),
    trigger: (wire) => usesTrigger(wire, id),
    folder: (wire) => wire.parentFolderId === id,
    tag: (wire) => usesTag(wire, name),
  }
  const all: (readonly [string, readonly Wire[]])[] = [
    ...ENTITY_KINDS.map((each) => [each, content[each]] as const),
    ...Object.entries(content.other),
  ]
  return all.flatMap(([userKind, entities]) =>
    entities
      .filter((wire) => wire !== entity && uses[kind](wire))
      .map((wire) => ({ user: { kind: userKind, name: nameOf(wire) }, wire })),
  )
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

function some(value: unknown, test: (text: string) => boolean): boolean {
  if (typeof value === 'string') return test(value)
  if (Array.isArray(value)) return value.some((each) => some(each, test))
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, each]) => !NOT_READ_BY_GTM.has(key) && some(each, test))
}

function usesTriggerIn(value: unknown, id: string): boolean {
  if (Array.isArray(value)) return value.some((each) => usesTriggerIn(each, id))
  if (typeof value !== 'object' || value === null) return false
  const wire = value as Wire
  if (wire.type === 'triggerReference' && wire.value === id) return true
  return Object.entries(wire).some(([key, each]) =>
    key.endsWith('TriggerId') && Array.isArray(each) ? each.includes(id) : usesTriggerIn(each, id),
  )
}

function usesTag(entity: Wire, name: string): boolean {
  const named = (['setupTag', 'teardownTag'] as const).flatMap(
    (field) => (entity[field] ?? []) as readonly Wire[],
  )
  if (named.some((each) => textOf(each.tagName) === name)) return true
  const parameters = (entity.parameter ?? []) as readonly Wire[]
  return parameters.some((each) => each.type === 'tagReference' && each.value === name)
}
