import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checkAccess } from '../../src/google/access-check.ts'
import type { GoogleConnection } from '../../src/google/connection.ts'
import * as ga4 from '../../src/google/ga4.ts'
import * as gtm from '../../src/google/gtm.ts'
import { systemClock } from '../../src/google/clock.ts'
import { scopesFor, type Deed } from '../../src/google/scopes.ts'
import type { WireEntity, WireTag } from '../../src/google/wire.ts'
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts'
import { connectTo, errorOf, FastClock } from './connect-to.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => control('POST', 'reset'))

async function control(method: string, name: string, body?: unknown): Promise<unknown> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await fetch(`${sandbox.url}/_sandbox/${name}`, { method, ...sent })
  if (!response.ok) throw new Error(await response.text())
  return response.json()
}

/** A connection that gives every request the one scope it names, and no other. */
async function connectNarrowly(): Promise<GoogleConnection> {
  const { google } = await connectTo(`${sandbox.url}/`)
  return {
    ...google,
    gtm: async (request) => (await google.withScopes([request.scope])).gtm(request),
    ga4: async (request) => (await google.withScopes([request.scope])).ga4(request),
  }
}

const html = (name: string) =>
  ({ name, type: 'html', parameter: [{ type: 'template', key: 'html', value: '<b>' }] }) as const
const event = (name: string) =>
  ({
    name,
    type: 'customEvent',
    customEventFilter: [
      {
        type: 'equals',
        parameter: [
          { type: 'template', key: 'arg0', value: '{{_event}}' },
          { type: 'template', key: 'arg1', value: name },
        ],
      },
    ],
  }) as const
const constant = (name: string) =>
  ({ name, type: 'c', parameter: [{ type: 'template', key: 'value', value: '1' }] }) as const

