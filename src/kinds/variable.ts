import { buildSource } from '../sources/build.ts'
import { sourceFromGtm } from '../sources/read-gtm.ts'
import { sourceWords } from '../sources/source-words.ts'
import { parameterWords, valueWords, type Said, type Variables } from './said.ts'
import { TYPES_WITHOUT_FORMAT_VALUE } from '../resources/gtm-defaults.ts'
import { parametersToWire } from '../resources/parameters.ts'
import type { VariableSpec, OtherFields } from '../resources/resource.ts'
import { folderFrom, folderTo, notesTo, otherFields, parametersOf } from './entity.ts'
import { textOf, type EntityModule } from './kind.ts'

const KNOWN_FIELDS = ['variableId', 'type', 'parameter', 'formatValue', 'parentFolderId']

export const variable: EntityModule<'gtm/variable'> = {
  title: 'variable',
  titles: 'variables',
  mark: 'notes',
  removal: 'delete',
  list: 'variable',
  idField: 'variableId',
  fromWire: (sent, refs) => ({
    type: textOf(sent.type),
    parameters: parametersOf(sent, refs),
    formatValue: (sent.formatValue ?? {}) as OtherFields,
    ...folderFrom(sent, refs),
    other: otherFields(sent, KNOWN_FIELDS),
  }),
  toWire: ({ name, spec }, notes, refs) => ({
    ...spec.other,
    name,
    type: spec.type,
    ...notesTo(notes),
    parameter: parametersToWire(spec.parameters, refs),
    ...folderTo(spec.folder, refs),
    ...(TYPES_WITHOUT_FORMAT_VALUE.has(spec.type) ? {} : { formatValue: spec.formatValue }),
  }),
  words: ({ spec }, variables) => variableWords(spec, variables),
}

function variableWords(spec: VariableSpec, variables: Variables): Said {
  if (spec.parameters.eventSettingsTable !== undefined) return parameterWords(spec.parameters, variables)
  const source = sourceFromGtm(`{{${SELF}}}`, new Map([...variables, [SELF, spec]]))
  const isSaid = source !== undefined && !(typeof source === 'object' && source.variable === SELF)
  return isSaid
    ? [['Value', sourceWords(buildSource(source))]]
    : [['Value', spec.type === 'c' ? valueWords(spec.parameters.value ?? '', variables) : spec.type]]
}

/** The name under which a variable is looked at while it says what it is; no name in GTM begins like this. */
const SELF = '@/#'
