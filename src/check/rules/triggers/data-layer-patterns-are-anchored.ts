import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { textsOf } from '../../texts.ts'

export const dataLayerPatternsAreAnchored = rule({
  code: 'data-layer-patterns-are-anchored',
  severity: 'warning',
  profile: 'recommended',
  title: 'A pattern on event names is anchored.',
  reason: 'Unanchored, `purchase` also matches `purchase_started` and `gtm.purchase`.',
  fix: 'write ^...$ around it.',
  source: 'https://support.google.com/tagmanager/answer/7679219',
  catalogue: ['L-T05'],
  *check(places) {
    for (const { at, text, sort, on } of textsOf(places)) {
      if (sort === 'pattern' && on === 'event' && !/^\^.*\$$/s.test(text) && !/^\^?\(?\.[*+]/.test(text))
        yield {
          at,
          message: `The pattern ${quoted(text)} also matches longer event names.`,
          fix: `write ^(${text.replace(/^\^|\$$/g, '')})$.`,
        }
    }
  },
})
