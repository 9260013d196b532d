/**
 * What an entity of GTM may look like, for templates that people write: fields and parameters of the API
 * (discovery document of tagmanager v2). Google drops what it does not know without a word; here it is an error.
 */
import type { Draft } from './draft.ts'

type Check = (value: unknown, path: string) => string[]

const text: Check = (value, path) => (typeof value === 'string' ? [] : [`${path} is not a text.`])
const flag: Check = (value, path) => (typeof value === 'boolean' ? [] : [`${path} is not true or false.`])

const PARAMETER_TYPES = ['template', 'integer', 'boolean', 'list', 'map', 'triggerReference', 'tagReference']
const CONDITION_TYPES = [
  'equals',
  'contains',
  'startsWith',
  'endsWith',
  'matchRegex',
  'greater',
  'greaterOrEquals',
  'less',
  'lessOrEquals',
  'cssSelector',
  'urlMatches',
]

function listOf(check: Check): Check {
  return (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => check(item, `${path}[${index}]`))
      : [`${path} is not a list.`]
}

function oneOf(values: readonly string[]): Check {
  return (value, path) =>
    typeof value === 'string' && values.includes(value)
      ? []
      : [`${path} is ${JSON.stringify(value)}; it may be ${values.join(', ')}.`]
}

function record(fields: { readonly [name: string]: Check }, required: readonly string[]): Check {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [`${path} is not an object.`]
    const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
    const missing = required.filter((name) => !(name in value)).map((name) => `${at(name)} is missing.`)
    const wrong = Object.entries(value).flatMap(([name, entry]) => {
      const check = Object.hasOwn(fields, name) ? fields[name] : undefined
      const inner = at(name)
      return check === undefined ? [`${inner} is not a field of GTM's.`] : check(entry, inner)
    })
    return [...missing, ...wrong]
  }
}

const parameter: Check = (value, path) =>
  record(
    {
      type: oneOf(PARAMETER_TYPES),
      key: text,
      value: text,
      list: listOf(parameter),
      map: listOf(parameter),
    },
    ['type'],
  )(value, path)

const condition = record({ type: oneOf(CONDITION_TYPES), parameter: listOf(parameter) }, [
  'type',
  'parameter',
])

const common = { name: text, type: text, parameter: listOf(parameter), parentFolderId: text, notes: text }

const ENTITIES: { readonly [K in Draft['kind']]: Check } = {
  'gtm/variable': record(
    {
      ...common,
      formatValue: record(
        {
          caseConversionType: text,
          convertToNumber: text,
          convertNullToValue: parameter,
          convertUndefinedToValue: parameter,
          convertTrueToValue: parameter,
          convertFalseToValue: parameter,
        },
        [],
      ),
    },
    ['name', 'type'],
  ),
  'gtm/trigger': record(
    {
      ...common,
      customEventFilter: listOf(condition),
      filter: listOf(condition),
      autoEventFilter: listOf(condition),
      waitForTags: parameter,
      checkValidation: parameter,
      waitForTagsTimeout: parameter,
      eventName: parameter,
      interval: parameter,
      limit: parameter,
    },
    ['name', 'type'],
  ),
  'gtm/tag': record(
    {
      ...common,
      firingTriggerId: listOf(text),
      blockingTriggerId: listOf(text),
      setupTag: listOf(record({ tagName: text, stopOnSetupFailure: flag }, ['tagName'])),
      teardownTag: listOf(record({ tagName: text, stopTeardownOnFailure: flag }, ['tagName'])),
      priority: parameter,
      paused: flag,
      tagFiringOption: oneOf(['oncePerEvent', 'oncePerLoad', 'unlimited']),
      monitoringMetadata: parameter,
      monitoringMetadataTagNameKey: text,
      consentSettings: record(
        { consentStatus: oneOf(['notSet', 'notNeeded', 'needed']), consentType: parameter },
        ['consentStatus'],
      ),
    },
    ['name', 'type', 'firingTriggerId'],
  ),
}

/** What is wrong with an entity that a template rendered; empty when nothing is. */
export function entityProblems(kind: Draft['kind'], entity: unknown, name: string): string[] {
  const problems = ENTITIES[kind](entity, '')
  if (problems.length > 0) return problems
  const rendered = (entity as { readonly name?: unknown }).name
  return rendered === name ? [] : ['The name must be {{text name}}: references and the plan know it by that.']
}
