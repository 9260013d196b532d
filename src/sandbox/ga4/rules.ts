/**
 * What the Admin API asks of each kind of resource.
 * Sources: https://github.com/googleapis/googleapis/blob/master/google/analytics/admin/v1beta/resources.proto (lengths,
 * alphabets, required and immutable fields); limits per property as FACTS of the help pages; all wordings assumed.
 */
import type { Call } from '../call.ts'
import type { Entity } from '../shape.ts'
import { alphaRules } from './alpha-rules.ts'
import { measurementIdOf } from './fresh.ts'
import { checkLength, checkPattern, EVENT_NAME, LABEL, requireField, type Rules } from './fields.ts'
import { linkRules } from './link-rules.ts'
import { collectionOf, exists, invalid, precondition, visible } from './resources.ts'

function checkEventName(call: Call, path: string, body: Entity): void {
  const eventName = requireField(body, 'eventName')
  checkLength(body, 'eventName', 40)
  checkPattern(body, 'eventName', EVENT_NAME, 'letters, digits and underscores, starting with a letter')
  const keyEvents = visible(call.store, path)
  if (keyEvents.some((other) => other['eventName'] === eventName)) {
    throw exists(`A key event for "${eventName}" exists already.`)
  }
  const { maxKeyEvents } = call.store.behaviour
  // Custom ones count against the limit (resources.proto).
  if (maxKeyEvents !== null && keyEvents.filter((other) => other['custom'] === true).length >= maxKeyEvents) {
    throw precondition(`A property may have at most ${maxKeyEvents} key events.`)
  }
}

const CURRENCIES: ReadonlySet<unknown> = new Set(Intl.supportedValuesOf('currency'))

function checkCurrency(value: unknown): void {
  if (!CURRENCIES.has(value)) throw invalid('The currency_code must be a code of ISO 4217.')
}

export function checkProperty(property: Entity): void {
  requireField(property, 'displayName')
  checkLength(property, 'displayName', 100)
  const timeZone = requireField(property, 'timeZone')
  if (!isTimeZone(timeZone)) throw invalid('The time_zone must be a name of the IANA time zone database.')
  if (property['currencyCode'] !== undefined) checkCurrency(property['currencyCode'])
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    // Node also takes small letters and offsets.
    return /^[A-Z][\w/+-]*$/.test(name)
  } catch {
    return false
  }
}

function checkKeyEvent(resource: Entity): void {
  requireField(resource, 'countingMethod')
  const value = resource['defaultValue'] as Entity | undefined
  // When present, numericValue and currencyCode are both required; 0 cannot be told from absent in proto3.
  if (value !== undefined) checkCurrency(value['currencyCode'])
}

/** Limits of a standard property: event 50, user 25, item 10; metrics 50 (help page on custom dimensions and metrics). */
const DIMENSION_LIMITS: Readonly<Record<string, number>> = { EVENT: 50, USER: 25, ITEM: 10 }
const METRIC_LIMIT = 50

function checkDefinition(call: Call, path: string, body: Entity, limit: number): void {
  const { archivedNameReusable, archivedKeepsSlot } = call.store.behaviour
  const all = [...collectionOf(call.store, path).values()]
  const shown = visible(call.store, path)
  const sameScope = (other: Entity) => other['scope'] === body['scope']
  const taken = (archivedNameReusable ? shown : all).some(
    // The same parameter may be registered once in each scope (inferred from public scripts).
    (other) => sameScope(other) && other['parameterName'] === body['parameterName'],
  )
  if (taken) throw exists(`The parameter "${String(body['parameterName'])}" is registered already.`)
  if ((archivedKeepsSlot ? all : shown).filter(sameScope).length >= limit) {
    throw precondition(`A property may have at most ${limit} of these.`)
  }
}

/** What dimensions and metrics are called, alike but for how long the parameter's name may be. */
function checkTexts(resource: Entity, longestName: number): void {
  checkLength(resource, 'parameterName', longestName)
  checkPattern(
    resource,
    'parameterName',
    EVENT_NAME,
    'letters, digits and underscores, starting with a letter',
  )
  checkLength(resource, 'displayName', 82)
  checkPattern(
    resource,
    'displayName',
    LABEL,
    'letters, digits, spaces and underscores, starting with a letter',
  )
  checkLength(resource, 'description', 150)
}

function checkDimension(resource: Entity): void {
  requireField(resource, 'displayName')
  const max = resource['scope'] === 'USER' ? 24 : 40
  checkTexts(resource, max)
  if (resource['disallowAdsPersonalization'] === true && resource['scope'] !== 'USER') {
    throw invalid('The field "disallowAdsPersonalization" is for dimensions of scope USER only.')
  }
}

function checkMetric(resource: Entity): void {
  requireField(resource, 'displayName')
  requireField(resource, 'measurementUnit')
  checkTexts(resource, 40)
  const restricted = ((resource['restrictedMetricType'] as unknown[] | undefined) ?? []).length > 0
  if (restricted !== (resource['measurementUnit'] === 'CURRENCY')) {
    throw invalid('The field "restrictedMetricType" is required for CURRENCY and must be empty otherwise.')
  }
}

export const RULES: Readonly<Record<string, Rules>> = {
  ...alphaRules,
  ...linkRules,

  keyEvents: {
    create: (call, path, body) => {
      checkEventName(call, path, body)
      checkKeyEvent(body)
      return { createTime: call.store.time(), custom: true, deletable: true }
    },
    update: (_call, _path, resource) => checkKeyEvent(resource),
    remove: (_call, resource) => {
      if (resource['deletable'] !== true) throw precondition('This key event cannot be deleted.')
    },
  },

  customDimensions: {
    create: (call, path, body) => {
      requireField(body, 'parameterName')
      const scope = requireField(body, 'scope')
      checkDimension(body)
      checkDefinition(call, path, body, DIMENSION_LIMITS[scope] ?? 0)
      return {}
    },
    update: (_call, _path, resource) => checkDimension(resource),
  },

  customMetrics: {
    create: (call, path, body) => {
      requireField(body, 'parameterName')
      requireField(body, 'scope')
      checkMetric(body)
      checkDefinition(call, path, body, METRIC_LIMIT)
      return {}
    },
    update: (_call, _path, resource) => checkMetric(resource),
  },

  dataStreams: {
    touch: true,
    create: (call, _path, body, name) => {
      const type = requireField(body, 'type')
      checkLength(body, 'displayName', 255)
      if (type === 'WEB_DATA_STREAM') requireField(body, 'displayName')
      const time = call.store.time()
      const web = body['webStreamData'] as Entity | undefined
      const webStreamData = {
        measurementId: measurementIdOf(name),
        ...(web?.['defaultUri'] !== undefined && { defaultUri: web['defaultUri'] }),
      }
      return { createTime: time, updateTime: time, ...(type === 'WEB_DATA_STREAM' && { webStreamData }) }
    },
  },

  properties: {
    touch: true,
    update: (_call, _path, resource) => checkProperty(resource),
  },

  accounts: { touch: true, update: (_call, _path, resource) => void requireField(resource, 'displayName') },
}
