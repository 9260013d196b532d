/** The proof of an import: the plan's text is read again, compiled, and compared with the container by meaning. */
import { checkPlan } from '../check/check.ts'
import type { Templates } from '../compile/templates.ts'
import { hitKey, hitsOf } from '../lift/meaning.ts'
import type { ContainerVersion } from '../lift/parse-export.ts'
import { readContainer } from '../lift/read-container.ts'
import { worldOf, worldWith } from '../lift/worlds.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import { asParsed } from './as-parsed.ts'
import { compiledOf } from './compiled.ts'

export interface RoundTrip {
  /** Names of lifted tags that come back as they were. */
  readonly faithful: readonly string[]
  /** Lifted tags that do not, with what the plan does not send as they do. */
  readonly unfaithful: readonly { readonly tag: string; readonly missing: number; readonly odd: number }[]
  /** What keeps the plan from being used. */
  readonly errors: readonly Diagnostic[]
}

/**
 * Everything that the lifted tags send, against everything that the plan's tags would.
 * @param document the plan as it was read from its own text
 */
export function roundTrip(
  version: ContainerVersion,
  document: unknown,
  lifted: readonly string[],
  { templates, today }: { readonly templates: Templates; readonly today: string },
): RoundTrip {
  const checked = checkPlan(asParsed(document), { today })
  const errors = checked.diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) return { faithful: [], unfaithful: [], errors }
  const container = readContainer(version)
  const world = worldOf(container)
  const { resources } = compiledOf(document as PlanDocument, templates)
  const made = worldWith(resources, world)
  const planned = new Set(
    resources.flatMap((resource) =>
      resource.kind === 'gtm/tag' && resource.spec.type === 'gaawe'
        ? hitsOf(resource.spec, made).map(hitKey)
        : [],
    ),
  )
  const names = new Set(lifted)
  const results = container.tags
    .filter(({ name, spec }) => spec.type === 'gaawe' && names.has(name))
    .map(({ name, spec }) => {
      const wanted = [...new Set(hitsOf(spec, world).map(hitKey))]
      return { tag: name, wanted, missing: wanted.filter((key) => !planned.has(key)).length }
    })
  // What the plan sends and no lifted tag did is nobody's: it counts against all of them.
  const all = new Set(results.flatMap(({ wanted }) => wanted))
  const odd = [...planned].filter((key) => !all.has(key)).length
  return {
    faithful: odd > 0 ? [] : results.filter(({ missing }) => missing === 0).map(({ tag }) => tag),
    unfaithful: results
      .filter(({ missing }) => missing > 0 || odd > 0)
      .map(({ tag, missing }) => ({ tag, missing, odd })),
    errors,
  }
}
