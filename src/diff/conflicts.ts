/** What stands in the way at Google, each with the ways out. */
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { Resource } from '../resources/resource.ts'
import { BUILT_IN_TRIGGERS } from '../resources/gtm-defaults.ts'
import { entityKind, isEntity } from '../live/entity-form.ts'
import { nameOf, textOf, type Content, type GtmKind, type Wire } from '../live/live.ts'
import { resourceId, type Matches } from './match.ts'
import { referencesOf } from './references.ts'

export function conflictDiagnostics(
  desired: readonly Resource[],
  content: Content,
  matches: Matches,
  plan: string,
): readonly Diagnostic[] {
  return [
    ...desired.flatMap((resource) =>
      isEntity(resource.kind) ? nameTaken(resource as Resource<GtmKind>, matches) : [],
    ),
    ...desired.flatMap((resource) => builtInNameTaken(resource, content, matches)),
    ...desired.flatMap((resource) => missingReferences(resource, desired, content)),
    ...googleTagIsThere(desired, content, matches),
    ...matches.copies.map((copy): Diagnostic => {
      const kind = entityKind(copy.kind)
      return {
        severity: 'warning',
        code: 'marker-was-copied',
        message: `The ${kind} "${copy.name}" in GTM is a copy of one that the plan "${plan}" made; it is left alone.`,
        fix: `delete it, or take the lines between [measurement-plan] and [/measurement-plan …] out of its notes`,
      }
    }),
  ]
}

function at(resource: Resource): { at?: string } {
  return resource.origin === undefined ? {} : { at: resource.origin }
}

function nameTaken(resource: Resource<GtmKind>, matches: Matches): readonly Diagnostic[] {
  const id = resourceId(resource)
  if (!matches.conflicts.has(id)) return []
  const kind = entityKind(resource.kind)
  const isGoogleTag = resource.kind === 'gtm/tag' && resource.spec.type === 'googtag'
  return [
    {
      severity: 'error',
      code: 'name-is-taken',
      message: `The container has a ${kind} "${resource.name}" that is not this plan's and means something else.`,
      fix: isGoogleTag
        ? 'write "googleTag: existing" if that tag loads Google Analytics, take it over with plan adopt, or name yours otherwise under "naming:"'
        : 'take it over with plan adopt, or name yours otherwise under "naming:"',
      ...at(resource),
    },
  ]
}

/** GTM refuses a variable that is called like an enabled built-in one, and the other way round. */
function builtInNameTaken(resource: Resource, content: Content, matches: Matches): readonly Diagnostic[] {
  const isFree = (list: readonly Wire[]): boolean => !list.some((wire) => nameOf(wire) === resource.name)
  const taken =
    resource.kind === 'gtm/built-in-variable'
      ? !content.builtInVariable.some((wire) => wire.type === resource.spec.type) && !isFree(content.variable)
      : resource.kind === 'gtm/variable' &&
        !matches.owned.has(resourceId(resource)) &&
        !isFree(content.builtInVariable)
  if (!taken) return []
  return [
    {
      severity: 'error',
      code: 'name-is-taken',
      message: `The container has another variable called "${resource.name}", so GTM will not take ${resource.kind === 'gtm/variable' ? 'this one' : 'its own built-in variable of that name'}.`,
      fix:
        resource.kind === 'gtm/variable'
          ? 'name yours otherwise under "naming:"'
          : 'rename that variable in GTM',
      ...at(resource),
    },
  ]
}

/** A name that the plan takes from the container has to be there. */
function missingReferences(
  resource: Resource,
  desired: readonly Resource[],
  content: Content,
): readonly Diagnostic[] {
  const missing = referencesOf(resource).filter(
    ({ kind, ref }) => !ref.startsWith('@') && !exists(kind, ref, desired, content),
  )
  return missing.map(({ kind, ref }) => {
    const what = kind.slice('gtm/'.length)
    return {
      severity: 'error',
      code: 'reference-exists',
      message: `"${resource.name}" refers to the ${what} "${ref}", which the container does not have.`,
      fix: `create it in GTM, or correct the name (capitals count)`,
      ...at(resource),
    }
  })
}

function exists(kind: string, name: string, desired: readonly Resource[], content: Content): boolean {
  const has = (list: readonly Wire[]): boolean => list.some((wire) => nameOf(wire) === name)
  switch (kind) {
    case 'gtm/variable':
      return (
        // GTM's own inner variables, such as {{_event}}, are never listed.
        name.startsWith('_') ||
        has(content.variable) ||
        has(content.builtInVariable) ||
        desired.some((resource) => resource.kind === 'gtm/built-in-variable' && resource.name === name)
      )
    case 'gtm/trigger':
      return [...BUILT_IN_TRIGGERS.values()].includes(name) || has(content.trigger)
    case 'gtm/folder':
      return has(content.folder)
    default:
      return has(content.tag)
  }
}

/** Two Google tags with one measurement id count every page twice. */
function googleTagIsThere(
  desired: readonly Resource[],
  content: Content,
  matches: Matches,
): readonly Diagnostic[] {
  const ours = new Set<Wire>([
    ...[...matches.owned.values()].map((entity) => entity.wire),
    ...matches.orphans.map((entity) => entity.wire),
    ...matches.used.values(),
    ...matches.adopted.values(),
  ])
  return desired.flatMap((resource): readonly Diagnostic[] => {
    if (resource.kind !== 'gtm/tag' || resource.spec.type !== 'googtag') return []
    const target = resolved(String(resource.spec.parameters.tagId ?? ''), desired)
    const twin = content.tag.find(
      (tag) =>
        !ours.has(tag) &&
        nameOf(tag) !== resource.name &&
        tag.paused !== true &&
        measurementId(tag, content) === target,
    )
    if (twin === undefined || target === '') return []
    return [
      {
        severity: 'warning',
        code: 'google-tag-is-there',
        message: `The container already loads ${target} with the tag "${nameOf(twin)}"; a second one counts every page twice.`,
        fix: 'write "googleTag: existing" in the plan, or pause that tag',
        ...at(resource),
      },
    ]
  })
}

function resolved(text: string, desired: readonly Resource[]): string {
  const key = /^\{\{@(.+)\}\}$/.exec(text)?.[1]
  const variable = desired.find((resource) => resource.kind === 'gtm/variable' && resource.key === key)
  if (variable?.kind !== 'gtm/variable' || variable.spec.type !== 'c') return text
  return String(variable.spec.parameters.value ?? '')
}

const ID_PARAMETERS: { readonly [type: string]: string } = { googtag: 'tagId', gaawc: 'measurementId' }

function measurementId(tag: Wire, content: Content): string | undefined {
  const parameter = ID_PARAMETERS[textOf(tag.type)]
  if (parameter === undefined) return undefined
  const text = parameterOf(tag, parameter)
  const name = /^\{\{(.+)\}\}$/.exec(text)?.[1]
  const constant = content.variable.find((variable) => nameOf(variable) === name && variable.type === 'c')
  return constant ? parameterOf(constant, 'value') : text
}

function parameterOf(entity: Wire, key: string): string {
  const parameters = (entity.parameter ?? []) as readonly Wire[]
  return textOf(parameters.find((parameter) => parameter.key === key)?.value)
}
