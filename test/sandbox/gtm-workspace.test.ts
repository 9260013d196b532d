import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newWorkspace, refusal, runSandbox, type Running } from './clients.ts'

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

const html = (text = '<b>') => [{ type: 'template', key: 'html', value: text }]
const workspaces = () => running.gtm.accounts.containers.workspaces

describe('a new container', () => {
  test('comes into being when it is first looked up, always with the same ids', async () => {
    const first = (await running.gtm.accounts.containers.lookup({ tagId: 'GTM-TEST001' })).data
    await running.control('POST', 'reset')
    const second = (await running.gtm.accounts.containers.lookup({ tagId: 'GTM-TEST001' })).data
    expect(second.path).toBe(first.path)
    expect(second).toMatchObject({ publicId: 'GTM-TEST001', usageContext: ['web'] })
  })

  test('has a default workspace, five built-in variables, two environments and a live empty version', async () => {
    const container = ws.replace('/workspaces/2', '')
    const builtIns = (await workspaces().built_in_variables.list({ parent: ws })).data.builtInVariable
    expect(builtIns?.map(({ name }) => name)).toEqual([
      'Page URL',
      'Page Hostname',
      'Page Path',
      'Referrer',
      'Event',
    ])
    const environments = (await running.gtm.accounts.containers.environments.list({ parent: container })).data
      .environment
    expect(environments?.map(({ environmentId, type }) => [environmentId, type])).toEqual([
      ['1', 'live'],
      ['2', 'latest'],
    ])
    const live = (await running.gtm.accounts.containers.versions.live({ parent: container })).data
    expect(live).toMatchObject({ name: 'Empty Container', containerVersionId: '1' })
    expect((await workspaces().getStatus({ path: ws })).data).toEqual({})
    expect((await workspaces().tags.list({ parent: ws })).data).toEqual({})
  })

  test('can be put into the account that a plan names', async () => {
    await running.control('POST', 'ensure', { account: '6001', container: 'GTM-SHOP001' })
    const { data } = await running.gtm.accounts.containers.lookup({ tagId: 'GTM-SHOP001' })
    expect(data.accountId).toBe('6001')
  })
})

describe('tags, triggers and variables', () => {
  test('a tag is created, read, replaced and deleted', async () => {
    const created = (
      await workspaces().tags.create({
        parent: ws,
        requestBody: {
          name: 'A',
          type: 'html',
          parameter: html(),
          notes: 'n',
          firingTriggerId: ['2147479553'],
        },
      })
    ).data
    expect(created).toMatchObject({ path: `${ws}/tags/3`, tagId: '3', workspaceId: '2', name: 'A' })
    expect(created.fingerprint).toMatch(/^\d{13}$/)
    const read = (await workspaces().tags.get({ path: created.path! })).data
    expect(read).toEqual(created)
    const replaced = (
      await workspaces().tags.update({
        path: created.path!,
        fingerprint: created.fingerprint!,
        requestBody: { name: 'B', type: 'html', parameter: html() },
      })
    ).data
    expect(replaced.notes).toBeUndefined()
    expect(replaced.firingTriggerId).toBeUndefined()
    expect(replaced.fingerprint).not.toBe(created.fingerprint)
    const stale = await refusal(
      workspaces().tags.update({
        path: created.path!,
        fingerprint: created.fingerprint!,
        requestBody: { name: 'C', type: 'html', parameter: html() },
      }),
    )
    expect(stale.status).toBe(409)
    await workspaces().tags.delete({ path: created.path! })
    expect(await refusal(workspaces().tags.get({ path: created.path! }))).toEqual({
      status: 404,
      message: 'Not found or permission denied.',
      reason: 'notFound',
    })
  })

  test('a refused request leaves the state as it was, byte for byte', async () => {
    await workspaces().tags.create({
      parent: ws,
      requestBody: { name: 'A', type: 'html', parameter: html() },
    })
    const before = await running.state()
    expect(
      (
        await refusal(
          workspaces().tags.create({
            parent: ws,
            requestBody: { name: 'A', type: 'html', parameter: html() },
          }),
        )
      ).message,
    ).toBe('Found entity with duplicate name.')
    expect(
      (await refusal(workspaces().tags.create({ parent: ws, requestBody: { name: 'B', type: 'html' } })))
        .message,
    ).toBe('vendorTemplate.parameter.html: The value must not be empty.\n')
    expect(
      (await refusal(workspaces().triggers.create({ parent: ws, requestBody: { name: 'B' } }))).message,
    ).toBe('type: Trigger must have a type.\n')
    expect(
      (
        await refusal(
          workspaces().variables.create({
            parent: ws,
            requestBody: {
              name: 'Page URL',
              type: 'c',
              parameter: [{ type: 'template', key: 'value', value: 'x' }],
            },
          }),
        )
      ).message,
    ).toBe('Found entity with duplicate name.')
    expect(
      (
        await refusal(
          workspaces().tags.create({
            parent: ws,
            requestBody: { name: 'B', type: 'html', parameter: html(), firingTriggerId: ['77'] },
          }),
        )
      ).message,
    ).toBe('Tag references an unknown trigger')
    expect(await running.state()).toBe(before)
  })

  test('zero values and empty lists are left out of answers', async () => {
    const { data } = await workspaces().tags.create({
      parent: ws,
      requestBody: {
        name: 'A',
        type: 'html',
        paused: false,
        firingTriggerId: [],
        parameter: [...html(), { type: 'template', key: 'x', value: '' }],
      },
    })
    expect(data).not.toHaveProperty('paused')
    expect(data).not.toHaveProperty('firingTriggerId')
    expect(data.parameter?.[1]).toEqual({ type: 'template', key: 'x' })
  })

  test('a list comes in small pages', async () => {
    await running.control('POST', 'behaviour', { pageSize: 2 })
    for (const name of ['A', 'B', 'C'])
      await workspaces().tags.create({ parent: ws, requestBody: { name, type: 'html', parameter: html() } })
    const first = (await workspaces().tags.list({ parent: ws })).data
    expect(first.tag).toHaveLength(2)
    const second = (await workspaces().tags.list({ parent: ws, pageToken: first.nextPageToken! })).data
    expect(second.tag?.map(({ name }) => name)).toEqual(['C'])
    expect(second.nextPageToken).toBeUndefined()
  })
})

