/** What the catalogue tells of one ready-made conversion, before anybody adds it. */
import { buildSource } from '../sources/build.ts'
import { sourceWords } from '../sources/source-words.ts'
import { buildTrigger } from '../triggers/build.ts'
import { triggerWords } from '../triggers/trigger-words.ts'
import { snippetOf } from './add-conversion.ts'
import { isTagged } from './decisions.ts'
import { sentParameters, withFallback, type CatalogueEntry, type ReadyConversion } from './catalogue.ts'

export interface CataloguePage {
  readonly id: string
  readonly title: string
  /** What people may call it. */
  readonly words: readonly string[]
  readonly description?: string
  readonly best: Measured
  readonly secondChoice?: Measured & { readonly when: string }
  readonly metric?: string
  readonly uxOutcome?: string
  /** What vendors beside GA4 call it where a plan says `send: true`; those without a name have an id of their own for each conversion. */
  readonly elsewhere: readonly Elsewhere[]
  /** Entries of the dictionary of parameters that come with it. */
  readonly registers: readonly string[]
  /** What stands in a plan once it is added, but for the goal that it feeds. */
  readonly yaml: string
}

export interface Elsewhere {
  readonly name?: string
  readonly vendors: readonly string[]
}

/** How it is measured. */
export interface Measured {
  readonly event?: string
  /** When it fires, or who counts it. */
  readonly fires: string
  readonly parameters: readonly { readonly name: string; readonly from: string }[]
}

/**
 * @param today the day from which its estimates would be the plan's, as 2026-11-22
 * @param elsewhereOf what vendors call an event of GA4
 */
export function cataloguePage(
  entry: CatalogueEntry,
  today: string,
  elsewhereOf: (event: string) => readonly Elsewhere[],
): CataloguePage {
  const { id, title, words, conversion, fallback } = entry
  const { description, metric, uxOutcome } = conversion
  const second = withFallback(entry)
  return {
    id,
    title,
    words,
    ...(description !== undefined && { description }),
    best: measured(conversion),
    ...(second !== undefined &&
      fallback !== undefined && { secondChoice: { when: fallback.when, ...measured(second) } }),
    ...(metric !== undefined && { metric }),
    ...(uxOutcome !== undefined && { uxOutcome }),
    // What no tag of the plan collects goes nowhere.
    elsewhere: isTagged(conversion) && conversion.event !== undefined ? elsewhereOf(conversion.event) : [],
    registers: sentParameters(entry).map(([name]) => name),
    yaml: snippetOf(entry, { id, feeds: 'your_goal', today }).join('\n'),
  }
}

function measured({
  event,
  trigger,
  parameters = {},
  ecommerce,
  source = 'ga4',
  collectedBy = 'tag',
}: ReadyConversion): Measured {
  const fires =
    source !== 'ga4'
      ? `counted by ${WHO[source] ?? source}; GA4 gets nothing`
      : trigger === undefined || collectedBy !== 'tag'
        ? `sent by ${WHO[collectedBy] ?? collectedBy}; no tag is made`
        : triggerWords(buildTrigger(trigger, ''))
  const own = Object.entries(parameters).map(([name, value]) => ({
    name,
    from: sourceWords(buildSource(value)),
  }))
  const items =
    ecommerce === true ? [{ name: 'items, value, currency', from: 'the ecommerce object of the push' }] : []
  return { ...(event !== undefined && { event }), fires, parameters: [...items, ...own] }
}

const WHO: { readonly [by: string]: string | undefined } = {
  crm: 'the CRM',
  vendor: 'the tool that sends it',
  product: 'the product itself',
  server: 'the server',
  automatic: 'GA4 by itself',
  enhanced_measurement: 'enhanced measurement',
  site: 'the site’s own code',
  event_rule: 'a rule in GA4',
}
