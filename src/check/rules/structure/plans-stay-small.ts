import { METHOD, rule } from '../../rule.ts'

export const plansStaySmall = rule({
  code: 'plans-stay-small',
  severity: 'info',
  profile: 'strict',
  title: 'A plan has at most twenty-five micro conversions.',
  reason: 'What nobody looks at every week is noise; five stages of five are plenty.',
  fix: 'drop what has not led to a decision in the last quarter.',
  source: METHOD,
  catalogue: ['L-P07'],
  *check(places) {
    if (places.micros.length > 25)
      yield {
        at: '/stages',
        about: 'key',
        message: `The plan has ${places.micros.length} micro conversions.`,
      }
  },
})
