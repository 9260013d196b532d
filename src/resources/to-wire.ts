/**
 * Specs in, bodies of Google's requests out. PUT and bulk_update replace the whole entity, so everything that is
 * to stay is written. Ids, paths and fingerprints of an existing entity are added by whoever sends it.
 */
import { TYPES_WITHOUT_FORMAT_VALUE } from './gtm-defaults.ts'
import { parametersToWire, valueToWire, type RefsOut, type WireParameter } from './parameters.ts'
import type { ConditionSpec, Resource, TagSpec, TriggerSpec, Value, VariableSpec } from './resource.ts'

type Named<K extends Resource['kind']> = Pick<Resource<K>, 'name' | 'spec'>
type Fields = { readonly [field: string]: unknown }

/** Of a request that writes an entity. */
export type Body = Fields & { readonly name: string }

/** @param notes the whole notes text, marker included; left out when empty. */
export function folderToWire(folder: Named<'gtm/folder'>, notes: string): Body {
  return { ...folder.spec.other, name: folder.name, ...notesOf(notes) }
}

export function variableToWire(variable: Named<'gtm/variable'>, notes: string, refs: RefsOut): Body {
  const spec: VariableSpec = variable.spec
  return {
    ...spec.other,
    name: variable.name,
    type: spec.type,
    ...notesOf(notes),
    parameter: parametersToWire(spec.parameters, refs),
    ...folderOf(spec.folder, refs),
    ...(TYPES_WITHOUT_FORMAT_VALUE.has(spec.type) ? {} : { formatValue: spec.formatValue }),
  }
}

export function triggerToWire(trigger: Named<'gtm/trigger'>, notes: string, refs: RefsOut): Body {
  const spec: TriggerSpec = trigger.spec
  const settings = Object.entries(spec.settings).map(
    ([name, value]) => [name, settingToWire(spec.type, value, refs)] as const,
  )
  return {
    ...spec.other,
    name: trigger.name,
    type: spec.type,
    ...notesOf(notes),
    ...conditionsOf('customEventFilter', spec.customEventFilter, refs),
    ...conditionsOf('filter', spec.filter, refs),
    ...conditionsOf('autoEventFilter', spec.autoEventFilter, refs),
    ...Object.fromEntries(settings),
    ...folderOf(spec.folder, refs),
    ...(Object.keys(spec.parameters).length === 0
      ? {}
      : { parameter: parametersToWire(spec.parameters, refs) }),
  }
}

export function tagToWire(tag: Named<'gtm/tag'>, notes: string, refs: RefsOut): Body {
  const spec: TagSpec = tag.spec
  const types = spec.consent.types.map((value) => ({ type: 'template', value }))
  return {
    monitoringMetadata: { type: 'map' },
    ...spec.other,
    name: tag.name,
    type: spec.type,
    ...notesOf(notes),
    parameter: parametersToWire(spec.parameters, refs),
    ...idsOf('firingTriggerId', spec.firingTriggers, refs),
    ...idsOf('blockingTriggerId', spec.blockingTriggers, refs),
    ...folderOf(spec.folder, refs),
    tagFiringOption: spec.firingOption,
    ...(spec.paused ? { paused: true } : {}),
    consentSettings: {
      consentStatus: spec.consent.status,
      // Present exactly when consent is needed, in every real container.
      ...(spec.consent.status === 'needed' ? { consentType: { type: 'list', list: types } } : {}),
    },
  }
}

/** A form trigger writes "off" as an empty template, as in every real container; a link trigger as a boolean. */
function settingToWire(type: string, value: Value, refs: RefsOut): WireParameter {
  return type === 'formSubmission' && value === false ? { type: 'template' } : valueToWire(value, refs)
}

function notesOf(notes: string): Fields {
  return notes === '' ? {} : { notes }
}

function folderOf(folder: string | undefined, refs: RefsOut): Fields {
  return folder === undefined ? {} : { parentFolderId: refs.folder(folder) }
}

function idsOf(field: string, triggers: readonly string[], refs: RefsOut): Fields {
  return triggers.length === 0 ? {} : { [field]: triggers.map(refs.trigger) }
}

function conditionsOf(field: string, conditions: readonly ConditionSpec[], refs: RefsOut): Fields {
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
