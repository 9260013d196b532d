import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const sensitiveConversionsHaveAComplianceNote = rule({
  code: 'sensitive-conversions-have-a-compliance-note',
  severity: 'warning',
  profile: 'recommended',
  title: 'What touches payment, health or children says what the rules ask for.',
  reason:
    'Stored payment data, health and children have laws of their own; the note shows that somebody looked.',
  fix: 'add `compliance`: what is collected and what is not, and who agreed.',
  source: METHOD,
  catalogue: ['L-D08'],
  *check(places) {
    for (const { at, id, title, data } of places.conversions) {
      if (data.compliance !== undefined) continue
      const word = SENSITIVE.exec(
        [id, data.event ?? '', title].join(' ').toLowerCase().replaceAll('_', ' '),
      )?.[0]
      if (word !== undefined)
        yield {
          at,
          about: 'key',
          absent: 'compliance',
          message: `${quoted(id)} touches on ${quoted(word)}, but has no compliance note.`,
        }
    }
  },
})

const SENSITIVE =
  /\b(save[ds]? (payment|card)|payment (method )?saved|saved? payment method|stored? card|credit card|medical|medication|prescription|diagnosis|patient|health|symptom|pregnan\w+|child(ren)?|kids|minors?)\b/
