import { isDay } from '../../amounts.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const schedulesRunForward = rule({
  code: 'schedules-run-forward',
  severity: 'error',
  profile: 'always',
  title: 'The days of a schedule are in the calendar, and the first is not after the last.',
  reason: 'GTM takes such a schedule, and the tag never fires.',
  fix: 'write days such as 2026-11-28, `from` before `until`.',
  source: 'https://support.google.com/tagmanager/answer/2772421',
  *check(places) {
    for (const { id, at, data } of places.conversions) {
      const { from, until } = data.schedule ?? {}
      const wrong = (['from', 'until'] as const).find((end) => {
        const day = data.schedule?.[end]
        return day !== undefined && !isDay(day)
      })
      if (wrong !== undefined)
        yield {
          at: `${at}/schedule/${wrong}`,
          message: `${quoted(data.schedule?.[wrong] ?? '')} is no day of the calendar.`,
        }
      else if (from !== undefined && until !== undefined && from > until)
        yield { at: `${at}/schedule`, about: 'key', message: `${quoted(id)} would end before it begins.` }
    }
  },
})
