/** The measurement id of an environment that leaves it out: GA4 knows it, so what asks GA4 fills it in. */
import type { Environment, Plan } from './plan.ts'

/** The id, or in words which one it is. */
export function measurementIdText({ property, measurementId }: Environment['ga4']): string {
  return measurementId ?? `the web stream of property ${property}`
}

/**
 * The properties, of all environments in the container, whose web stream has to be known before the plan can be carried
 * out. None where the page decides.
 */
export function propertiesToAsk({ measurementIdFrom, containerEnvironments }: Plan): readonly string[] {
  if (measurementIdFrom !== undefined) return []
  const left = containerEnvironments.filter(({ ga4 }) => ga4.measurementId === undefined)
  return [...new Set(left.map(({ ga4 }) => ga4.property))]
}

/** @param ids by property */
export function withMeasurementIds(plan: Plan, ids: ReadonlyMap<string, string>): Plan {
  const filled = (environment: Environment): Environment => {
    const { property, measurementId = ids.get(property) } = environment.ga4
    return measurementId === undefined ? environment : { ...environment, ga4: { property, measurementId } }
  }
  return {
    ...plan,
    environment: filled(plan.environment),
    containerEnvironments: plan.containerEnvironments.map(filled),
  }
}
