import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newWorkspace, refusal, runSandbox, type Running } from './clients.ts'

let running: Running
let ws: string
let container: string
beforeAll(async () => {
  running = await runSandbox()
})
afterAll(() => running.sandbox.close())
beforeEach(async () => {
  await running.control('POST', 'reset')
  ws = await newWorkspace(running)
  container = ws.replace('/workspaces/2', '')
})

const api = () => running.gtm.accounts.containers.workspaces
const versions = () => running.gtm.accounts.containers.versions
const behave = (switches: object) => running.control('POST', 'behaviour', switches)

const template = (key: string, value: string) => ({ type: 'template', key, value })
const tagBody = (name: string, html = '<b>', rest: object = {}) => ({
  name,
  type: 'html',
  parameter: [template('html', html)],
  ...rest,
})
const constant = (name: string) => ({ name, type: 'c', parameter: [template('value', '1')] })

async function makeTag(name: string, html?: string, rest?: object) {
  return (await api().tags.create({ parent: ws, requestBody: tagBody(name, html, rest) })).data
}
async function makeTrigger(name: string) {
  return (await api().triggers.create({ parent: ws, requestBody: { name, type: 'pageview' } })).data
}
async function makeVariable(name: string) {
  return (await api().variables.create({ parent: ws, requestBody: constant(name) })).data
}
const readTag = async (path = '') => (await api().tags.get({ path })).data

describe('renaming', () => {
  test('leaves references alone, as nobody says that the API rewrites them', async () => {
    const variable = await makeVariable('Old')
    const tag = await makeTag('T', '{{Old}}')
    await api().variables.update({ path: variable.path!, requestBody: constant('New') })
    expect((await readTag(tag.path!)).parameter?.[0]?.value).toBe('{{Old}}')
    expect((await api().quick_preview({ path: ws })).data.compilerError).toBe(true)
  })

  test('can be told to rewrite them, of variables and of tags', async () => {
    await behave({ renameRewritesReferences: true })
    const variable = await makeVariable('Old')
    const first = await makeTag('First', '{{Old}} and {{Old}}')
    const second = await makeTag('Second', 'x', { setupTag: [{ tagName: 'First' }] })
    await api().variables.update({ path: variable.path!, requestBody: constant('New (&)') })
    await api().tags.update({ path: first.path!, requestBody: tagBody('First, renamed', '{{New (&)}}') })
    expect((await readTag(second.path!)).setupTag).toEqual([{ tagName: 'First, renamed' }])
    expect((await api().quick_preview({ path: ws })).data.compilerError).toBeUndefined()
  })
})

describe('deleting what is in use', () => {
  test('a trigger: refused, left dangling, or taken out of the tag', async () => {
    const trigger = await makeTrigger('R')
    const tag = await makeTag('T', 'x', { firingTriggerId: [trigger.triggerId, '2147479553'] })
    expect((await refusal(api().triggers.delete({ path: trigger.path! }))).status).toBe(400)
    await behave({ deleteTriggerInUse: 'unlink' })
    await api().triggers.delete({ path: trigger.path! })
    expect((await readTag(tag.path!)).firingTriggerId).toEqual(['2147479553'])
    await behave({ deleteTriggerInUse: 'dangle' })
    const other = await makeTrigger('R2')
    const second = await makeTag('T2', 'x', { firingTriggerId: [other.triggerId] })
    await api().triggers.delete({ path: other.path! })
    expect((await readTag(second.path!)).firingTriggerId).toEqual([other.triggerId])
    expect((await api().quick_preview({ path: ws })).data.compilerError).toBe(true)
  })

  test('a variable: allowed and found by the compiler, or refused', async () => {
    const variable = await makeVariable('V')
    await makeTag('T', '{{V}}')
    await behave({ deleteVariableInUse: 'refuse' })
    expect((await refusal(api().variables.delete({ path: variable.path! }))).status).toBe(400)
    await behave({ deleteVariableInUse: 'dangle' })
    await api().variables.delete({ path: variable.path! })
    expect((await api().create_version({ path: ws, requestBody: {} })).data.compilerError).toBe(true)
  })

  test('a template: refused', async () => {
    const made = (
      await api().templates.create({ parent: ws, requestBody: { name: 'M', templateData: '___INFO___' } })
    ).data
    const type = `cvt_${made.containerId}_${made.templateId}`
    await api().tags.create({ parent: ws, requestBody: { name: 'T', type } })
    expect((await refusal(api().templates.delete({ path: made.path! }))).status).toBe(400)
    const unknown = await refusal(
      api().tags.create({ parent: ws, requestBody: { name: 'U', type: 'cvt_1_2' } }),
    )
    expect(unknown.message).toBe('vendorTemplate.key: Unknown entity type (template public ID: cvt_1_2).\n')
  })

  test('a folder: what was in it stands outside', async () => {
    const folder = (await api().folders.create({ parent: ws, requestBody: { name: 'F' } })).data
    const tag = await makeTag('T', 'x', { parentFolderId: folder.folderId })
    await api().folders.delete({ path: folder.path! })
    expect(await readTag(tag.path!)).not.toHaveProperty('parentFolderId')
  })
})

