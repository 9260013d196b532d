import { valuesIn } from '../../../sources/condition.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const pathPatternsAreAnchored = rule({
  code: 'path-patterns-are-anchored',
  severity: 'warning',
  profile: 'recommended',
  title: 'A pattern on a path begins with ^ or ends with $.',
  reason: 'Unanchored, `/pricing` also matches `/blog/pricing-psychology`.',
  fix: 'write ^ before it, and $ or (/|$) behind it.',
  source: 'https://support.google.com/tagmanager/answer/7679316',
  catalogue: ['L-T05'],
  *check(places) {
    for (const { subject, test, testAt } of places.conditions) {
      if (subject !== 'path') continue
      for (const { at, value } of valuesIn(test, 'matches')) {
        const pattern = String(value)
        if (pattern !== '' && !/^\^|^\(\?|\$$|^\(?\^|\\\.[a-z(]/.test(pattern))
          yield { at: testAt + at, message: `The pattern ${quoted(pattern)} matches anywhere in the path.` }
      }
    }
  },
})