describe('bulk_update', () => {
  const trigger = (name: string) => ({
    name,
    type: 'customEvent',
    customEventFilter: [
      {
        type: 'equals',
        parameter: [
          { type: 'template', key: 'arg0', value: '{{_event}}' },
          { type: 'template', key: 'arg1', value: 'x' },
        ],
      },
    ],
  })

  test('makes what refers to each other in one call, with temporary ids everywhere', async () => {
    const { data } = await workspaces().bulk_update({
      path: ws,
      requestBody: {
        changes: [
          {
            changeStatus: 'added',
            tag: {
              tagId: 'new_1',
              name: 'T',
              type: 'html',
              parameter: html(),
              firingTriggerId: ['new_2'],
              blockingTriggerId: ['new_3'],
              parentFolderId: 'new_4',
            },
          },
          {
            changeStatus: 'added',
            trigger: { triggerId: 'new_2', ...trigger('R'), parentFolderId: 'new_4' },
          },
          {
            changeStatus: 'added',
            trigger: {
              triggerId: 'new_3',
              name: 'G',
              type: 'triggerGroup',
              parameter: [
                { type: 'list', key: 'triggerIds', list: [{ type: 'triggerReference', value: 'new_2' }] },
              ],
            },
          },
          { changeStatus: 'added', folder: { folderId: 'new_4', name: 'F' } },
          { changeStatus: 'added', builtInVariable: { type: 'clickUrl' } },
        ],
      },
    })
    expect(data.changes?.map((change) => change.changeStatus)).toEqual([
      'added',
      'added',
      'added',
      'added',
      'added',
    ])
    const [tag, first, group, folder] = data.changes ?? []
    expect(tag?.tag).toMatchObject({
      firingTriggerId: [first?.trigger?.triggerId],
      blockingTriggerId: [group?.trigger?.triggerId],
      parentFolderId: folder?.folder?.folderId,
    })
    expect(group?.trigger?.parameter?.[0]?.list?.[0]?.value).toBe(first?.trigger?.triggerId)
    expect((await workspaces().getStatus({ path: ws })).data.workspaceChange).toHaveLength(5)
  })

  test('is all or nothing, and says which change is wrong', async () => {
    const before = await running.state()
    const changes = [
      { changeStatus: 'added', folder: { folderId: 'new_1', name: 'F' } },
      { changeStatus: 'added', tag: { tagId: 'new_2', name: 'T', type: 'html' } },
    ]
    const { status, message } = await refusal(
      workspaces().bulk_update({ path: ws, requestBody: { changes } }),
    )
    expect([status, message]).toEqual([
      400,
      'changes[1].tag: vendorTemplate.parameter.html: The value must not be empty.\n',
    ])
    expect(await running.state()).toBe(before)
    await running.control('POST', 'behaviour', { bulkAtomic: false })
    await refusal(workspaces().bulk_update({ path: ws, requestBody: { changes } }))
    expect((await workspaces().folders.list({ parent: ws })).data.folder).toHaveLength(1)
  })

  test('can be told to behave otherwise where Google leaves it open', async () => {
    const changes = [
      { changeStatus: 'added', trigger: { triggerId: 'new_1', ...trigger('R') } },
      {
        changeStatus: 'added',
        tag: { tagId: 'new_2', name: 'T', type: 'html', parameter: html(), firingTriggerId: ['new_1'] },
      },
    ]
    const attempt = () => refusal(workspaces().bulk_update({ path: ws, requestBody: { changes } }))
    await running.control('POST', 'behaviour', { bulkNewIdsInFiringTriggers: false })
    expect((await attempt()).message).toBe('changes[1].tag: Tag references an unknown trigger')
    await running.control('POST', 'behaviour', { bulkMaxChanges: 1 })
    expect((await attempt()).status).toBe(400)
    await running.control('POST', 'behaviour', { bulkUpdate: 'unsupported' })
    expect((await attempt()).status).toBe(404)
    await running.control('POST', 'behaviour', { bulkUpdate: 'unimplemented' })
    expect((await attempt()).status).toBe(501)
  })
})

