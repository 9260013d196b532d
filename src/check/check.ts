/** Checks a parsed plan: the schema, then the rules on what the schema lets through. All findings of one run together. */
import type { DiagnosticCode } from '../codes/code.ts'
import { PROFILES, type Profile } from '../codes/facts.ts'
import { didYouMean } from './schema/did-you-mean.ts'
import { pointerOf, type Diagnostic } from '../plan/diagnostic.ts'
import type { ParsedPlan } from '../plan/parse.ts'
import { environmentIdsIn } from '../plan/places.ts'
import { schemaAt } from '../plan/schema.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import {
  checkListed,
  hasReferences,
  referencesIn,
  resolveVariables,
  type ProcessEnvironment,
} from '../plan/variables.ts'
import { asWritten } from './as-written.ts'
import { applyIgnores } from './ignores.ts'
import { prune } from './prune.ts'
import type { Finding, Rule } from './rule.ts'
import { RULES } from './rules/index.ts'
import { checkSchema, isFieldOf, standsFor } from './schema/check-schema.ts'
import { placesOf } from './places.ts'
import { or } from '../words/counting.ts'

export interface CheckOptions {
  /** The day of the check, as 2026-11-22: ignored findings expire, targets pass. */
  readonly today: string
  /** Which rules are checked; `recommended` when left out. `strict` also turns warnings into errors. */
  readonly profile?: Exclude<Profile, 'always'>
  /** Check for this environment only; left out: for all of them. */
  readonly environment?: string
  /** The process's environment variables, for `${NAME}`. */
  readonly env?: ProcessEnvironment
  /** For tests of single rules. */
  readonly rules?: readonly Rule[]
}

export interface CheckResult {
  /** Nothing is wrong that keeps the plan from being compiled. */
  readonly ok: boolean
  /** The merged document, `${NAME}` unresolved; present when ok. */
  readonly document?: PlanDocument
  /** In the order of the files. */
  readonly diagnostics: readonly Diagnostic[]
}

export function checkPlan(parsed: ParsedPlan, options: CheckOptions): CheckResult {
  const { document } = parsed
  const found = document === undefined ? [] : checkDocument(document, parsed.diagnostics, options)
  const quoted = found.map((one) => emptiedByComment(parsed, withNumberAsWritten(parsed, one)))
  const diagnostics = inFileOrder(parsed, distinct([...parsed.diagnostics, ...quoted]))
  const ok = !diagnostics.some((one) => one.severity === 'error')
  return ok ? { ok, document: document as PlanDocument, diagnostics } : { ok, diagnostics }
}

/** Whether nothing keeps a document from being compiled for an environment. @param today as 2026-11-22 */
export function canBeCompiled(document: unknown, environment: string, today: string): boolean {
  const found = checkDocument(document, [], { today, profile: 'minimal', environment })
  return !found.some(({ severity }) => severity === 'error')
}

/** 06010 is the number 6010, and no account: what is to be put in quotes is what stands in the file. */
function withNumberAsWritten(parsed: ParsedPlan, one: Diagnostic): Diagnostic {
  if (one.code !== 'wrong-type' || one.edit === undefined || !('set' in one.edit)) return one
  const { value } = one.edit
  const place = one.at === undefined ? undefined : parsed.locate(one.at)
  if (typeof value !== 'string' || !/^-?[\d.e+-]+$/.test(value) || place === undefined) return one
  const line = parsed.textOf(place.file)?.split('\n')[place.line - 1] ?? ''
  const written = line.slice(place.column - 1, place.endColumn - 1)
  if (written === value || String(Number(written)) !== value) return one
  const say = (text: string): string => text.replaceAll(value, written)
  return {
    ...one,
    message: say(one.message),
    ...(one.fix !== undefined && { fix: say(one.fix) }),
    edit: { ...one.edit, value: written },
  }
}

