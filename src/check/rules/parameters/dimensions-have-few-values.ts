import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const dimensionsHaveFewValues = rule({
  code: 'dimensions-have-few-values',
  severity: 'warning',
  profile: 'recommended',
  title: 'A registered dimension has few different values.',
  reason: 'Above 500 values a day GA4 puts the rest into "(other)".',
  fix: 'do not register it: it is in BigQuery all the same. Or send a band or a category.',
  source: 'https://support.google.com/analytics/answer/12226705',
  catalogue: ['L-D13'],
  *check(places) {
    for (const { at, name, definition } of places.parameters) {
      const { register, values, type = 'string' } = definition
      if (register === undefined || register === 'metric' || values !== undefined) continue
      const why =
        type === 'money' || type === 'number'
          ? `is of type ${type}`
          : /(^|_)(id|uuid|guid|timestamp|time|date|query|comment|message|url|ip|token|price|amount|hash)$/.test(
                name,
              ) && !ENUMERABLE_IDS.test(name)
            ? 'is probably different for every visitor or page'
            : undefined
      if (why !== undefined)
        yield {
          at: `${at}/register`,
          message: `The dimension ${quoted(name)} ${why}.`,
          fix:
            type === 'money' || type === 'number'
              ? 'register it as a metric, or send a band.'
              : 'leave it unregistered, or give its `values`.',
        }
    }
  },
})

/** Ids of which a site has a few dozen. */
const ENUMERABLE_IDS =
  /^(form|plan|store|cta|event|service|campaign|promotion|category|experiment|variant|template|market|site|tier)_id$/
