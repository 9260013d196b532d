import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { refusal, runSandbox, type Running } from './clients.ts'

let running: Running
const parent = 'properties/7'
beforeAll(async () => {
  running = await runSandbox()
})
afterAll(() => running.sandbox.close())
beforeEach(() => running.control('POST', 'reset'))

const beta = () => running.beta.properties
const dimension = (n: number, scope = 'EVENT') => ({ parameterName: `p${n}`, displayName: `P ${n}`, scope })

test('a property has room for 50 dimensions of events, 25 of users and 10 of items', async () => {
  for (const [scope, limit] of [
    ['ITEM', 10],
    ['USER', 25],
  ] as const) {
    for (let n = 0; n < limit; n++)
      await beta().customDimensions.create({ parent, requestBody: dimension(n, scope) })
    const refused = await refusal(
      beta().customDimensions.create({ parent, requestBody: dimension(limit, scope) }),
    )
    expect(refused.status).toBe(400)
  }
  // The same parameter may be there once in each scope.
  await beta().customDimensions.create({ parent, requestBody: dimension(1) })
})

test('a property has room for 30 key events of one’s own', async () => {
  const create = (n: number) =>
    beta().keyEvents.create({ parent, requestBody: { eventName: `e${n}`, countingMethod: 'ONCE_PER_EVENT' } })
  for (let n = 0; n < 30; n++) await create(n)
  expect((await refusal(create(30))).status).toBe(400)
  await running.control('POST', 'behaviour', { maxKeyEvents: null })
  await create(30)
})

test.each([
  ['no scope', { parameterName: 'a', displayName: 'A' }],
  ['no display name', { parameterName: 'a', scope: 'EVENT' }],
  ['a parameter with a hyphen', { parameterName: 'a-b', displayName: 'A', scope: 'EVENT' }],
  ['a parameter that is too long', { parameterName: 'a'.repeat(41), displayName: 'A', scope: 'EVENT' }],
  ['a user property that is too long', { parameterName: 'a'.repeat(25), displayName: 'A', scope: 'USER' }],
  ['a name in brackets', { parameterName: 'a', displayName: '[A]', scope: 'EVENT' }],
  [
    'a long description',
    { parameterName: 'a', displayName: 'A', scope: 'EVENT', description: 'x'.repeat(151) },
  ],
  [
    'personalization of an event',
    { parameterName: 'a', displayName: 'A', scope: 'EVENT', disallowAdsPersonalization: true },
  ],
  ['an unknown scope', { parameterName: 'a', displayName: 'A', scope: 'SESSION' }],
])('a dimension with %s is refused', async (_, requestBody) => {
  expect((await refusal(beta().customDimensions.create({ parent, requestBody }))).status).toBe(400)
  expect((await beta().customDimensions.list({ parent })).data).toEqual({})
})

test('what is immutable stays: named in the mask it is refused, or passed over', async () => {
  const { name = '' } = (await beta().customDimensions.create({ parent, requestBody: dimension(1) })).data
  const patch = () =>
    beta().customDimensions.patch({
      name: name!,
      updateMask: 'parameterName,display_name',
      requestBody: { parameterName: 'other', displayName: 'Other' },
    })
  expect((await refusal(patch())).status).toBe(400)
  await running.control('POST', 'behaviour', { immutableInUpdateMask: 'ignore' })
  expect((await patch()).data).toMatchObject({ parameterName: 'p1', displayName: 'Other' })
  const star = beta().customDimensions.patch({
    name: name!,
    updateMask: '*',
    requestBody: { displayName: 'Star', description: 'd' },
  })
  expect((await star).data).toMatchObject({ parameterName: 'p1', displayName: 'Star', description: 'd' })
  const unknown = beta().customDimensions.patch({ name: name!, updateMask: 'colour', requestBody: {} })
  expect((await refusal(unknown)).status).toBe(400)
})

test('a masked field that is not sent goes back to its default', async () => {
  const body = {
    eventName: 'lead',
    countingMethod: 'ONCE_PER_EVENT',
    defaultValue: { numericValue: 3, currencyCode: 'EUR' },
  }
  const { name = '' } = (await beta().keyEvents.create({ parent, requestBody: body })).data
  const { data } = await beta().keyEvents.patch({ name: name!, updateMask: 'default_value', requestBody: {} })
  expect(data).not.toHaveProperty('defaultValue')
  const wrong = beta().keyEvents.patch({
    name: name!,
    updateMask: 'default_value',
    requestBody: { defaultValue: { numericValue: 3 } },
  })
  expect((await refusal(wrong)).status).toBe(400)
})

