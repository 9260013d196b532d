/** Requests that mean little: any method of the route table, with ids and bodies that may or may not make sense. */
import * as fc from 'fast-check'
import { ROUTES, type Route } from '../../src/sandbox/routes.ts'

export interface RandomRequest {
  readonly method: string
  readonly path: string
  readonly body: string | undefined
}

const id = fc.oneof(
  fc.constantFrom('1', '2', '3', '4', '5', '345', '6000000001', 'new_1', '0', '-1'),
  fc.constantFrom('__proto__', 'constructor', '%2e%2e', '%00', '%', 'a:b', ':', '*', '🙂', 'x'.repeat(500)),
  fc.string({ maxLength: 8 }).map(encodeURIComponent),
)

const scalar = fc.oneof(
  fc.constantFrom<unknown>(
    'html',
    'template',
    'customEvent',
    'ONCE_PER_EVENT',
    'EVENT',
    '{{Page URL}}',
    '{{',
    'Name',
    '',
    null,
    true,
    false,
    0,
    -1,
    1e308,
    '2147479553',
    'new_1',
    'added',
  ),
  fc.string({ maxLength: 12 }),
)

/** A body made of the field names that the method knows, with values that are mostly wrong. */
function bodyFor(route: Route): fc.Arbitrary<string | undefined> {
  const { api, method } = route
  const fields = [...(api.schemas.get(method.request ?? '')?.keys() ?? []), 'nonsense', '__proto__']
  const value: fc.Arbitrary<unknown> = fc.oneof(
    { weight: 5, arbitrary: scalar },
    fc.array(scalar, { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('type', 'key', 'value', 'name', 'tagId', 'list', 'map'), scalar, {
      maxKeys: 4,
    }),
    fc.array(
      fc.dictionary(
        fc.constantFrom('type', 'key', 'value', 'parameter', 'tag', 'changeStatus', 'folder'),
        scalar,
        { maxKeys: 4 },
      ),
      { maxLength: 3 },
    ),
  )
  const sensible = fc.uniqueArray(fc.tuple(fc.constantFrom(...fields), value), {
    maxLength: 6,
    selector: ([field]) => field,
  })
  return fc.oneof(
    { weight: 8, arbitrary: sensible.map((entries) => JSON.stringify(Object.fromEntries(entries))) },
    fc.json(),
    fc.string({ maxLength: 20 }),
    fc.constant(undefined),
  )
}

const query = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  fc.constantFrom(
    '?fingerprint=1',
    '?pageToken=x',
    '?updateMask=*',
    '?updateMask=display_name',
    '?type=pageUrl&type=clickUrl',
    '?fields=a(b',
    '?alt=json&prettyPrint=false',
    '?tagId=GTM-RANDOM1',
    '?pageSize=-5',
    '?calculatedMetricId=a',
  ),
)

export const randomRequest: fc.Arbitrary<RandomRequest> = fc.constantFrom(...ROUTES).chain((route) => {
  const pattern = route.method.path.replace(/\{\+?\w+\}/, route.method.parameter?.pattern ?? '')
  const stars = pattern.split('*').length - 1
  return fc
    .record({ ids: fc.array(id, { minLength: stars, maxLength: stars }), body: bodyFor(route), query })
    .map((parts) => {
      let next = 0
      const path = `/${pattern.replaceAll('*', () => parts.ids[next++] ?? '1')}${parts.query}`
      const { verb } = route.method
      return { method: verb, path, body: verb === 'GET' || verb === 'DELETE' ? undefined : parts.body }
    })
})

/** Sends it; gives what is wrong with the answer, if anything. */
export async function sendRandom(url: string, request: RandomRequest): Promise<string | undefined> {
  const response = await fetch(url + request.path, {
    method: request.method,
    headers: { authorization: 'Bearer x' },
    ...(request.body !== undefined && { body: request.body }),
  })
  const text = await response.text()
  const shown = `${request.method} ${request.path} ${request.body ?? ''} → ${response.status} ${text.slice(0, 300)}`
  // A submitted workspace answers 500 to its deletion, as recorded; anything else of that kind is a mistake of ours.
  if (response.status === 500 && !text.includes('Experienced an internal error.')) return shown
  if (response.status >= 400) {
    const error = text.startsWith('<!DOCTYPE')
      ? {}
      : (JSON.parse(text) as { error?: { code?: number } }).error
    return text.startsWith('<!DOCTYPE') || error?.code === response.status ? undefined : shown
  }
  return undefined
}
