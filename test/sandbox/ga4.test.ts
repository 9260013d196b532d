import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { refusal, runSandbox, type Running } from './clients.ts'

let running: Running
const parent = 'properties/345000001'

beforeAll(async () => {
  running = await runSandbox()
})
afterAll(() => running.sandbox.close())
beforeEach(() => running.control('POST', 'reset'))

test('a property that is named comes into being with the key event that every property has', async () => {
  const property = (await running.beta.properties.get({ name: parent })).data
  expect(property).toMatchObject({ name: parent, displayName: 'Property 345000001' })
  const { keyEvents } = (await running.beta.properties.keyEvents.list({ parent })).data
  expect(keyEvents).toHaveLength(1)
  expect(keyEvents?.[0]).toMatchObject({ eventName: 'purchase', countingMethod: 'ONCE_PER_EVENT' })
  expect(keyEvents?.[0]).not.toHaveProperty('deletable')
  expect(
    (await refusal(running.beta.properties.keyEvents.delete({ name: keyEvents?.[0]?.name ?? '' }))).status,
  ).toBe(400)
})

test('a key event is created, updated by mask and deleted', async () => {
  const created = (
    await running.beta.properties.keyEvents.create({
      parent,
      requestBody: {
        eventName: 'sign_up',
        countingMethod: 'ONCE_PER_SESSION',
        defaultValue: { numericValue: 5.4, currencyCode: 'AED' },
      },
    })
  ).data
  expect(created).toMatchObject({
    eventName: 'sign_up',
    custom: true,
    deletable: true,
    defaultValue: { numericValue: 5.4, currencyCode: 'AED' },
  })
  const name = created.name!
  const patched = (
    await running.beta.properties.keyEvents.patch({
      name,
      updateMask: 'counting_method',
      requestBody: { countingMethod: 'ONCE_PER_EVENT', eventName: 'other' },
    })
  ).data
  expect(patched).toMatchObject({
    eventName: 'sign_up',
    countingMethod: 'ONCE_PER_EVENT',
    defaultValue: { numericValue: 5.4 },
  })
  expect((await refusal(running.beta.properties.keyEvents.patch({ name, requestBody: {} }))).status).toBe(400)
  expect(
    (
      await refusal(
        running.beta.properties.keyEvents.create({
          parent,
          requestBody: { eventName: 'sign_up', countingMethod: 'ONCE_PER_EVENT' },
        }),
      )
    ).status,
  ).toBe(409)
  const twin = (await running.beta.properties.conversionEvents.list({ parent })).data.conversionEvents
  expect(twin?.[1]).toMatchObject({
    eventName: 'sign_up',
    defaultConversionValue: { value: 5.4, currencyCode: 'AED' },
  })
  expect((await running.beta.properties.keyEvents.delete({ name })).data).toEqual({})
  expect((await refusal(running.beta.properties.keyEvents.get({ name }))).status).toBe(404)
})

test('custom dimensions are archived, not deleted, and their names are free again, or gone', async () => {
  const dimension = { parameterName: 'form_location', displayName: 'Form location', scope: 'EVENT' }
  const create = () => running.beta.properties.customDimensions.create({ parent, requestBody: dimension })
  const archive = (name = '') => running.beta.properties.customDimensions.archive({ name, requestBody: {} })
  const first = (await create()).data
  expect((await refusal(create())).status).toBe(409)
  await archive(first.name!)
  expect((await running.beta.properties.customDimensions.list({ parent })).data).toEqual({})
  const again = (await create()).data
  expect(again.name).not.toBe(first.name)
  await archive(again.name!)
  await running.control('POST', 'behaviour', { archivedNameReusable: false })
  expect((await refusal(create())).status).toBe(409)
})

test('custom metrics of currency need to say what they hold', async () => {
  const metric = {
    parameterName: 'margin',
    displayName: 'Margin',
    scope: 'EVENT',
    measurementUnit: 'CURRENCY',
  }
  expect(
    (await refusal(running.beta.properties.customMetrics.create({ parent, requestBody: metric }))).status,
  ).toBe(400)
  const made = await running.beta.properties.customMetrics.create({
    parent,
    requestBody: { ...metric, restrictedMetricType: ['COST_DATA'] },
  })
  expect(made.data.restrictedMetricType).toEqual(['COST_DATA'])
})

test('a web stream gets a measurement id, or has the one that a plan names', async () => {
  const made = (
    await running.beta.properties.dataStreams.create({
      parent,
      requestBody: {
        type: 'WEB_DATA_STREAM',
        displayName: 'Web',
        webStreamData: { defaultUri: 'https://shop.example' },
      },
    })
  ).data
  expect(made.webStreamData?.measurementId).toMatch(/^G-[0-9A-F]{10}$/)
  await running.control('POST', 'ensure', { property: '345000001', measurementId: 'G-SHOP000001' })
  const { dataStreams } = (await running.beta.properties.dataStreams.list({ parent })).data
  expect(dataStreams?.map(({ webStreamData }) => webStreamData?.measurementId)).toEqual([
    made.webStreamData?.measurementId,
    'G-SHOP000001',
  ])
})

test('retention settings exist once and are updated by mask', async () => {
  const name = `${parent}/dataRetentionSettings`
  expect((await running.beta.properties.getDataRetentionSettings({ name })).data.eventDataRetention).toBe(
    'TWO_MONTHS',
  )
  const { data } = await running.beta.properties.updateDataRetentionSettings({
    name,
    updateMask: 'event_data_retention',
    requestBody: { eventDataRetention: 'FOURTEEN_MONTHS' },
  })
  expect(data).toMatchObject({ name, eventDataRetention: 'FOURTEEN_MONTHS' })
})

test('account summaries show the properties', async () => {
  await running.beta.properties.get({ name: parent })
  const { accountSummaries } = (await running.beta.accountSummaries.list()).data
  expect(accountSummaries?.[0]?.propertySummaries?.[0]?.property).toBe(parent)
})
