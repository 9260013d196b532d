/** What is not the plan's, with what each thing does. What is only used by the plan is among it, and marked so. */
import { tagTypeWords } from '../kinds/tag.ts'
import { ownerOf, refOf } from '../live/container.ts'
import { knowsGa4, type Live, type LiveState, type Other } from '../live/live.ts'
import { propertyNumber } from '../live/property.ts'
import { ALL_KINDS, GA4, ga4Identity, isGa4, isKind } from '../kinds/kinds.ts'
import { typeByNumber } from '../kinds/template.ts'
import type { EntityKind, Ga4Kind, Resource } from '../resources/resource.ts'
import type { Unmanaged, UnmanagedThing } from '../resources/unmanaged.ts'
import { calledBy, spokenWords, type Called } from '../words/spoken.ts'
import { otherOwner } from './diff-ga4.ts'
import { withOwnNamesAsKeys } from './diff-gtm.ts'
import { matchLive } from './match.ts'
import { compareText } from './order.ts'

/** A template of the gallery in the plan's files: no plan writes it, but it is known. */
export interface HeldTemplate {
  readonly name: string
  readonly templateData?: unknown
}

/**
 * @param compiled what the plan wants, for what it uses of others
 * @param templates those that stand in the plan's files
 */
export function unmanagedIn(
  compiled: readonly Resource[],
  live: LiveState,
  environment: string,
  templates: readonly HeldTemplate[] = [],
): Unmanaged {
  const desired = withOwnNamesAsKeys(compiled)
  const { used } = matchLive(desired, live, () => false)
  const wanted = new Set(desired.filter(isGa4).map(ga4Identity))
  const things = [
    ...gtmThings(live, new Set(used.values()), templates),
    ...live.content.others.map(otherThing),
    ...live.ga4.flatMap((each) => ga4Thing(each, wanted, live)),
  ]
  return {
    formatVersion: 1,
    plan: live.plan,
    environment,
    container: live.container.publicId,
    version: live.version.id,
    ...(knowsGa4(live) ? { property: propertyNumber(live) } : {}),
    things: things.sort(byOwnerKindAndName),
  }
}

function gtmThings(
  { content: { entities } }: LiveState,
  used: ReadonlySet<Live<EntityKind>>,
  templates: readonly HeldTemplate[],
): readonly UnmanagedThing[] {
  const byType = new Map(entities.flatMap(typesOf))
  // Whose trigger it is that fires a tag makes no difference to who reads it.
  const called = calledBy(
    entities.map((entity) => [refOf(entity), entity]),
    (kind) => kind !== 'gtm/template',
  )
  return entities
    .filter(
      ({ kind, name, ours, remote }) =>
        !ours &&
        !(
          kind === 'gtm/template' &&
          templates.some((held) => held.name === name && held.templateData === remote.sent['templateData'])
        ),
    )
    .map((entity) => thing(entity, used.has(entity), ownerOf(entity), called, byType))
}

/** What specs have as their type that a template makes, with its name: of one from the gallery it may be either. */
function typesOf(entity: Live<EntityKind>): readonly (readonly [string, string])[] {
  const { kind, name, remote } = entity
  if (kind !== 'gtm/template') return []
  return [refOf(entity), typeByNumber(remote)].map((type) => [type, name] as const)
}

function otherThing({ kind, name, remote }: Other): UnmanagedThing {
  return { kind, name, id: remote.id, used: false, does: [] }
}

/** What the plan states of a property is the plan's to keep, whoever made it; settings are nobody's. */
function ga4Thing(
  there: Live<Ga4Kind>,
  wanted: ReadonlySet<string>,
  live: LiveState,
): readonly UnmanagedThing[] {
  const identity = ga4Identity(there)
  const owner = otherOwner(there, live)
  if (there.ours || GA4[there.kind].singleton || (wanted.has(identity) && owner === undefined)) return []
  return [thing(there, wanted.has(identity), owner, calledBy([]), new Map())]
}

function thing(
  there: Live,
  used: boolean,
  plan: string | undefined,
  called: Called,
  templates: ReadonlyMap<string, string>,
): UnmanagedThing {
  const { kind, name, remote } = there
  const said = [...typeWords(there, templates), ...spokenWords({ ...there, notes: '' }, called)]
  const does = said.map(([word, text]) => ({ word, text }))
  return { kind, name, id: remote.id, ...(plan === undefined ? {} : { plan }), used, does }
}

/** What sort of tag it is: the plan has words for its own only, Google's id of the type serves for all others. */
function typeWords(
  said: Resource,
  templates: ReadonlyMap<string, string>,
): readonly (readonly [word: string, text: string])[] {
  if (said.kind !== 'gtm/tag') return []
  const { type } = said.spec
  const template = templates.get(type)
  return [['Type', template === undefined ? tagTypeWords(type) : `template ${template}`]]
}

/** Nobody's first; what does something before what it is made of. */
function byOwnerKindAndName(a: UnmanagedThing, b: UnmanagedThing): number {
  return (
    compareText(a.plan ?? '', b.plan ?? '') ||
    rank(a) - rank(b) ||
    compareText(a.kind, b.kind) ||
    compareText(a.name, b.name) ||
    compareText(a.id, b.id)
  )
}

function rank({ kind }: UnmanagedThing): number {
  if (!isKind(kind)) return ALL_KINDS.length
  return kind.startsWith('ga4/') ? ALL_KINDS.length + 1 + ALL_KINDS.indexOf(kind) : -ALL_KINDS.indexOf(kind)
}
