import { METHOD, rule } from '../../rule.ts'

export const textsOfTranslatedSitesAreNotCompared = rule({
  code: 'texts-of-translated-sites-are-not-compared',
  severity: 'warning',
  profile: 'recommended',
  title: 'On a site in several languages, no condition tests visible text.',
  reason: 'In the other languages the text is another, and the trigger never fires.',
  fix: 'test an id, a data- attribute or the address.',
  source: METHOD,
  catalogue: ['L-T07'],
  *check(places) {
    const languages = places.plan.site?.languages ?? []
    if (languages.length < 2) return
    for (const { subject, detail, test, testAt } of places.conditions) {
      const operator = Object.keys(test).find((key) => key !== 'negate' && key !== 'ignoreCase')
      if ((subject === 'click' || subject === 'form') && detail === 'text' && operator !== undefined)
        yield {
          at: `${testAt}/${operator}`,
          about: 'key',
          message: `The site is in ${languages.join(', ')}, but the condition tests the text of one language.`,
        }
    }
  },
})
