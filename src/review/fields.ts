/** The fields of a thing in the plan, in words, and which of them differ. Labels are the schema's titles. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type {
  Benchmark,
  Condition,
  Evidence,
  Guardrail,
  PartTarget,
  Source as SourceDocument,
  Target,
  Trigger,
} from '../plan/plan-types.ts'
import { schemaAt } from '../plan/schema.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { isRecord } from '../resources/is-record.ts'
import { buildSource } from '../sources/build.ts'
import { buildCondition, conditionWords } from '../sources/condition.ts'
import { sourceWords } from '../sources/source-words.ts'
import { buildTrigger } from '../triggers/build.ts'
import { triggerWords } from '../triggers/trigger-words.ts'
import type { FieldWords } from './review.ts'
import {
  benchmarkWords,
  evidenceWords,
  guardrailWords,
  money,
  partTargetWords,
  targetWords,
} from '../words/plan-words.ts'

/** One field of one side. `same` decides whether it changed, `words` is what people read. */
export interface Field {
  readonly id: string
  readonly label: string
  readonly words: string
  readonly same: string
}

type Words = (value: never, currency: string | undefined) => string

/** Fields whose values are not read as they stand. */
const WORDS: { readonly [field: string]: Words } = {
  target: (target: Target, currency) => targetWords(target, currency),
  // A conversion has them by part, a market by conversion.
  targets: (said: readonly PartTarget[] | { readonly [conversion: string]: Target }, currency) =>
    (isList(said)
      ? said.map((part) => partTargetWords(part, currency))
      : Object.entries(said).map(([id, target]) => `${id} ${targetWords(target, currency)}`)
    ).join('; '),
  when: (list: readonly Condition[]) =>
    list.map((condition) => conditionWords(buildCondition(condition, ''), '')).join(' and '),
  value: (value: number, currency) => money(value, currency),
  benchmarks: (list: readonly Benchmark[]) => list.map(benchmarkWords).join('; '),
  guardrail: (guardrail: Guardrail) => guardrailWords(guardrail),
  evidence: (evidence: Evidence) => evidenceWords(evidence),
  counting: (counting: string) => counting.replaceAll('_', ' '),
  fires: (fires: string) => fires.replaceAll('_', ' '),
  outcome: (outcome: string) => outcome.replaceAll('_', ' '),
  collectedBy: (who: string) => who.replaceAll('_', ' '),
  // A file is the list of its lines.
  html: (html: string | readonly string[]) => (typeof html === 'string' ? html : html.join('\n')),
}

/** Fields whose keys are names of the plan: each key is a field of its own. */
const OF_SOURCES: { readonly [field: string]: string } = {
  parameters: 'Parameter',
  sharedParameters: 'Shared parameter',
  userProperties: 'User property',
}

/**
 * The fields of what stands at a pointer, in the order of the schema.
 * @param skip fields that are told in another way.
 */
export function fieldsOf(
  value: object,
  at: Pointer,
  skip: readonly string[],
  currency: string | undefined,
): Field[] {
  const order = Object.keys(schemaAt(at).properties ?? {})
  return Object.entries(value)
    .filter(([field]) => !skip.includes(field))
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .flatMap(([field, inner]) => fieldsAt(field, inner as unknown, at, currency))
}

function fieldsAt(field: string, value: unknown, parent: Pointer, currency: string | undefined): Field[] {
  const at = parent + pointerOf(field)
  const sources = OF_SOURCES[field]
  if (sources !== undefined && isRecord(value)) {
    return Object.entries(value).map(([name, source]) => ({
      id: `${field}.${name}`,
      label: `${sources} ${name}`,
      words: readable(() => sourceWords(buildSource(source as SourceDocument)), source),
      same: canonicalJson(source),
    }))
  }
  if (field === 'trigger') {
    return [
      {
        id: field,
        label: labelAt(at),
        words: readable(() => triggerWords(buildTrigger(value as Trigger, '')), value),
        // A default written out changes nothing.
        same: readable(() => canonicalJson(withoutPlaces(buildTrigger(value as Trigger, ''))), value),
      },
    ]
  }
  const words = WORDS[field]
  // Alerts say of a target, too, whether it is watched.
  if (words !== undefined && typeof value !== 'boolean') {
    return [
      {
        id: field,
        label: labelAt(at),
        words: readable(() => words(value as never, currency), value),
        same: canonicalJson(value),
      },
    ]
  }
  if (isRecord(value)) return mapFields(field, value, at)
  return [{ id: field, label: labelAt(at), words: plainWords(value), same: canonicalJson(value) }]
}

/** `Site: Hosts`, `Consent: Defaults: ad_storage`: each value by the way that leads to it. */
function mapFields(id: string, value: Record<string, unknown>, at: Pointer): Field[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    fieldsAt(key, inner, at, undefined).map((field) => ({
      ...field,
      id: `${id}.${field.id}`,
      label: `${labelAt(at)}: ${field.label}`,
    })),
  )
}

/** The schema's title; a key that is a name of the plan's own is its own label. */
function labelAt(at: Pointer): string {
  const name = at.slice(at.lastIndexOf('/') + 1)
  const parent = schemaAt(at.slice(0, at.lastIndexOf('/')))
  const isNamed = parent.properties !== undefined && Object.hasOwn(parent.properties, name)
  // What a field is called goes before what the kind of its value is called.
  return isNamed ? (parent.properties?.[name]?.title ?? schemaAt(at).title ?? name) : name
}

/** What a broken plan says where it cannot be understood is shown as it stands: the errors say what is wrong. */
function readable(words: () => string, value: unknown): string {
  try {
    return words()
  } catch {
    return plainWords(value)
  }
}

function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'at')
      .map(([key, inner]) => [key, withoutPlaces(inner)]),
  )
}

export function plainWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(plainWords).join(', ')
  return typeof value === 'string' ? value : isRecord(value) ? canonicalJson(value) : String(value)
}

/** The fields that differ, in the order of the new side, then those that are gone. */
export function changedFields(before: readonly Field[], after: readonly Field[]): FieldWords[] {
  const was = new Map(before.map((field) => [field.id, field]))
  const is = new Map(after.map((field) => [field.id, field]))
  const changed = after.flatMap((field): FieldWords[] => {
    const old = was.get(field.id)
    if (old === undefined) return [{ label: field.label, after: field.words }]
    if (old.same === field.same) return []
    if (old.label === field.label) return [{ label: field.label, before: old.words, after: field.words }]
    const renamed = { label: 'Name', before: old.label, after: field.label }
    return old.words === field.words
      ? [renamed]
      : [renamed, { label: field.label, before: old.words, after: field.words }]
  })
  const gone = before
    .filter((field) => !is.has(field.id))
    .map((field) => ({ label: field.label, before: field.words }))
  return [...changed, ...gone]
}

function isList<T>(value: readonly T[] | object): value is readonly T[] {
  return Array.isArray(value)
}
