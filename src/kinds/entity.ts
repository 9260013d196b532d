/** What the kinds of GTM have in common between their JSON and our normal form. */
import { DEFAULT_PARAMETERS } from '../resources/gtm-defaults.ts'
import {
  parametersFromWire,
  valueToWire,
  type RefsIn,
  type RefsOut,
  type WireParameter,
} from '../resources/parameters.ts'
import { mapReferences } from '../resources/braces.ts'
import type { ConditionSpec, OtherFields, Parameters } from '../resources/resource.ts'
import { textOf, type Sent } from './kind.ts'

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

/** Fields of a tag with the tags that run before and after it. */
export const SEQUENCE = ['setupTag', 'teardownTag'] as const

/** What the plan never writes, kept so that nothing is lost when the entity is written back. */
export function otherFields(sent: Sent, known: readonly string[]): OtherFields {
  return Object.fromEntries(
    Object.entries(sent).filter(
      ([name, value]) => !SERVER_FIELDS.includes(name) && !known.includes(name) && value !== undefined,
    ),
  )
}

export function parametersOf(sent: Sent, refs: RefsIn): Parameters {
  const given = parametersFromWire((sent.parameter ?? []) as WireParameter[], refs)
  return { ...DEFAULT_PARAMETERS[textOf(sent.type)], ...given }
}

export function folderFrom(sent: Sent, refs: RefsIn): { folder?: string } {
  const id = textOf(sent.parentFolderId)
  return id === '' ? {} : { folder: refs.folder(id) }
}

export function folderTo(folder: string | undefined, refs: RefsOut): Sent {
  return folder === undefined ? {} : { parentFolderId: refs.folder(folder) }
}

export function notesTo(notes: string): Sent {
  return notes === '' ? {} : { notes }
}

export function conditionsFromWire(conditions: unknown, refs: RefsIn): ConditionSpec[] {
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

export function conditionsTo(field: string, conditions: readonly ConditionSpec[], refs: RefsOut): Sent {
  return conditions.length === 0
    ? {}
    : { [field]: conditions.map((condition) => conditionToWire(condition, refs)) }
}

function conditionToWire(
  condition: ConditionSpec,
  refs: RefsOut,
): { type: string; parameter: WireParameter[] } {
  const argument = (key: string, value: string): WireParameter => valueToWire(value, refs, key)
  return {
    type: condition.type,
    parameter: [
      argument('arg0', condition.arg0),
      argument('arg1', condition.arg1),
      ...(condition.ignoreCase ? [{ type: 'boolean', key: 'ignore_case', value: 'true' }] : []),
      ...(condition.negate ? [{ type: 'boolean', key: 'negate', value: 'true' }] : []),
    ],
  }
}
