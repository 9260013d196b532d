import { triggerModule } from '../../../triggers/kinds.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const clicksAreNarrowed = rule({
  code: 'clicks-are-narrowed',
  severity: 'error',
  profile: 'minimal',
  title: 'A click, link or form trigger says which clicks, links or forms.',
  reason: 'Without a selector, an id or a condition it fires on every click of the site.',
  fix: 'add a selector, an id or a `when`.',
  source: 'https://support.google.com/tagmanager/answer/7679102',
  catalogue: ['L-T01'],
  *check(places) {
    for (const { id, triggers } of places.conversions) {
      for (const { at, kind, trigger, when } of triggers) {
        const said = trigger[kind]
        const narrowed = said && triggerModule(kind).narrowed?.(said)
        if (narrowed === false && !when.some(({ subject }) => subject !== 'host'))
          yield {
            at: `${at}/${kind}`,
            about: 'key',
            absent: '*',
            message: `${quoted(id)} fires on every ${kind} of the site.`,
          }
      }
    }
  },
})
