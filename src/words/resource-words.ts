/** What a resource says: what its kind says of it, and the words of the plan in its notes. */
import { KINDS } from '../kinds/kinds.ts'
import type { Said, Variables } from '../kinds/said.ts'
import type { Kind, Resource } from '../resources/resource.ts'

/** Label and text. */
export type Words = ReadonlyMap<string, string>

/** @param variables what the thing's references refer to. */
export function resourceWords<K extends Kind>(resource: Resource<K>, variables: Variables): Words {
  return new Map([
    ...KINDS[resource.kind].words(resource, variables),
    ...guardWords(resource),
    ...notesWords(resource.notes),
  ])
}

function guardWords({ protected: isProtected }: Pick<Resource, 'protected'>): Said {
  return isProtected === true ? [['Protected', 'yes']] : []
}

/** Title, owner and target stand in the notes, a line each. */
function notesWords(notes: string): Said {
  // Which file the plan is in is no news to who reads this.
  const lines = notes.split('\n').filter((line) => line !== '' && !line.startsWith('Plan: '))
  return lines.length === 0 ? [] : [[NOTES, lines.join(LINE_BREAK)]]
}

export const NOTES = 'Notes'

/** Between the lines of notes that are told in one. */
export const LINE_BREAK = ' · '
