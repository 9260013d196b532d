import { GA4_LIMITS } from '../facts/limits.ts'
import { pointerOf } from '../plan/diagnostic.ts'
import { fitDescription, parseDescription } from '../resources/marker.ts'
import { ga4Key, textOf, type Ga4Module } from './kind.ts'
import { textWords } from './said.ts'

/**
 * A number that GA4 works out of others. Its id is chosen when it is made and never changes.
 * https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1alpha/properties.calculatedMetrics
 */
export const calculatedMetric: Ga4Module<'ga4/calculated-metric'> = {
  title: 'calculated metric',
  titles: 'calculated metrics',
  mark: 'description',
  removal: 'delete',
  compile: (plan) =>
    Object.entries(plan.property.calculated ?? {}).map(([id, metric]) => ({
      kind: 'ga4/calculated-metric',
      key: ga4Key(plan, id, 'calculated-metric'),
      name: metric.title,
      spec: {
        calculatedMetricId: id,
        displayName: metric.title,
        description: fitDescription(metric.description ?? '', plan.id),
        formula: normalFormula(metric.formula),
        metricUnit: (metric.unit ?? 'standard').toUpperCase(),
      },
      notes: '',
      origin: pointerOf('property', 'calculated', id),
    })),
  at: 'property',
  collection: 'calculatedMetrics',
  singleton: false,
  most: GA4_LIMITS.calculatedMetrics,
  isAsked: ({ property }) => property.calculated !== undefined,
  facet: 'calculated-metric',
  subject: 'property',
  sentByTags: false,
  fixed: [],
  // Its formula may name a custom metric of the same plan.
  after: ['ga4/custom-metric'],
  identity: ({ spec }) => spec.calculatedMetricId,
  nameOf: ({ displayName }) => displayName,
  idOf: ({ calculatedMetricId }) => calculatedMetricId,
  fromWire: (sent) => ({
    calculatedMetricId: textOf(sent.calculatedMetricId),
    displayName: textOf(sent.displayName),
    description: parseDescription(textOf(sent.description)).text,
    formula: normalFormula(textOf(sent.formula)),
    metricUnit: textOf(sent.metricUnit),
  }),
  toWire: (spec) => ({ ...spec }),
  wireFields: {},
  words: ({ spec }) => [
    ['Calculated metric', `${spec.displayName} (${spec.metricUnit.toLowerCase()})`],
    ['Formula', spec.formula],
    ...textWords('Description', spec.description),
  ],
}

/** Blanks mean nothing in a formula. */
function normalFormula(formula: string): string {
  return formula
    .replaceAll(/\s+/g, '')
    .replaceAll(/[-+*/]/g, ' $& ')
    .trim()
}
