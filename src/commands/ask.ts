/** What is asked of the user before anything is changed. */
import type { Environment } from '../plan/plan.ts'
import { Failure } from './failure.ts'
import type { Io } from './io.ts'

/** Whether the user types yes. Throws a Failure where there is nobody to ask. */
export async function agreed(question: string, io: Io): Promise<boolean> {
  const answer = await io.ask(question)
  if (answer !== undefined) return answer
  throw new Failure(
    'somebody-can-be-asked',
    'There is no terminal to ask on. Add --auto-approve to go ahead without asking.',
  )
}

/**
 * A protected environment is changed only by who names it. Throws a Failure else.
 *
 * @param named what stands after -e
 * @param deed as in "apply to"
 */
export function requireNamed(environment: Environment, named: string | undefined, deed: string): void {
  const refusal = protectedUnnamed(environment, named, deed)
  if (refusal !== undefined) throw new Failure('protected-environment-is-named', refusal)
}

/** The same as a sentence. */
export function protectedUnnamed(
  { id, protected: isProtected }: Environment,
  named: string | undefined,
  deed: string,
): string | undefined {
  return isProtected && named === undefined
    ? `${id} is protected: name it with -e ${id} to ${deed} it.`
    : undefined
}
