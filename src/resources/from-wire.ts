/**
 * Google's entities in, specs out. What Google adds is dropped, defaults are filled in, what has no order is
 * sorted, ids and names become references; so that two specs are equal exactly when they mean the same.
 */
import { DEFAULT_PARAMETERS } from './gtm-defaults.ts'
import { mapReferences } from './references.ts'
import { parametersFromWire, valueFromWire, type RefsIn, type WireParameter } from './parameters.ts'
import type {
  ConditionSpec,
  CustomDimensionSpec,
  CustomMetricSpec,
  FolderSpec,
  KeyEventSpec,
  OtherFields,
  Parameters,
  TagSpec,
  TriggerSpec,
  Value,
  VariableSpec,
} from './resource.ts'
import { parseDescription } from './marker.ts'

type Wire = { readonly [field: string]: unknown }

/** Set by Google on every entity; sent values are ignored. */
const SERVER_FIELDS = [
  'path',
  'accountId',
  'containerId',
  'workspaceId',
  'fingerprint',
  'tagManagerUrl',
  'name',
  'notes',
]

const KNOWN_FIELDS = {
  folder: ['folderId'],
  variable: ['variableId', 'type', 'parameter', 'formatValue', 'parentFolderId'],
  trigger: [
    'triggerId',
    'type',
    'customEventFilter',
    'filter',
    'autoEventFilter',
    'parameter',
    'parentFolderId',
    'uniqueTriggerId',
  ],
  tag: [
    'tagId',
    'type',
    'parameter',
    'firingTriggerId',
    'blockingTriggerId',
    'tagFiringOption',
    'paused',
    'consentSettings',
    'parentFolderId',
  ],
} as const

/** Fields of a trigger that hold one parameter each, beside its `parameter` list. */
const TRIGGER_SETTINGS = [
  'waitForTags',
  'checkValidation',
  'waitForTagsTimeout',
  'eventName',
  'interval',
  'limit',
]
const SWITCHES = new Set(['waitForTags', 'checkValidation'])

export function folderFromWire(entity: object): FolderSpec {
  return { other: otherFields(entity as Wire, 'folder') }
}

export function variableFromWire(entity: object, refs: RefsIn): VariableSpec {
  const wire = entity as Wire
  return {
    type: text(wire.type),
    parameters: parametersOf(wire, refs),
    formatValue: (wire.formatValue ?? {}) as OtherFields,
    ...folderOf(wire, refs),
    other: otherFields(wire, 'variable'),
  }
}

export function triggerFromWire(entity: object, refs: RefsIn): TriggerSpec {
  const wire = entity as Wire
  const settings = TRIGGER_SETTINGS.filter((name) => wire[name] !== undefined).map(
    (name) => [name, settingFromWire(name, wire[name] as WireParameter, refs)] as const,
  )
  const other = otherFields(wire, 'trigger')
  return {
    type: text(wire.type),
    customEventFilter: conditionsFromWire(wire.customEventFilter, refs),
    filter: conditionsFromWire(wire.filter, refs),
    autoEventFilter: conditionsFromWire(wire.autoEventFilter, refs),
    parameters: parametersOf(wire, refs),
    settings: Object.fromEntries(settings),
    ...folderOf(wire, refs),
    other: Object.fromEntries(Object.entries(other).filter(([name]) => !TRIGGER_SETTINGS.includes(name))),
  }
}

export function tagFromWire(entity: object, refs: RefsIn): TagSpec {
  const wire = entity as Wire
  const consent = (wire.consentSettings ?? {}) as { consentStatus?: string; consentType?: WireParameter }
  const { monitoringMetadata, ...other } = otherFields(wire, 'tag')
  return {
    type: text(wire.type),
    parameters: parametersOf(wire, refs),
    firingTriggers: triggersOf(wire.firingTriggerId, refs),
    blockingTriggers: triggersOf(wire.blockingTriggerId, refs),
    firingOption: text(wire.tagFiringOption) || 'oncePerEvent',
    paused: wire.paused === true,
    consent: {
      status: consent.consentStatus ?? 'notSet',
      types: (consent.consentType?.list ?? []).map((item) => item.value ?? '').sort(),
    },
    ...folderOf(wire, refs),
    other: isEmptyMap(monitoringMetadata) ? other : { ...other, monitoringMetadata },
  }
}

/** Key events have no notes and no description: nothing on them says whose they are. */
export function keyEventFromWire(entity: object): KeyEventSpec {
  const wire = entity as Wire
  const value = wire.defaultValue as { numericValue?: number; currencyCode?: string } | undefined
  return {
    eventName: text(wire.eventName),
    countingMethod: wire.countingMethod === 'ONCE_PER_SESSION' ? 'ONCE_PER_SESSION' : 'ONCE_PER_EVENT',
    ...(value && {
      defaultValue: { numericValue: value.numericValue ?? 0, currencyCode: value.currencyCode ?? '' },
    }),
  }
}

export function customDimensionFromWire(entity: object): CustomDimensionSpec {
  const wire = entity as Wire
  return {
    parameterName: text(wire.parameterName),
    displayName: text(wire.displayName),
    scope: text(wire.scope) as CustomDimensionSpec['scope'],
    description: parseDescription(text(wire.description)).text,
  }
}

export function customMetricFromWire(entity: object): CustomMetricSpec {
  const wire = entity as Wire
  return {
    parameterName: text(wire.parameterName),
    displayName: text(wire.displayName),
    scope: 'EVENT',
    measurementUnit: text(wire.measurementUnit),
    restrictedMetricTypes: [...((wire.restrictedMetricType ?? []) as string[])].sort(),
    description: parseDescription(text(wire.description)).text,
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function parametersOf(wire: Wire, refs: RefsIn): Parameters {
  const given = parametersFromWire((wire.parameter ?? []) as WireParameter[], refs)
  return { ...DEFAULT_PARAMETERS[text(wire.type)], ...given }
}

function folderOf(wire: Wire, refs: RefsIn): { folder?: string } {
  const id = text(wire.parentFolderId)
  return id === '' ? {} : { folder: refs.folder(id) }
}

/** Which triggers fire a tag is a set. */
function triggersOf(ids: unknown, refs: RefsIn): string[] {
  return ((ids ?? []) as string[]).map(refs.trigger).sort()
}

function settingFromWire(name: string, wire: WireParameter, refs: RefsIn): Value {
  const value = valueFromWire(wire, refs)
  // A form trigger writes "off" as an empty template, a link trigger as a boolean.
  return SWITCHES.has(name) && value === '' ? false : value
}

function conditionsFromWire(conditions: unknown, refs: RefsIn): ConditionSpec[] {
  return ((conditions ?? []) as { type?: string; parameter?: WireParameter[] }[]).map((condition) => {
    const find = (key: string): string =>
      condition.parameter?.find((parameter) => parameter.key === key)?.value ?? ''
    return {
      type: condition.type ?? '',
      arg0: mapReferences(find('arg0'), refs.variable),
      arg1: mapReferences(find('arg1'), refs.variable),
      negate: find('negate') === 'true',
      ignoreCase: find('ignore_case') === 'true',
    }
  })
}

function otherFields(wire: Wire, kind: keyof typeof KNOWN_FIELDS): OtherFields {
  const known: readonly string[] = [...SERVER_FIELDS, ...KNOWN_FIELDS[kind]]
  return Object.fromEntries(
    Object.entries(wire).filter(([name, value]) => !known.includes(name) && value !== undefined),
  )
}

function isEmptyMap(metadata: unknown): boolean {
  return metadata === undefined || ((metadata as WireParameter).map ?? []).length === 0
}
