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
  *check(view) {
    for (const { subject, test, testAt } of view.conditions) {
      const { matches } = test
      if (
        subject === 'path' &&
        matches !== undefined &&
        matches !== '' &&
        !matches.startsWith('^') &&
        !matches.startsWith('(?') &&
        !matches.endsWith('$') &&
        !/^\(?\^|\\\.[a-z(]/.test(matches)
      )
        yield {
          at: `${testAt}/matches`,
          message: `The pattern ${quoted(matches)} matches anywhere in the path.`,
        }
    }
  },
})
