import { consentIn } from '../../../plan/decisions.ts'
import { destinationModule } from '../../../destinations/kinds.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { and } from '../../../words/counting.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const vendorsWaitForTheirConsent = rule({
  code: 'vendors-wait-for-their-consent',
  severity: 'warning',
  profile: 'recommended',
  title: 'Each vendor waits for the consent that its purpose needs.',
  reason:
    "Only Google's and Microsoft's tags look at consent by themselves; any other stores and sends from the first page on.",
  fix: 'leave `consent` of the destination out: the plan knows what its vendor needs.',
  source: 'https://support.google.com/tagmanager/answer/10718549',
  *check(places) {
    const { mode } = consentIn(places.plan)
    for (const [name, { kind, consent }] of Object.entries(places.plan.destinations ?? {})) {
      const { title, consent: needed, adapts } = destinationModule(kind)
      const missing = needed.filter((type) => consent?.includes(type) !== true)
      if (consent !== undefined && missing.length > 0 && !(adapts && mode === 'advanced'))
        yield {
          at: pointerOf('destinations', name, 'consent'),
          message: `${quoted(name)} does not wait for ${and(missing)}, which ${title} needs.`,
        }
      else if (consent === undefined && kind === 'html' && mode !== 'none')
        yield {
          at: pointerOf('destinations', name),
          about: 'key',
          restsOn: [pointerOf('destinations', name, 'consent')],
          message: `The code of ${quoted(name)} runs whatever the visitor has chosen.`,
          fix: 'write which consent it needs, such as `consent: [functionality_storage]`; `consent: []` if none.',
        }
      else if (consent === undefined && mode === 'none' && needed.length > 0)
        yield {
          at: pointerOf('destinations', name),
          about: 'key',
          restsOn: ['/consent'],
          message: `${title} is loaded on every page, and the plan asks nobody for consent.`,
          fix: `write \`consent: { mode: basic }\` or advanced in the plan, or \`consent: [${needed.join(', ')}]\` here.`,
        }
    }
  },
})