describe('versions', () => {
  test('a workspace becomes a version, is closed, and the default one is made anew', async () => {
    await workspaces().tags.create({
      parent: ws,
      requestBody: { name: 'A', type: 'html', parameter: html() },
    })
    const { data } = await workspaces().create_version({ path: ws, requestBody: { name: 'v', notes: 'why' } })
    expect(data.compilerError).toBeUndefined()
    expect(data.containerVersion).toMatchObject({ containerVersionId: '2', name: 'v', description: 'why' })
    expect(data.containerVersion?.tag?.[0]).not.toHaveProperty('path')
    expect(data.newWorkspacePath).toBe(ws.replace(/2$/, '3'))
    const late = await refusal(
      workspaces().tags.create({ parent: ws, requestBody: { name: 'B', type: 'html', parameter: html() } }),
    )
    expect(late.message).toBe('Workspace is already submitted.')
    const container = ws.replace('/workspaces/2', '')
    expect(
      (await running.gtm.accounts.containers.versions.live({ parent: container })).data.containerVersionId,
    ).toBe('1')
    await running.gtm.accounts.containers.versions.publish({ path: `${container}/versions/2` })
    expect(
      (await running.gtm.accounts.containers.versions.live({ parent: container })).data.containerVersionId,
    ).toBe('2')
  })

  test('a variable that does not exist is a compiler error and no version', async () => {
    await workspaces().tags.create({
      parent: ws,
      requestBody: { name: 'A', type: 'html', parameter: html('{{Nowhere}}') },
    })
    const preview = (await workspaces().quick_preview({ path: ws })).data
    expect(preview.compilerError).toBe(true)
    expect(preview.containerVersion?.tag).toHaveLength(1)
    const { data } = await workspaces().create_version({ path: ws, requestBody: {} })
    expect(data.compilerError).toBe(true)
    expect(data.containerVersion).toBeUndefined()
  })

  test('a change of the same tag in two workspaces is a conflict that has to be resolved', async () => {
    await workspaces().tags.create({
      parent: ws,
      requestBody: { name: 'A', type: 'html', parameter: html('1') },
    })
    const made = (await workspaces().create_version({ path: ws, requestBody: {} })).data
    const first = made.newWorkspacePath!
    const container = ws.replace('/workspaces/2', '')
    const second = (await workspaces().create({ parent: container, requestBody: { name: 'Second' } })).data
      .path!
    const tag = { name: 'A', type: 'html' }
    await workspaces().tags.update({ path: `${first}/tags/3`, requestBody: { ...tag, parameter: html('2') } })
    await workspaces().tags.update({
      path: `${second}/tags/3`,
      requestBody: { ...tag, parameter: html('3') },
    })
    await workspaces().create_version({ path: first, requestBody: {} })
    const blocked = (await workspaces().create_version({ path: second, requestBody: {} })).data
    expect(blocked).toEqual({ syncStatus: { mergeConflict: true } })
    const status = (await workspaces().getStatus({ path: second })).data
    const conflict = status.mergeConflict?.[0]
    expect(conflict?.entityInBaseVersion?.tag?.parameter?.[0]?.value).toBe('2')
    expect(conflict?.entityInWorkspace?.tag?.parameter?.[0]?.value).toBe('3')
    await workspaces().resolve_conflict({
      path: second,
      requestBody: { changeStatus: 'updated', tag: { tagId: '3', ...tag, parameter: html('4') } },
    })
    const resolved = (await workspaces().create_version({ path: second, requestBody: {} })).data
    expect(resolved.containerVersion?.tag?.[0]?.parameter?.[0]?.value).toBe('4')
  })

  test('there are at most three workspaces', async () => {
    const parent = ws.replace('/workspaces/2', '')
    await workspaces().create({ parent, requestBody: { name: 'B' } })
    await workspaces().create({ parent, requestBody: { name: 'C' } })
    expect((await refusal(workspaces().create({ parent, requestBody: { name: 'D' } }))).status).toBe(400)
  })
})
