import { pointerOf, type Pointer } from '../../../plan/diagnostic.ts'
import { METHOD, rule } from '../../rule.ts'

export const todosAreDone = rule({
  code: 'todos-are-done',
  severity: 'warning',
  profile: 'recommended',
  title: 'Nothing in a plan is left as TODO.',
  reason: 'What an import could not know stands as TODO until somebody who knows fills it in.',
  fix: 'write what is true in its place.',
  source: METHOD,
  *check(places) {
    for (const at of todosIn(places.plan, [], [])) yield { at, message: 'This is still to be filled in.' }
  },
})

/** Their places, in the order of the document, after those that were found before. */
function todosIn(value: unknown, steps: string[], found: Pointer[]): readonly Pointer[] {
  if (typeof value === 'string') {
    if (/^TODO\b/.test(value)) found.push(pointerOf(...steps))
  } else if (typeof value === 'object' && value !== null) {
    for (const step of Object.keys(value)) {
      steps.push(step)
      todosIn(value[step as keyof typeof value], steps, found)
      steps.pop()
    }
  }
  return found
}
