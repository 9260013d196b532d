import { METHOD, rule } from '../../rule.ts'

export const fewMicrosAreKeyEvents = rule({
  code: 'few-micros-are-key-events',
  severity: 'warning',
  profile: 'recommended',
  title: 'Few micro conversions are key events.',
  reason:
    'When everything is key, nothing is: key event rates stop meaning anything. Three for each goal, and ten in all, are plenty.',
  fix: 'keep `keyEvent: true` for those with the largest weight; the others are still counted.',
  source: METHOD,
  catalogue: ['L-K04'],
  *check(places) {
    const marked = places.micros.filter(({ keyEvent }) => keyEvent)
    const limit = Math.min(10, 3 * places.goals.length)
    const first = marked[limit]
    if (first !== undefined)
      yield {
        at: `${first.at}/keyEvent`,
        message: `${marked.length} micro conversions are key events, for ${places.goals.length} goal${places.goals.length === 1 ? '' : 's'}.`,
      }
  },
})
