/** Who changed things of GA4 last, as far as its change history tells. */
import type { Mover } from '../resources/change-set.ts'

/** One entry of the history. */
interface Entry {
  readonly changeTime?: string
  readonly actorType?: string
  readonly userActorEmail?: string
  readonly changes?: readonly { readonly resource?: string }[]
}

/** The last one to have changed each thing. @param names full names, `properties/1/keyEvents/2`; who is not told of is left out */
export function moversIn(events: readonly Entry[], names: readonly string[]): ReadonlyMap<string, Mover> {
  const newestFirst = [...events].sort((a, b) => ((a.changeTime ?? '') > (b.changeTime ?? '') ? -1 : 1))
  return new Map(
    names.flatMap((name): (readonly [string, Mover])[] => {
      const event = newestFirst.find(({ changes = [] }) =>
        changes.some(({ resource }) => resource !== undefined && isSame(resource, name)),
      )
      return event === undefined ? [] : [[name, moverOf(event)]]
    }),
  )
}

/** Key events stand in the history as conversion events, with the same number (assumed). */
function isSame(resource: string, name: string): boolean {
  return resource === name || resource === name.replace('/keyEvents/', '/conversionEvents/')
}

function moverOf({ actorType, userActorEmail, changeTime }: Entry): Mover {
  const by = userActorEmail ?? (actorType === undefined || actorType === 'USER' ? undefined : 'Google')
  return {
    ...(by === undefined ? {} : { by }),
    ...(changeTime === undefined ? {} : { at: changeTime }),
  }
}
