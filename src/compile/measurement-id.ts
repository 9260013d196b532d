/**
 * Which GA4 property gets the data. One environment in a container: a constant. Several in one container are told
 * apart by the host of the page, and a host that no environment knows never reports to a protected one.
 */
import { measurementIdText } from '../plan/measurement-ids.ts'
import type { Pointer } from '../plan/diagnostic.ts'
import type { Environment, Plan } from '../plan/plan.ts'
import { MEASUREMENT_ID, MEASUREMENT_ID_BY_HOST, SERVER_CONTAINER_BY_HOST } from '../resources/key.ts'
import type { Text, TemplateValues } from '../sources/gtm.ts'
import type { Source } from '../sources/source.ts'
import { builtInName } from '../facts/built-ins.ts'
import { keyOf, refTo, type PlannedEntity } from './planned-entity.ts'
import { ofWholePlan } from './folders.ts'

interface ByEnvironment {
  readonly planned: readonly PlannedEntity[]
  readonly text: Text
}

/** The variable that holds the measurement id, shared by the Google tag and all event tags. */
export function measurementId(plan: Plan, textOf: (source: Source) => Text): ByEnvironment {
  if (plan.measurementIdFrom !== undefined) return { planned: [], text: textOf(plan.measurementIdFrom) }
  if (plan.containerEnvironments.length < 2) {
    const { at, ga4 } = plan.environment
    const values = { value: measurementIdText(ga4) }
    const label = ['CONST', 'GA4 measurement id'] as const
    return variable(plan, MEASUREMENT_ID, 'constant', label, `${at}/ga4/measurementId`, values)
  }
  return lookup(plan, MEASUREMENT_ID_BY_HOST, 'GA4 measurement id', (each) => measurementIdText(each.ga4))
}

/** The address of the server container, if any environment in the container has one. */
export function transportUrl(plan: Plan): ByEnvironment | undefined {
  const addresses = new Set(plan.containerEnvironments.map((each) => each.transportUrl))
  const [first] = addresses
  if (addresses.size <= 1) return first === undefined ? undefined : { planned: [], text: first }
  return lookup(plan, SERVER_CONTAINER_BY_HOST, 'server container url', (each) => each.transportUrl)
}

function lookup(
  plan: Plan,
  id: string,
  source: string,
  valueOf: (environment: Environment) => string | undefined,
): ByEnvironment {
  const rows = byText(plan.containerEnvironments, (environment) => environment.id).flatMap((environment) => {
    const value = valueOf(environment)
    if (value === undefined) return []
    return byText(environment.hosts, (host) => host).map((host): TemplateValues => ({ key: host, value }))
  })
  const fallback = safeEnvironment(plan)
  const value = fallback && valueOf(fallback)
  return variable(plan, id, 'lookup-table', ['LT', source], '/environments', {
    input: { variable: builtInName('pageHostname') },
    rows,
    ...(value === undefined ? { hasDefault: false } : { hasDefault: true, default: value }),
  })
}

/** Where data of an unknown host may go. If nothing is protected, nobody has said which one is production. */
function safeEnvironment(plan: Plan): Environment | undefined {
  const { containerEnvironments } = plan
  if (!containerEnvironments.some((each) => each.protected)) return undefined
  return byText(containerEnvironments, (each) => each.id).find((each) => !each.protected)
}

function variable(
  plan: Plan,
  id: string,
  template: string,
  [kind, source]: readonly [string, string],
  origin: Pointer,
  values: TemplateValues,
): ByEnvironment {
  const key = keyOf(plan, id, 'variable')
  const planned: PlannedEntity = {
    kind: 'gtm/variable',
    template: `variables/${template}`,
    key,
    naming: {
      pattern: plan.naming.variable ?? '{kind} - {source}',
      values: { kind, source, plan: plan.id },
      id: plan.id,
    },
    ...ofWholePlan(plan, origin),
    values,
  }
  return { planned: [planned], text: { variable: refTo(key) } }
}

/** In one order whatever the file's: the container must not differ by the order of keys. */
function byText<T>(things: readonly T[], textOf: (thing: T) => string): T[] {
  return [...things].sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1))
}
