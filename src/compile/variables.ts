/**
 * One variable for each distinct thing that is read, however many events read it. Its key says what it reads
 * (`dataLayer.plan.type`), so that it stays itself whatever the events around it are called.
 */
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { Plan } from '../plan/plan.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import type { GtmVariable, Text } from '../sources/gtm.ts'
import { inputsOf, simpleText, variableFor } from '../sources/read-gtm.ts'
import type { Source } from '../sources/source.ts'
import { keyOf, refTo, type PlannedEntity } from './planned-entity.ts'
import { ofWholePlan } from './folders.ts'
import { sourceUses, type SourceUse } from './sources.ts'

export interface Variables {
  readonly planned: readonly PlannedEntity[]
  readonly diagnostics: readonly Diagnostic[]
  /** The text that stands for a source: a literal, or a reference to its variable. */
  readonly textOf: (source: Source) => Text
}

export function compileVariables(plan: Plan): Variables {
  const texts = new Map<string, Text>()
  const planned: PlannedEntity[] = []
  const diagnostics: Diagnostic[] = []
  const ids = new Map<string, number>()
  const textOf = (source: Source): Text => {
    const text = simpleText(source, textOf) ?? texts.get(canonicalJson(source))
    if (text === undefined) throw new Error(`No variable was made for ${canonicalJson(source)}.`)
    return text
  }
  for (const use of inOrderOfContent(sourceUses(plan))) {
    const identity = canonicalJson(use.source)
    if (use.role !== '' && use.source.kind === 'literal') diagnostics.push(literalSubject(use))
    if (simpleText(use.source, textOf) !== undefined || texts.has(identity)) continue
    const made = variableFor(use.source, use, textOf)
    const id = distinct(made.id, use, ids)
    const key = keyOf(plan, id, 'variable')
    texts.set(identity, { variable: refTo(key) })
    planned.push({
      kind: 'gtm/variable',
      template: `variables/${made.template}`,
      key,
      ...wasOf(plan, made, id, use),
      naming: {
        pattern: plan.naming.variable ?? '{kind} - {source}',
        values: { kind: made.label[0], source: made.label[1], plan: plan.id },
        id: use.by === '' ? made.label[1] : use.by,
      },
      ...ofWholePlan(plan, use.at),
      values: made.values,
    })
  }
  return { planned, diagnostics, textOf }
}

/** The key it had when the parameter or the conversion was called otherwise. */
function wasOf(
  plan: Plan,
  made: GtmVariable,
  id: string,
  use: SourceUse,
): { readonly was?: readonly string[] } {
  const isOwn = use.byWas !== undefined && id === `${made.id}~${use.by}`
  const base = made.wasId ?? (isOwn ? made.id : undefined)
  if (base === undefined) return {}
  const suffix = isOwn ? `~${use.byWas}` : id.slice(made.id.length)
  return { was: [keyOf(plan, base + suffix, 'variable')] }
}

/** A second table for the same parameter gets the conversion into its id, a third a number. */
function distinct(id: string, use: SourceUse, ids: Map<string, number>): string {
  const taken = ids.get(id)
  ids.set(id, (taken ?? 0) + 1)
  if (taken === undefined) return id
  const own = `${id}~${use.by === '' || use.role === '-when' ? taken + 1 : use.by}`
  const more = ids.get(own)
  ids.set(own, (more ?? 0) + 1)
  return more === undefined ? own : `${own}~${more + 1}`
}

/**
 * Two defaults for one data layer key are told apart by number, whose order must not depend on the file's. The data
 * layer comes before the tables that read it.
 */
function inOrderOfContent(uses: readonly SourceUse[]): SourceUse[] {
  return uses
    .map((use, index) => ({ use, index, rank: rankOf(use.source) }))
    .sort((a, b) => (a.rank === b.rank ? a.index - b.index : a.rank < b.rank ? -1 : 1))
    .map(({ use }) => use)
}

function rankOf(source: Source): string {
  if (source.kind !== 'dataLayer' || inputsOf(source).length > 0) return '~'
  const { default: fallback, version, format, compared } = source
  const value = fallback?.kind === 'literal' ? fallback.value : undefined
  return `${typeof value} ${String(value)} ${canonicalJson({ version, format, compared })}`
}

function literalSubject(use: SourceUse): Diagnostic {
  return {
    severity: 'error',
    code: 'subjects-are-variable',
    message: 'A condition or a table reads a value that changes; this one is always the same.',
    fix: 'Name a source, for example { dataLayer: plan.type } or { url: path }.',
    at: use.at,
  }
}
