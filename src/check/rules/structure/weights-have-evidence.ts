import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const weightsHaveEvidence = rule({
  code: 'weights-have-evidence',
  severity: 'warning',
  profile: 'recommended',
  title: 'A weight says how it was found, and when.',
  reason: 'A number without a method cannot be checked or renewed, and a guess looks like a measurement.',
  fix: 'add `evidence: { method: ..., asOf: ... }`; "estimate" is an honest method.',
  source: METHOD,
  catalogue: ['L-P08'],
  *check(places) {
    for (const { id, at, data } of places.micros) {
      if (data.weight !== undefined && data.evidence === undefined)
        yield {
          at: `${at}/weight`,
          about: 'key',
          message: `The weight of ${quoted(id)} does not say where it comes from.`,
        }
    }
  },
})