describe('Tag Manager, each request with no more than the scope it names', () => {
  test('a container and its workspaces', async () => {
    const google = await connectNarrowly()
    const container = await gtm.lookupContainer(google, 'GTM-TEST001')
    expect(container).toMatchObject({ publicId: 'GTM-TEST001', usageContext: ['web'] })
    const created = await gtm.createWorkspace(google, container.path, { name: 'plan', description: 'ours' })
    expect(created).toMatchObject({
      name: 'plan',
      description: 'ours',
      path: `${container.path}/workspaces/${created.workspaceId}`,
    })
    expect((await gtm.listWorkspaces(google, container.path)).map(({ name }) => name)).toContain('plan')
    expect(await gtm.syncWorkspace(google, created.path)).toEqual({ mergeConflict: [], syncError: false })
    await gtm.createWorkspace(google, container.path, { name: 'third' })
    const error = await errorOf(gtm.createWorkspace(google, container.path, { name: 'fourth' }))
    expect(error.code).toBe('workspace-limit')
    await gtm.deleteWorkspace(google, created.path)
    expect((await gtm.listWorkspaces(google, container.path)).map(({ name }) => name)).not.toContain('plan')
  })

  test('entities one by one', async () => {
    const google = await connectNarrowly()
    const { path } = await gtm.lookupContainer(google, 'GTM-TEST001')
    const workspace = `${path}/workspaces/2`
    const folder = await gtm.createEntity(google, workspace, 'folder', { name: 'F' })
    const variable = await gtm.createEntity(google, workspace, 'variable', constant('V'))
    const trigger = await gtm.createEntity(google, workspace, 'trigger', event('sign_up'))
    const tag = await gtm.createEntity(google, workspace, 'tag', {
      ...html('T'),
      firingTriggerId: [trigger.triggerId],
      parentFolderId: folder.folderId,
    })
    const at = gtm.entityPath(workspace, 'tag', tag.tagId)
    expect(at).toBe(tag.path)
    const renamed = await gtm.updateEntity(google, at, 'tag', { ...tag, name: 'T2' }, tag.fingerprint)
    expect(renamed).toMatchObject({
      name: 'T2',
      firingTriggerId: [trigger.triggerId],
      parentFolderId: folder.folderId,
    })
    const stale = await errorOf(gtm.updateEntity(google, at, 'tag', html('T3'), tag.fingerprint))
    expect(stale).toMatchObject({ code: 'stale-fingerprint', maybeApplied: false })
    for (const [kind, id, body] of [
      ['trigger', trigger.triggerId, event('sign_up')],
      ['variable', variable.variableId, constant('V')],
      ['folder', folder.folderId, { name: 'F' }],
    ] as const) {
      const entity = gtm.entityPath(workspace, kind, id)
      expect(await gtm.updateEntity(google, entity, kind, { ...body, name: `${body.name}2` })).toMatchObject({
        name: `${body.name}2`,
      })
    }
    expect((await errorOf(gtm.createEntity(google, workspace, 'tag', html('T2')))).code).toBe(
      'duplicate-name',
    )
    await gtm.deleteEntity(google, at, 'tag')
    await gtm.deleteEntity(google, gtm.entityPath(workspace, 'trigger', trigger.triggerId), 'trigger')
    await gtm.deleteEntity(google, gtm.entityPath(workspace, 'variable', variable.variableId), 'variable')
    await gtm.deleteEntity(google, gtm.entityPath(workspace, 'folder', folder.folderId), 'folder')
    expect((await errorOf(gtm.deleteEntity(google, at, 'tag'))).code).toBe('not-found')
    expect((await gtm.quickPreview(google, workspace)).version).toMatchObject({ tag: [], folder: [] })
  })

  test('built-in variables, all types in one request', async () => {
    const google = await connectNarrowly()
    const { path } = await gtm.lookupContainer(google, 'GTM-TEST001')
    const workspace = `${path}/workspaces/2`
    const before = google.requests().gtm
    const enabled = await gtm.enableBuiltIns(google, workspace, ['clickUrl', 'formId'])
    expect(enabled.map(({ type }) => type).sort()).toEqual(['clickUrl', 'formId'])
    expect(google.requests().gtm - before).toBe(1)
    expect((await gtm.listWorkspaces(google, path)).map(({ workspaceId }) => workspaceId)).toEqual(['2'])
    const { version } = await gtm.quickPreview(google, workspace)
    expect(version.builtInVariable.map(({ type }) => type)).toContain('clickUrl')
  })

  test('in bulk, from a draft to a published version and back', async () => {
    const google = await connectNarrowly()
    const { path: container } = await gtm.lookupContainer(google, 'GTM-TEST001')
    const workspace = `${container}/workspaces/2`
    const changes: WireEntity[] = [
      { changeStatus: 'added', folder: { folderId: 'new_1', name: 'F' } },
      {
        changeStatus: 'added',
        trigger: { ...event('sign_up'), triggerId: 'new_2', parentFolderId: 'new_1' },
      },
      { changeStatus: 'added', tag: { ...html('T'), tagId: 'new_3', firingTriggerId: ['new_2'] } },
    ]
    const written = await gtm.bulkUpdate(google, workspace, changes)
    expect(written.map((entity) => Object.keys(entity).filter((name) => name !== 'changeStatus'))).toEqual([
      ['folder'],
      ['trigger'],
      ['tag'],
    ])
    expect(JSON.stringify(written)).not.toContain('new_')

    const preview = await gtm.quickPreview(google, workspace)
    expect(preview).toMatchObject({ compilerError: false, mergeConflict: false, syncError: false })
    expect(preview.version).toMatchObject({
      tag: [{ name: 'T' }],
      trigger: [{ name: 'sign_up' }],
      variable: [],
      zone: [],
    })

    const { version, compilerError } = await gtm.createVersion(google, workspace, {
      name: 'outfitters',
      notes: 'a note',
    })
    expect({ compilerError, version }).toMatchObject({
      compilerError: false,
      version: { name: 'outfitters', description: 'a note', containerVersionId: '2' },
    })
    const path = version?.path ?? ''
    expect((await errorOf(gtm.createEntity(google, workspace, 'tag', html('late')))).code).toMatch(
      /workspace-submitted|not-found|invalid/,
    )
    expect(await gtm.latestVersionHeader(google, container)).toMatchObject({ path, containerVersionId: '2' })
    expect((await gtm.getVersion(google, path)).tag).toMatchObject([{ name: 'T' }])
    expect((await gtm.liveVersion(google, container)).containerVersionId).toBe('1')
    expect(await gtm.publishVersion(google, path, version?.fingerprint)).toMatchObject({
      compilerError: false,
    })
    expect((await gtm.liveVersion(google, container)).containerVersionId).toBe('2')
    expect(
      (await gtm.listVersionHeaders(google, container))
        .map(({ containerVersionId }) => containerVersionId)
        .sort(),
    ).toEqual(['1', '2'])
    expect((await gtm.setLatest(google, `${container}/versions/1`)).containerVersionId).toBe('1')
  })

  test('a deleted and an updated entity in bulk', async () => {
    const google = await connectNarrowly()
    const { path } = await gtm.lookupContainer(google, 'GTM-TEST001')
    const workspace = `${path}/workspaces/2`
    const written = await gtm.bulkUpdate(google, workspace, [
      { changeStatus: 'added', tag: { ...html('A'), tagId: 'new_1' } },
      { changeStatus: 'added', tag: { ...html('B'), tagId: 'new_2' } },
    ])
    const [a, b] = written.flatMap((entity) => ('tag' in entity ? [entity.tag] : [])) as [WireTag, WireTag]
    await gtm.bulkUpdate(google, workspace, [
      { changeStatus: 'updated', tag: { ...a, name: 'A2' } },
      { changeStatus: 'deleted', tag: b },
    ])
    expect((await gtm.quickPreview(google, workspace)).version.tag.map(({ name }) => name)).toEqual(['A2'])
  })

  test('a server that has no bulk_update says so, in either way', async () => {
    const google = await connectNarrowly()
    const { path } = await gtm.lookupContainer(google, 'GTM-TEST001')
    for (const bulkUpdate of ['unsupported', 'unimplemented']) {
      await control('POST', 'behaviour', { bulkUpdate })
      const error = await errorOf(gtm.bulkUpdate(google, `${path}/workspaces/2`, []))
      expect(error).toMatchObject({ code: 'not-supported', maybeApplied: false })
    }
  })
})

