import { TYPES_WITHOUT_FORMAT_VALUE } from '../resources/gtm-defaults.ts'
import { parametersToWire } from '../resources/parameters.ts'
import type { OtherFields } from '../resources/resource.ts'
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
  fieldWords: [],
  highlights: () => [],
}
