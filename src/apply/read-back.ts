/**
 * What was written against what is there. Google drops unknown fields without a word and takes a misspelt one for
 * absent, so a draft becomes a version only when it reads as it was meant, and nothing else in it has moved.
 */
import type { ChangeSet, FieldChange } from '../resources/change-set.ts'
import { hashOf, parseNotes } from '../resources/marker.ts'
import type { Kind, Resource } from '../resources/resource.ts'
import { refsIn, specOf } from '../live/entity-form.ts'
import { movesBetween } from '../diff/container-moves.ts'
import { meantEntities } from './leftover.ts'
import { nameOf, textOf, type Content } from '../live/live.ts'
import { differences } from '../diff/three-way.ts'
import { planWrites, readDraft, type Draft, type Write } from './writes.ts'

export interface Mismatch {
  readonly kind: Kind | string
  readonly name: string
  readonly key?: string
  /** `before`: what was meant. `after`: what is there. */
  readonly fields: readonly FieldChange[]
  readonly message: string
}

export function mismatchesIn(changeSet: ChangeSet, before: Content, content: Content): readonly Mismatch[] {
  const draft = readDraft(changeSet, content)
  const missing = planWrites(changeSet, before, draft).map((write) => mismatchOf(write, draft))
  const meant = meantEntities(changeSet, before, content)
  const strays = movesBetween(before, content)
    .filter((move) => !meant.has(`${move.kind} ${move.id}`))
    .map(({ kind, name, status }): Mismatch => ({
      kind,
      name,
      fields: [],
      message: `the ${kind} "${name}" was ${status}, which nobody asked for`,
    }))
  return [...missing, ...strays]
}

function mismatchOf(write: Write, draft: Draft): Mismatch {
  const { name, change } = write
  const what = change?.kind ?? (write.op === 'enable' ? 'gtm/built-in-variable' : `gtm/${write.kind}`)
  const base = { kind: what, name, ...(change === undefined ? {} : { key: change.key }) }
  const thing = `the ${what.slice('gtm/'.length)} "${name}"`
  switch (write.op) {
    case 'enable':
      return { ...base, fields: [], message: `${thing} is not enabled` }
    case 'create':
      return { ...base, fields: [], message: `${thing} is not there` }
    case 'delete':
      return { ...base, fields: [], message: `${thing} is still there` }
    case 'put':
      return { ...base, fields: [], message: `${thing} still refers to an old name` }
    case 'update': {
      const { ours, marker } = parseNotes(textOf(write.live.notes))
      const spec = specOf(write.kind, write.live, refsIn(draft.content, draft.keys)) as Resource['spec']
      const fields = differences(write.resource, { name: nameOf(write.live), spec, notes: ours })
      const isMarked = marker?.key === write.resource.key && marker.hash === hashOf(write.resource)
      const paths = [...fields.map(({ path }) => path), ...(isMarked ? [] : ['notes (our mark)'])]
      return { ...base, fields, message: `${thing} has another ${paths.join(', ')} than was written` }
    }
  }
}
