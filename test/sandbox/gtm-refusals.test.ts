/** What GTM refuses, drops or fills in when an entity is written, where that is not about other entities. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { clientsOf, newWorkspace, refusal, runSandbox, type Running } from './clients.ts'

let running: Running
let ws: string
beforeAll(async () => {
  running = await runSandbox()
})
afterAll(() => running.sandbox.close())
beforeEach(async () => {
  await running.control('POST', 'reset')
  ws = await newWorkspace(running)
})

const api = () => running.gtm.accounts.containers.workspaces
const behave = (switches: object) => running.control('POST', 'behaviour', switches)
const template = (key: string, value: string) => ({ type: 'template', key, value })
const tag = (name: string, parameter: object[] = []) =>
  api().tags.create({
    parent: ws,
    requestBody: { name, type: 'html', parameter: [template('html', '<b>'), ...parameter] },
  })

describe('names', () => {
  test.each([...':;"!?@#$%<\\^{}~'])('hold no %s', async (character) => {
    expect(await refusal(tag(`A${character}B`))).toMatchObject({
      status: 400,
      message: `name: The name contains invalid character: ${JSON.stringify(character)}\n`,
    })
    const folder = api().folders.create({ parent: ws, requestBody: { name: `A${character}` } })
    expect((await refusal(folder)).status).toBe(400)
  })

  test.each([' A', 'A ', 'A  B'])('have no outer and no double space: "%s"', async (name) => {
    expect((await refusal(tag(name))).status).toBe(400)
  })

  test('may hold the signs that exported names hold, and letters of any script', async () => {
    for (const name of ["A & B (c) *d*, e-f. g/h [i] _ – > | + ' =", 'زيارة المتجر', 'Größe'])
      expect((await tag(name)).data.name).toBe(name)
  })

  test('that stand already are left alone by an update that keeps them', async () => {
    await tag('Old')
    const state = (await running.state()).replaceAll('"name":"Old"', '"name":"Old: seen"')
    await running.control('PUT', 'state', JSON.parse(state))
    const requestBody = { name: 'Old: seen', type: 'html', parameter: [template('html', '<i>')] }
    expect((await api().tags.update({ path: `${ws}/tags/3`, requestBody })).status).toBe(200)
    const other = api().tags.update({ path: `${ws}/tags/3`, requestBody: { ...requestBody, name: 'New: ' } })
    expect((await refusal(other)).status).toBe(400)
  })
})

describe('parameters', () => {
  const map = (...cells: object[]) => ({
    type: 'list',
    key: 'rows',
    list: [{ type: 'map', map: cells }],
  })
  test.each([
    ['a repeated key', [template('a', '1'), template('a', '2')]],
    ['no key', [{ type: 'template', value: '1' }]],
    ['a map entry without a key', [map({ type: 'template', value: '1' })]],
    ['a repeated key in a map', [map(template('a', '1'), template('a', '2'))]],
    ['a boolean that is none', [{ type: 'boolean', key: 'b', value: 'yes' }]],
    ['a boolean in capitals', [{ type: 'boolean', key: 'b', value: 'TRUE' }]],
    ['an integer that is none', [{ type: 'integer', key: 'i', value: '2.5' }]],
    ['an integer with a unit, inside a row', [map({ type: 'integer', key: 'i', value: '2px' })]],
  ])('with %s are refused', async (_, parameter) => {
    const before = await running.state()
    expect((await refusal(tag('A', parameter))).status).toBe(400)
    expect(await running.state()).toBe(before)
  })

  test('are read wherever an entity has one: priority, conditions, a trigger of its own', async () => {
    const priority = { name: 'A', type: 'html', parameter: [template('html', 'x')] }
    const bad = { ...priority, priority: { type: 'integer', value: 'high' } }
    expect((await refusal(api().tags.create({ parent: ws, requestBody: bad }))).status).toBe(400)
    const argument = template('arg0', '{{Page Path}}')
    const filter = [{ type: 'equals', parameter: [argument, argument, template('arg1', '/')] }]
    const trigger = { name: 'T', type: 'pageview', filter }
    expect((await refusal(api().triggers.create({ parent: ws, requestBody: trigger }))).status).toBe(400)
    const waits = { name: 'T', type: 'linkClick', waitForTags: { type: 'boolean', value: '1' } }
    expect((await refusal(api().triggers.create({ parent: ws, requestBody: waits }))).status).toBe(400)
  })

  test('may take a boolean or an integer from a variable, or have none', async () => {
    const parameter = [
      { type: 'boolean', key: 'b', value: '{{Debug Mode}}' },
      { type: 'integer', key: 'i', value: '-12' },
      { type: 'boolean', key: 'c' },
    ]
    expect((await tag('A', parameter)).status).toBe(200)
  })
})

describe('triggers that wait for tags', () => {
  const auto = [{ type: 'equals', parameter: [template('arg0', '{{Page Path}}'), template('arg1', '/')] }]
  const make = async (name: string, body: object) =>
    (await api().triggers.create({ parent: ws, requestBody: { name, ...body } })).data

  test('get their uniqueTriggerId from Google, whatever is sent', async () => {
    for (const type of ['linkClick', 'formSubmission']) {
      const sent = await make(`${type} sent`, { type, uniqueTriggerId: template('x', '17') })
      expect(sent.uniqueTriggerId).toEqual({ type: 'template' })
      expect((await make(type, { type })).uniqueTriggerId).toEqual({ type: 'template' })
    }
    expect(await make('Click', { type: 'click', uniqueTriggerId: template('x', '17') })).not.toHaveProperty(
      'uniqueTriggerId',
    )
  })

  test('can lose an autoEventFilter that comes without its companions, and no other', async () => {
    const companions = {
      waitForTags: { type: 'boolean', value: 'true' },
      checkValidation: { type: 'boolean', value: 'false' },
      waitForTagsTimeout: { type: 'template', value: '2000' },
    }
    const alone = { type: 'linkClick', autoEventFilter: auto }
    expect(await make('Kept', alone)).toHaveProperty('autoEventFilter')
    await behave({ autoEventFilterAlone: 'drop' })
    expect(await make('Dropped', alone)).not.toHaveProperty('autoEventFilter')
    expect(await make('Whole', { ...alone, ...companions })).toHaveProperty('autoEventFilter')
    expect(await make('Timer', { type: 'timer', autoEventFilter: auto })).toHaveProperty('autoEventFilter')
  })
})

describe('zones', () => {
  const zone = { name: 'Z', childContainer: [{ publicId: 'GTM-ZONE01', nickname: 'z' }] }
  test('are not found on a standard container, unless told otherwise', async () => {
    expect((await refusal(api().zones.list({ parent: ws }))).status).toBe(404)
    expect((await refusal(api().zones.create({ parent: ws, requestBody: zone }))).status).toBe(404)
    await behave({ zones: 'supported' })
    expect((await api().zones.create({ parent: ws, requestBody: zone })).status).toBe(200)
  })
})

describe('a container has what its kind has, and nothing else', () => {
  const html = { name: 'H', type: 'html', parameter: [template('html', 'x')] }
  const ga4 = { name: 'G', type: 'sgtmgaaw' }
  const client = { name: 'C', type: 'gaaw_client' }

  async function containerFor(usageContext: string): Promise<string> {
    const body = { container: `GTM-${usageContext.toUpperCase()}1`, usageContext }
    const { container } = (await running.control('POST', 'ensure', body)) as { container: { path: string } }
    return `${container.path}/workspaces/2`
  }

  test('a server container: its own tags, clients, triggers and built-ins; no HTML, no page view', async () => {
    const parent = await containerFor('server')
    expect((await api().tags.create({ parent, requestBody: ga4 })).status).toBe(200)
    expect((await api().clients.create({ parent, requestBody: client })).status).toBe(200)
    expect((await api().triggers.create({ parent, requestBody: { name: 'T', type: 'always' } })).status).toBe(
      200,
    )
    await api().built_in_variables.create({ parent, type: ['requestPath', 'containerId'] })
    expect(await refusal(api().tags.create({ parent, requestBody: html }))).toMatchObject({
      status: 400,
      message: 'vendorTemplate.key: Unknown entity type (template public ID: html).\n',
    })
    for (const refused of [
      api().tags.create({ parent, requestBody: { name: 'E', type: 'googtag' } }),
      api().variables.create({
        parent,
        requestBody: { name: 'V', type: 'v', parameter: [template('name', 'x')] },
      }),
      api().triggers.create({ parent, requestBody: { name: 'P', type: 'pageview' } }),
      api().built_in_variables.create({ parent, type: ['pageUrl'] }),
    ])
      expect((await refusal(refused)).status).toBe(400)
    const bulk = api().bulk_update({
      path: parent,
      requestBody: { changes: [{ changeStatus: 'added', tag: { ...html, tagId: 'new_1' } }] },
    })
    expect((await refusal(bulk)).status).toBe(400)
  })

  test('a web container: no clients, no server tags, no server triggers', async () => {
    expect((await refusal(api().tags.create({ parent: ws, requestBody: ga4 }))).status).toBe(400)
    expect((await refusal(api().clients.create({ parent: ws, requestBody: client }))).status).toBe(404)
    for (const type of ['always', 'serverPageview', 'ampScroll', 'firebaseCampaign'])
      expect(
        (await refusal(api().triggers.create({ parent: ws, requestBody: { name: 'T', type } }))).status,
      ).toBe(400)
    await api().triggers.create({ parent: ws, requestBody: { name: 'T', type: 'scrollDepth' } })
  })

  test('AMP and app containers run no HTML and no JavaScript of one’s own', async () => {
    for (const usage of ['amp', 'ios', 'android', 'androidSdk5', 'iosSdk5']) {
      const parent = await containerFor(usage)
      expect((await refusal(api().tags.create({ parent, requestBody: html }))).status).toBe(400)
      const jsm = { name: 'J', type: 'jsm', parameter: [template('javascript', 'x')] }
      expect((await refusal(api().variables.create({ parent, requestBody: jsm }))).status).toBe(400)
      const constant = { name: 'C', type: 'c', parameter: [template('value', '1')] }
      expect((await api().variables.create({ parent, requestBody: constant })).status).toBe(200)
    }
    const { data } = await running.gtm.accounts.containers.lookup({ tagId: 'GTM-IOS1' })
    expect(data.usageContext).toEqual(['ios'])
  })

  test('what a container is for is said once', async () => {
    await containerFor('server')
    const again = running.control('POST', 'ensure', { container: 'GTM-SERVER1', usageContext: 'web' })
    await expect(again).rejects.toThrow('GTM-SERVER1 is a container for server already.')
    const odd = running.control('POST', 'ensure', { container: 'GTM-ODD1', usageContext: 'tv' })
    await expect(odd).rejects.toThrow('usageContext may be web, amp, server')
  })
})

describe('a right that is missing', () => {
  const publish = (path: string) => running.gtm.accounts.containers.versions.publish({ path })

  test('is answered as if there were nothing', async () => {
    await behave({ containerPermission: 'read' })
    expect((await api().tags.list({ parent: ws })).status).toBe(200)
    expect((await api().quick_preview({ path: ws })).status).toBe(200)
    expect(await refusal(tag('A'))).toEqual({
      status: 404,
      message: 'Not found or permission denied.',
      reason: 'notFound',
    })
    await behave({ containerPermission: 'edit' })
    await tag('A')
    const version = () => api().create_version({ path: ws, requestBody: {} })
    expect((await refusal(version())).status).toBe(404)
    await behave({ containerPermission: 'approve' })
    const made = (await version()).data.containerVersion?.path ?? ''
    expect((await refusal(publish(made))).status).toBe(404)
    await behave({ containerPermission: 'publish' })
    expect((await publish(made)).status).toBe(200)
  })
})

describe('fields=', () => {
  test('that are no mask, or name what the answer does not have, are refused before anything happens', async () => {
    for (const fields of ['a(b', 'nonsense', 'folderId/x', 'name(', ',']) {
      const create = api().folders.create({ parent: ws, fields, requestBody: { name: 'F' } })
      expect([fields, (await refusal(create)).status]).toEqual([fields, 400])
    }
    expect((await api().folders.list({ parent: ws })).data).toEqual({})
    const list = api().folders.list({ parent: ws, fields: 'folder(name,nonsense)' })
    expect((await refusal(list)).message).toBe('Invalid field selection nonsense')
    const named = api().folders.create({ parent: ws, fields: 'name', requestBody: { name: 'F' } })
    expect((await named).data).toEqual({ name: 'F' })
  })
})

describe('the method that a missing scope is about', () => {
  const nameFor = async (call: (clients: ReturnType<typeof clientsOf>) => Promise<unknown>) => {
    const error = await call(clientsOf(running.url, 'sandbox:none')).catch((reason: unknown) => reason)
    const { data } = (
      error as { response: { data: { error: { details: [{ metadata: { method: string } }] } } } }
    ).response
    return data.error.details[0].metadata.method.split('.').at(-1)
  }

  test.each([
    ['GetContainer', (c) => c.gtm.accounts.containers.get({ path: 'accounts/1/containers/2' })],
    ['ListTags', (c) => c.gtm.accounts.containers.workspaces.tags.list({ parent: ws })],
    ['CreateTag', (c) => c.gtm.accounts.containers.workspaces.tags.create({ parent: ws, requestBody: {} })],
    ['CreateContainerVersion', (c) => c.gtm.accounts.containers.workspaces.create_version({ path: ws })],
    [
      'PublishContainerVersion',
      (c) => c.gtm.accounts.containers.versions.publish({ path: ws.replace(/workspaces.*/, 'versions/1') }),
    ],
    ['DeleteKeyEvent', (c) => c.beta.properties.keyEvents.delete({ name: 'properties/1/keyEvents/2' })],
    ['UpdateKeyEvent', (c) => c.beta.properties.keyEvents.patch({ name: 'properties/1/keyEvents/2' })],
    ['CreateProperty', (c) => c.beta.properties.create({ requestBody: {} })],
    [
      'ArchiveCustomDimension',
      (c) => c.beta.properties.customDimensions.archive({ name: 'properties/1/customDimensions/2' }),
    ],
  ] as [string, (clients: ReturnType<typeof clientsOf>) => Promise<unknown>][])(
    'is called %s',
    async (name, call) => {
      expect(await nameFor(call)).toBe(name)
    },
  )
})
