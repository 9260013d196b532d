import type { Pointer } from '../../../plan/diagnostic.ts'
import type { Source } from '../../../plan/plan-types.ts'
import { inputsIn } from '../../../sources/said.ts'
import { rule } from '../../rule.ts'

export const subjectsAreVariable = rule({
  code: 'subjects-are-variable',
  severity: 'error',
  profile: 'always',
  title: 'A condition or a table reads something that can change.',
  reason: 'GTM tests variables only, and a test of a text that never changes always has the same outcome.',
  fix: 'name a source, for example { dataLayer: plan.type } or { url: path }.',
  source: 'https://support.google.com/tagmanager/answer/7679316',
  *check(places) {
    for (const { at, use, source } of places.sources) {
      const subject = use === 'condition' && typeof source !== 'object' ? [at] : []
      for (const place of [...subject, ...constantInputs(source, at)])
        yield { at: place, message: 'A condition or a table reads this, but it is always the same.' }
      const read = use === 'condition' ? [source] : []
      const inputs = typeof source === 'object' ? [source.lookup?.from, source.match?.from] : []
      if ([...read, ...inputs].some((each) => typeof each === 'object' && each.text !== undefined))
        yield {
          at,
          message: 'A condition or a table reads one variable, and a text is none.',
          fix: 'test what stands in it, one condition each; or join it with { javascript: ... }.',
        }
    }
  },
})

function constantInputs(source: Source, at: Pointer): Pointer[] {
  return inputsIn(source, at).flatMap((input) =>
    typeof input.value === 'object' ? constantInputs(input.value, input.at) : [input.at],
  )
}
