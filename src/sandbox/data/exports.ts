/** Rows of the GA4 export, by property; those given without one hold for every property that has none of its own. */
import type { Store } from '../store.ts'
import { readExportEvent, type ExportEvent } from './export-event.ts'

const EVERY = '*'

/** Adds rows; gives how many the property has now. */
export function addExportRows(store: Store, rows: readonly unknown[], property = EVERY): number {
  const all = [...(store.exports.get(property) ?? []), ...rows.map(readExportEvent)]
  store.exports.set(property, all)
  return all.length
}

export function eventsOf(store: Store, property: string): readonly ExportEvent[] {
  return store.exports.get(property) ?? store.exports.get(EVERY) ?? []
}