describe('GA4, each request with no more than the scope it names', () => {
  const property = 'properties/345000001'

  test('the property and its streams', async () => {
    const google = await connectNarrowly()
    await control('POST', 'ensure', { property: '345000001', measurementId: 'G-STAGE00001' })
    expect(await ga4.getProperty(google, property)).toMatchObject({ name: property })
    const [stream] = await ga4.listDataStreams(google, property)
    expect(stream).toMatchObject({
      type: 'WEB_DATA_STREAM',
      webStreamData: { measurementId: 'G-STAGE00001' },
    })
  })

  test('key events', async () => {
    const google = await connectNarrowly()
    const created = await ga4.create(google, 'keyEvents', property, {
      eventName: 'newsletter_signup',
      countingMethod: 'ONCE_PER_EVENT',
      defaultValue: { numericValue: 5.4, currencyCode: 'AED' },
    })
    expect(created).toMatchObject({ eventName: 'newsletter_signup', custom: true, deletable: true })
    const patched = await ga4.patch(google, 'keyEvents', created.name, { countingMethod: 'ONCE_PER_SESSION' })
    expect(patched).toMatchObject({ countingMethod: 'ONCE_PER_SESSION', defaultValue: { numericValue: 5.4 } })
    const without = await ga4.patch(google, 'keyEvents', created.name, { defaultValue: null })
    expect(without.defaultValue).toBeUndefined()
    const again = { eventName: 'newsletter_signup', countingMethod: 'ONCE_PER_EVENT' } as const
    expect((await errorOf(ga4.create(google, 'keyEvents', property, again))).code).toBe('already-exists')
    await ga4.remove(google, 'keyEvents', created.name)
    const names = (await ga4.list(google, 'keyEvents', property)).map(({ eventName }) => eventName)
    expect(names).not.toContain('newsletter_signup')
  })

  test('custom dimensions', async () => {
    const google = await connectNarrowly()
    const created = await ga4.create(google, 'customDimensions', property, {
      parameterName: 'form_location',
      displayName: 'Form location',
      scope: 'EVENT',
      description: 'Where',
    })
    const fields = { displayName: 'Place', description: '' }
    const patched = await ga4.patch(google, 'customDimensions', created.name, fields)
    expect(patched).toMatchObject({ displayName: 'Place', parameterName: 'form_location' })
    expect(await ga4.list(google, 'customDimensions', property)).toEqual([patched])
    await ga4.remove(google, 'customDimensions', created.name)
    expect(await ga4.list(google, 'customDimensions', property)).toEqual([])
  })

  test('custom metrics', async () => {
    const google = await connectNarrowly()
    const created = await ga4.create(google, 'customMetrics', property, {
      parameterName: 'shipping',
      displayName: 'Shipping',
      scope: 'EVENT',
      measurementUnit: 'CURRENCY',
      restrictedMetricType: ['COST_DATA'],
    })
    const patched = await ga4.patch(google, 'customMetrics', created.name, { displayName: 'Freight' })
    expect(patched).toMatchObject({ displayName: 'Freight', restrictedMetricType: ['COST_DATA'] })
    expect(await ga4.list(google, 'customMetrics', property)).toEqual([patched])
    await ga4.remove(google, 'customMetrics', created.name)
    expect(await ga4.list(google, 'customMetrics', property)).toEqual([])
  })
})

