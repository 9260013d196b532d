import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const unitsGoWithMetrics = rule({
  code: 'units-go-with-metrics',
  severity: 'error',
  profile: 'always',
  title: 'Units belong to metrics, and money to a restricted one.',
  reason: 'GA4 asks for a unit only of custom metrics, and for a currency metric also who may see it.',
  fix: "see the field's description in the schema.",
  source:
    'https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1beta/properties.customMetrics',
  catalogue: ['L-D15'],
  *check(places) {
    for (const { at, name, definition } of places.parameters) {
      const { register, unit, restrict, type = 'string' } = definition
      if (unit !== undefined && register !== 'metric')
        yield {
          at: `${at}/unit`,
          about: 'key',
          message: `${quoted(name)} has a unit, but is not registered as a metric.`,
          fix: 'add `register: metric`, or remove `unit`.',
        }
      if (register === 'metric' && unit === undefined)
        yield {
          at,
          about: 'key',
          absent: 'unit',
          message: `The metric ${quoted(name)} has no unit.`,
          fix: 'add `unit: standard`, or the unit it is measured in.',
        }
      if (register === 'metric' && (type === 'string' || type === 'boolean'))
        yield {
          at: definition.type === undefined ? at : `${at}/type`,
          about: definition.type === undefined ? 'key' : 'value',
          message: `The metric ${quoted(name)} is of type ${type}, but GA4 adds metrics up.`,
          fix: 'set `type: integer`, `number` or `money`.',
        }
      if (unit === 'currency' && restrict === undefined)
        yield {
          at,
          about: 'key',
          absent: 'restrict',
          message: `The currency metric ${quoted(name)} does not say who may see it.`,
          fix: 'add `restrict: [revenue]` or `restrict: [cost]`.',
        }
      if (restrict !== undefined && unit !== 'currency' && unit !== undefined)
        yield {
          at: `${at}/restrict`,
          about: 'key',
          message: `Only currency metrics are restricted, and ${quoted(name)} is in ${unit}.`,
          fix: 'remove `restrict`, or set `unit: currency`.',
        }
    }
  },
})
