/** What differs between two containers by their content, whatever ids their things have and whoever made them. */
import type { Container } from '../live/live.ts'
import { unstamped } from '../live/sent.ts'
import type { FieldChange } from '../resources/change-set.ts'
import type { ContainerDifference } from '../resources/container-differences.ts'
import type { Thing } from './container-moves.ts'
import { fieldChanges } from './field-changes.ts'
import { compareText } from './order.ts'

/**
 * Things are told by kind and name, as people know them: ids differ from container to container. In two states of one
 * container what has a new name and its old id is renamed. Sorted by kind and name.
 */
export function containerDifferences(
  before: Container,
  after: Container,
  isSameContainer: boolean,
): readonly ContainerDifference[] {
  const [old, now] = [thingsOf(before), thingsOf(after)]
  const taken = new Set<Thing>()
  const partnerOf = (thing: Thing, isPartner: (other: Thing) => boolean): Thing | undefined => {
    const found = old.find((other) => other.kind === thing.kind && !taken.has(other) && isPartner(other))
    if (found !== undefined) taken.add(found)
    return found
  }
  const byName = now.map((thing) => ({ thing, was: partnerOf(thing, ({ name }) => name === thing.name) }))
  const pairs = byName.map(({ thing, was }) => ({
    thing,
    was:
      was ?? (isSameContainer ? partnerOf(thing, ({ remote }) => remote.id === thing.remote.id) : undefined),
  }))
  const found = pairs.flatMap(({ thing, was }) => differenceOf(thing, was))
  const gone = old
    .filter((thing) => !taken.has(thing))
    .map(({ kind, name }): ContainerDifference => ({ status: 'deleted', kind, name, fields: [] }))
  return [...found, ...gone].sort(byKindAndName)
}

function thingsOf({ entities, others, builtIns }: Container): readonly Thing[] {
  return [...entities, ...others, ...builtIns]
}

function differenceOf(thing: Thing, was: Thing | undefined): readonly ContainerDifference[] {
  const { kind, name } = thing
  if (was === undefined) return [{ status: 'added', kind, name, fields: [] }]
  const fields = [...fieldChanges(contentOf(was), contentOf(thing)), ...notesOf(was, thing)]
  const isRenamed = was.name !== name
  if (fields.length === 0 && !isRenamed) return []
  return [{ status: 'changed', kind, name, ...(isRenamed && { was: was.name }), fields }]
}

/** In the words of a spec, where references are names; of a kind that the product never writes as Google sent it. */
function contentOf(thing: Thing): unknown {
  if ('spec' in thing) return thing.spec
  return Object.fromEntries(
    Object.entries(unstamped(thing.remote.sent)).filter(([field]) => field !== 'name' && !/Id$/.test(field)),
  )
}

function notesOf(was: Thing, thing: Thing): readonly FieldChange[] {
  const [before, after] = [was, thing].map((one) => ('human' in one ? one.human : ''))
  return before === after ? [] : [{ path: 'notes', ...(before && { before }), ...(after && { after }) }]
}

function byKindAndName(a: ContainerDifference, b: ContainerDifference): number {
  return compareText(a.kind, b.kind) || compareText(a.name, b.name) || compareText(a.status, b.status)
}
