import { buildSource } from '../sources/build.ts'
import { sourceFromGtm } from '../sources/read-gtm.ts'
import { sourceWords } from '../sources/source-words.ts'
import {
  CONSTANT,
  parameterWords,
  USER_DATA,
  userDataWords,
  valueWords,
  type Said,
  type Variables,
} from './said.ts'
import { TYPES_WITHOUT_FORMAT_VALUE } from '../resources/gtm-defaults.ts'
import { parametersToWire, valueFromWire, valueToWire } from '../resources/parameters.ts'
import type { RefsIn, RefsOut, WireParameter } from '../resources/parameters.ts'
import type { Value, VariableSpec } from '../resources/resource.ts'
import { folderFrom, folderTo, notesTo, otherFields, parametersOf } from './entity.ts'
import { textOf, type EntityModule, type Sent } from './kind.ts'

const KNOWN_FIELDS = ['variableId', 'type', 'parameter', 'formatValue', 'parentFolderId']

export const variable: EntityModule<'gtm/variable'> = {
  title: 'variable',
  titles: 'variables',
  mark: 'notes',
  removal: 'delete',
  list: 'variable',
  idField: 'variableId',
  fromWire: (sent, refs) => ({
    type: refs.template(textOf(sent.type)),
    parameters: parametersOf(sent, refs),
    formatValue: formatFrom(sent.formatValue, refs),
    ...folderFrom(sent, refs),
    other: otherFields(sent, KNOWN_FIELDS),
  }),
  toWire: ({ name, spec }, notes, refs) => ({
    ...spec.other,
    name,
    type: refs.template(spec.type),
    ...notesTo(notes),
    ...(Object.keys(spec.parameters).length === 0
      ? {}
      : { parameter: parametersToWire(spec.parameters, refs) }),
    ...folderTo(spec.folder, refs),
    ...(TYPES_WITHOUT_FORMAT_VALUE.has(spec.type) ? {} : { formatValue: formatTo(spec.formatValue, refs) }),
  }),
  words: ({ spec }, variables) => variableWords(spec, variables),
}

/** What is converted to what; empty texts are written by leaving the value out, and `none` is as good as nothing. */
function formatFrom(sent: unknown, refs: RefsIn): VariableSpec['formatValue'] {
  const fields = Object.entries((sent ?? {}) as { readonly [field: string]: string | WireParameter })
  return Object.fromEntries(
    fields.flatMap(([field, value]) => {
      if (typeof value === 'object') return [[field, valueFromWire(value, refs)]]
      return value === 'none' ? [] : [[field, value]]
    }),
  )
}

/** Fields that hold a word of GTM's, not a value of the plan's. */
const WORDS: ReadonlySet<string> = new Set(['caseConversionType', 'convertToNumber', 'convertToBoolean'])

function formatTo(format: VariableSpec['formatValue'], refs: RefsOut): Sent {
  return Object.fromEntries(
    Object.entries(format).map(([field, value]) => [
      field,
      WORDS.has(field) ? value : valueToWire(value, refs),
    ]),
  )
}

function variableWords(spec: VariableSpec, variables: Variables): Said {
  if (spec.parameters.eventSettingsTable !== undefined) return parameterWords(spec.parameters, variables)
  const source = sourceFromGtm(`{{${SELF}}}`, new Map([...variables, [SELF, spec]]))
  const isSaid = source !== undefined && !(typeof source === 'object' && source.variable === SELF)
  if (isSaid) return [['Value', sourceWords(buildSource(source))]]
  if (spec.type === CONSTANT) return [['Value', valueWords(spec.parameters.value ?? '', variables)]]
  if (spec.type !== USER_DATA) return [['Value', spec.type]]
  const said = userDataWords(spec.parameters, variables)
  return [['Value', said === '' ? 'user-provided data' : `user-provided data: ${said}`]]
}

/**
 * The texts that a constant or a table gives, each as it stands, with a table's default; undefined of a variable of which
 * only the page knows what it gives.
 */
export function textsGiven({ type, parameters }: VariableSpec): readonly string[] | undefined {
  if (type === CONSTANT) return [textOf(parameters.value)]
  if (!Array.isArray(parameters.map)) return undefined
  const rows = parameters.map as readonly { readonly value?: Value }[]
  const given = [
    ...rows.map(({ value }) => value),
    ...(parameters.setDefaultValue === true ? [parameters.defaultValue] : []),
  ]
  return [...new Set(given.map(textOf))]
}

/** The name under which a variable is looked at while it says what it is; no name in GTM begins like this. */
const SELF = '@/#'
