/** Names and numbers that lead nowhere in a container: GTM makes no version of one that has them, whoever wrote it. */
import { kindText } from '../kinds/kinds.ts'
import type { Container } from '../live/live.ts'
import { missingIn, type Missing } from '../live/usage.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { Resource } from '../resources/resource.ts'
import { thingText } from '../words/change-words.ts'
import { plural } from '../words/counting.ts'

/** What is missing already, and the plan does not bring. A selection of a container reads the same. */
export function doesNotCompile(desired: readonly Resource[], content: Container): readonly Diagnostic[] {
  const brought = new Set(desired.map(({ kind, name }) => `${kind} ${name}`))
  const missing = missingIn(content).filter(
    ({ kind, name }) =>
      !brought.has(`${kind} ${name}`) &&
      !(kind === 'gtm/variable' && brought.has(`gtm/built-in-variable ${name}`)),
  )
  const [first] = missing
  if (first === undefined) return []
  const more = missing.length - 1
  return [
    {
      severity: 'warning',
      code: 'container-does-not-compile',
      message: `In the container, ${thingText(first.user)} refers to ${missingText(first)}, which is not there${more === 0 ? '' : ` (and ${plural(more, 'more name')} like it)`}: GTM will make no version of it.`,
      fix: `create ${missingText(first)} in GTM, or take it out of there, before you apply; if this is an export, export the whole container and not a selection`,
    },
  ]
}

/** `the variable {{Order ID}}`, `the trigger number 17`. */
export function missingText({ kind, name }: Missing): string {
  const called = { 'gtm/variable': `{{${name}}}`, 'gtm/trigger': `number ${name}`, 'gtm/tag': `"${name}"` }[
    kind
  ]
  return `the ${kindText(kind)} ${called}`
}
