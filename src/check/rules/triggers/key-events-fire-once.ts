import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const keyEventsFireOnce = rule({
  code: 'key-events-fire-once',
  severity: 'warning',
  profile: 'recommended',
  title: "A key event's tag does not fire without limit.",
  reason:
    '"unlimited" fires again for every further trigger of the same event, so that one action counts several times.',
  fix: 'remove `fires: unlimited`.',
  source:
    'https://developers.google.com/tag-platform/tag-manager/api/reference/rest/v2/accounts.containers.workspaces.tags',
  catalogue: ['L-T20'],
  *check(places) {
    for (const { at, id, data, keyEvent, tagged } of places.conversions) {
      if (tagged && keyEvent && data.fires === 'unlimited')
        yield {
          at: `${at}/fires`,
          message: `The key event ${quoted(id)} may fire several times for one action.`,
        }
    }
  },
})
