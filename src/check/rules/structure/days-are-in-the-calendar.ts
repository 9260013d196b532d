import { rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { isDay } from '../../amounts.ts'

export const daysAreInTheCalendar = rule({
  code: 'days-are-in-the-calendar',
  severity: 'error',
  profile: 'always',
  title: 'A day exists in the calendar.',
  reason: 'Targets and exceptions end on it, and experiments are counted from it.',
  fix: 'write a day such as 2027-03-31.',
  source: 'The plan language',
  catalogue: ['L-P12'],
  *check(places) {
    const days: { at: string; day: string | undefined }[] = [
      ...places.targets.map(({ at, target }) => ({ at: `${at}/by`, day: target.by })),
      ...places.conversions.map(({ at, data }) => ({ at: `${at}/evidence/asOf`, day: data.evidence?.asOf })),
      ...(places.plan.ignore ?? []).map(({ until }, index) => ({
        at: pointerOf('ignore', index, 'until'),
        day: until,
      })),
      ...Object.entries(places.plan.experiments ?? {}).flatMap(([id, { startsOn, endsOn }]) => [
        { at: pointerOf('experiments', id, 'startsOn'), day: startsOn },
        { at: pointerOf('experiments', id, 'endsOn'), day: endsOn },
      ]),
    ]
    for (const { at, day } of days) {
      if (day !== undefined && !isDay(day)) yield { at, message: `There is no ${day} in the calendar.` }
    }
  },
})
