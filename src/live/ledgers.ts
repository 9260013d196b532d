import { parseNotes } from '../resources/marker.ts'
import { parseLedger, type LedgerEntry } from './ledger.ts'
import { textOf, type Content } from './live.ts'
import { ownershipOf } from './ownership.ts'

/** The lists of key events in a container: this plan's, and those of all other plans. */
export function ledgersOf(
  content: Content,
  plan: string,
): { readonly ours: readonly LedgerEntry[]; readonly others: readonly LedgerEntry[] } {
  const own = ownershipOf(content, plan).owned.find((entity) => entity.key === `${plan}/version#variable`)
  const others = content.variable
    .map((wire) => parseNotes(textOf(wire.notes)))
    .filter(({ marker }) => marker !== undefined && !marker.key.startsWith(`${plan}/`))
  return { ours: parseLedger(own?.ours ?? ''), others: others.flatMap(({ ours }) => parseLedger(ours)) }
}
