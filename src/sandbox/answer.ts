/** From a request to an imitated method to its answer: access, quota, shape, handler, projection. Knows no sockets. */
import { checkScopes, readAccess } from './access.ts'
import { ApiError, badRequest, errorBody } from './errors.ts'
import type { Api, MethodFacts } from './facts.ts'
import { readSelection, select } from './partial-response.ts'
import { UnknownPath } from './gtm/bulk-update.ts'
import { findRoute, type Match } from './routes.ts'
import { checkShape, isObject, project, type Entity } from './shape.ts'
import type { World } from './world.ts'

export interface Answer {
  readonly status: number
  readonly body: string
  readonly contentType: string | undefined
}

export interface ApiRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly authorization: string | undefined
  readonly bodyText: string
}

const JSON_TYPE = 'application/json; charset=UTF-8'

export function answerApi(world: World, match: Match | undefined, request: ApiRequest): Answer {
  if (!match) return unknownPath(request)
  const { api } = match.route
  try {
    return success(world, match, request, carryOut(world, match, request))
  } catch (error) {
    if (error instanceof UnknownPath) return unknownPath(request)
    const known = error instanceof ApiError ? error : undefined
    if (!known) throw error
    return {
      status: known.code,
      body: pretty(errorBody(known, api.name), request.query),
      contentType: JSON_TYPE,
    }
  }
}

function carryOut(world: World, match: Match, request: ApiRequest): unknown {
  const { api, method } = match.route
  const access = readAccess(request.authorization, request.query.get('access_token'))
  checkScopes(access, api, method)
  world.quota.take(api, method.verb, access.user)
  return runMethod(world, match, request, access.user)
}

/** A request of somebody else's, whose rights and quota are their own; throws a sentence where it is refused. */
export function performRequest(
  world: World,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body?: unknown },
): unknown {
  const url = new URL(path, 'http://sandbox')
  const match = findRoute(method, url.pathname)
  if (!match) throw new Error(`There is no method at ${method} ${path}.`)
  const request = { query: url.searchParams, bodyText: body === undefined ? '' : JSON.stringify(body) }
  return runMethod(world, match, request, 'somebody.else@sandbox.example')
}

function runMethod(
  world: World,
  { route, ids }: Match,
  request: Pick<ApiRequest, 'query' | 'bodyText'>,
  user: string,
): unknown {
  const { api, method, handler } = route
  if (!handler) {
    throw new ApiError(
      501,
      'UNIMPLEMENTED',
      `The sandbox does not imitate ${api.api}.${method.id} (${api.version}).`,
    )
  }
  checkQuery(method, request.query)
  const selection = readSelection(api, method, request.query.get('fields'))
  const body = readBody(world, api, method, request)
  const answer = handler({
    api,
    method,
    ids,
    query: request.query,
    body,
    store: world.store,
    user,
  })
  const projects = api.api !== 'tagmanager' && method.response !== undefined && isObject(answer)
  return select(projects ? project(api, method.response ?? '', answer) : answer, selection)
}

function readBody(
  world: World,
  api: Api,
  method: MethodFacts,
  request: Pick<ApiRequest, 'bodyText'>,
): Entity {
  if (method.request === undefined) return {}
  const text = request.bodyText.trim()
  if (method.request === '*') {
    const body = text === '' ? {} : parseJson(text)
    if (!isObject(body)) throw badRequest('Invalid JSON payload received. The body is not an object.')
    return body
  }
  return checkShape(api, method.request, text === '' ? {} : parseJson(text), world.store.behaviour)
}

/** Unknown parameters are let through, as Google does; known ones must be of their type (wording assumed). */
function checkQuery(method: MethodFacts, query: URLSearchParams): void {
  for (const [name, field] of method.query) {
    for (const value of query.getAll(name)) {
      const wrong =
        (field.type === 'enum' && field.values?.includes(value) === false) ||
        (field.type === 'boolean' && !/^(true|false)$/.test(value)) ||
        (field.type === 'integer' && !/^-?\d{1,10}$/.test(value))
      if (wrong) throw badRequest(`Invalid value at '${name}' (${field.type}), "${value}"`)
    }
  }
}

export function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw badRequest('Invalid JSON payload received. Message too deep.')
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : ''
    throw badRequest(`Invalid JSON payload received. ${reason}`)
  }
}

// Deeper than anything that means something, and shallow enough for everything that reads it by recursion.
const MAX_NESTING = 500

function isTooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (inString) {
      if (character === '\\') index++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{' || character === '[') {
      if (++depth > MAX_NESTING) return true
    } else if (character === '}' || character === ']') depth--
  }
  return false
}

function success(world: World, { route }: Match, request: ApiRequest, answer: unknown): Answer {
  if (answer !== undefined) {
    return { status: 200, body: pretty(answer, request.query), contentType: JSON_TYPE }
  }
  // Whether an empty answer of GTM is 204, 200 or 200 with {} is unknown; methods without a response schema give it.
  const { emptyAnswer } = world.store.behaviour
  if (route.api.api !== 'tagmanager' || emptyAnswer === '200 {}') {
    return { status: 200, body: '{}\n', contentType: JSON_TYPE }
  }
  return { status: emptyAnswer === '204' ? 204 : 200, body: '', contentType: undefined }
}

/** Google indents its answers unless prettyPrint=false. */
function pretty(value: unknown, query: URLSearchParams): string {
  const indent = query.get('prettyPrint') === 'false' ? undefined : 2
  return JSON.stringify(value, null, indent) + '\n'
}

/** A path that no discovery document knows: at Google a 404 page. Here it says what was asked for. */
function unknownPath(request: ApiRequest): Answer {
  const known = /^\/?(tagmanager\/v2|v1beta|v1alpha|bigquery\/v2)\//.test(request.path)
  if (known && !request.path.endsWith('/bulk_update')) {
    const error = new ApiError(
      501,
      'UNIMPLEMENTED',
      `The sandbox does not know ${request.method} ${request.path}.`,
    )
    return {
      status: 501,
      body: pretty(errorBody(error, 'tagmanager.v2'), request.query),
      contentType: JSON_TYPE,
    }
  }
  return {
    status: 404,
    body: '<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title><p>The requested URL was not found on this server.',
    contentType: 'text/html; charset=UTF-8',
  }
}
