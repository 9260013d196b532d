import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { APIS, type ApiName, type FieldType } from '../../src/sandbox/facts.ts'
import { dataHandlers } from '../../src/sandbox/data/handlers.ts'
import { gtmHandlers } from '../../src/sandbox/gtm/handlers.ts'
import { ga4Handlers } from '../../src/sandbox/ga4/handlers.ts'
import { ROUTES } from '../../src/sandbox/routes.ts'
import { misfits } from './answer-shape.ts'
import { refusal, runSandbox, type Running } from './clients.ts'
import { DATA_STEPS, ga4Steps, GTM_STEPS, type Step } from './every-route.ts'

let running: Running
beforeAll(async () => {
  running = await runSandbox()
  await running.control('POST', 'behaviour', {
    zones: 'supported',
    googleSignals: 'activated',
  })
})
afterAll(() => running.sandbox.close())

const API_NAMES: Readonly<Record<string, ApiName>> = {
  tagmanager: 'tagmanager.v2',
  v1beta: 'analyticsadmin.v1beta',
  v1alpha: 'analyticsadmin.v1alpha',
  data: 'analyticsdata.v1beta',
}

function apiOf(step: Step): { name: ApiName; id: string } {
  const [head = '', ...rest] = step.method.split('.')
  return { name: API_NAMES[head] ?? 'tagmanager.v2', id: rest.join('.') }
}

type ClientMethod = (params: object) => Promise<{ status: number; data: unknown }>

/** Google's own client's function for a method of the discovery document. */
function clientMethod(name: ApiName, id: string): ClientMethod {
  const client = {
    'tagmanager.v2': running.gtm,
    'analyticsadmin.v1beta': running.beta,
    'analyticsadmin.v1alpha': running.alpha,
    'analyticsdata.v1beta': running.data,
    'bigquery.v2': running.bigquery,
  }[name]
  let target: unknown = client
  const parts = id.split('.')
  const last = parts.pop() ?? ''
  for (const part of parts) target = (target as Record<string, unknown>)[part]
  const method = (target as Record<string, ClientMethod> | undefined)?.[last]
  if (!method) throw new Error(`Google's client has no ${id}`)
  return method.bind(target)
}

const memory = new Map<string, string>()

function fill<T>(value: T): T {
  if (typeof value === 'string')
    return value.replace(/\$([\w.:]+)/, (_, label: string) => memory.get(label) ?? `$${label}`) as T
  if (Array.isArray(value)) return value.map(fill) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item)])) as T
}

function remember(label: string, data: Record<string, unknown>): void {
  memory.set(label, String(data['path'] ?? data['name']))
  memory.set(`id:${label}`, String(data['tagId'] ?? ''))
  if (label === 'container') memory.set('account', `accounts/${String(data['accountId'])}`)
  if (label === 'property') memory.set('ga4account', String(data['account']))
}

/** Something that the field cannot hold. */
function wrongValue({ repeated, type }: FieldType): unknown {
  if (repeated || type === 'message') return 'neither list nor message'
  return type === 'string' ? 5.5 : type === 'boolean' ? 'true' : 'none of these'
}

async function run(step: Step): Promise<void> {
  const { name, id } = apiOf(step)
  const api = APIS[name]
  const facts = api.methods.get(id)
  const call = clientMethod(name, id)
  const params = fill(step.params ?? {})
  if (step.body && facts?.request !== undefined) {
    const nonsense = await refusal(call({ ...params, requestBody: { ...fill(step.body), nonsense: 1 } }))
    expect(nonsense, `${id} with an unknown field`).toMatchObject({
      status: 400,
      message: expect.stringContaining('Unknown name "nonsense"') as string,
    })
  }
  for (const [field, type] of step.body ? (api.schemas.get(facts?.request ?? '') ?? []) : []) {
    const requestBody = { ...fill(step.body), [field]: wrongValue(type) }
    const { status } = await refusal(call({ ...params, requestBody }))
    expect(status, `${id} with a wrong ${field}`).toBe(400)
  }
  const { status, data } = await call({ ...params, ...(step.body && { requestBody: fill(step.body) }) })
  if (facts?.response === undefined) expect([status, data], id).toEqual([204, ''])
  else expect(misfits(api, facts.response, data), id).toEqual([])
  if (step.label !== undefined) remember(step.label, data as Record<string, unknown>)
}

