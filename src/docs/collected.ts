/** How a conversion comes to be known, in plain words. */
import { eventCreateRule } from '../kinds/event-create-rule.ts'
import type { Conversion, ConsentType, Plan } from '../plan/plan.ts'
import { plainWords } from '../triggers/plain-words.ts'
import { triggerWords } from '../triggers/trigger-words.ts'
import { and } from '../words/counting.ts'

/** What the legend calls them. */
export const SOURCE_TITLES: { readonly [S in Conversion['source']]: string } = {
  ga4: 'GA4',
  crm: 'CRM',
  vendor: 'a vendor’s system',
  product: 'product data',
  server: 'server',
}

const SOURCES: { readonly [S in Conversion['source']]: string } = {
  ga4: 'GA4',
  crm: 'the CRM',
  vendor: 'a vendor’s system',
  product: 'the product’s data',
  server: 'the server',
}

/** `measured in GA4`, `measured in Klaviyo`. */
export function measuredIn({ source, system }: Conversion): string {
  return `measured in ${source === 'ga4' ? SOURCES.ga4 : (system ?? SOURCES[source])}`
}

const COLLECTORS: { readonly [C in Exclude<Conversion['collectedBy'], 'tag'>]: string } = {
  enhanced_measurement: 'GA4’s enhanced measurement sees it and sends it.',
  automatic: 'GA4 sends it by itself.',
  site: 'The site’s own code sends it to GA4; no tag of this plan does.',
  event_rule: 'An event rule, made by hand in GA4, makes it out of other events.',
}

/** When exactly it counts, in a sentence that asks for no knowledge of Tag Manager. */
export function firesWords(plan: Plan, conversion: Conversion): string {
  if (conversion.source !== 'ga4')
    return `It is ${measuredIn(conversion)}: no tag sends it, and it counts as that system counts it.`
  const derived = derivedOf(plan, conversion)
  if (derived !== undefined)
    return `GA4 makes it out of “${derived.from}”, by a rule that this plan sets up there.`
  if (conversion.collectedBy !== 'tag') return COLLECTORS[conversion.collectedBy]
  const { trigger, fires } = conversion
  if (trigger === undefined) return ''
  const words = plainWords(trigger)
  const often = fires === 'once_per_page' ? ' It counts once on a page at most.' : ''
  const end = words.endsWith('…') ? '' : '.'
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${end}${often}`
}

/** The same as Tag Manager or GA4 is told it, for who sets it up. */
export function exactWords(plan: Plan, conversion: Conversion): string | undefined {
  const { trigger, event } = conversion
  if (trigger !== undefined) return triggerWords(trigger)
  if (derivedOf(plan, conversion) === undefined) return undefined
  const rule = eventCreateRule.compile(plan).find(({ spec }) => spec.destinationEvent === event)
  return rule && new Map(eventCreateRule.words(rule, new Map())).get('Made when')
}

/** The plan's own rule by which GA4 makes the event of a conversion. */
function derivedOf(
  { property }: Plan,
  { source, collectedBy, event = '' }: Conversion,
): NonNullable<Plan['property']['derived']>[string] | undefined {
  if (source !== 'ga4' || collectedBy !== 'event_rule') return undefined
  return Object.hasOwn(property.derived ?? {}, event) ? property.derived?.[event] : undefined
}

/** What must be agreed to before a tag sends it. */
export function consentWords({ consent }: Plan, own: readonly ConsentType[] | undefined): string {
  if (own !== undefined && own.length > 0) return `waits for ${and(own)}`
  switch (consent.mode) {
    case 'none':
      return 'not looked at'
    case 'basic':
      return `waits for ${and(consent.requires)}`
    case 'advanced':
      return 'sent in any case; without consent without cookies'
  }
}
