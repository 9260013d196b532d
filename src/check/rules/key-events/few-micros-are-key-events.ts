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
  *check(view) {
    const marked = view.micros.filter(({ keyEvent }) => keyEvent)
    const limit = Math.min(10, 3 * view.goals.length)
    const first = marked[limit]
    if (first !== undefined)
      yield {
        at: `${first.at}/keyEvent`,
        message: `${marked.length} micro conversions are key events, for ${view.goals.length} goal${view.goals.length === 1 ? '' : 's'}.`,
      }
  },
})
