import type { EntityModule } from './kind.ts'
import { notesTo, otherFields } from './entity.ts'

export const folder: EntityModule<'gtm/folder'> = {
  title: 'folder',
  titles: 'folders',
  mark: 'notes',
  removal: 'delete',
  list: 'folder',
  idField: 'folderId',
  fromWire: (sent) => ({ other: otherFields(sent, ['folderId']) }),
  toWire: ({ name, spec }, notes) => ({ ...spec.other, name, ...notesTo(notes) }),
  // It says nothing but its name.
  words: () => [],
}
