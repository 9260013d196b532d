/** What each change means in the plan's words, told from both sides while both are at hand. */
import { refOf } from '../live/container.ts'
import { withoutListed } from '../live/listed.ts'
import type { Live, LiveState } from '../live/live.ts'
import type { Change, Word } from '../resources/change-set.ts'
import { partsOf, resourceId } from '../resources/key.ts'
import { shortHash } from '../resources/marker.ts'
import type { EntityKind, Ref, Resource } from '../resources/resource.ts'
import { sameUnderNewId, wordsBetween } from '../words/change-words.ts'
import { NOTES, type Words } from '../words/resource-words.ts'
import { calledBy, referred, spokenWords, type Called, type Referred } from '../words/spoken.ts'
import { GA4, isGa4 } from '../kinds/kinds.ts'
import { TEMPLATE_CODE } from '../kinds/template.ts'
import { ga4Twin } from './diff-ga4.ts'
import { reread, type Matches } from './match.ts'
import { withTitle } from './plan-part.ts'

export function withWords(
  changes: readonly Change[],
  desired: readonly Resource[],
  live: LiveState,
  matches: Matches,
): readonly Change[] {
  if (changes.length === 0) return changes
  const orphans = new Map(matches.orphans.map((orphan) => [resourceId(orphan), orphan]))
  const there = live.content.entities.map((entity): Referred => [
    referenceTo(entity, matches),
    reread(entity, matches.refs),
  ])
  const before = calledBy(there)
  const after = calledBy([...there, ...desired.map(referred)])
  const liveOf = (change: Change): Live | undefined => {
    const id = resourceId(change)
    if (change.desired !== undefined && isGa4(change.desired))
      return ga4Twin(change.desired, live.ga4, change.action === 'adopt')
    return (
      matches.owned.get(id) ??
      matches.adopted.get(id) ??
      orphans.get(id) ??
      live.ga4.find((each) => resourceId(each) === id)
    )
  }
  const kept = new Set(desired.map(resourceId))
  const told = changes.map((change) => {
    // What is made anew says on its own what differs.
    if (change.action === 'delete' && kept.has(resourceId(change))) return change
    const there = liveOf(change)
    const was = there && spoken(reread(there, matches.refs), before)
    const is = change.desired && spoken(change.desired, after)
    const said = wordsBetween(was, is)
    return {
      ...change,
      subject: change.action === 'delete' ? withTitle(change.subject, there) : change.subject,
      words: [...renaming(change), ...replanned(change), ...said, ...otherCode(change, said)],
    }
  })
  return withHints(told.map(withEffects))
}

/** What a setting does beside what it says, for those that change. */
function withEffects(change: Change): Change {
  const { desired, action, fields } = change
  if (desired === undefined || !isGa4(desired) || action === 'create') return change
  const { effects = {} } = GA4[desired.kind]
  const said = fields.flatMap(({ path }) => effects[path] ?? [])
  return said.length === 0 ? change : { ...change, hint: said.join('; ') }
}

/** The list in the notes of the plan's own variable is told by what changes in GA4. */
function spoken(resource: Resource, called: Called): Words {
  return spokenWords({ ...resource, notes: withoutListed(resource.notes) }, called)
}

/** A conversion that goes takes its event along, and one that looks like it may be the same under a new id. */
function withHints(changes: readonly Change[]): readonly Change[] {
  const gone = changes.filter(({ action, kind }) => action === 'delete' && kind.startsWith('gtm/'))
  const says = (change: Change, word: string, side: 'before' | 'after'): string | undefined =>
    change.words.find((each) => each.word === word)?.[side]
  const removed = new Set(changes.filter(({ action }) => action === 'delete').map(resourceId))
  return changes.map((change): Change => {
    const { action, desired } = change
    if (action === 'create' && desired !== undefined && isGa4(desired) && removed.has(resourceId(change))) {
      const { replacing } = GA4[desired.kind]
      return replacing === undefined ? change : { ...change, hint: replacing }
    }
    if (change.action === 'delete' && change.subject.what === 'event') {
      const owner = gone.find((each) => says(each, 'Event', 'before') === change.name)
      return owner === undefined ? change : { ...change, subject: owner.subject }
    }
    if (change.action !== 'create') return change
    const twin = gone.find(
      (each) =>
        each.kind === change.kind &&
        each.subject.what === 'conversion' &&
        ['Event', 'Trigger'].some((word) => {
          const old = says(each, word, 'before')
          return old !== undefined && old === says(change, word, 'after')
        }),
    )
    return twin === undefined ? change : { ...change, hint: sameUnderNewId(twin.subject.id) }
  })
}

/** What specs hold that refer to it, once they are reread. */
function referenceTo(entity: Live<EntityKind>, { refs }: Matches): Ref {
  const ref = refOf(entity)
  return refs.get(`${entity.kind} ${ref}`) ?? ref
}

/** A vendor's script is not told whole; where nothing else that a tag says differs, that it is another one is. */
function otherCode({ fields }: Change, said: readonly Word[]): readonly Word[] {
  const html = fields.find(({ path }) => path === 'parameters.html')
  const { before, after } = html ?? {}
  if (typeof before !== 'string' || typeof after !== 'string') return []
  if (said.some(({ word }) => word !== NOTES)) return []
  return [{ word: TEMPLATE_CODE, before: sizeText(before), after: sizeText(after) }]
}

/** `1812 characters (0123456789ab)`: how much it is, and what tells it from another. */
function sizeText(code: string): string {
  return `${code.length} characters (${shortHash(code)})`
}

function renaming({ kind, name, previousName }: Change): readonly Word[] {
  // What a thing of GA4 is called is one of its fields.
  if (previousName === undefined || kind.startsWith('ga4/')) return []
  return [{ word: 'Name', before: previousName, after: name }]
}

/** The plan has another id, and its mark with it. */
function replanned({ key, previousKey }: Change): readonly Word[] {
  if (previousKey === undefined) return []
  const [before, after] = [previousKey, key].map((each) => partsOf(each).plan)
  return before === undefined || after === undefined || before === after
    ? []
    : [{ word: 'Plan id', before, after }]
}
