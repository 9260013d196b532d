import { GA4_LIMITS } from '../../../facts/limits.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

const { calculatedMetrics: MOST, metricsOfOne: OF_ONE } = GA4_LIMITS

/** Whether names and numbers stand between + - * / with each bracket closed. What the names mean, GA4 knows. */
function isFormula(text: string): boolean {
  // A value, or values in brackets, becomes one value, until nothing changes: what is left of a formula is one.
  let rest = text.replaceAll(/\{\{?[^{}]*\}\}?|[\w:.]+/g, 'x').replaceAll(/\s+(?!x)|(?<!x)\s+/g, '')
  for (let before = ''; before !== rest;) {
    before = rest
    rest = rest.replaceAll(/\(-?x\)|x[-+*/]-?x/g, 'x')
  }
  return /^-?x$/.test(rest)
}

export const calculatedMetricsFit = rule({
  code: 'calculated-metrics-fit',
  severity: 'error',
  profile: 'always',
  title: 'Calculated metrics are made of metrics that there are, and of no more than GA4 takes.',
  reason: `A standard property holds ${MOST} calculated metrics, each of at most ${OF_ONE} custom metrics; a formula that names a parameter which is no metric, or does not add up, is refused.`,
  fix: 'register the parameter with `register: metric`, or leave it out of the formula.',
  source:
    'https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1alpha/properties.calculatedMetrics',
  *check(places) {
    const { property, parameters = {} } = places.plan
    const metrics = Object.entries(property?.calculated ?? {})
    for (const [id, { formula }] of metrics) {
      const at = `${pointerOf('property', 'calculated', id)}/formula`
      if (!isFormula(formula))
        yield {
          at,
          message: `${quoted(formula)} is not a formula: a value, an operator or a bracket is missing.`,
          fix: 'write names of metrics with + - * / between them and each bracket closed.',
        }
      const used = [...new Set([...formula.matchAll(/customEvent:(\w+)/g)].map(([, name = '']) => name))]
      if (used.length > OF_ONE)
        yield {
          at,
          message: `The formula names ${used.length} custom metrics, and GA4 takes ${OF_ONE}.`,
          fix: 'leave some out, or make two of it.',
        }
      for (const name of used.filter((each) => parameters[each]?.register !== 'metric'))
        yield { at, message: `${quoted(name)} is not registered as a metric in the plan.` }
    }
    if (metrics.length > MOST)
      yield {
        at: '/property/calculated',
        about: 'key',
        severity: 'warning',
        message: `The plan has ${metrics.length} calculated metrics, and a standard property holds ${MOST}.`,
        fix: `take out ${metrics.length - MOST}; only a GA4 360 property takes them all.`,
      }
  },
})
