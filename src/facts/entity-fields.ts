/**
 * What an entity of GTM may look like, for templates that people write and for entities that a plan takes in as they are:
 * fields and parameters of the API (discovery document of tagmanager v2). Google drops what it does not know without a
 * word; here it is an error.
 */

/** What is wrong at a place in an entity: `['parameter', 2, 'type']`. */
export interface FieldProblem {
  readonly steps: readonly (string | number)[]
  /** What follows the place: `is missing`. */
  readonly says: string
}

type Check = (value: unknown) => readonly FieldProblem[]

/** How enumerations are written: as in the API (`triggerReference`) or in files of GTM's Export (`TRIGGER_REFERENCE`). */
export type Casing = 'api' | 'export'

export type EntityKindInFiles = 'gtm/folder' | 'gtm/template' | 'gtm/variable' | 'gtm/trigger' | 'gtm/tag'

const FINE: readonly FieldProblem[] = []
const problem = (says: string): readonly FieldProblem[] => [{ steps: [], says }]
const under = (step: string | number, problems: readonly FieldProblem[]): readonly FieldProblem[] =>
  problems.length === 0 ? FINE : problems.map(({ steps, says }) => ({ steps: [step, ...steps], says }))

const text: Check = (value) => (typeof value === 'string' ? FINE : problem('is not a text'))
const filled: Check = (value) => (typeof value === 'string' && value !== '' ? FINE : problem('is not a name'))
const flag: Check = (value) => (typeof value === 'boolean' ? FINE : problem('is not true or false'))

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
  return (value) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => under(index, check(item)))
      : problem('is not a list')
}

function oneOf(values: readonly string[]): Check {
  return (value) =>
    typeof value === 'string' && values.includes(value)
      ? FINE
      : problem(`is ${JSON.stringify(value)}; it may be ${values.join(', ')}`)
}

function record(fields: { readonly [name: string]: Check }, required: readonly string[]): Check {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return problem('is not an object')
    const found: FieldProblem[] = []
    for (const name of required) if (!(name in value)) found.push(...under(name, problem('is missing')))
    for (const name of Object.keys(value)) {
      const check = Object.hasOwn(fields, name) ? fields[name] : undefined
      const problems =
        check === undefined ? problem("is not a field of GTM's") : check(value[name as keyof typeof value])
      if (problems.length > 0) found.push(...under(name, problems))
    }
    return found
  }
}

/** Deeper than any real parameter, and shallow enough for whatever walks one. */
const DEPTH = 40

function fieldsIn(casing: Casing): { readonly [K in EntityKindInFiles]: Check } {
  const words = (values: readonly string[]): readonly string[] =>
    casing === 'api'
      ? values
      : values.map((word) => word.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase())
  const parameterType = oneOf(words(PARAMETER_TYPES))
  // From the innermost outwards: each depth is checked by its own.
  let parameter: Check = () => problem('is nested too deeply')
  for (let depth = 0; depth < DEPTH; depth++) {
    const list = listOf(parameter)
    const fields = { type: parameterType, key: text, value: text, list, map: list, isWeakReference: flag }
    parameter = record(fields, ['type'])
  }
  const condition = record({ type: oneOf(words(CONDITION_TYPES)), parameter: listOf(parameter) }, [
    'type',
    'parameter',
  ])
  /** What Google adds to what it exports. */
  const sent =
    casing === 'api'
      ? {}
      : {
          accountId: text,
          containerId: text,
          workspaceId: text,
          path: text,
          fingerprint: text,
          tagManagerUrl: text,
        }
  const common = {
    ...sent,
    name: filled,
    type: filled,
    parameter: listOf(parameter),
    parentFolderId: text,
    notes: text,
  }
  const scheduled = { scheduleStartMs: text, scheduleEndMs: text }
  return {
    'gtm/folder': record({ ...sent, folderId: text, name: filled, notes: text }, ['name']),
    'gtm/template': record(
      { ...sent, templateId: text, name: filled, templateData: filled, galleryReference: () => [] },
      ['name', 'templateData'],
    ),
    'gtm/variable': record(
      {
        ...common,
        ...scheduled,
        variableId: text,
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
        triggerId: text,
        customEventFilter: listOf(condition),
        filter: listOf(condition),
        autoEventFilter: listOf(condition),
        waitForTags: parameter,
        checkValidation: parameter,
        waitForTagsTimeout: parameter,
        uniqueTriggerId: parameter,
        eventName: parameter,
        interval: parameter,
        limit: parameter,
      },
      ['name', 'type'],
    ),
    'gtm/tag': record(
      {
        ...common,
        ...scheduled,
        ...(casing === 'api' ? {} : { liveOnly: flag }),
        tagId: text,
        firingTriggerId: listOf(text),
        blockingTriggerId: listOf(text),
        setupTag: listOf(record({ tagName: text, stopOnSetupFailure: flag }, ['tagName'])),
        teardownTag: listOf(record({ tagName: text, stopTeardownOnFailure: flag }, ['tagName'])),
        priority: parameter,
        paused: flag,
        tagFiringOption: oneOf(words(['oncePerEvent', 'oncePerLoad', 'unlimited'])),
        monitoringMetadata: parameter,
        monitoringMetadataTagNameKey: text,
        consentSettings: record(
          { consentStatus: oneOf(words(['notSet', 'notNeeded', 'needed'])), consentType: parameter },
          ['consentStatus'],
        ),
      },
      // A tag that only another one calls, before or after itself, has no trigger.
      casing === 'api' ? ['name', 'type', 'firingTriggerId'] : ['name', 'type'],
    ),
  }
}

const FIELDS_BY_CASING: { readonly [C in Casing]: ReturnType<typeof fieldsIn> } = {
  api: fieldsIn('api'),
  export: fieldsIn('export'),
}

/** What is wrong with an entity; empty when nothing is. */
export function fieldProblems(
  kind: EntityKindInFiles,
  entity: unknown,
  casing: Casing,
): readonly FieldProblem[] {
  return FIELDS_BY_CASING[casing][kind](entity)
}
