import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox } from '../../src/sandbox/server.ts'
import { SandboxStateError } from '../../src/sandbox/state-file.ts'
import { runSandbox, type Running } from './clients.ts'
import { ABSENT, exportFiles, readExport } from './shared-files.ts'

type Json = Readonly<Record<string, unknown>>

let running: Running
beforeAll(async () => {
  running = await runSandbox()
})
afterAll(() => running.sandbox.close())

const COLLECTIONS = [
  ['tag', 'tags', 'tag'],
  ['trigger', 'triggers', 'trigger'],
  ['variable', 'variables', 'variable'],
  ['folder', 'folders', 'folder'],
  ['customTemplate', 'templates', 'template'],
  ['client', 'clients', 'client'],
  ['transformation', 'transformations', 'transformation'],
  ['zone', 'zones', 'zone'],
  ['builtInVariable', 'built_in_variables', 'builtInVariable'],
] as const

/** As an export writes it: enums in UPPER_SNAKE. Written anew here, so that a mistake of the sandbox's own shows. */
function exported(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => exported(item, field))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, exported(item, key)]))
  }
  return typeof value === 'string' && ENUM_FIELDS.has(field)
    ? value.replaceAll(/([A-Z])/g, '_$1').toUpperCase()
    : value
}
const ENUM_FIELDS = new Set(['tagFiringOption', 'consentStatus', 'caseConversionType', 'convertToNumber'])

/** `type` is an enum, but for the types of tags, variables, clients and transformations. */
function withTypes(kind: string, value: unknown, top = true): unknown {
  if (Array.isArray(value)) return value.map((item) => withTypes(kind, item, false))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const free = top && ['tag', 'variable', 'client', 'transformation'].includes(kind)
      const isEnum = key === 'type' && typeof item === 'string' && !free
      return [key, isEnum ? item.replaceAll(/([A-Z])/g, '_$1').toUpperCase() : withTypes(kind, item, false)]
    }),
  )
}

function plain(entity: Json): Json {
  const added = ['path', 'workspaceId', 'tagManagerUrl', 'accountId', 'containerId']
  return Object.fromEntries(Object.entries(entity).filter(([field]) => !added.includes(field)))
}

async function readAll(parent: string, collection: string, key: string): Promise<Json[]> {
  const all: Json[] = []
  let pageToken = ''
  do {
    const url = `${running.url}/tagmanager/v2/${parent}/${collection}?pageToken=${pageToken}`
    const page = (await (await fetch(url, { headers: { authorization: 'Bearer x' } })).json()) as Json
    all.push(...((page[key] as Json[] | undefined) ?? []))
    pageToken = String(page['nextPageToken'] ?? '')
  } while (pageToken !== '')
  return all
}

const title = 'a real export comes back out as the same entities'
test.skipIf(exportFiles.length === 0)(exportFiles.length === 0 ? `${title}, ${ABSENT}` : title, async () => {
  for (const file of exportFiles) {
    await running.control('POST', 'reset')
    const source = readExport(file)
    const version = source['containerVersion'] as Json
    const seeded = await running.control('POST', 'seed', source)
    const parent = `${String((seeded['container'] as Json)['path'])}/workspaces/2`
    for (const [kind, collection, key] of COLLECTIONS) {
      const entities = await readAll(parent, collection, key)
      const back = entities.map((entity) => withTypes(kind, exported(plain(entity))))
      expect(back, `${file}: ${kind}`).toEqual(((version[kind] as Json[] | undefined) ?? []).map(plain))
    }
    const status = await running.gtm.accounts.containers.workspaces.getStatus({ path: parent })
    expect(status.data).toEqual({})
  }
})

const small = (tags: readonly unknown[] = []) => ({
  exportFormatVersion: 2,
  containerVersion: {
    accountId: '1',
    containerId: '2',
    containerVersionId: '7',
    name: 'Spring',
    container: {
      accountId: '1',
      containerId: '2',
      publicId: 'GTM-SMALL01',
      name: 'Small',
      usageContext: ['WEB'],
    },
    tag: tags,
  },
})

test('an exported version keeps its number and is live', async () => {
  await running.control('POST', 'reset')
  await running.control(
    'POST',
    'seed',
    small([{ tagId: '4', name: 'A', type: 'html', paused: false, fingerprint: '1' }]),
  )
  const { data } = await running.gtm.accounts.containers.versions.live({ parent: 'accounts/1/containers/2' })
  expect(data).toMatchObject({ containerVersionId: '7', name: 'Spring' })
  // Written as it stands, not as the sandbox would write it.
  expect(data.tag?.[0]?.paused).toBe(false)
  const made = await running.gtm.accounts.containers.workspaces.folders.create({
    parent: 'accounts/1/containers/2/workspaces/2',
    requestBody: { name: 'F' },
  })
  expect(made.data.folderId).toBe('5')
})

test.each([
  ['nothing', undefined, 'no "containerVersion"'],
  ['no container', {}, 'no "containerVersion"'],
  ['no list', { containerVersion: { accountId: '1', containerId: '2', tag: 5 } }, '"tag" is not a list'],
  [
    'the same id twice',
    small([
      { tagId: '1', name: 'A' },
      { tagId: '1', name: 'B' },
    ]),
    'two entries',
  ],
  ['no id', small([{ name: 'A' }]), 'no tagId'],
])('a seed with %s is refused in one sentence', async (_, seed, reason) => {
  const started = startSandbox({ seed: seed ?? null })
  await expect(started).rejects.toThrow(SandboxStateError)
  await expect(started).rejects.toThrow(reason)
  await expect(started).rejects.toMatchObject({ code: 'sandbox-seed-unusable' })
})

test('an export whose author emptied the ids loads: each thing gets a number of its own', async () => {
  await running.control('POST', 'reset')
  const blanked = {
    containerVersion: {
      accountId: '',
      containerId: '',
      container: {
        accountId: '',
        containerId: '',
        publicId: '',
        name: 'Blanked',
        usageContext: ['SERVER'],
      },
      tag: [
        { tagId: '', name: 'A', type: 'sgtmgaaw', firingTriggerId: ['7'] },
        { tagId: '', name: 'B', type: 'sgtmgaaw' },
      ],
      trigger: [{ triggerId: '7', name: 'T', type: 'ALWAYS' }],
      folder: [{ folderId: '', name: 'F' }],
      builtInVariable: [{ type: 'EVENT_NAME', name: 'Event Name' }],
    },
  }
  const seeded = (await running.control('POST', 'seed', blanked)) as { container: Json; version: Json }
  expect(seeded.container).toMatchObject({
    accountId: expect.stringMatching(/^\d{9}$/) as string,
    containerId: expect.stringMatching(/^\d{9}$/) as string,
    publicId: expect.stringMatching(/^GTM-/) as string,
    usageContext: ['server'],
  })
  const ids = (kind: string, field: string) => (seeded.version[kind] as Json[]).map((one) => one[field])
  expect([ids('tag', 'tagId'), ids('trigger', 'triggerId'), ids('folder', 'folderId')]).toEqual([
    ['8', '9'],
    ['7'],
    ['10'],
  ])
  const path = `${String(seeded.container['path'])}/workspaces/2`
  const made = await running.gtm.accounts.containers.workspaces.folders.create({
    parent: path,
    requestBody: { name: 'Next' },
  })
  expect(made.data.folderId).toBe('11')
})
