import { destinationModule, type DestinationKind } from '../../../destinations/kinds.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const accountsDoNotShareAQueue = rule({
  code: 'accounts-do-not-share-a-queue',
  severity: 'error',
  profile: 'always',
  title: 'A vendor whose script has one queue in a page has one account in a plan.',
  reason:
    'An event does not say which account it is for, so both accounts hear of it, or the one that loaded last: neither counts right.',
  fix: 'keep one of them; where markets have accounts of their own, say the id under the market’s `destinations`.',
  source: 'The plan language',
  *check(places) {
    const first = new Map<DestinationKind, string>()
    for (const [name, { kind }] of Object.entries(places.plan.destinations ?? {})) {
      const { title, oneAccount } = destinationModule(kind)
      const before = first.get(kind)
      first.set(kind, before ?? name)
      if (oneAccount !== true || before === undefined) continue
      yield {
        at: pointerOf('destinations', name),
        about: 'key',
        message: `${quoted(name)} is ${title}, as ${quoted(before)} is, and its script has one queue for both.`,
      }
    }
  },
})
