import { METHOD, rule } from '../../rule.ts'

export const targetsHaveOneMeasure = rule({
  code: 'targets-have-one-measure',
  severity: 'error',
  profile: 'always',
  title: 'A target is one number: a count, a rate or an amount.',
  reason: 'With two numbers nobody can say whether the target was met.',
  fix: 'keep one of count, rate and amount.',
  source: METHOD,
  catalogue: ['L-P12'],
  *check(places) {
    for (const { at, target } of places.targets) {
      const measures = (['count', 'rate', 'amount'] as const).filter(
        (measure) => target[measure] !== undefined,
      )
      if (measures.length === 0)
        yield {
          at,
          about: 'key',
          absent: '*',
          message: 'The target has no number.',
          fix: 'add `count`, `rate` or `amount`.',
        }
      if (measures.length > 1)
        yield {
          at: `${at}/${measures[1] ?? ''}`,
          about: 'key',
          message: `The target has ${measures.length} numbers: ${measures.join(' and ')}.`,
        }
    }
  },
})
