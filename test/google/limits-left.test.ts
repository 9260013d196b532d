import { expect, test } from 'vitest'
import { ga4LimitsLeft, workspacesLeft } from '../../src/google/limits-left.ts'
import type { WireCustomDimension, WireKeyEvent } from '../../src/google/wire.ts'

const keyEvent = (eventName: string, custom: boolean): WireKeyEvent => ({
  name: `properties/1/keyEvents/${eventName}`,
  eventName,
  countingMethod: 'ONCE_PER_EVENT',
  custom,
  deletable: custom,
})
const dimension = (parameterName: string, scope: WireCustomDimension['scope']): WireCustomDimension => ({
  name: `properties/1/customDimensions/${parameterName}`,
  parameterName,
  displayName: parameterName,
  scope,
})
const property = { name: 'properties/1', displayName: 'Shop' }

test('what is used is counted apart by scope, and only key events that somebody made count', () => {
  const left = ga4LimitsLeft(
    property,
    [keyEvent('purchase', false), keyEvent('sign_up', true)],
    [dimension('a', 'EVENT'), dimension('b', 'EVENT'), dimension('c', 'USER')],
    [],
  )
  expect(left.map(({ used, limit }) => [used, limit])).toEqual([
    [1, 30],
    [2, 50],
    [1, 25],
    [0, 10],
    [0, 50],
  ])
})

test('a 360 property has more room', () => {
  const big = { ...property, serviceLevel: 'GOOGLE_ANALYTICS_360' }
  expect(ga4LimitsLeft(big, [], [], []).map(({ limit }) => limit)).toEqual([50, 125, 100, 25, 125])
})

test('what Google does not say is marked as uncertain', () => {
  expect(workspacesLeft([1, 2])).toMatchObject({ used: 2, limit: 3, certain: false })
})
