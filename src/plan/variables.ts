/**
 * `${NAME}` in values: from the environment's `vars`, else the plan's, else the process's environment. `$${` is a
 * plain `${`. A value that is nothing but a reference takes the type that the language asks for at its place, so that
 * `value: ${AVERAGE}` is a number and `account: ${ACCOUNT}` is a text, wherever they come from.
 */
import { pointerOf, type Diagnostic, type Pointer } from './diagnostic.ts'
import { typesAt } from './schema.ts'

/** The process's environment variables, as passed in by the command line. */
export type ProcessEnvironment = Readonly<Record<string, string | undefined>>

export interface Resolved {
  readonly document: unknown
  readonly diagnostics: readonly Diagnostic[]
}

type Scalar = string | number | boolean
type Map = Readonly<Record<string, unknown>>

// What is between the braces holds none, or a text of many ${ would be searched to its end for each of them.
const REFERENCE = /\$\$\{|\$\{([^{}]*)\}/g
const NAME = /^[A-Z_][A-Z0-9_]*$/

/** Whether anything in the document refers to a variable. */
export function hasReferences(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('${')
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(hasReferences)
}

/** The names that a document refers to. */
export function referencesIn(value: unknown, names = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    for (const match of value.matchAll(REFERENCE)) if (match[1] !== undefined) names.add(match[1])
  } else if (typeof value === 'object' && value !== null) {
    for (const one of Object.values(value)) referencesIn(one, names)
  }
  return names
}

/**
 * The document as it is for one environment. Of the other environments only those that share its GTM container must be
 * complete, since their hosts stand in the same lookup table.
 */
export function resolveVariables(
  document: unknown,
  environmentId: string,
  env: ProcessEnvironment,
): Resolved {
  const plan = asMap(document)
  const environments = asMap(plan.environments)
  const valuesOf = (id: string): Map => ({ ...asMap(plan.vars), ...asMap(asMap(environments[id]).vars) })
  const diagnostics: Diagnostic[] = []
  const report = (found: Diagnostic): void => void diagnostics.push(found)

  const resolvedEnvironments = Object.create(null) as Record<string, unknown>
  const unfinished = new globalThis.Map<string, Diagnostic[]>()
  for (const [id, environment] of Object.entries(environments)) {
    const missing: Diagnostic[] = []
    const lookup = lookupIn(valuesOf(id), env, id)
    resolvedEnvironments[id] = resolve(
      environment,
      pointerOf('environments', id),
      lookup,
      (one) => void missing.push(one),
    )
    unfinished.set(id, missing)
  }
  const container = containerOf(resolvedEnvironments[environmentId])
  for (const [id, missing] of unfinished) {
    const shares = container !== undefined && containerOf(resolvedEnvironments[id]) === container
    if (id === environmentId || shares) missing.forEach(report)
  }

  const lookup = lookupIn(valuesOf(environmentId), env, environmentId)
  const resolved = Object.create(null) as Record<string, unknown>
  for (const [key, value] of Object.entries(plan)) {
    if (key === 'environments' && typeof value === 'object' && value !== null)
      resolved[key] = resolvedEnvironments
    else resolved[key] = key === 'vars' ? value : resolve(value, pointerOf(key), lookup, report)
  }
  return { document: typeof document === 'object' && document !== null ? resolved : document, diagnostics }
}

type Lookup = (name: string) => Scalar | undefined

function lookupIn(
  values: Map,
  env: ProcessEnvironment,
  environmentId: string,
): Lookup & { readonly environmentId: string } {
  const find = (name: string): Scalar | undefined => {
    const value = Object.hasOwn(values, name)
      ? values[name]
      : Object.hasOwn(env, name)
        ? env[name]
        : undefined
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : undefined
  }
  return Object.assign(find, { environmentId })
}

function resolve(
  value: unknown,
  at: Pointer,
  lookup: Lookup & { readonly environmentId: string },
  report: (diagnostic: Diagnostic) => void,
): unknown {
  if (typeof value === 'string') return value.includes('${') ? resolveText(value, at, lookup, report) : value
  if (Array.isArray(value))
    return value.map((item, index) => resolve(item, at + pointerOf(index), lookup, report))
  if (typeof value !== 'object' || value === null) return value
  const result = Object.create(null) as Record<string, unknown>
  const isEnvironment = /^\/environments\/[^/]*$/.test(at)
  for (const [key, item] of Object.entries(value)) {
    result[key] = isEnvironment && key === 'vars' ? item : resolve(item, at + pointerOf(key), lookup, report)
  }
  return result
}

function resolveText(
  text: string,
  at: Pointer,
  lookup: Lookup & { readonly environmentId: string },
  report: (diagnostic: Diagnostic) => void,
): unknown {
  const whole = /^\$\{([^{}]*)\}$/.exec(text)?.[1]
  if (whole !== undefined && NAME.test(whole)) {
    const value = lookup(whole)
    if (value === undefined) report(undefinedVariable(whole, at, lookup.environmentId))
    return value === undefined ? text : asTypeOf(at, value)
  }
  return text.replaceAll(REFERENCE, (match, name: string | undefined) => {
    if (name === undefined) return '${'
    if (!NAME.test(name)) {
      // A JavaScript template literal has braces of its own.
      if (!at.endsWith('/javascript')) report(badName(name, at))
      return match
    }
    const value = lookup(name)
    if (value === undefined) report(undefinedVariable(name, at, lookup.environmentId))
    return value === undefined ? match : String(value)
  })
}

function asTypeOf(at: Pointer, value: Scalar): Scalar {
  const types = typesAt(at)
  const isText = typeof value === 'string'
  if (isText && (types.includes('number') || types.includes('integer')) && !types.includes('string')) {
    return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
  }
  if (isText && types.includes('boolean') && !types.includes('string')) {
    return value === 'true' ? true : value === 'false' ? false : value
  }
  return !isText && types.includes('string') && !types.includes(typeof value) ? String(value) : value
}

function undefinedVariable(name: string, at: Pointer, environmentId: string): Diagnostic {
  return {
    severity: 'error',
    code: 'undefined-variable',
    message: `\${${name}} has no value in environment "${environmentId}".`,
    fix: `set ${name} under environments.${environmentId}.vars or vars, or in the environment that runs the command. For the plain text write $\${${name}}.`,
    at,
  }
}

function badName(name: string, at: Pointer): Diagnostic {
  return {
    severity: 'error',
    code: 'undefined-variable',
    message: `\${${name}} is not the name of a variable: those are capital letters, digits and underscores.`,
    fix: `write it in capitals, or $\${${name}} for the plain text.`,
    at,
  }
}

function containerOf(environment: unknown): string | undefined {
  const container = asMap(asMap(environment).gtm).container
  return typeof container === 'string' && !container.includes('${') ? container : undefined
}

function asMap(value: unknown): Map {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Map) : {}
}