test('an archived dimension frees its slot, unless told otherwise', async () => {
  for (let n = 0; n < 10; n++)
    await beta().customDimensions.create({ parent, requestBody: dimension(n, 'ITEM') })
  const { customDimensions } = (await beta().customDimensions.list({ parent })).data
  await beta().customDimensions.archive({ name: customDimensions?.[0]?.name ?? '', requestBody: {} })
  await running.control('POST', 'behaviour', { archivedKeepsSlot: true })
  expect(
    (await refusal(beta().customDimensions.create({ parent, requestBody: dimension(10, 'ITEM') }))).status,
  ).toBe(400)
  await running.control('POST', 'behaviour', { archivedKeepsSlot: false })
  await beta().customDimensions.create({ parent, requestBody: dimension(10, 'ITEM') })
})

test('lists come in pages of 50, of what is asked for, and never more than 200', async () => {
  for (let n = 0; n < 30; n++)
    await beta().keyEvents.create({
      parent,
      requestBody: { eventName: `e${n}`, countingMethod: 'ONCE_PER_EVENT' },
    })
  const first = (await beta().keyEvents.list({ parent, pageSize: 20 })).data
  expect([first.keyEvents?.length, typeof first.nextPageToken]).toEqual([20, 'string'])
  const second = (await beta().keyEvents.list({ parent, pageSize: 20, pageToken: first.nextPageToken! })).data
  expect([second.keyEvents?.length, second.nextPageToken]).toEqual([11, undefined])
  expect((await beta().keyEvents.list({ parent, pageSize: 9999 })).data.keyEvents).toHaveLength(31)
})

test('what v1beta writes, v1alpha reads', async () => {
  await beta().keyEvents.create({
    parent,
    requestBody: { eventName: 'lead', countingMethod: 'ONCE_PER_EVENT' },
  })
  const { keyEvents } = (await running.alpha.properties.keyEvents.list({ parent })).data
  expect(keyEvents?.map(({ eventName }) => eventName)).toEqual(['purchase', 'lead'])
})

test('change history tells who did what to which resource', async () => {
  const property = (await beta().get({ name: parent })).data
  const made = (await beta().customDimensions.create({ parent, requestBody: dimension(1) })).data
  await beta().customDimensions.archive({ name: made.name!, requestBody: {} })
  const { data } = await running.beta.accounts.searchChangeHistoryEvents({
    account: property.account!,
    requestBody: { resourceType: ['CUSTOM_DIMENSION'] },
  })
  expect(data.changeHistoryEvents?.map(({ changes }) => changes?.[0]?.action)).toEqual(['DELETED', 'CREATED'])
})

test('a secret needs the terms to be acknowledged', async () => {
  const stream = (
    await beta().dataStreams.create({ parent, requestBody: { type: 'WEB_DATA_STREAM', displayName: 'Web' } })
  ).data
  const create = beta().dataStreams.measurementProtocolSecrets.create({
    parent: stream.name!,
    requestBody: { displayName: 'S' },
  })
  expect((await refusal(create)).status).toBe(400)
})

test.each(['aed', 'ZZZ', 'AE', 'AEDX', ''])(
  'a currency that is none, "%s", is refused',
  async (currencyCode) => {
    const account = (await beta().get({ name: parent })).data.account!
    const property = { displayName: 'P', timeZone: 'Asia/Dubai', parent: account }
    const defaultValue = { numericValue: 3, currencyCode }
    const keyEvent = { eventName: 'lead', countingMethod: 'ONCE_PER_EVENT', defaultValue }
    const refused = [
      beta().keyEvents.create({ parent, requestBody: keyEvent }),
      ...(currencyCode === ''
        ? []
        : [
            beta().create({ requestBody: { ...property, currencyCode } }),
            beta().patch({ name: parent, updateMask: 'currency_code', requestBody: { currencyCode } }),
          ]),
    ]
    for (const call of refused) expect((await refusal(call)).status).toBe(400)
    expect((await beta().create({ requestBody: { ...property, currencyCode: 'AED' } })).status).toBe(200)
  },
)

test.each(['Dubai', 'GMT+4', 'asia/dubai'])(
  'a time zone that is none, "%s", is refused',
  async (timeZone) => {
    const account = (await beta().get({ name: parent })).data.account!
    const create = beta().create({ requestBody: { displayName: 'P', timeZone, parent: account } })
    expect((await refusal(create)).status).toBe(400)
  },
)
