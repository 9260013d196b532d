import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const environmentsHaveTheirOwnProperty = rule({
  code: 'environments-have-their-own-property',
  severity: 'warning',
  profile: 'recommended',
  title: 'Every environment has a property of its own.',
  reason: 'Tests in the production property count as customers.',
  fix: 'give staging its own property and measurement id.',
  source: 'https://support.google.com/analytics/answer/9304153',
  catalogue: ['L-T16'],
  *check(places) {
    for (const field of ['measurementId', 'property'] as const) {
      const first = new Map<string, string>()
      for (const { id, at, environment } of places.environments) {
        const value = environment.ga4?.[field]
        if (value === undefined || value.includes('${')) continue
        const other = first.get(value)
        if (other === undefined) first.set(value, id)
        else if (
          field === 'measurementId' ||
          places.environments.find((one) => one.id === other)?.environment.ga4?.measurementId !==
            environment.ga4?.measurementId
        ) {
          yield {
            at: `${at}/ga4/${field}`,
            message: `${quoted(id)} and ${quoted(other)} send to the same ${field === 'property' ? 'property' : 'data stream'}.`,
          }
        }
      }
    }
  },
})
