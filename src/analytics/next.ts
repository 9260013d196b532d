/** What to do next, ranked: breaches, alarms, what never arrived, then what is behind, by what the gap is worth. */
import type { Conversion, Estimate, Next, Scorecard, Unknown } from './scorecard-types.ts'
import { isKnown } from './statistics/estimate.ts'
import type { MeasuredConversion, MeasuredPlan } from './measured-plan.ts'

type Judged = Pick<Scorecard, 'guardrails' | 'alerts' | 'quality' | 'conversions' | 'experiments'>
type Item = Omit<Next, 'rank'>

export function nextOf(plan: MeasuredPlan, judged: Judged): Next[] {
  const byId = new Map(plan.conversions.map((conversion) => [conversion.id, conversion]))
  const owned = (id: string): { readonly conversion: string; readonly owner?: string } => {
    const owner = byId.get(id)?.owner
    return { conversion: id, ...(owner === undefined ? {} : { owner }) }
  }
  const urgent: Item[] = [
    ...judged.guardrails
      .filter(({ verdict }) => verdict === 'breach')
      .map(({ goal, metric, action, reason }) => ({
        what: action ?? `Find out why ${metric} has fallen.`,
        why: `Guardrail of ${goal}, ${metric}: ${reason}`,
        ...owned(goal),
      })),
    ...judged.alerts.map(({ conversion, text }) => ({
      what: 'Look into the alarm.',
      why: text,
      ...owned(conversion),
    })),
    ...judged.quality
      .filter(({ severity }) => severity === 'error')
      .map(({ code, text, conversion }) => ({
        what:
          conversion === undefined
            ? 'Find the missing data.'
            : code === 'occurrences-without-amount'
              ? 'Find out why amounts are not sent.'
              : 'Find out why it does not arrive (plan verify, plan test).',
        why: text,
        ...(conversion === undefined ? {} : owned(conversion)),
      })),
    ...judged.experiments
      .filter(({ verdict }) =>
        ['sample-ratio-mismatch', 'guard-breached', 'better', 'worse'].includes(verdict),
      )
      .map(({ title, verdict, reason }) => ({
        what:
          verdict === 'better' ? `Decide on the experiment “${title}”.` : `Stop the experiment “${title}”.`,
        why: reason,
      })),
  ]
  const gaps = judged.conversions
    .filter(({ target }) => target?.status === 'behind')
    .map((row): Item & { readonly worth: Estimate | Unknown } => ({
      what: `Bring ${row.title} nearer to its target.`,
      why: `It is behind ${row.target?.text ?? ''}.`,
      worth: gapWorth(row, byId.get(row.id)),
      ...owned(row.id),
    }))
    .sort((a, b) => worthOf(b) - worthOf(a) || ((a.conversion ?? '') < (b.conversion ?? '') ? -1 : 1))
  const ranked: Next[] = urgent.map((item, index) => ({ rank: index + 1, ...item }))
  let lead: (Item & { readonly worth: Estimate | Unknown }) | undefined
  let rank = ranked.length
  for (const [index, gap] of gaps.entries()) {
    if (lead === undefined || !tied(lead.worth, gap.worth)) {
      rank = urgent.length + index + 1
      lead = gap
    }
    ranked.push({ rank, ...gap })
  }
  return ranked
}

/** What is missing to the target, each at the conversion's value: an association, since who does it may have bought anyway. */
function gapWorth(
  { target, rate, count }: Conversion,
  conversion: MeasuredConversion | undefined,
): Estimate | Unknown {
  const value = conversion?.value
  if (target === undefined || value === undefined || !isKnown(target.progress)) return { unknown: 'no-data' }
  const { progress } = target
  const units = isKnown(rate) && conversion?.target?.rate !== undefined ? rate.n : 1
  const wanted = target.wanted * units
  const n = isKnown(count) ? count.occurrences : progress.n
  const gap = (reached: number): number =>
    Math.max(0, (1 - reached) * wanted * (conversion?.target?.amount === undefined ? value : 1))
  return { value: gap(progress.value), low: gap(progress.high), high: gap(progress.low), n }
}

function worthOf({ worth }: { readonly worth: Estimate | Unknown }): number {
  return isKnown(worth) ? worth.value : -1
}

function tied(lead: Estimate | Unknown, other: Estimate | Unknown): boolean {
  if (!isKnown(lead) || !isKnown(other)) return !isKnown(lead) && !isKnown(other)
  return other.high >= lead.low
}
