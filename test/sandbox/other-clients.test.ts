import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Discovery } from 'googleapis-common/build/src/discovery.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { APIS } from '../../src/sandbox/facts.ts'
import { runSandbox, type Running } from './clients.ts'

let running: Running
beforeAll(async () => {
  running = await runSandbox()
  await running.control('POST', 'behaviour', { pageSize: 3 })
})
afterAll(() => running.sandbox.close())

// Debian's package belongs to Debian's own python, whatever else comes first on the path.
const python = ['python3', '/usr/bin/python3'].find(
  (name) => spawnSync(name, ['-c', 'import googleapiclient, google.oauth2.credentials']).status === 0,
)
const note = python ? '' : ' (skipped: there is no python3 with googleapiclient)'

test.skipIf(python === undefined)(
  `Google's Python client works from the discovery document that the sandbox serves${note}`,
  async () => {
    const script = join(import.meta.dirname, 'other_clients.py')
    const { stdout } = await promisify(execFile)(python ?? '', [script, running.url])
    expect(JSON.parse(stdout)).toEqual({
      created: 'A',
      updated: 'B',
      stale: [409, expect.stringContaining('fingerprint')],
      duplicate: [400, 'Found entity with duplicate name.'],
      builtIns: ['Page URL', 'Page Hostname', 'Page Path', 'Referrer', 'Event', 'Click URL', 'Form ID'],
      bulk: 'added',
      live: 'v',
      deleted: '',
      keyEvent: 'ONCE_PER_SESSION',
      events: ['purchase', 'lead'],
      taken: [409, expect.any(String)],
      gone: {},
      model: 'PAID_AND_ORGANIC_CHANNELS_DATA_DRIVEN',
    })
  },
)

test('the client that googleapis makes from the discovery document works too', async () => {
  const common = new Discovery({ debug: false, includePrivate: false })
  const make = (await common.discoverAPI(
    `${running.url}/$discovery/rest?version=v2`,
  )) as unknown as MakeClient
  const client = make({ headers: { authorization: 'Bearer x' } })
  const { data } = await client.accounts.containers.lookup({ tagId: 'GTM-DISCO01' })
  expect(data.publicId).toBe('GTM-DISCO01')
})

type MakeClient = (options: object) => {
  accounts: { containers: { lookup(params: object): Promise<{ data: { publicId: string } }> } }
}

test.each(['v2', 'v1beta', 'v1alpha'])('the discovery document of %s has every method', async (version) => {
  const document = (await (
    await fetch(`${running.url}/$discovery/rest?version=${version}`)
  ).json()) as Resource
  const api = Object.values(APIS).find((one) => one.version === version)
  expect(methodIds(document).sort()).toEqual([...(api?.methods.keys() ?? [])].sort())
})

interface Resource {
  readonly methods?: Readonly<Record<string, { readonly id: string }>>
  readonly resources?: Readonly<Record<string, Resource>>
}

function methodIds({ methods = {}, resources = {} }: Resource): string[] {
  const own = Object.values(methods).map(({ id }) => id.slice(id.indexOf('.') + 1))
  return [...own, ...Object.values(resources).flatMap(methodIds)]
}
