/** Where events go: one property, one for each host, or what a variable of the container decides. */
import { destinationOf, idText, isMeasurementId, tableOf, type World } from '../lift/meaning.ts'
import { withConstants, type ReadContainer } from '../lift/read-container.ts'
import type { Environment, Source } from '../plan/plan-types.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { soleVariableIn } from '../resources/braces.ts'
import type { TagSpec } from '../resources/resource.ts'
import type { Comment } from './document.ts'
import { idFrom } from './names.ts'
import type { ReadSource } from './said-sources.ts'

export interface Destinations {
  readonly environments: { readonly [id: string]: Environment }
  readonly measurementIdFrom?: Source
  /** For a tag that sends elsewhere than most. */
  readonly fieldOf: (tag: TagSpec) => { readonly measurementIdFrom?: Source }
  readonly comments: readonly Comment[]
  /** What the events of the plan are sent to, as a meaning. */
  readonly main: unknown
}

/**
 * @param byHost whether several measurement ids by host may become environments
 * @param otherwise the measurement id where no tag sends an event
 */
export function destinationsOf(
  tags: readonly TagSpec[],
  container: ReadContainer,
  world: World,
  read: ReadSource,
  {
    property,
    byHost,
    otherwise,
  }: {
    readonly property: string | undefined
    readonly byHost: boolean
    readonly otherwise: string | undefined
  },
): Destinations {
  const comments: Comment[] = []
  const counts = new Map<string, { readonly tag: TagSpec; readonly meaning: unknown; count: number }>()
  for (const tag of tags) {
    const meaning = destinationOf(tag, world)
    const key = canonicalJson([meaning])
    const found = counts.get(key) ?? { tag, meaning, count: 0 }
    found.count++
    counts.set(key, found)
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count)
  const main = most === undefined ? (otherwise ?? null) : most.meaning
  const gtm = {
    account: /^\d+$/.test(container.account) ? container.account : 'TODO',
    container: /^GTM-[A-Z0-9]+$/.test(container.publicId) ? container.publicId : 'TODO',
  }
  const environment = (measurementId: string, more: Partial<Environment> = {}): Environment => ({
    gtm,
    ga4: { property: property ?? 'TODO', measurementId },
    ...more,
  })
  const fieldOf = (tag: TagSpec): { readonly measurementIdFrom?: Source } => {
    const meaning = destinationOf(tag, world)
    if (canonicalJson([meaning]) === canonicalJson([main])) return {}
    if (typeof meaning === 'string') return { measurementIdFrom: meaning }
    const source = meaning === null ? 'TODO' : read(idText(tag, world))
    return source === undefined ? {} : { measurementIdFrom: source }
  }
  const at = '/environments/production'
  if (typeof main === 'string' || main === null) {
    if (main === null)
      comments.push({
        at,
        text:
          most === undefined
            ? 'no tag that is in the plan says where events go'
            : 'the container holds no measurement id, only a placeholder for one',
      })
    return { environments: { production: environment(main ?? 'TODO') }, fieldOf, comments, main }
  }
  const text = most === undefined ? '' : idText(most.tag, world)
  const hosts = byHost ? hostsOf(text, container) : undefined
  if (hosts !== undefined) {
    const ids = new Set<string>()
    const environments = Object.entries(hosts).map(([measurementId, names]) => {
      const id = idFrom(names[0] ?? measurementId, ids)
      ids.add(id)
      return [id, environment(measurementId, { hosts: names })] as const
    })
    comments.push({ at: '/environments', text: 'one for each measurement id of the table by host' })
    return { environments: Object.fromEntries(environments), fieldOf, comments, main }
  }
  const source = read(text)
  comments.push({
    at: '/measurementIdFrom',
    text: 'the container decides on the page where events go; the id of the environment is for GA4 alone',
  })
  return {
    environments: { production: environment(aMeasurementIdIn(main) ?? 'TODO') },
    ...(source === undefined ? {} : { measurementIdFrom: source }),
    fieldOf,
    comments,
    main,
  }
}

/**
 * Hosts by measurement id, of a lookup table by the host of the page whose every result is an id. A table that has a value for all
 * other hosts, too, says more than environments can.
 */
function hostsOf(text: string, container: ReadContainer): { readonly [id: string]: string[] } | undefined {
  const table = container.readable.get(soleVariableIn(text) ?? '')
  if (table?.type !== 'smm' || table.parameters.input !== '{{Page Hostname}}') return undefined
  if (table.parameters.setDefaultValue === true) return undefined
  const rows = tableOf(table.parameters.map).map(
    ([host, value]) => [host, withConstants(value, container.readable)] as const,
  )
  if (rows.length < 2 || !rows.every(([host, id]) => /^[a-z0-9.-]+$/.test(host) && isMeasurementId(id)))
    return undefined
  const byId: { [id: string]: string[] } = {}
  for (const [host, id] of rows) (byId[id] ??= []).push(host)
  return Object.keys(byId).length < 2 ? undefined : byId
}

/** A measurement id somewhere inside of what decides. */
function aMeasurementIdIn(meaning: unknown): string | undefined {
  return /"(G-[A-Z0-9]+)"/.exec(canonicalJson(meaning))?.[1]
}
