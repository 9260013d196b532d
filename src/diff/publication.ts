/**
 * What putting a version live changes on the site: everything in which it differs from the live one, and whose that is.
 * Nobody else's work goes live, or off the site, without having been named.
 */
import { galleryOf } from '../kinds/template.ts'
import { isOf, type Container, type Live, type Owner } from '../live/live.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { thingText } from '../words/change-words.ts'
import { some } from '../words/counting.ts'
import type { GoingLive, Publication } from '../resources/publication.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { resourceId } from '../resources/key.ts'
import type { EntityKind, Key } from '../resources/resource.ts'
import { movesBetween, type Move, type Thing } from './container-moves.ts'

/**
 * @param live undefined for a container that was never published
 * @param next what would be live
 * @param changing keys that the run at hand changes itself: they are shown as its changes
 */
export function publicationOf(
  live: { readonly id: string; readonly content: Container } | undefined,
  next: Container,
  owner: Owner,
  changing: ReadonlySet<Key> = new Set(),
): Publication {
  const all = movesBetween(live?.content ?? NOTHING, next)
  const moves = withoutNewIds(all)
    // Whether a built-in variable is on puts nothing on the site, and nobody can be told to have enabled it.
    .filter(({ thing }) => thing.kind !== 'gtm/built-in-variable')
    // A template runs nothing by itself; whose its tags are, they say.
    .filter(({ thing, status }) => status !== 'added' || !('spec' in thing) || galleryOf(thing) === undefined)
    .map(goingLive)
  // The run at hand takes the younger of two away.
  const doubled = twiceIn(next.entities.filter(({ key }) => !changing.has(key)))
  const twice = all.filter(({ thing, status }) => status !== 'deleted' && doubled.has(thing)).map(goingLive)
  const isOurs = (each: GoingLive): boolean => each.plan !== undefined && isOf(owner, each.plan)
  return {
    ...(live === undefined ? {} : { live: live.id }),
    ours: moves.filter((each) => isOurs(each) && !changing.has(each.key ?? '')),
    others: moves.filter((each) => !isOurs(each)),
    twice,
  }
}

/** What of a plan stands there twice: two of one mark that were both made for it, or another of the name. */
function twiceIn(entities: Container['entities']): ReadonlySet<Thing> {
  const same = new Map<string, Live<EntityKind>[]>()
  for (const each of entities) {
    for (const id of [
      `name ${each.kind} ${each.name}`,
      ...(isMade(each) ? [`mark ${each.kind} ${each.mark?.key ?? ''}`] : []),
    ])
      same.set(id, [...(same.get(id) ?? []), each])
  }
  return new Set([...same.values()].filter((group) => group.length > 1 && group.some(isMade)).flat())
}

/** Whether its mark was made for it, whichever plan's that is. */
function isMade({ mark, remote }: Live): boolean {
  return mark?.id !== undefined && mark.id === remote.id
}

/**
 * What the plan had to make anew (after a rollback to before it was there) has another id at Google and is the same thing:
 * the two are held against each other by the plan's key.
 */
function withoutNewIds(moves: readonly Move[]): readonly Move[] {
  const gone = new Map(
    moves.flatMap(({ thing, status }) =>
      status === 'deleted' && isMarked(thing) ? [[resourceId(thing), thing] as const] : [],
    ),
  )
  const again = new Map<Thing, Thing>()
  for (const { thing, status } of moves) {
    const old = status === 'added' && isMarked(thing) ? gone.get(resourceId(thing)) : undefined
    if (old !== undefined) again.set(thing, old).set(old, thing)
  }
  return moves.flatMap((move): Move[] => {
    const other = again.get(move.thing)
    if (other === undefined) return [move]
    const isSame = move.status === 'deleted' || asMeant(move.thing) === asMeant(other)
    return isSame ? [] : [{ ...move, status: 'changed' }]
  })
}

function isMarked(thing: Thing): thing is Live<EntityKind> {
  return 'ours' in thing && thing.ours
}

/** Without ids: references of a spec are keys where they go to what is the plan's. */
function asMeant(thing: Thing): string {
  const { name, spec, notes, human } = thing as Live<EntityKind>
  return canonicalJson({ name, spec, notes, human })
}

const NOTHING: Container = { entities: [], builtIns: [], others: [] }

function goingLive({ thing, status }: Move): GoingLive {
  const { kind, name } = thing
  const isHtml = 'spec' in thing && thing.kind === 'gtm/tag' && thing.spec.type === 'html'
  const mark =
    'mark' in thing && (thing.mark?.id ?? thing.remote.id) === thing.remote.id ? thing.mark : undefined
  return {
    status,
    kind,
    name,
    isHtml,
    ...(mark === undefined ? {} : { plan: mark.plan, key: mark.key }),
  }
}

/** What goes live of others needs leave of its own. */
export function checkPublication(
  { others, twice }: Publication,
  { includeOthers }: { readonly includeOthers: boolean },
): readonly Diagnostic[] {
  return [...twiceLive(twice), ...(includeOthers ? [] : othersLive(others))]
}

function twiceLive(twice: readonly GoingLive[]): readonly Diagnostic[] {
  const [first] = twice
  if (first === undefined) return []
  const names = [...new Set(twice.map(thingText))]
  const plan = twice.find((each) => each.plan !== undefined)?.plan
  return [
    {
      severity: 'error',
      code: 'publishes-twice',
      message: `Publishing would put live ${some(names, 3)} twice, and both would count.`,
      fix: `apply the plan${plan === undefined ? '' : ` "${plan}"`}, which takes the younger one away (a copy that somebody made: delete it in GTM), and publish the version that comes of it`,
    },
  ]
}

function othersLive(others: readonly GoingLive[]): readonly Diagnostic[] {
  const [first] = others
  if (first === undefined) return []
  const more = others.length === 1 ? '' : ` and ${others.length - 1} more`
  const goes = others.filter(({ status }) => status === 'deleted').length
  const does = goes === 0 ? 'put live' : goes === others.length ? 'take off the site' : 'change on the site'
  return [
    {
      severity: 'error',
      code: 'publishes-others',
      message: `Publishing would also ${does} what is not this plan's: ${thingText(first)}${more}, as listed.`,
      fix: 'have those who made it look at it, then add --include-others; or leave publishing to them',
    },
  ]
}
