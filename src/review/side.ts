/** One side of a comparison: a plan at one revision, checked, in words and compiled for each of its environments. */
import { checkPlan, type CheckOptions } from '../check/check.ts'
import { prune } from '../check/prune.ts'
import { checkSchema } from '../check/schema/check-schema.ts'
import { compile } from '../compile/compile.ts'
import type { Templates } from '../compile/templates.ts'
import { buildPlan } from '../plan/build.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { ParsedPlan } from '../plan/parse.ts'
import { environmentIdsIn } from '../plan/places.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import { resolveVariables } from '../plan/variables.ts'
import type { Built, Compiled } from './effects.ts'

export interface Side {
  readonly file: string
  /** As written, `${NAME}` unresolved, without what the schema refuses. Absent when nothing can be read. */
  readonly document?: PlanDocument
  readonly diagnostics: readonly Diagnostic[]
  /** Absent when the plan has errors. */
  readonly compiled?: Compiled
  readonly parsed: ParsedPlan
}

export type SideOptions = Pick<CheckOptions, 'today' | 'profile' | 'env'> & { readonly templates: Templates }

export function sideOf(parsed: ParsedPlan, options: SideOptions): Side {
  const { today, profile, env = {}, templates } = options
  const { ok, document, diagnostics } = checkPlan(parsed, {
    today,
    env,
    ...(profile === undefined ? {} : { profile }),
  })
  const side = { file: parsed.file, parsed }
  if (!ok || document === undefined) {
    const readable = readableDocument(parsed.document, env)
    return { ...side, diagnostics, ...(readable === undefined ? {} : { document: readable }) }
  }
  const compiled = new Map<string, Built>()
  const found: Diagnostic[] = []
  for (const id of Object.keys(document.environments)) {
    const resolved = resolveVariables(document, id, env).document as PlanDocument
    const plan = buildPlan(resolved, id, parsed.file)
    const result = compile(plan, templates)
    compiled.set(id, { plan, resources: result.resources })
    found.push(...result.diagnostics)
  }
  const all = [...diagnostics, ...distinct(found)]
  const failed = found.some(({ severity }) => severity === 'error')
  return { ...side, document, diagnostics: all, ...(failed ? {} : { compiled }) }
}

/** What a plan with errors still says, so that a review can tell what is about to change. */
function readableDocument(
  document: unknown,
  env: Readonly<Record<string, string | undefined>>,
): PlanDocument | undefined {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return undefined
  const [first = ''] = environmentIdsIn(document)
  const { broken } = checkSchema(resolveVariables(document, first, env).document)
  return prune(
    document,
    broken.filter((pointer) => pointer !== ''),
  ) as PlanDocument
}

function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [`${one.code} ${one.at ?? ''} ${one.message}`, one])).values()]
}
