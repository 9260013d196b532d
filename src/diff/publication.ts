/**
 * What putting a version live changes on the site: everything in which it differs from the live one, and whose that is.
 * Nobody else's work goes live, or off the site, without having been named.
 */
import { isOf, type Container, type Owner } from '../live/live.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { thingText } from '../words/change-words.ts'
import type { GoingLive, Publication } from '../resources/publication.ts'
import type { Key } from '../resources/resource.ts'
import { movesBetween, type Move } from './container-moves.ts'

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
  const moves = movesBetween(live?.content ?? NOTHING, next)
    // Whether a built-in variable is on puts nothing on the site, and nobody can be told to have enabled it.
    .filter(({ thing }) => thing.kind !== 'gtm/built-in-variable')
    .map(goingLive)
  const isOurs = (each: GoingLive): boolean => each.plan !== undefined && isOf(owner, each.plan)
  return {
    ...(live === undefined ? {} : { live: live.id }),
    ours: moves.filter((each) => isOurs(each) && !changing.has(each.key ?? '')),
    others: moves.filter((each) => !isOurs(each)),
  }
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
