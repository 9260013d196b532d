import { BUILT_IN_TRIGGER_NAMES } from '../resources/gtm-defaults.ts'
import { ALL_KINDS } from '../kinds/kinds.ts'
import type { EntityKind, Kind } from '../resources/resource.ts'
import { BUILT_IN_NAMES } from '../facts/built-ins.ts'
import type { Naming } from './planned-entity.ts'

interface Nameable {
  readonly kind: Kind
  readonly key: string
  readonly naming: Naming
}

/** GTM's own things of a kind: their names are taken. */
const TAKEN: { readonly [K in Kind]?: readonly string[] } = {
  'gtm/variable': [...BUILT_IN_NAMES.values()],
  'gtm/trigger': [...BUILT_IN_TRIGGER_NAMES],
}

/**
 * A name for each thing, unique within its kind whatever the order they come in, and none that is taken. Names are
 * compared without case: whether GTM tells `Signup` from `signup` is documented nowhere.
 */
export function nameAll(
  things: readonly Nameable[],
  taken: ReadonlyMap<EntityKind, readonly string[]> = new Map(),
): ReadonlyMap<string, string> {
  return new Map(
    ALL_KINDS.flatMap((kind) =>
      nameKind(
        kind,
        things.filter((thing) => thing.kind === kind),
        (taken as ReadonlyMap<Kind, readonly string[]>).get(kind) ?? [],
      ),
    ),
  )
}

function nameKind(
  kind: Kind,
  members: readonly Nameable[],
  others: readonly string[],
): (readonly [string, string])[] {
  const sorted = [...members].sort((a, b) => (a.key < b.key ? -1 : 1))
  const short = sorted.map((thing) => nameFrom(thing.naming))
  const shared = countByFold(short)
  const taken = new Set([...(TAKEN[kind] ?? []), ...others].map(fold))
  return sorted.map((thing, index) => {
    const name = short[index] ?? ''
    const isShared = (shared.get(fold(name)) ?? 0) > 1 || taken.has(fold(name))
    const long = isShared && !name.endsWith(` - ${thing.naming.id}`) ? `${name} - ${thing.naming.id}` : name
    const free = firstFree(long, taken)
    taken.add(fold(free))
    return [thing.key, free] as const
  })
}

/** Fills the placeholders of a pattern and keeps what GTM takes in a name. */
function nameFrom(naming: Naming): string {
  const filled = naming.pattern.replace(/\{(\w+)\}/g, (_, name: string) => naming.values[name] ?? '')
  const safe = safeName(filled).replace(/^[ -]+|[ -]+$/g, '')
  return safe === '' ? safeName(naming.id) : safe
}

/**
 * Letters and digits of any script, space, - _ . ( ): what Google's own examples use and no API client has seen
 * refused. Some strip < > : from names because creating failed.
 */
function safeName(text: string): string {
  return text
    .replace(/[^\p{L}\p{M}\p{N} \-_.()]/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()
}

function firstFree(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(fold(name))) return name
  for (let number = 2; ; number++) {
    const candidate = `${name} (${number})`
    if (!taken.has(fold(candidate))) return candidate
  }
}

function countByFold(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(fold(name), (counts.get(fold(name)) ?? 0) + 1)
  return counts
}

function fold(name: string): string {
  return name.toLowerCase()
}