describe('access, as plan doctor sees it', () => {
  const wanted = {
    gtm: { account: '6001', container: 'GTM-SHOP001' },
    ga4: { property: '345000002', measurementId: 'G-SHOP000001' },
  }
  const ensure = () =>
    control('POST', 'ensure', { ...wanted.gtm, property: '345000002', measurementId: 'G-SHOP000001' })

  test('everything is there', async () => {
    await ensure()
    const { google } = await connectTo(`${sandbox.url}/`, { scopes: scopesFor('read-draft') })
    const { steps, workspaces, property } = await checkAccess(google, wanted)
    expect(steps.filter(({ state }) => state !== 'ok')).toEqual([])
    expect(steps).toHaveLength(13)
    expect(workspaces).toHaveLength(1)
    expect(property?.name).toBe('properties/345000002')
    expect(google.requests()).toMatchObject({ gtm: 3, ga4: 2 })
  })

  test('the wrong account, the wrong measurement id, and no scope for drafts', async () => {
    await ensure()
    const { google } = await connectTo(`${sandbox.url}/`, { scopes: scopesFor('read') })
    const { steps } = await checkAccess(google, {
      gtm: { ...wanted.gtm, account: '7' },
      ga4: { ...wanted.ga4, measurementId: 'G-OTHER' },
    })
    const missing = steps.filter(({ state }) => state !== 'ok')
    expect(missing.map(({ api, step }) => [api, step])).toEqual([
      ['gtm', 'right-place'],
      ['gtm', 'draft'],
      ['ga4', 'right-place'],
    ])
    expect(missing.map(({ message }) => message).join('\n')).toMatch(
      /account 6001, and the plan says 7[\s\S]*edit\.containerversions[\s\S]*It has G-SHOP000001/,
    )
    expect(missing.every(({ fix }) => fix !== undefined)).toBe(true)
  })

  test('no scope for GA4: what came before is fine, what comes after is not known', async () => {
    await ensure()
    const { google } = await connectTo(`${sandbox.url}/`, { scopes: ['tagmanager.readonly'] })
    const { steps } = await checkAccess(google, wanted)
    expect(steps.filter(({ api }) => api === 'ga4').map(({ step, state }) => [step, state])).toEqual([
      ['reach', 'ok'],
      ['sign-in', 'ok'],
      ['api', 'ok'],
      ['scope', 'missing'],
      ['access', 'open'],
    ])
  })
})

test('each deed’s scopes are enough for what it does', async () => {
  const { google } = await connectTo(`${sandbox.url}/`)
  const as = (...deeds: Deed[]) => google.withScopes(scopesFor(...deeds))
  const { path } = await gtm.lookupContainer(await as('read'), 'GTM-TEST001')
  await gtm.listWorkspaces(await as('read'), path)
  await gtm.liveVersion(await as('read'), path)
  await ga4.list(await as('read'), 'keyEvents', 'properties/1')
  const applying = await as('apply')
  await gtm.lookupContainer(applying, 'GTM-TEST001')
  const { path: workspace } = await gtm.createWorkspace(applying, path, { name: 'plan' })
  await gtm.bulkUpdate(applying, workspace, [
    { changeStatus: 'added', tag: { ...html('T'), tagId: 'new_1' } },
  ])
  await gtm.quickPreview(applying, workspace)
  await ga4.list(applying, 'customDimensions', 'properties/1')
  await ga4.create(applying, 'keyEvents', 'properties/1', {
    eventName: 'a',
    countingMethod: 'ONCE_PER_EVENT',
  })
  await gtm.quickPreview(await as('read-draft'), workspace)
  const { version } = await gtm.createVersion(applying, workspace, { name: 'v', notes: '' })
  const publishing = await as('publish')
  await gtm.listVersionHeaders(publishing, path)
  await gtm.publishVersion(publishing, version?.path ?? '')
  await gtm.publishVersion(await as('rollback'), `${path}/versions/1`)
  await gtm.setLatest(await as('rollback'), `${path}/versions/1`)
  const { path: draft } = await gtm.createWorkspace(await as('apply'), path, { name: 'draft' })
  await gtm.deleteWorkspace(await as('discard'), draft)
})

