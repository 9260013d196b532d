/** What only v1alpha has, with its limits and traps; those that were seen once are switches. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { refusal, runSandbox, type Running } from './clients.ts'

let running: Running
const parent = 'properties/7'
let stream: string
beforeAll(async () => {
  running = await runSandbox()
})
afterAll(() => running.sandbox.close())
beforeEach(async () => {
  await running.control('POST', 'reset')
  const { dataStream } = await running.control('POST', 'ensure', {
    property: '7',
    measurementId: 'G-ALPHA01',
  })
  stream = (dataStream as { name: string }).name
})

const alpha = () => running.alpha.properties
const behave = (switches: object) => running.control('POST', 'behaviour', switches)
const status = async (call: Promise<unknown>) => (await refusal(call)).status

const leaf = { eventFilter: { eventName: 'purchase' } }
const nested = (inner: object) => ({
  andGroup: { filterExpressions: [{ orGroup: { filterExpressions: [inner] } }] },
})
const scope = 'AUDIENCE_FILTER_SCOPE_ACROSS_ALL_SESSIONS'
const audience = (
  name: string,
  clause: object = { simpleFilter: { scope, filterExpression: nested(leaf) } },
) => ({
  displayName: name,
  description: 'd',
  membershipDurationDays: 30,
  filterClauses: [{ clauseType: 'INCLUDE', ...clause }],
})

describe('audiences', () => {
  const create = (requestBody: object) => alpha().audiences.create({ parent, requestBody })

  test('keep their rule: a mask that names it is refused, one with all leaves it alone', async () => {
    const { name = '', filterClauses } = (await create(audience('Buyers'))).data
    const change = (updateMask: string) =>
      alpha().audiences.patch({
        name: name!,
        updateMask,
        requestBody: { ...audience('Others'), membershipDurationDays: 5, filterClauses: [] },
      })
    for (const mask of ['filter_clauses', 'membership_duration_days', 'exclusion_duration_mode'])
      expect([mask, await status(change(mask))]).toEqual([mask, 400])
    const { data } = await change('*')
    expect([data.displayName, data.membershipDurationDays, data.filterClauses]).toEqual([
      'Others',
      30,
      filterClauses,
    ])
  })

  test('are archived, not deleted, and leave the list', async () => {
    const { name } = (await create(audience('Buyers'))).data
    await alpha().audiences.archive({ name: name!, requestBody: {} })
    expect((await alpha().audiences.list({ parent })).data).toEqual({})
  })

  test('are a hundred at most', async () => {
    for (let n = 0; n < 100; n++) await create(audience(`A${n}`))
    expect(await status(create(audience('One more')))).toBe(400)
  })

  test('are and-groups of or-groups, in each step of a sequence too', async () => {
    const step = (filterExpression: object) => ({
      sequenceFilter: { scope, sequenceSteps: [{ scope, filterExpression }] },
    })
    await create(audience('Sequence', step(nested(leaf))))
    for (const clause of [
      {},
      step(leaf),
      { simpleFilter: { scope, filterExpression: leaf } },
      { simpleFilter: { scope, filterExpression: { andGroup: { filterExpressions: [leaf] } } } },
    ])
      expect(await status(create(audience('Bad', clause)))).toBe(400)
  })

  test('look back 60 days at most, over all sessions alone; and a sequence is of more than one event', async () => {
    const within = (days: number, of = scope) => {
      const test = { fieldName: 'eventCount', inAnyNDayPeriod: days, numericFilter: { operation: 'EQUAL' } }
      return { simpleFilter: { scope: of, filterExpression: nested({ dimensionOrMetricFilter: test }) } }
    }
    const narrow = 'AUDIENCE_FILTER_SCOPE_WITHIN_SAME_EVENT'
    const sequenceSteps = [{ scope: narrow, filterExpression: nested(leaf) }]
    await create(audience('Sixty', within(60)))
    await create(audience('Steps', { sequenceFilter: { scope, sequenceSteps } }))
    for (const clause of [
      within(61),
      within(30, narrow),
      { sequenceFilter: { scope: narrow, sequenceSteps } },
    ])
      expect(await status(create(audience('Bad', clause)))).toBe(400)
  })
})

describe('an update that is answered 200', () => {
  test('may change nothing', async () => {
    const name = `${parent}/dataRetentionSettings`
    await behave({ updatesChangeNothing: true })
    const { data } = await alpha().updateDataRetentionSettings({
      name,
      updateMask: 'event_data_retention',
      requestBody: { eventDataRetention: 'FOURTEEN_MONTHS' },
    })
    expect(data.eventDataRetention).toBe('TWO_MONTHS')
    await behave({ updatesChangeNothing: false })
    expect((await alpha().getDataRetentionSettings({ name })).data.eventDataRetention).toBe('TWO_MONTHS')
  })

  test('leaves site search as it was when its parameter is not named with it', async () => {
    const name = `${stream}/enhancedMeasurementSettings`
    const off = async (updateMask: string) =>
      (
        await alpha().dataStreams.updateEnhancedMeasurementSettings({
          name,
          updateMask,
          requestBody: { siteSearchEnabled: false, scrollsEnabled: false, searchQueryParameter: 'q' },
        })
      ).data
    expect(await off('site_search_enabled,scrolls_enabled')).toMatchObject({ siteSearchEnabled: true })
    expect(await off('siteSearchEnabled,searchQueryParameter')).not.toHaveProperty('siteSearchEnabled')
    await off('scrollsEnabled')
    await behave({ siteSearchAlone: 'changed' })
    expect(await off('site_search_enabled')).not.toHaveProperty('siteSearchEnabled')
  })
})

test('signals are enabled on the page first', async () => {
  const enable = () =>
    alpha().updateGoogleSignalsSettings({
      name: `${parent}/googleSignalsSettings`,
      updateMask: 'state',
      requestBody: { state: 'GOOGLE_SIGNALS_ENABLED' },
    })
  expect(await status(enable())).toBe(400)
  await behave({ googleSignals: 'activated' })
  expect((await enable()).data.state).toBe('GOOGLE_SIGNALS_ENABLED')
})

test('the export scope of attribution stays out of the mask', async () => {
  const change = (updateMask: string) =>
    alpha().updateAttributionSettings({
      name: `${parent}/attributionSettings`,
      updateMask,
      requestBody: { adsWebConversionDataExportScope: 'NOT_SELECTED_YET' },
    })
  expect(await status(change('ads_web_conversion_data_export_scope'))).toBe(400)
  expect(await status(change('adsWebConversionDataExportScope'))).toBe(400)
  await behave({ attributionScopeInMask: 'accept' })
  expect((await change('adsWebConversionDataExportScope')).status).toBe(200)
})

test('redaction needs a key, and keys have no comma', async () => {
  const change = (queryParameterKeys: string[]) =>
    alpha().dataStreams.updateDataRedactionSettings({
      name: `${stream}/dataRedactionSettings`,
      updateMask: 'query_parameter_redaction_enabled,query_parameter_keys',
      requestBody: { queryParameterRedactionEnabled: true, queryParameterKeys },
    })
  expect(await status(change([]))).toBe(400)
  expect(await status(change(['email,name']))).toBe(400)
  expect((await change(['email', 'name'])).data.queryParameterKeys).toEqual(['email', 'name'])
})

test('a link to BigQuery names its project by number, and keeps project and place', async () => {
  const requestBody = { project: 'projects/shop', datasetLocation: 'EU', dailyExportEnabled: true }
  const { name, project } = (await alpha().bigQueryLinks.create({ parent, requestBody })).data
  expect(project).toMatch(/^projects\/\d+$/)
  expect(await status(alpha().bigQueryLinks.create({ parent, requestBody }))).toBe(409)
  for (const updateMask of ['project', 'dataset_location'])
    expect(await status(alpha().bigQueryLinks.patch({ name: name!, updateMask, requestBody }))).toBe(400)
})

test('an annotation has one date, a color of one’s own, and is changed with a mask or without', async () => {
  const annotationDate = { year: 2026, month: 1, day: 2 }
  const requestBody = { title: 'Launch', color: 'BLUE', annotationDate }
  const create = (change: object) =>
    alpha().reportingDataAnnotations.create({ parent, requestBody: { ...requestBody, ...change } })
  expect(await status(create({ color: 'ORANGE' }))).toBe(400)
  expect(await status(create({ annotationDate: null }))).toBe(400)
  const { name } = (await create({})).data
  const changed = await alpha().reportingDataAnnotations.patch({
    name: name!,
    requestBody: { description: 'Spring' },
  })
  expect(changed.data).toMatchObject({ title: 'Launch', description: 'Spring' })
})

test('a channel group is nested like an audience and knows no case', async () => {
  const filter = { fieldName: 'eachScopeSource', stringFilter: { matchType: 'EXACT', value: 'x' } }
  const create = (expression: object) =>
    alpha().channelGroups.create({
      parent,
      requestBody: { displayName: 'C', groupingRule: [{ displayName: 'R', expression }] },
    })
  expect((await create(nested({ filter }))).status).toBe(200)
  expect(await status(create({ filter }))).toBe(400)
  const cased = { ...filter, stringFilter: { ...filter.stringFilter, caseSensitive: true } }
  expect(await status(create(nested({ filter: cased })))).toBe(400)
})

test('the page shows what was set, and no secret', async () => {
  await alpha().bigQueryLinks.create({
    parent,
    requestBody: { project: 'projects/123', datasetLocation: 'EU' },
  })
  await alpha().updateReportingIdentitySettings({
    name: `${parent}/reportingIdentitySettings`,
    requestBody: { reportingIdentity: 'OBSERVED' },
  })
  const html = await (await fetch(`${running.url}/property/7`)).text()
  for (const shown of ['BigQuery links', 'projects/123', 'Settings', 'OBSERVED'])
    expect(html).toContain(shown)
})
