import { buildTrigger } from '../triggers/build.ts'
import { triggerFromGtm } from '../triggers/gtm.ts'
import { triggerWords } from '../triggers/trigger-words.ts'
import { valueWords, type Variables } from './said.ts'
import { parametersToWire, valueFromWire, valueToWire } from '../resources/parameters.ts'
import type { RefsIn, RefsOut, WireParameter } from '../resources/parameters.ts'

import type { TriggerSpec, Value } from '../resources/resource.ts'
import {
  conditionsFromWire,
  conditionsTo,
  folderFrom,
  folderTo,
  notesTo,
  otherFields,
  parametersOf,
} from './entity.ts'
import { textOf, type EntityModule } from './kind.ts'

/** Fields that hold one parameter each, beside the `parameter` list. */
const SETTINGS = ['waitForTags', 'checkValidation', 'waitForTagsTimeout', 'eventName', 'interval', 'limit']
const SWITCHES = new Set(['waitForTags', 'checkValidation'])

const KNOWN_FIELDS = [
  'triggerId',
  'type',
  'customEventFilter',
  'filter',
  'autoEventFilter',
  'parameter',
  'parentFolderId',
  'uniqueTriggerId',
  ...SETTINGS,
]

export const trigger: EntityModule<'gtm/trigger'> = {
  title: 'trigger',
  titles: 'triggers',
  mark: 'notes',
  removal: 'delete',
  list: 'trigger',
  idField: 'triggerId',
  fromWire: (sent, refs) => {
    const settings = SETTINGS.filter((name) => sent[name] !== undefined).map(
      (name) => [name, settingFromWire(name, sent[name] as WireParameter, refs)] as const,
    )
    return {
      type: textOf(sent.type),
      customEventFilter: conditionsFromWire(sent.customEventFilter, refs),
      filter: conditionsFromWire(sent.filter, refs),
      autoEventFilter: conditionsFromWire(sent.autoEventFilter, refs),
      parameters: parametersOf(sent, refs),
      settings: Object.fromEntries(settings),
      ...folderFrom(sent, refs),
      other: otherFields(sent, KNOWN_FIELDS),
    }
  },
  toWire: ({ name, spec }, notes, refs) => {
    const settings = Object.entries(spec.settings).map(
      ([setting, value]) => [setting, settingToWire(spec.type, value, refs)] as const,
    )
    return {
      ...spec.other,
      name,
      type: spec.type,
      ...notesTo(notes),
      ...conditionsTo('customEventFilter', spec.customEventFilter, refs),
      ...conditionsTo('filter', spec.filter, refs),
      ...conditionsTo('autoEventFilter', spec.autoEventFilter, refs),
      ...Object.fromEntries(settings),
      ...folderTo(spec.folder, refs),
      ...(Object.keys(spec.parameters).length === 0
        ? {}
        : { parameter: parametersToWire(spec.parameters, refs) }),
    }
  },
  words: ({ spec }, variables) => [['Trigger', triggerText(spec, variables)]],
}

function settingFromWire(name: string, sent: WireParameter, refs: RefsIn): Value {
  const value = valueFromWire(sent, refs)
  // A form trigger writes "off" as an empty template, a link trigger as a boolean.
  return SWITCHES.has(name) && value === '' ? false : value
}

/** A form trigger writes "off" as an empty template, as in every real container; a link trigger as a boolean. */
function settingToWire(type: string, value: Value, refs: RefsOut): WireParameter {
  return type === 'formSubmission' && value === false ? { type: 'template' } : valueToWire(value, refs)
}

function triggerText(spec: TriggerSpec, variables: Variables): string {
  const document = triggerFromGtm(spec, variables)
  if (document !== undefined) return triggerWords(buildTrigger(document, ''))
  const conditions = [...spec.customEventFilter, ...spec.filter, ...spec.autoEventFilter].map(
    ({ arg0, type, arg1, negate }) =>
      `${valueWords(arg0, variables)} ${negate ? 'not ' : ''}${type} ${valueWords(arg1, variables)}`,
  )
  const members = Object.values(spec.parameters).flatMap((value) =>
    Array.isArray(value) ? [`once all ${value.length} have fired`] : [],
  )
  return [spec.type === 'triggerGroup' ? 'all of several' : spec.type, ...members, ...conditions].join(', ')
}
