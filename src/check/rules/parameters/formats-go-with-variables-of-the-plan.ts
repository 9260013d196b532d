import { buildSource } from '../../../sources/build.ts'
import { simpleText } from '../../../sources/read-gtm.ts'
import { isWhole } from '../../../sources/said.ts'
import { rule } from '../../rule.ts'

export const formatsGoWithVariablesOfThePlan = rule({
  code: 'formats-go-with-variables-of-the-plan',
  severity: 'error',
  profile: 'always',
  title: '`format` goes with values that a variable of the plan reads.',
  reason:
    'GTM formats the value of a variable; what is built in, made by others or joined in a text has no format.',
  fix: 'remove `format`, or read the value through a table (`lookup`, `match`), which may have one.',
  source: 'https://support.google.com/tagmanager/answer/7683362',
  *check(places) {
    for (const { at, source } of places.sources) {
      if (typeof source !== 'object' || source.format === undefined || !isWhole(source)) continue
      const built = buildSource(source)
      if (simpleText(built, () => '') === undefined) continue
      yield {
        at: `${at}/format`,
        about: 'key',
        message: `What ${built.kind} reads here has no format in GTM.`,
      }
    }
  },
})
