/** Targets, benchmarks, guardrails and evidence as people say them. */
import type { Benchmark, Evidence, Guardrail, PartTarget, Target } from '../plan/plan-types.ts'

/** `1200 per month by 2027-03-31`, `8% of sessions`. */
export function targetWords(target: Target, currency?: string): string {
  const { count, rate, amount, per, of, by } = target
  return [
    ...(count === undefined ? [] : [String(count)]),
    ...(amount === undefined ? [] : [money(amount, currency)]),
    ...(rate === undefined ? [] : [rate]),
    ...(of === undefined ? [] : [`of ${of}`]),
    ...(per === undefined ? [] : [`per ${per}`]),
    ...(by === undefined ? [] : [`by ${by}`]),
  ].join(' ')
}

/** `Email, mobile: 8% of sessions`; a market by its id, or by what `titleOf` calls it. */
export function partTargetWords(
  part: PartTarget,
  currency?: string,
  titleOf: (market: string) => string = (market) => market,
): string {
  return `${partWords(part, titleOf)}: ${targetWords(part, currency)}`
}

/** Of whom a part consists: `Email, mobile, Kuwait`. */
export function partWords(
  { channel, device, market }: Pick<PartTarget, 'channel' | 'device' | 'market'>,
  titleOf: (market: string) => string = (each) => each,
): string {
  const place = market === undefined ? undefined : titleOf(market)
  return [channel, device, place].filter((part) => part !== undefined).join(', ')
}

export function money(amount: number, currency: string | undefined): string {
  return currency === undefined ? String(amount) : `${amount} ${currency}`
}

export function benchmarkWords(benchmark: Benchmark): string {
  const { channel, device, rate, source } = benchmark
  const who = [channel, device].filter((part) => part !== undefined).join(', ')
  return `${who === '' ? '' : `${who}: `}${rate}${source === undefined ? '' : ` (${source})`}`
}

export function guardrailWords(guardrail: Guardrail): string {
  const { metric, maxDrop, action } = guardrail
  return `${metric} may drop by ${maxDrop} at most${action === undefined ? '' : `, else: ${action}`}`
}

export function evidenceWords(evidence: Evidence): string {
  return `${evidence.method}, as of ${evidence.asOf}`
}

/** What a plan calls a conversion. */
export function tierWords(tier: 'goal' | 'micro'): 'goal' | 'micro conversion' {
  return tier === 'goal' ? 'goal' : 'micro conversion'
}

/** `guest_checkout` as people write it. */
export function inWords(id: string): string {
  const words = id.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
