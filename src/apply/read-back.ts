/**
 * What was written against what is there. Google drops unknown fields without a word and takes a misspelt one for
 * absent, so a draft becomes a version only when it reads as it was meant, and nothing else in it has moved.
 */
import { movesBetween, thingId } from '../diff/container-moves.ts'
import { reread } from '../diff/match.ts'
import { differences } from '../diff/three-way.ts'
import type { Container } from '../live/live.ts'
import type { ChangeSet } from '../resources/change-set.ts'
import { thingText } from '../words/change-words.ts'
import { meantThings } from './other-work.ts'
import { isMarkedAs, planWrites, readDraft, type Draft, type Write } from './writes.ts'

export interface Mismatch {
  readonly kind: string
  readonly key?: string
  readonly message: string
}

export function mismatchesIn(
  changeSet: ChangeSet,
  before: Container,
  content: Container,
): readonly Mismatch[] {
  const draft = readDraft(changeSet, content)
  const missing = planWrites(changeSet, before, draft).map((write) => mismatchOf(write, draft))
  const meant = meantThings(changeSet, before, content)
  const strays = movesBetween(before, content)
    .filter(({ thing }) => !meant.has(thingId(thing)))
    .map(({ thing, status }): Mismatch => ({
      kind: thing.kind,
      message: `${thingText(thing)} was ${status}, which nobody asked for`,
    }))
  return [...missing, ...strays]
}

function mismatchOf(write: Write, draft: Draft): Mismatch {
  const { name, change } = write
  const kind = write.op === 'enable' ? 'gtm/built-in-variable' : write.kind
  const what = thingText({ kind, name })
  const message = `${what} ${wordsOf(write, draft)}`
  return { kind, message, ...(change === undefined ? {} : { key: change.key }) }
}

function wordsOf(write: Write, draft: Draft): string {
  switch (write.op) {
    case 'enable':
      return 'is not enabled'
    case 'create':
      return 'is not there'
    case 'delete':
      return 'is still there'
    case 'put':
      return 'still refers to an old name'
    case 'update': {
      const fields = differences(write.resource, reread(write.live, draft.refs))
      const isMarked = isMarkedAs(write.resource, write.live)
      const parts = [
        ...fields.map(({ path }) => path),
        ...(isMarked ? [] : ['the mark of the plan in its notes']),
      ]
      return `is not as it was written (${parts.join(', ')})`
    }
  }
}
