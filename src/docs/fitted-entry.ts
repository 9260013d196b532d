/**
 * A ready-made conversion as it fits into a plan that has events, words and settings of its own: what would only be
 * refused by the next check is put right as it is added, and said.
 */
import { ENHANCED_EVENTS, TOGGLE_WORDS } from '../facts/events.ts'
import { withFallback, type CatalogueEntry, type ReadyConversion } from '../plan/catalogue.ts'
import type { PlanDocument } from '../plan/plan-types.ts'

export interface Fitted {
  readonly entry: CatalogueEntry
  /** What is otherwise than in the catalogue, and why; one sentence each. */
  readonly said: readonly string[]
}

/** @param id the id that the conversion gets in the plan */
export function fittedTo(
  { goals = {}, enhancedMeasurement = {} }: Partial<PlanDocument>,
  entry: CatalogueEntry,
  id: string,
): Fitted {
  const [collected, why] = withoutWhatIsOff(entry, enhancedMeasurement)
  const { event } = collected.conversion
  const goal = Object.entries(goals).find(([, each]) => event !== undefined && each?.event === event)?.[0]
  if (event === undefined || goal === undefined) return { entry: collected, said: why }
  // Google takes items with events of its own names alone.
  if (collected.conversion.ecommerce === true || event === id)
    return {
      entry: collected,
      said: [
        ...why,
        `Each ${event} counts as the goal ${goal}: measure it there, with a parameter that tells the two apart.`,
      ],
    }
  return {
    entry: {
      ...collected,
      conversion: { ...collected.conversion, event: id },
      text: collected.text.replaceAll(`\n  event: ${event}\n`, `\n  event: ${id}\n`),
    },
    said: [...why, `Its event is ${id}: each ${event} counts as the goal ${goal}.`],
  }
}

/** The second choice instead of what enhanced measurement would collect, where the plan switches that off. */
function withoutWhatIsOff(
  entry: CatalogueEntry,
  enhanced: Partial<NonNullable<PlanDocument['enhancedMeasurement']>>,
): readonly [CatalogueEntry, readonly string[]] {
  const { collectedBy, event = '' } = entry.conversion
  const toggle = collectedBy === 'enhanced_measurement' ? ENHANCED_EVENTS.get(event) : undefined
  const instead = withFallback(entry)
  if (toggle === undefined || enhanced[toggle] !== false || instead === undefined) return [entry, []]
  const { fallback: _, ...rest } = entry
  const text = textWithFallback(entry.text, instead)
  return [
    { ...rest, conversion: instead, text },
    [`It is the second choice: "${TOGGLE_WORDS[toggle]}" of enhanced measurement is off in the plan.`],
  ]
}

/** The file with the lines of the second choice where those stand that it replaces. */
function textWithFallback(text: string, instead: ReadyConversion): string {
  const [head = '', fallback = ''] = text.split(/^fallback:\n(?: {2}when: .*\n)?/m)
  const lines = /^(?: .*\n?)*/.exec(fallback)?.[0] ?? ''
  const after = fallback.slice(lines.length)
  const said = new Set([...lines.matchAll(/^ {2}(\w+):/gm)].map(([, key = '']) => key))
  const fields = head.split(/^(?= {2}\w+:)/m)
  const keyOf = (field: string): string => /^ {2}(\w+):/.exec(field)?.[1] ?? ''
  const isGone = (key: string): boolean => key !== '' && (said.has(key) || !Object.hasOwn(instead, key))
  const at = fields.findIndex((field) => isGone(keyOf(field)))
  return [
    ...fields.slice(0, at),
    lines,
    ...fields.slice(at).filter((field) => !isGone(keyOf(field))),
    after,
  ].join('')
}
