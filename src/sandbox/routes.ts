/** The one route table: every method that Google's discovery documents list, with the handler that imitates it, if any. */
import { APIS, type Api, type ApiName, type MethodFacts } from './facts.ts'
import type { Handler, Handlers } from './call.ts'
import { bigqueryHandlers } from './bigquery/handlers.ts'
import { dataHandlers } from './data/handlers.ts'
import { ga4Handlers } from './ga4/handlers.ts'
import { gtmHandlers } from './gtm/handlers.ts'

export interface Route {
  readonly api: Api
  readonly method: MethodFacts
  readonly handler: Handler | undefined
  /** Path with `*` for ids, without the custom verb: `tagmanager/v2/accounts/*`. */
  readonly segments: readonly string[]
  /** `publish` in `versions/3:publish`. */
  readonly customVerb: string | undefined
}

export interface Match {
  readonly route: Route
  readonly ids: Readonly<Record<string, string>>
}

const HANDLERS: Readonly<Record<ApiName, Handlers>> = {
  'tagmanager.v2': gtmHandlers,
  'analyticsadmin.v1beta': ga4Handlers,
  'analyticsadmin.v1alpha': ga4Handlers,
  'analyticsdata.v1beta': dataHandlers,
  'bigquery.v2': bigqueryHandlers,
}

export const ROUTES: readonly Route[] = Object.values(APIS).flatMap((api) =>
  [...api.methods.values()].map((method) => routeOf(api, method)),
)

const byShape = new Map<string, Route[]>()
for (const route of ROUTES) {
  const key = shapeKey(route.method.verb, route.segments.length, route.customVerb)
  byShape.set(key, [...(byShape.get(key) ?? []), route])
}

function routeOf(api: Api, method: MethodFacts): Route {
  const full = method.path.replace(/\{\+?\w+\}/, method.parameter?.pattern ?? '')
  const { segments, customVerb } = splitPath(full)
  return { api, method, handler: HANDLERS[api.name][method.id], segments, customVerb }
}

export function findRoute(verb: string, path: string): Match | undefined {
  const { segments, customVerb } = splitPath(path)
  const candidates = byShape.get(shapeKey(verb, segments.length, customVerb)) ?? []
  for (const route of candidates) {
    const ids = matchSegments(route.segments, segments)
    if (ids) return { route, ids }
  }
  return undefined
}

function splitPath(path: string): { segments: string[]; customVerb: string | undefined } {
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decode)
  const last = segments.pop() ?? ''
  const colon = last.lastIndexOf(':')
  if (colon < 0) return { segments: [...segments, last], customVerb: undefined }
  return { segments: [...segments, last.slice(0, colon)], customVerb: last.slice(colon + 1) }
}

/** One segment at a time: an encoded slash is part of an id. What cannot be decoded names nothing. */
function decode(segment: string): string {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const ids: Record<string, string> = {}
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? ''
    if (expected === '*') ids[pattern[index - 1] ?? ''] = actual
    else if (expected !== actual) return undefined
  }
  return ids
}

function shapeKey(verb: string, length: number, customVerb: string | undefined): string {
  return `${verb} ${length} ${customVerb ?? ''}`
}
