/** What a changed owner, target or place in the plan comes to: lines in GTM's notes, and nothing in a visitor's browser. */
import type { Effect, ResourceChange } from './review.ts'

/** Whether nothing but notes changes. */
export function isNotesOnly({ action, fields }: ResourceChange): boolean {
  return action === 'update' && fields.length > 0 && fields.every(({ path }) => path === 'notes')
}

/** Whether nothing else is to be done in the container: apply then leaves the notes for the next change, or for `--words`. */
export function isLeftByApply({ changes }: Pick<Effect, 'changes'>): boolean {
  const inContainer = changes.filter(({ kind }) => kind.startsWith('gtm/'))
  return inContainer.length > 0 && inContainer.every(isNotesOnly)
}