describe.each([
  ['Tag Manager v2', GTM_STEPS],
  ['Admin v1beta', ga4Steps('v1beta')],
  ['Admin v1alpha', ga4Steps('v1alpha')],
  ['Data v1beta', DATA_STEPS],
])('%s', (_, steps) => {
  test('answers every imitated method in the shape that Google documents, to Google’s own client', async () => {
    for (const step of steps) {
      try {
        await run(step)
      } catch (error) {
        throw new Error(`${step.method}: ${(error as Error).message}`, { cause: error })
      }
    }
  })
})

test('the calls above cover every imitated method, except those that their own tests cover', () => {
  const elsewhere = [
    'tagmanager.v2 accounts.containers.workspaces.resolve_conflict',
    'analyticsadmin.v1beta accounts.delete',
  ]
  const called = new Set(
    [...GTM_STEPS, ...ga4Steps('v1beta'), ...ga4Steps('v1alpha'), ...DATA_STEPS].map(
      (step) => `${apiOf(step).name} ${apiOf(step).id}`,
    ),
  )
  // What BigQuery answers is not among the facts: bigquery.test.ts calls all of it.
  const described = ROUTES.filter(({ handler, api }) => handler && api.name !== 'bigquery.v2')
  const missing = described.map(({ api, method }) => `${api.name} ${method.id}`)
  expect(missing.filter((method) => !called.has(method) && !elsewhere.includes(method))).toEqual([])
})

test('every handler belongs to a method that Google has', () => {
  expect(Object.keys(dataHandlers).filter((id) => !APIS['analyticsdata.v1beta'].methods.has(id))).toEqual([])
  expect(Object.keys(gtmHandlers).filter((id) => !APIS['tagmanager.v2'].methods.has(id))).toEqual([])
  const known = (id: string) =>
    APIS['analyticsadmin.v1beta'].methods.has(id) || APIS['analyticsadmin.v1alpha'].methods.has(id)
  expect(Object.keys(ga4Handlers).filter((id) => !known(id))).toEqual([])
})

test('a method that is not imitated answers 501 and names itself', async () => {
  for (const { api, method, handler } of ROUTES) {
    if (handler) continue
    const pattern = method.parameter?.pattern ?? ''
    const path = `/${method.path.replace(/\{\+?\w+\}/, pattern)}`.replaceAll('*', '1')
    const response = await fetch(running.url + path, {
      method: method.verb,
      headers: { authorization: 'Bearer x' },
    })
    const { error } = (await response.json()) as { error: { message: string; status: string } }
    expect([response.status, error.status], method.id).toEqual([501, 'UNIMPLEMENTED'])
    expect(error.message).toContain(`${api.api}.${method.id}`)
  }
})

test('a method with query parameters of a fixed set refuses others', async () => {
  const { data } = await running.gtm.accounts.containers.lookup({ tagId: 'GTM-ROUTES2' })
  const parent = `${data.path}/workspaces/2`
  const wrong = running.gtm.accounts.containers.workspaces.built_in_variables.create({
    parent,
    type: ['pageUrl', 'nonsense' as 'pageUrl'],
  })
  expect((await refusal(wrong)).status).toBe(400)
})

test('an answer can be asked for in part', async () => {
  const { data } = await running.gtm.accounts.list({
    fields: 'account(name,features/supportUserPermissions)',
  })
  expect(data.account?.[0]).toEqual({
    name: expect.any(String) as string,
    features: { supportUserPermissions: true },
  })
})

test('each method wants one of its scopes', async () => {
  const { clientsOf } = await import('./clients.ts')
  const reader = clientsOf(running.url, 'sandbox:tagmanager.readonly,analytics.readonly')
  await running.control('POST', 'reset')
  const { data } = await running.gtm.accounts.containers.lookup({ tagId: 'GTM-SCOPES1' })
  const parent = `${data.path}/workspaces/2`
  expect((await reader.gtm.accounts.containers.workspaces.tags.list({ parent })).status).toBe(200)
  const refused = reader.gtm.accounts.containers.workspaces.create_version({ path: parent, requestBody: {} })
  expect(await refusal(refused)).toEqual({
    status: 403,
    message: 'Request had insufficient authentication scopes.',
    reason: 'insufficientPermissions',
  })
  const ga4 = await refusal(
    reader.beta.properties.keyEvents.create({ parent: 'properties/1', requestBody: {} }),
  )
  expect([ga4.status, ga4.reason]).toEqual([403, undefined])
  const nobody = await fetch(`${running.url}/tagmanager/v2/accounts`)
  expect(nobody.status).toBe(401)
})