test('moving to folder 0 takes things out of their folder', async () => {
  const folder = (await api().folders.create({ parent: ws, requestBody: { name: 'F' } })).data
  const [tag, variable] = [await makeTag('T'), await makeVariable('V')]
  const move = (path: string) =>
    api().folders.move_entities_to_folder({
      path,
      tagId: [tag.tagId!],
      variableId: [variable.variableId!],
      requestBody: {},
    })
  await move(folder.path!)
  const held = (await api().folders.entities({ path: folder.path! })).data
  expect([held.tag?.length, held.variable?.length, held.trigger]).toEqual([1, 1, undefined])
  await move(`${ws}/folders/0`)
  expect((await api().folders.entities({ path: folder.path! })).data).toEqual({})
  expect(
    (
      await refusal(
        api().folders.move_entities_to_folder({ path: folder.path!, tagId: ['99'], requestBody: {} }),
      )
    ).status,
  ).toBe(404)
})

test('names are unique per kind, and a built-in variable cannot be enabled over a variable of its name', async () => {
  await makeTag('Click URL')
  await makeVariable('Click URL')
  expect((await refusal(makeVariable('Click URL'))).message).toBe('Found entity with duplicate name.')
  const enable = api().built_in_variables.create({ parent: ws, type: ['formId', 'clickUrl'] })
  expect((await refusal(enable)).message).toBe('Found entity with duplicate name.')
  const { builtInVariable } = (await api().built_in_variables.list({ parent: ws })).data
  // All or none.
  expect(builtInVariable?.some(({ type }) => type === 'formId')).toBe(false)
})

test.each([
  [
    'a tag without a type',
    'tags',
    { name: 'A' },
    'vendorTemplate.key: Unknown entity type (template public ID: ).\n',
  ],
  [
    'a tag of an unknown type',
    'tags',
    { name: 'A', type: 'htlm' },
    'vendorTemplate.key: Unknown entity type (template public ID: htlm).\n',
  ],
  [
    'an event without a target',
    'tags',
    { name: 'A', type: 'gaawe', parameter: [template('eventName', 'x')] },
    'vendorTemplate.parameter.measurementIdOverride: The value must not be empty.\n',
  ],
  [
    'a wrong column',
    'tags',
    {
      name: 'A',
      type: 'gaawe',
      parameter: [
        template('eventName', 'x'),
        template('measurementIdOverride', 'G-1'),
        { type: 'list', key: 'eventSettingsTable', list: [{ type: 'map', map: [template('name', 'x')] }] },
      ],
    },
    'vendorTemplate.parameter.eventSettingsTable[0].name: Unknown column name\n',
  ],
  [
    'a custom event without its filter',
    'triggers',
    { name: 'A', type: 'customEvent' },
    'customEventFilter: Custom-event trigger must have exactly one custom-event filter\n',
  ],
  ['an empty zone', 'zones', {}, 'zone: The value must be set.\n'],
  [
    'a template without sections',
    'templates',
    { name: 'A', templateData: 'x' },
    'template_data .: Missing section ___INFO___\n',
  ],
] as const)('%s is refused in Google’s words', async (_, collection, body, message) => {
  await behave({ zones: 'supported' })
  const create = api()[collection].create as (params: object) => Promise<unknown>
  const refused = await refusal(create.call(api()[collection], { parent: ws, requestBody: body }))
  expect([refused.status, refused.message]).toEqual([400, message])
})

test('an old GA4 event may name its target by tag reference', async () => {
  const parameter = [
    template('eventName', 'x'),
    { type: 'tagReference', key: 'measurementId', value: 'Config' },
  ]
  expect(
    (await api().tags.create({ parent: ws, requestBody: { name: 'A', type: 'gaawe', parameter } })).status,
  ).toBe(200)
})

test('revert puts back what the version has, and removes what it has not', async () => {
  const kept = await makeTag('Kept', '1')
  const { newWorkspacePath: next = '' } = (await api().create_version({ path: ws, requestBody: {} })).data
  const path = `${next}/tags/${kept.tagId}`
  await api().tags.update({ path, requestBody: tagBody('Kept', '2') })
  expect((await api().tags.revert({ path })).data.tag?.parameter?.[0]?.value).toBe('1')
  const added = (await api().tags.create({ parent: next!, requestBody: tagBody('Added') })).data
  expect((await api().tags.revert({ path: added.path! })).data).toEqual({})
  expect((await refusal(api().tags.get({ path: added.path! }))).status).toBe(404)
  await api().tags.delete({ path })
  expect((await api().tags.revert({ path })).data.tag?.name).toBe('Kept')
  expect((await api().getStatus({ path: next! })).data).toEqual({})
})

