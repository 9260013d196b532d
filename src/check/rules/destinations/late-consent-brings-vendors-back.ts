import { destinationModule } from '../../../destinations/kinds.ts'
import { waitsFor } from '../../../destinations/waits-for.ts'
import { consentIn } from '../../../plan/decisions.ts'
import { and } from '../../../words/counting.ts'
import { rule } from '../../rule.ts'

export const lateConsentBringsVendorsBack = rule({
  code: 'late-consent-brings-vendors-back',
  severity: 'warning',
  profile: 'recommended',
  title: 'Vendors that wait for consent are loaded once it is given.',
  reason:
    'A tag that consent has held back does not come again by itself: the first page of every visitor is missing.',
  fix: 'name the event that the consent tool pushes when a visitor agrees: `updateEvent: consent_given`; or have it load the page anew, and ignore this.',
  source: 'https://support.google.com/tagmanager/answer/10718549',
  *check({ plan }) {
    const { mode, requires, updateEvent } = consentIn(plan)
    // In basic mode the Google tag asks for the same event, where it is the plan's.
    const asks = mode === 'advanced' || (mode === 'basic' && plan.googleTag === 'existing')
    if (!asks || updateEvent !== undefined) return
    const waiting = Object.values(plan.destinations ?? {}).filter(
      ({ kind, loader, consent: said, trigger }) => {
        // A team's own HTML on anything but a page comes again by itself.
        const isOfPages = kind !== 'html' || trigger?.page !== undefined
        return (
          waitsFor({ mode, requires }, kind, said, undefined).length > 0 && loader !== 'existing' && isOfPages
        )
      },
    )
    const titles = [...new Set(waiting.map(({ kind }) => destinationModule(kind).title))]
    if (titles.length > 0)
      yield {
        at: '/consent',
        about: 'key',
        absent: 'updateEvent',
        message: `The plan does not say how ${and(titles)} will know that a visitor has agreed.`,
      }
  },
})
