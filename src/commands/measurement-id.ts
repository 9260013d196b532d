/** A measurement id that the plan leaves out is the property's only web stream's, for whoever may ask GA4. */
import type { GoogleConnection } from '../google/connection.ts'
import { listDataStreams } from '../google/ga4.ts'
import type { WireDataStream } from '../google/wire.ts'
import { propertiesToAsk, withMeasurementIds } from '../plan/measurement-ids.ts'
import { Failure } from './failure.ts'
import type { CompiledPlan } from './load-plan.ts'

/** Compiled anew with what GA4 says; the same plan where it says everything itself. One request a property. */
export async function withStreamIds(
  google: GoogleConnection,
  compiled: CompiledPlan,
): Promise<{ readonly compiled: CompiledPlan; readonly requests: number }> {
  const properties = propertiesToAsk(compiled.plan)
  if (properties.length === 0) return { compiled, requests: 0 }
  const asked = properties.map(
    async (property) =>
      [property, onlyWebStream(property, await listDataStreams(google, `properties/${property}`))] as const,
  )
  const ids = new Map(await Promise.all(asked))
  return {
    compiled: compiled.compiledAs(withMeasurementIds(compiled.plan, ids)),
    requests: properties.length,
  }
}

/** Of what is made offline and holds the id: nothing can stand for it. */
export function requireMeasurementIds({ plan }: CompiledPlan): void {
  const [property] = propertiesToAsk(plan)
  if (property !== undefined)
    throw new Failure(
      'measurement-id-is-known',
      `The plan leaves out the measurement id of property ${property}, and this command asks nobody. Write it into the plan, measurementId: G-…, or use plan diff or plan apply, which take it from the property's web stream.`,
    )
}

function onlyWebStream(property: string, streams: readonly WireDataStream[]): string {
  const web = streams.flatMap(({ displayName, webStreamData }) =>
    webStreamData?.measurementId === undefined
      ? []
      : [{ id: webStreamData.measurementId, site: webStreamData.defaultUri ?? displayName }],
  )
  const [only, another] = web
  if (only !== undefined && another === undefined) return only.id
  throw new Failure(
    'measurement-id-is-known',
    only === undefined
      ? `The plan leaves out the measurement id, and property ${property} has no web stream. Make one in Google Analytics (Admin, Data streams).`
      : `The plan leaves out the measurement id, and property ${property} has ${web.length} web streams: ${web.map(({ id, site }) => (site === undefined || site === id ? id : `${id} (${site})`)).join(', ')}. Write the one you mean into the plan: measurementId: ${only.id}.`,
  )
}