test('a version can be put live again after a later one: rollback', async () => {
  await makeTag('One')
  const first = (await api().create_version({ path: ws, requestBody: { name: 'one' } })).data
  await versions().publish({ path: first.containerVersion?.path ?? '' })
  const next = first.newWorkspacePath ?? ''
  await api().tags.delete({ path: `${next}/tags/3` })
  const second = (await api().create_version({ path: next, requestBody: { name: 'two' } })).data
  await versions().publish({ path: second.containerVersion?.path ?? '' })
  expect((await versions().live({ parent: container })).data.tag).toBeUndefined()
  await versions().publish({ path: first.containerVersion?.path ?? '' })
  expect((await versions().live({ parent: container })).data.tag?.[0]?.name).toBe('One')
  const headers = (await running.gtm.accounts.containers.version_headers.list({ parent: container })).data
    .containerVersionHeader
  expect(headers?.map(({ containerVersionId, numTags }) => [containerVersionId, numTags])).toEqual([
    ['1', '0'],
    ['2', '1'],
    ['3', '0'],
  ])
})

test('versions: name and description change, the latest and the live one stay, a deleted one comes back', async () => {
  await makeTag('One')
  await api().create_version({ path: ws, requestBody: { name: 'two' } })
  const path = `${container}/versions/2`
  const refused = await refusal(versions().delete({ path }))
  expect(refused.message).toBe('Returned an error response for your request.')
  const updated = (await versions().update({ path, requestBody: { name: 'zwei', tag: [] } })).data
  expect([updated.name, updated.tag?.length]).toEqual(['zwei', 1])
  await versions().publish({ path })
  const first = `${container}/versions/1`
  await versions().delete({ path: first })
  const list = async (includeDeleted: boolean) =>
    (await running.gtm.accounts.containers.version_headers.list({ parent: container, includeDeleted })).data
      .containerVersionHeader?.length
  expect([await list(false), await list(true)]).toEqual([1, 2])
  expect((await refusal(versions().publish({ path: first }))).status).toBe(400)
  expect((await versions().undelete({ path: first })).data.deleted).toBeUndefined()
})

test('environments: only one’s own can be made, changed in full and deleted', async () => {
  const environments = running.gtm.accounts.containers.environments
  const own = (await environments.create({ parent: container, requestBody: { name: 'QA' } })).data
  expect(own).not.toHaveProperty('type')
  const live = (
    await environments.update({
      path: `${container}/environments/1`,
      requestBody: { name: 'X', url: 'https://a.example' },
    })
  ).data
  expect([live.name, live.url]).toEqual(['Live', 'https://a.example'])
  expect((await refusal(environments.delete({ path: `${container}/environments/1` }))).status).toBe(400)
  const renewed = (await environments.reauthorize({ path: own.path!, requestBody: {} })).data
  expect(renewed.authorizationCode).not.toBe(own.authorizationCode)
})

test('a fingerprint guards workspaces, versions and containers too; without one the last writer wins', async () => {
  const stale = { fingerprint: '1' }
  await behave({ fingerprintMismatchStatus: 412 })
  expect((await refusal(api().update({ path: ws, ...stale, requestBody: { name: 'W' } }))).status).toBe(412)
  expect((await refusal(versions().publish({ path: `${container}/versions/1`, ...stale }))).status).toBe(412)
  const update = running.gtm.accounts.containers.update({
    path: container,
    ...stale,
    requestBody: { name: 'C', usageContext: ['web'] },
  })
  expect((await refusal(update)).status).toBe(412)
  expect((await api().update({ path: ws, requestBody: { name: 'W' } })).data.name).toBe('W')
})

test('one counter gives the ids of all kinds, and none is used twice', async () => {
  const ids = [
    (await makeTag('A')).tagId,
    (await makeTrigger('B')).triggerId,
    (await makeVariable('C')).variableId,
  ]
  expect(ids).toEqual(['3', '4', '5'])
  await api().variables.delete({ path: `${ws}/variables/5` })
  expect((await makeVariable('C')).variableId).toBe('6')
})

test('a server container is made like any other and has a configuration text instead of a snippet', async () => {
  const made = (
    await running.gtm.accounts.containers.create({
      parent: container.replace(/\/containers.*/, ''),
      requestBody: { name: 'S', usageContext: ['server'] },
    })
  ).data
  const { data } = await running.gtm.accounts.containers.snippet({ path: made.path! })
  expect(data.containerConfig).toMatch(/\S/)
  expect(data.snippet).toBeUndefined()
  expect(made.features?.supportClients).toBe(true)
})

test('with nothing coming into being, what is not there is not found', async () => {
  const strict = await runSandbox({ autoCreate: false })
  expect((await refusal(strict.gtm.accounts.containers.lookup({ tagId: 'GTM-NONE001' }))).status).toBe(404)
  expect((await refusal(strict.beta.properties.get({ name: 'properties/5' }))).status).toBe(404)
  await strict.sandbox.close()
})