describe('under Google’s quota, on the sandbox’s own clock', () => {
  // The two clocks stand still and are moved together, so a minute of quota takes no time.
  class SharedClock extends FastClock {
    override async sleep(ms: number): Promise<void> {
      await super.sleep(ms)
      await control('POST', 'clock', { freezeAt: this.now() })
    }
  }

  test.each([
    ['published', {}],
    ['observed', { perMinute: 15 }],
    ['observed', { perMinute: 30 }],
  ])('60 requests one after the other are never refused: %s %o', async (mode, more) => {
    const clock = new SharedClock()
    await control('POST', 'clock', { freezeAt: clock.now() })
    await control('POST', 'quota', { mode, ...more })
    const start = clock.now()
    const { google, waits } = await connectTo(`${sandbox.url}/`, { clock })
    const { path } = await gtm.lookupContainer(google, 'GTM-TEST001')
    for (let made = 1; made < 60; made++) await gtm.latestVersionHeader(google, path)
    expect(google.requests().gtm).toBe(60)
    expect(waits.filter(({ why }) => why !== 'quota')).toEqual([])
    // 60 at a quarter a second, less the burst that a fresh quota allows.
    expect(clock.now() - start).toBeLessThanOrEqual(240_000)
    await control('POST', 'clock', { freeze: false })
    await control('POST', 'quota', { mode: 'none' })
  })

  test.each([
    ['published', {}],
    ['observed', { perMinute: 15 }],
  ])('a quota that others have used up is waited out: %s', async (mode, more) => {
    const clock = new SharedClock()
    await control('POST', 'clock', { freezeAt: clock.now() })
    await control('POST', 'quota', { mode, ...more })
    const { google: other } = await connectTo(`${sandbox.url}/`, { clock })
    const { path } = await gtm.lookupContainer(other, 'GTM-TEST001')
    for (let made = 1; made < 15; made++) await gtm.latestVersionHeader(other, path)
    const { google, waits } = await connectTo(`${sandbox.url}/`, { clock })
    for (let made = 0; made < 15; made++) await gtm.latestVersionHeader(google, path)
    expect(waits.some(({ why }) => why === 'refused')).toBe(true)
    await control('POST', 'clock', { freeze: false })
    await control('POST', 'quota', { mode: 'none' })
  })

  test('300 GA4 creates side by side stay within 180 writes a minute', async () => {
    const clock = new SharedClock()
    await control('POST', 'clock', { freezeAt: clock.now() })
    await control('POST', 'quota', { mode: 'published' })
    await control('POST', 'behaviour', { maxKeyEvents: 1000 })
    const { google, waits } = await connectTo(`${sandbox.url}/`, { clock, scopes: ['analytics.edit'] })
    const create = (number: number) =>
      ga4.create(google, 'keyEvents', 'properties/9', {
        eventName: `e${number}`,
        countingMethod: 'ONCE_PER_EVENT',
      })
    await Promise.all([...Array(300).keys()].map(create))
    expect(google.requests().ga4).toBe(300)
    expect(waits.filter(({ why }) => why !== 'quota')).toEqual([])
    await control('POST', 'clock', { freeze: false })
    await control('POST', 'quota', { mode: 'none' })
  })
})

test('on real time a diff and an apply’s worth of requests wait for nothing', async () => {
  await control('POST', 'quota', { mode: 'published' })
  const { google, waits } = await connectTo(`${sandbox.url}/`, { clock: systemClock })
  const { path } = await gtm.lookupContainer(google, 'GTM-TEST001')
  for (let made = 1; made < 13; made++) await gtm.latestVersionHeader(google, path)
  expect(waits).toEqual([])
  await control('POST', 'quota', { mode: 'none' })
})
