/**
 * What putting a version live changes on the site: everything in which it differs from the live one, and whose that is.
 * Nobody else's work goes live, or off the site, without having been named.
 */
import { galleryOf } from '../kinds/template.ts'
import { isOf, type Container, type Live, type Owner } from '../live/live.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { thingText } from '../words/change-words.ts'
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
  const moves = withoutNewIds(movesBetween(live?.content ?? NOTHING, next))
    // Whether a built-in variable is on puts nothing on the site, and nobody can be told to have enabled it.
    .filter(({ thing }) => thing.kind !== 'gtm/built-in-variable')
    // A template runs nothing by itself; whose its tags are, they say.
    .filter(({ thing, status }) => status !== 'added' || !('spec' in thing) || galleryOf(thing) === undefined)
    .map(goingLive)
  const isOurs = (each: GoingLive): boolean => each.plan !== undefined && isOf(owner, each.plan)
  return {
    ...(live === undefined ? {} : { live: live.id }),
    ours: moves.filter((each) => isOurs(each) && !changing.has(each.key ?? '')),
    others: moves.filter((each) => !isOurs(each)),
  }
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
  { others }: Publication,
  { includeOthers }: { readonly includeOthers: boolean },
): readonly Diagnostic[] {
  const [first] = others
  if (first === undefined || includeOthers) return []
  const more = others.length === 1 ? '' : ` and ${others.length - 1} more`
  return [
    {
      severity: 'error',
      code: 'publishes-others',
      message: `Publishing would also put live what is not this plan's: ${thingText(first)}${more}, as listed.`,
      fix: 'have those who made it look at it, then add --include-others; or leave publishing to them',
    },
  ]
}
