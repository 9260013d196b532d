/** What vendors beside GA4 have to do with ready-made conversions. */
import {
  destinationKinds,
  destinationModule,
  moduleFor,
  type DestinationKind,
} from '../destinations/kinds.ts'
import type { DestinationModule } from '../destinations/module.ts'
import { usualName } from '../destinations/sends.ts'
import type { Elsewhere } from '../plan/catalogue-page.ts'
import type { CatalogueEntry } from '../plan/catalogue.ts'
import { isTagged } from '../plan/decisions.ts'
import type { PlanDocument } from '../plan/plan-types.ts'

/** What vendors call an event of GA4, those that call it alike together; without a name those that give each conversion an id. */
export function namesElsewhere(event: string): readonly Elsewhere[] {
  const byName = new Map<string, string[]>()
  for (const kind of destinationKinds()) {
    const module = destinationModule(kind) as DestinationModule<DestinationKind>
    if (kind === 'ga4' || module.says === 'nothing') continue
    const name = usualName(module, event)
    byName.set(name, [...(byName.get(name) ?? []), module.title])
  }
  // Ids last, the event's own name before them: what is a vendor's own comes first.
  const rank = (name: string): number => (name === '' ? 2 : name === event ? 1 : 0)
  return [...byName]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([name, vendors]) => (name === '' ? { vendors } : { name, vendors }))
}

/** What it takes for the plan's destinations to hear of a new conversion: micro conversions go nowhere unless they say so. */
export function toldToVendors(
  { destinations = {} }: Partial<PlanDocument>,
  { conversion }: CatalogueEntry,
): string | undefined {
  const named = Object.entries(destinations).filter(([, each]) => moduleFor(each).says === 'a name')
  if (!isTagged(conversion) || named.length === 0) return undefined
  const send = named.map(([id]) => `${id}: true`).join(', ')
  return `GA4 alone hears of it. To tell the plan's vendors as well: send: { ${send} }`
}
