/** Where an import reads: an exported container, or the one that an environment of a plan names; and the property. */
import { list } from '../google/ga4.ts'
import type { GoogleConnection } from '../google/connection.ts'
import type { ImportOptions as LiftOptions } from '../import/lifting.ts'
import type { ContainerVersion } from '../lift/parse-export.ts'
import type { LiveState } from '../live/live.ts'
import { readLive } from '../live/read-live.ts'
import type { Environment } from '../plan/plan.ts'
import type { Json } from '../resources/export-casing.ts'
import { parseDescription } from '../resources/marker.ts'
import { requireWeb } from './container-kind.ts'
import { exportIn } from './export-in.ts'
import { Failure, UsageError } from './failure.ts'
import type { ImportOptions } from './import.ts'
import type { Io } from './io.ts'
import { loadPlan } from './load-plan.ts'
import { readBytes } from './read-named.ts'
import { withGoogle } from './target.ts'

/** What is imported. */
export interface Read {
  readonly version: ContainerVersion
  readonly from: string
  readonly ga4?: NonNullable<LiftOptions['ga4']>
}

/** An exported container; with `--property` what GA4 knows beside it. */
export async function readFileAndProperty(file: string, options: ImportOptions, io: Io): Promise<Read> {
  const version = await readExport(file)
  const from = nameOf(version, file)
  const { property } = options
  if (property === undefined) return { version, from }
  if (!/^\d+$/.test(property))
    throw new UsageError(`--property takes the number of a property, not "${property}".`)
  const environment: Environment = {
    id: 'production',
    at: '',
    gtm: { account: '1', container: version.container?.publicId ?? 'GTM-IMPORT1' },
    ga4: { property, measurementId: 'G-IMPORT0001' },
    hosts: [],
    protected: false,
  }
  return withGoogle(environment, ['read'], options, io, async (google) => {
    io.progress(`Reading property ${property}`)
    const ga4 = await readGa4(google, property)
    io.progress()
    return { version, from, ga4 }
  })
}

/** The live container of a plan's environment, and its property. */
export async function readEnvironment(
  named: string | undefined,
  options: ImportOptions,
  io: Io,
): Promise<Read> {
  const loaded = await loadPlan(named, options, io)
  const { environment, id: plan } = loaded.plan
  return withGoogle(environment, ['read'], options, io, async (google) => {
    const { property } = environment.ga4
    io.progress(`Reading ${environment.gtm.container} and property ${property}`)
    const live = await readLive(google, { plan, container: environment.gtm.container, property })
    requireWeb(live.container, loaded, io)
    const ga4 = await readGa4(google, property)
    io.progress()
    return { version: versionOf(live, environment), from: environment.gtm.container, ga4 }
  })
}

/** What is live, as one list a kind. */
function versionOf({ published, content, container }: LiveState, { gtm }: Environment): ContainerVersion {
  const { entities, builtIns } = published?.content ?? content
  const sent = (kind: string): readonly Json[] =>
    entities.filter((each) => each.kind === kind).map(({ remote }) => remote.sent as Json)
  return {
    accountId: gtm.account,
    container: {
      publicId: container.publicId,
      name: container.publicId,
      usageContext: container.usageContext,
    },
    tag: sent('gtm/tag'),
    trigger: sent('gtm/trigger'),
    variable: sent('gtm/variable'),
    builtInVariable: builtIns.map(({ remote }) => remote.sent as Json),
  }
}

async function readGa4(google: GoogleConnection, property: string): Promise<NonNullable<LiftOptions['ga4']>> {
  const name = `properties/${property}`
  const [keyEvents, dimensions, metrics] = await Promise.all([
    list(google, 'keyEvents', name),
    list(google, 'customDimensions', name),
    list(google, 'customMetrics', name),
  ])
  const named = <T extends { readonly parameterName?: string }>(each: T): string[] =>
    each.parameterName === undefined ? [] : [each.parameterName]
  return {
    property,
    keyEvents: keyEvents.flatMap(({ eventName }) => (eventName === undefined ? [] : [eventName])),
    parameters: Object.fromEntries([
      ...dimensions
        .filter(({ scope }) => scope === 'EVENT')
        .flatMap((each) =>
          named(each).map((parameter) => [parameter, { register: 'event' as const, ...saidOf(each) }]),
        ),
      ...metrics.flatMap((each) =>
        named(each).map((parameter) => [
          parameter,
          { register: 'metric' as const, unit: 'standard' as const, ...saidOf(each) },
        ]),
      ),
    ]) as NonNullable<LiftOptions['ga4']>['parameters'],
  }
}

function saidOf({
  displayName,
  description = '',
}: {
  readonly displayName?: string
  readonly description?: string
}): object {
  const { text } = parseDescription(description)
  return {
    ...(displayName === undefined ? {} : { displayName }),
    ...(text === '' ? {} : { description: text }),
  }
}

/** Larger than any container that GTM would publish, many times over. */
const MOST_BYTES = 64 * 1024 * 1024

async function readExport(file: string): Promise<ContainerVersion> {
  const bytes = await readBytes(file)
  if (bytes.length > MOST_BYTES)
    throw new Failure(
      'export-fits-into-a-plan',
      `${file} is larger than 64 MB: that is no export of a container.`,
    )
  const version = exportIn(bytes, file)
  const kinds = version.container?.usageContext ?? []
  if (Array.isArray(kinds) && kinds.length > 0 && !kinds.includes('web'))
    throw new Failure(
      'container-is-for-the-web',
      `${file} is a container of the kind "${kinds.map(String).join(', ')}"; a plan is of a container for the web. Export that one.`,
    )
  return version
}

function nameOf({ container }: ContainerVersion, file: string): string {
  const id = typeof container?.publicId === 'string' ? ` (${container.publicId})` : ''
  return `${file.split(/[\\/]/).at(-1) ?? file}${id}`
}
