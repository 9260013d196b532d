import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'
import { or } from '../../../words/counting.ts'

export const sendsNameDestinations = rule({
  code: 'sends-name-destinations',
  severity: 'error',
  profile: 'always',
  title: '`send` names destinations of the plan.',
  reason:
    'A tag needs to know whose it is and which account it reports to; that stands under `destinations`.',
  fix: 'add it under `destinations`.',
  source: 'The plan language',
  *check(places) {
    const ids = Object.keys(places.plan.destinations ?? {})
    for (const { id, at, data } of places.conversions) {
      for (const to of Object.keys(data.send ?? {})) {
        if (ids.includes(to)) continue
        const meant = didYouMean(to, ids)
        yield {
          at: at + pointerOf('send', to),
          about: 'key',
          restsOn: [pointerOf('destinations', to)],
          message: `${quoted(id)} is sent to ${quoted(to)}, and the plan has no such destination.`,
          ...(meant !== undefined
            ? { fix: `did you mean ${quoted(meant)}?` }
            : ids.length > 0
              ? { fix: `write ${or(ids)}, or add it under \`destinations\`.` }
              : {}),
        }
      }
    }
  },
})