/** `selector: #form` is empty, for a comment begins at #. */
function emptiedByComment(parsed: ParsedPlan, one: Diagnostic): Diagnostic {
  const place =
    one.code !== 'empty-field' || one.at === undefined ? undefined : parsed.locate(one.at, one.about)
  if (place === undefined) return one
  const line = parsed.textOf(place.file)?.split('\n')[place.line - 1] ?? ''
  const comment = /^\s*(?:- +)*[\w-]+:\s+(#[^\s#].*?)\s*$/.exec(line)?.[1]
  if (comment === undefined) return one
  return {
    ...one,
    message: `A comment begins at ${comment.split(' ', 1)[0] ?? ''}, so that ${one.message.replace(/\.$/, '')}.`,
    fix: `put it in quotes: ${JSON.stringify(comment)}.`,
  }
}

/** What is wrong with asking for an environment, if anything. */
function checkEnvironment(document: unknown, environment: string): Diagnostic | undefined {
  const ids = environmentIdsIn(document)
  if (ids.includes(environment)) return undefined
  const meant = didYouMean(environment, ids)
  return {
    severity: 'error',
    code: 'unknown-environment',
    message: `The plan has no environment "${environment}".`,
    fix: meant === undefined ? `name one of ${or(ids)}.` : `did you mean "${meant}"?`,
    at: ids.length > 0 ? pointerOf('environments') : '',
    about: 'key',
  }
}

/** A document with variables is a different one for each environment; without, one check does for all. */
function checkDocument(
  document: unknown,
  reported: readonly Diagnostic[],
  options: CheckOptions,
): Diagnostic[] {
  const used = referencesIn(document)
  if (options.environment !== undefined) {
    const unknown = checkEnvironment(document, options.environment)
    if (unknown !== undefined) return [unknown, ...checkResolved(document, reported, options, used)]
  }
  const ids = options.environment === undefined ? environmentIdsIn(document) : [options.environment]
  const ofList = checkListed(document)
  if (!hasReferences(document) || ids.length === 0)
    return [...ofList, ...checkResolved(document, reported, options, used)]
  const found = ids.flatMap((id) => {
    const resolved = resolveVariables(document, id, options.env ?? {})
    const ofValues = checkResolved(resolved.document, reported, options, used)
    return [
      ...resolved.diagnostics,
      // Where a variable is missing, what stands there is not a value yet: only that is said.
      ...asWritten(
        ofValues.filter(({ at }) => at === undefined || !resolved.unresolved.has(at)),
        document,
        resolved,
      ),
    ]
  })
  return [...ofList, ...found]
}

function checkResolved(
  document: unknown,
  reported: readonly Diagnostic[],
  options: CheckOptions,
  used: ReadonlySet<string>,
): Diagnostic[] {
  const schema = checkSchema(document, new Set(reported.flatMap(({ at }) => (at === undefined ? [] : [at]))))
  const known = [...reported, ...schema.diagnostics]
  const places = placesOf(prune(document, schema.broken) as PlanDocument, options.today, used)
  const level = PROFILES.indexOf(options.profile ?? 'recommended')
  const findings = (options.rules ?? RULES)
    .filter((rule) => PROFILES.indexOf(rule.profile) <= level)
    .flatMap((rule) => [...rule.check(places)].map((finding) => ({ rule, finding })))
    .filter(({ finding }) => !isCovered(finding, known))
    .map(({ rule, finding }) => diagnosticOf(rule, finding))
  const kept = applyIgnores(findings, places)
  return [...schema.diagnostics, ...(options.profile === 'strict' ? kept.map(promoted) : kept)]
}

function diagnosticOf(rule: Rule, finding: Finding): Diagnostic {
  const { at, about, message, fix, severity, edit } = finding
  return {
    severity: severity ?? rule.severity,
    code: rule.code,
    message,
    fix: fix ?? rule.fix,
    at,
    ...(about === undefined ? {} : { about }),
    ...(edit === undefined ? {} : { edit }),
  }
}

/** One mistake, one message: what is missing or follows because something is misspelt or malformed has been said. */
function isCovered({ at, absent, restsOn = [] }: Finding, known: readonly Diagnostic[]): boolean {
  return known.some((one) => {
    if (one.at === undefined) return false
    const place = one.at
    // A file with something unreadable at its top says nothing about what else is missing.
    if (restsOn.some((rest) => touches(rest, place, one.code))) return true
    if (place === at || at.startsWith(`${place}/`)) {
      return place !== '' && one.code !== 'three-to-five-micro-conversions' && !OF_A_KEY.has(one.code)
    }
    if (absent === undefined) return false
    // Of the conversion, or of the plan, from which it would come down to every conversion.
    if (place === `/${absent}`) return true
    if (!place.startsWith(`${at}/`)) return false
    const rest = place.slice(at.length + 1)
    if (absent === '*' || rest === absent || rest.startsWith(`${absent}/`)) return true
    if (one.code !== 'unknown-field' || rest.includes('/')) return false
    // Misspelt, or one level too high.
    return (
      standsFor(rest, absent) ||
      didYouMean(rest, [absent]) !== undefined ||
      isFieldOf(rest, schemaAt(at).properties?.[absent])
    )
  })
}

function touches(rest: string, place: string, code: DiagnosticCode): boolean {
  if (place === '' || place === rest || place.startsWith(`${rest}/`))
    return place !== '' || code === 'missing-field'
  return rest.startsWith(`${place}/`) || (code === 'unknown-field' && isMisspelt(place, rest))
}

/** Whether a field stands where another was meant, which is then not missing. */
function isMisspelt(place: string, meant: string): boolean {
  const [slash, other] = [place.lastIndexOf('/'), meant.lastIndexOf('/')]
  const isBeside = place.slice(0, slash) === meant.slice(0, other)
  return isBeside && didYouMean(place.slice(slash + 1), [meant.slice(other + 1)]) !== undefined
}

/** These speak of a key; the value below it is another matter. */
const OF_A_KEY = new Set(['bad-id', 'missing-field', 'wrong-count', 'duplicate-item'])

function promoted(diagnostic: Diagnostic): Diagnostic {
  return diagnostic.severity === 'warning' ? { ...diagnostic, severity: 'error' } : diagnostic
}

function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>()
  return diagnostics.filter((one) => {
    const key = JSON.stringify([one.code, one.at, one.location, one.message])
    return !seen.has(key) && seen.add(key)
  })
}

function inFileOrder(parsed: ParsedPlan, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const placed = diagnostics.map((diagnostic) => {
    const place =
      diagnostic.location ??
      (diagnostic.at === undefined ? undefined : parsed.locate(diagnostic.at, diagnostic.about))
    return { diagnostic, file: place?.file ?? '', line: place?.line ?? 0, column: place?.column ?? 0 }
  })
  const own = (file: string): number => (file === parsed.file ? 0 : 1)
  placed.sort(
    (a, b) =>
      own(a.file) - own(b.file) ||
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.line - b.line ||
      a.column - b.column ||
      (a.diagnostic.code < b.diagnostic.code ? -1 : a.diagnostic.code > b.diagnostic.code ? 1 : 0),
  )
  return placed.map(({ diagnostic }) => diagnostic)
}
