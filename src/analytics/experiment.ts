/** Experiments: may anything be said of them yet, and what? Unit: user. */
import { shareOf } from './amounts.ts'
import type { AnswerRows } from './ask.ts'
import { dayOf } from './days.ts'
import type { Period } from './period.ts'
import type { Estimate, Experiment, Unknown } from './scorecard-types.ts'
import { isKnown } from './statistics/estimate.ts'
import { chiSquaredTail } from './statistics/gamma.ts'
import { newcombe } from './statistics/newcombe.ts'
import type { Experiment as PlannedExperiment } from '../plan/plan.ts'
import type { MeasuredPlan } from './measured-plan.ts'
import { rateOf, sumOf, type Tally } from './tally.ts'
import { inWords } from '../words/plan-words.ts'
import { THRESHOLDS } from './thresholds.ts'

/** Below this, shares that should be equal are not by chance; the usual bound of a sample ratio check (Fabijan et al. 2019, KDD). */
const SAMPLE_RATIO_P = 0.001

export function experimentsOf(plan: MeasuredPlan, { end }: Period, { answers }: Tally): Experiment[] {
  return plan.experiments.map((experiment) => {
    const rows = (answers.variants ?? []).filter((row) => row.experiment === experiment.id)
    const judged = experimentOf(experiment, plan, rows)
    const unseen = unseenBecause(experiment, end, answers.variants !== undefined)
    if (unseen !== undefined) return { ...judged, verdict: 'no-data', reason: unseen }
    return judged.verdict === 'sample-ratio-mismatch' ? withoutEffects(judged) : judged
  })
}

/** Why there can be nothing to see of it, in words. */
function unseenBecause(
  { startsOn }: PlannedExperiment,
  end: number,
  isAnswered: boolean,
): string | undefined {
  if (!isAnswered) return 'Not available from this source.'
  return (dayOf(startsOn) ?? 0) >= end ? `It has not begun: its first day is ${startsOn}.` : undefined
}

/** What may not be read is not said either. */
function withoutEffects(experiment: Experiment): Experiment {
  const variants = experiment.variants.map((variant): Variant => ({
    ...variant,
    effect: { unknown: 'no-data' },
    guards: [],
  }))
  return { ...experiment, variants }
}

type Row = AnswerRows['variants']
type Variant = Experiment['variants'][number]

function experimentOf(planned: PlannedExperiment, plan: MeasuredPlan, rows: readonly Row[]): Experiment {
  const main = rows.filter(({ conversion }) => conversion === planned.improves)
  const control = planned.control ?? main[0]?.variant
  const base = main.find(({ variant }) => variant === control)
  const variants = main.map((row): Variant => {
    const isControl = row.variant === control
    return {
      variant: row.variant,
      control: isControl,
      rate: rateOf(row.converted, row.users, 'users'),
      effect: isControl || base === undefined ? { unknown: 'no-units' } : difference(row, base),
      guards: isControl
        ? []
        : (planned.guards ?? []).map((goal) => guardOf(goal, row.variant, control, rows, plan)),
    }
  })
  const sampleRatioP = sampleRatio(main)
  const days = main[0]?.days ?? 0
  const minDays = planned.minDays ?? 14
  const facts = {
    id: planned.id,
    title: planned.title ?? inWords(planned.id),
    hypothesis: planned.hypothesis,
    days,
    minDays,
    mixed: main[0]?.mixed ?? 0,
    sampleRatioP,
    variants,
  }
  return { ...facts, ...verdictOf(facts, main) }
}

function difference(row: Row, base: Row): Estimate | Unknown {
  return newcombe(row.converted, row.users, base.converted, base.users)
}

/** Against equal shares for all variants. */
function sampleRatio(rows: readonly Row[]): number | Unknown {
  const total = sumOf(rows, ({ users }) => users)
  if (rows.length < 2 || total === 0) return { unknown: 'no-units' }
  const expected = total / rows.length
  return chiSquaredTail(
    sumOf(rows, ({ users }) => (users - expected) ** 2 / expected),
    rows.length - 1,
  )
}

function guardOf(
  goal: string,
  variant: string,
  control: string | undefined,
  rows: readonly Row[],
  plan: MeasuredPlan,
): Variant['guards'][number] {
  const here = rows.find((row) => row.conversion === goal && row.variant === variant)
  const there = rows.find((row) => row.conversion === goal && row.variant === control)
  if (here === undefined || there === undefined)
    return { goal, effect: { unknown: 'no-data' }, verdict: 'cannot-tell' }
  const effect = difference(here, there)
  const guardrail = plan.conversions.find(({ id }) => id === goal)?.guardrail
  const allowed =
    (guardrail === undefined ? 0.05 : shareOf(guardrail.maxDrop)) * (there.converted / there.users)
  if (!isKnown(effect) || there.converted < THRESHOLDS.occurrences)
    return { goal, effect, verdict: 'cannot-tell' }
  const verdict =
    effect.low > -allowed
      ? 'ok'
      : effect.high < -allowed
        ? 'breach'
        : effect.high < 0
          ? 'watch'
          : 'cannot-tell'
  return { goal, effect, verdict }
}

function verdictOf(
  {
    days,
    minDays,
    sampleRatioP,
    variants,
  }: Pick<Experiment, 'days' | 'minDays' | 'sampleRatioP' | 'variants'>,
  rows: readonly Row[],
): Pick<Experiment, 'verdict' | 'reason'> {
  const others = variants.filter(({ control }) => !control)
  if (others.length === 0 || variants.length === others.length)
    return { verdict: 'no-data', reason: 'Fewer than two variants were seen, the control among them.' }
  if (typeof sampleRatioP === 'number' && sampleRatioP < SAMPLE_RATIO_P)
    return {
      verdict: 'sample-ratio-mismatch',
      reason:
        'The variants were not shown equally often: what gives them out is at fault, and no effect may be read.',
    }
  if (days < minDays) return { verdict: 'too-early', reason: `${days} of at least ${minDays} days.` }
  const few = rows.some(
    ({ users, converted }) => users < THRESHOLDS.units || converted < THRESHOLDS.occurrences,
  )
  if (few)
    return {
      verdict: 'not-enough-data',
      reason: `A variant has fewer than ${THRESHOLDS.units} users or ${THRESHOLDS.occurrences} conversions.`,
    }
  if (others.some(({ guards }) => guards.some(({ verdict }) => verdict === 'breach')))
    return { verdict: 'guard-breached', reason: 'A goal that is guarded has fallen further than it may.' }
  const effects = others.flatMap(({ effect }) => (isKnown(effect) ? [effect] : []))
  if (effects.some(({ low }) => low > 0))
    return { verdict: 'better', reason: 'The whole interval of a variant is above the control.' }
  if (effects.some(({ high }) => high < 0))
    return { verdict: 'worse', reason: 'The whole interval of a variant is below the control.' }
  return { verdict: 'no-difference-seen', reason: 'Every interval holds zero.' }
}
