import { valuesIn } from '../../../sources/condition.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const campaignWordsAreAsGa4ReadsThem = rule({
  code: 'campaign-words-are-as-ga4-reads-them',
  severity: 'warning',
  profile: 'recommended',
  title: 'Conditions on campaign parameters are lower-case and without spaces.',
  reason: "GA4's channels heed the usual lower-case words: `Email Blast` is no medium that it knows.",
  fix: 'write it in lower case: email, cpc, social, push.',
  source: 'https://support.google.com/analytics/answer/9756891',
  catalogue: ['L-M03'],
  *check(places) {
    for (const { subject, detail, test, testAt } of places.conditions) {
      if (subject !== 'query' || detail === undefined || !/^utm_(source|medium|campaign)$/.test(detail))
        continue
      for (const operator of ['equals', 'contains', 'startsWith', 'endsWith'] as const) {
        for (const { at, value } of valuesIn(test, operator)) {
          if (typeof value !== 'string') continue
          if (/\s/.test(value) || value !== value.toLowerCase())
            yield {
              at: testAt + at,
              message: `${detail} is compared with ${quoted(value)}; campaign words are lower-case and have no spaces.`,
            }
          if (value.includes('@'))
            yield {
              at: testAt + at,
              message: `${detail} holds an e-mail address.`,
              fix: 'never put one into a campaign parameter.',
            }
        }
      }
    }
  },
})
