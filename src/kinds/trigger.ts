import { parametersToWire, valueFromWire, valueToWire } from '../resources/parameters.ts'
import type { RefsIn, RefsOut, WireParameter } from '../resources/parameters.ts'
import { withoutKeys } from '../resources/key.ts'
import type { Resource, TriggerSpec, Value } from '../resources/resource.ts'
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
  fieldWords: [
    [/^type$/, 'trigger'],
    [/^customEventFilter/, 'trigger: data layer event'],
    [/^filter/, 'trigger: when'],
    [/^autoEventFilter/, 'trigger: waits for tags when'],
    [/^folder$/, 'folder'],
    [/./, (path) => `trigger: ${path.replace(/^(parameters|settings)\./, '')}`],
  ],
  highlights,
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

function highlights({ key, spec }: Resource<'gtm/trigger'>): readonly (readonly [string, string])[] {
  return [[key.endsWith('.unless#trigger') ? 'never on' : 'trigger', triggerText(spec)]]
}

const TYPE_WORDS: { readonly [type: string]: string } = {
  pageview: 'page viewed',
  domReady: 'page read (DOM ready)',
  windowLoaded: 'page loaded',
  historyChange: 'history change',
  click: 'click',
  linkClick: 'click on a link',
  formSubmission: 'form sent',
  elementVisibility: 'element seen',
  scrollDepth: 'scrolled',
  youTubeVideo: 'video',
  timer: 'timer',
  jsError: 'script error',
  triggerGroup: 'all of several',
}

const CONDITION_WORDS: { readonly [type: string]: string } = {
  equals: 'is',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  matchRegex: 'matches',
  cssSelector: 'matches',
  less: 'is less than',
  greater: 'is greater than',
}

/** What every page matches is no condition: GTM only asks that a timer or a waiting link has one. */
const EVERYWHERE = '.*'

function triggerText(spec: TriggerSpec): string {
  const event = spec.customEventFilter[0]?.arg1
  const kind = event === undefined ? (TYPE_WORDS[spec.type] ?? spec.type) : `data layer event ${event}`
  const conditions = [...spec.filter, ...spec.autoEventFilter]
    .filter(({ arg1 }) => arg1 !== EVERYWHERE)
    .map(({ arg0, type, arg1, negate }) => {
      const subject = arg0.replace(/^\{\{|\}\}$/g, '')
      return `${subject} ${negate ? 'not: ' : ''}${CONDITION_WORDS[type] ?? type} ${arg1}`
    })
  return withoutKeys([kind, ...conditions].join(', '))
}
