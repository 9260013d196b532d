/** Weights for a terminal of 80 columns: a verdict in words for each micro, with its n and its interval. */
import { isKnown, type Estimate } from './statistics/estimate.ts'
import { plural } from '../words/counting.ts'
import { percent, whole } from './words.ts'
import { WEIGHT_RULES, type GoalWeights, type MicroWeight, type WeightVerdict } from './weights.ts'
import { wrapped } from './wrapped.ts'

const VERDICTS: Readonly<Record<WeightVerdict, string>> = {
  predictive: 'predictive',
  weak: 'weak',
  'not-predictive': 'not predictive',
  'not-enough-data': 'not enough data',
  'required-step': 'required step',
}

/** @param span the first and the last day that have data; @param missing how many between them have none */
export function renderWeightsText(goals: readonly GoalWeights[], span: string, missing = 0): string {
  const head = [
    wrapped(
      `Weights from ${span}${missing === 0 ? '' : `, ${plural(missing, 'day')} of them without data`}. Unit: session. A micro counts before the session’s first goal.`,
      0,
    ),
    wrapped(
      `No verdict under ${WEIGHT_RULES.units} sessions with the micro or ${WEIGHT_RULES.occurrences} goals among them; every weight starts with ${WEIGHT_RULES.pseudo} sessions at the overall rate; p values are adjusted for all micros. Every relation is an association: who does it may have bought anyway.`,
      0,
    ),
  ]
  return `${[...head, ...goals.map(goalText)].join('\n\n')}\n`
}

function goalText({ goal, sessions, done, micros, pairs, check }: GoalWeights): string {
  return [
    `${goal}: ${whole(done)} of ${whole(sessions)} sessions (${percent(done / sessions)})`,
    ...micros.flatMap(microLines),
    ...pairs.map(({ first, second, phi }) =>
      wrapped(
        `${first} and ${second} are one signal: phi ${isKnown(phi) ? phi.value.toFixed(2) : ''}. Keep one of them.`,
        2,
      ),
    ),
    wrapped(checkWords(check), 2),
  ].join('\n')
}

function microLines(one: MicroWeight): string[] {
  const { a, b } = one.table
  const now = one.planned === undefined ? '' : `, the plan says ${one.planned}`
  const strata = one.strata.filter(({ disagree }) => disagree).map(({ by }) => by)
  const lines =
    one.verdict === 'required-step'
      ? [one.reason]
      : [
          `weight ${fixed(one.weight)}, ${counted(a, 'goal')} in ${counted(a + b, 'session')} with it${now}`,
          one.reason,
          // Of what nobody did there is nothing to compare.
          ...(a + b === 0 ? [] : [comparedWords(one)]),
          ...(one.drifting
            ? [
                'It drifts: the intervals of the earlier and the later half of the weeks do not meet, so --write leaves it out.',
              ]
            : []),
          ...(strata.length > 0
            ? [`By ${strata.join(' and ')} it has different signs: do not use one weight for all.`]
            : []),
        ]
  return [`\n  ${one.micro}: ${VERDICTS[one.verdict]}`, ...lines.map((line) => wrapped(line, 4))]
}

function comparedWords({ difference, oddsRatio, strata, phi, coefficient, q }: MicroWeight): string {
  const within = strata.map(({ by, oddsRatio: ratio }) => `within ${by}s ${short(ratio)}`)
  return [
    `difference ${fixed(difference)}`,
    [`odds ratio ${short(oddsRatio)}`, ...within].join(', '),
    `phi ${fixed(phi)}`,
    `beside the others ${coefficient === undefined ? 'in no model' : signed(coefficient.toFixed(2))}`,
    `adjusted p ${q < 0.001 ? 'under 0.001' : q.toFixed(3)}`,
  ].join('; ')
}

function counted(count: number, word: string): string {
  return `${whole(count)} ${word}${count === 1 ? '' : 's'}`
}

function signed(text: string): string {
  return text.replaceAll('-', '−')
}

function checkWords({
  sessions,
  baseRate,
  summedWeights,
  adjustedModel,
  beats,
}: GoalWeights['check']): string {
  if (beats === undefined)
    return '\nThe weights could not be checked on weeks that were held back: too few of them.'
  const errors = `mean squared error ${summedWeights.toFixed(5)} for the summed weights, ${adjustedModel.toFixed(5)} for the adjusted model, ${baseRate.toFixed(5)} for the overall rate alone`
  return beats
    ? `\nOn ${whole(sessions)} sessions that were held back: ${errors}.`
    : `\nOn ${whole(sessions)} sessions that were held back: ${errors}. Added up, the weights say no more than the overall rate, so they are not offered as a score.`
}

function fixed(estimate: Estimate): string {
  if (!isKnown(estimate)) return 'unknown'
  return signed(`${estimate.value.toFixed(4)} (${estimate.low.toFixed(4)} to ${estimate.high.toFixed(4)})`)
}

function short(estimate: Estimate): string {
  if (!isKnown(estimate)) return 'unknown'
  const digits = (value: number): string => (value < 10 ? value.toFixed(1) : whole(value))
  return `${digits(estimate.value)} (${digits(estimate.low)} to ${digits(estimate.high)})`
}
