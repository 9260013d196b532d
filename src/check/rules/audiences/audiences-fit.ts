import { AUDIENCES_PAGE, GA4_LIMITS } from '../../../facts/limits.ts'
import { rule } from '../../rule.ts'

const {
  audiences: MOST,
  audienceEvents: EVENTS,
  audienceDays: KEPT,
  audienceLookBack: LOOK_BACK,
} = GA4_LIMITS

export const audiencesFit = rule({
  code: 'audiences-fit',
  severity: 'error',
  profile: 'always',
  title: "Audiences keep GA4's limits.",
  reason: `A property holds ${MOST} audiences, and ${EVENTS} events of joining one; a visitor stays in one for ${KEPT} days at most, and GA4 looks back ${LOOK_BACK} days at most for what somebody did not do.`,
  fix: 'shorten it.',
  source: AUDIENCES_PAGE,
  *check(places) {
    for (const { at, audience } of places.audiences) {
      const { keep, within, inOrder } = audience
      if (daysOf(keep) > KEPT)
        yield {
          at: `${at}/keep`,
          message: `GA4 keeps a visitor in an audience for ${KEPT} days at most, not for ${daysOf(keep)}.`,
          fix: `write ${KEPT}d or less.`,
        }
      if (inOrder === undefined && daysOf(within) > LOOK_BACK)
        yield {
          at: `${at}/within`,
          message: `GA4 looks back ${LOOK_BACK} days at most, not ${daysOf(within)}.`,
          fix: `write ${LOOK_BACK}d or less, or leave it out for ever.`,
        }
    }
    if (places.audiences.length > MOST)
      yield {
        at: '/audiences',
        about: 'key',
        message: `The plan has ${places.audiences.length} audiences, and a property holds ${MOST}.`,
        fix: 'leave out those that nobody uses.',
      }
    const logging = places.audiences.filter(({ audience }) => audience.event !== undefined)
    for (const { at } of logging.slice(EVENTS, EVENTS + 1))
      yield {
        at: `${at}/event`,
        message: `${logging.length} audiences of the plan log an event on joining, and a property holds ${EVENTS} of those.`,
        fix: 'leave out those events that nobody looks at.',
      }
  },
})

function daysOf(text: string | undefined): number {
  return text === undefined ? 0 : Number.parseInt(text, 10)
}
