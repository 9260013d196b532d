/**
 * What putting a version live changes on the site: everything in which it differs from the live one, and whose that is.
 * Nobody else's work goes live, or off the site, without having been named.
 */
import { galleryOf } from '../kinds/template.ts'
import { refOf } from '../live/container.ts'
import { withoutListed } from '../live/listed.ts'
import { isOf, type Container, type Live, type LiveState, type Mark, type Owner } from '../live/live.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { thingText, wordsBetween } from '../words/change-words.ts'
import { some } from '../words/counting.ts'
import type { Words } from '../words/resource-words.ts'
import { calledBy, spokenWords, type Called } from '../words/spoken.ts'
import type { GoingLive, Publication } from '../resources/publication.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { resourceId } from '../resources/key.ts'
import type { Change, PlanPart } from '../resources/change-set.ts'
import type { EntityKind, Key } from '../resources/resource.ts'
import { movesBetween, type Move, type Thing } from './container-moves.ts'
import { fieldChanges } from './field-changes.ts'
import { partOfUser, planPartOf, usersIn, withTitle } from './plan-part.ts'

/**
 * @param live undefined for a container that was never published
 * @param next what would be live
 * @param changing keys that the run at hand changes itself: they are shown as its changes
 * @param partIn which part of the plan a thing of its own is about
 */
export function publicationOf(
  live: { readonly id: string; readonly content: Container } | undefined,
  next: Container,
  owner: Owner,
  changing: ReadonlySet<Key> = new Set(),
  partIn: (key: Key) => PlanPart = (key) => planPartOf(key, undefined),
): Publication {
  const now = live?.content ?? NOTHING
  const all = movesBetween(now, next)
  const moves = shown(all)
  // The run at hand takes the younger of two away.
  const doubled = twiceIn(next.entities.filter(({ key }) => !changing.has(key)))
  const twice = all.filter(({ thing, status }) => status !== 'deleted' && doubled.has(thing)).map(goingLive)
  const ours = moves.filter((move) => isOwn(move, owner) && !changing.has(markOf(move.thing)?.key ?? ''))
  return {
    ...(live === undefined ? {} : { live: live.id }),
    ours: ours.length === 0 ? [] : ours.flatMap(inPlanWords(now, next, partIn)),
    others: moves.filter((move) => !isOwn(move, owner)).map(goingLive),
    twice,
  }
}

/** What of the plan's own is not so on the live site: to count it takes none of the words that tell it. */
export function unpublishedOf(live: LiveState): readonly Move[] {
  const all = movesBetween(live.published?.content ?? NOTHING, live.content)
  return shown(all).filter((move) => isOwn(move, live))
}

function shown(all: readonly Move[]): readonly Move[] {
  return (
    withoutNewIds(all)
      // Whether a built-in variable is on puts nothing on the site, and nobody can be told to have enabled it.
      .filter(({ thing }) => thing.kind !== 'gtm/built-in-variable')
      // A template runs nothing by itself; whose its tags are, they say.
      .filter(
        ({ thing, status }) => status !== 'added' || !('spec' in thing) || galleryOf(thing) === undefined,
      )
  )
}

function isOwn({ thing }: Move, owner: Owner): boolean {
  return isOf(owner, markOf(thing)?.plan ?? '')
}

/** What a thing of the plan's is to become on the site, told as a diff tells it. */
function inPlanWords(
  before: Container,
  after: Container,
  partIn: (key: Key) => PlanPart,
): (move: Move) => readonly Change[] {
  const [was, is] = [sideOf(before), sideOf(after)]
  return ({ thing, status, ...move }) => {
    const mark = markOf(thing)
    if (mark === undefined || !('ours' in thing)) return []
    const { key } = mark
    const [old, now] =
      status === 'deleted' ? [thing] : status === 'added' ? [undefined, thing] : [asLive(move.was), thing]
    const { users } = now === undefined ? was : is
    const part = partOfUser({ ...thing, key }, partIn(key), () => users, partIn)
    const renamed = old !== undefined && now !== undefined && old.name !== now.name ? old.name : undefined
    const said = wordsBetween(old && spoken(old, was.called), now && spoken(now, is.called))
    return [
      {
        action: now === undefined ? 'delete' : old === undefined ? 'create' : renamed ? 'rename' : 'update',
        kind: thing.kind,
        key,
        name: thing.name,
        ...(renamed === undefined ? {} : { previousName: renamed }),
        cause: 'plan',
        fields: old === undefined || now === undefined ? [] : fieldChanges(old.spec, now.spec),
        words: renamed === undefined ? said : [{ word: 'Name', before: renamed, after: thing.name }, ...said],
        subject: withTitle(part, thing),
        ...(now === undefined ? {} : { desired: now }),
      },
    ]
  }
}

interface Side {
  readonly called: Called
  readonly users: ReturnType<typeof usersIn>
}

function sideOf({ entities }: Container): Side {
  return { called: calledBy(entities.map((each) => [refOf(each), each])), users: usersIn(entities) }
}

function asLive(thing: Thing | undefined): Live | undefined {
  return thing !== undefined && 'ours' in thing ? thing : undefined
}

function spoken(thing: Live, called: Called): Words {
  return spokenWords({ ...thing, notes: withoutListed(thing.notes) }, called)
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
    return isSame ? [] : [{ ...move, was: other, status: 'changed' }]
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
  const mark = markOf(thing)
  return { status, kind, name, isHtml, ...(mark === undefined ? {} : { plan: mark.plan }) }
}

/** The mark that was made for it, whichever plan's that is. */
function markOf(thing: Thing): Mark | undefined {
  return 'mark' in thing && (thing.mark?.id ?? thing.remote.id) === thing.remote.id ? thing.mark : undefined
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
