/**
 * `${NAME}` in values: from the environment's `vars`, else the plan's, else, for names that the plan lists under `env`,
 * from the process's environment; `${NAME:-default}` where there is none or it is empty. `$${` is a plain `${`. A value
 * that is nothing but a reference takes the type that the language asks for at its place, so that `value: ${AVERAGE}` is a
 * number and `account: ${ACCOUNT}` is a text, wherever they come from.
 */
import { pointerOf, type Diagnostic, type Pointer } from './diagnostic.ts'
import { typesAt } from './schema.ts'

/** The process's environment variables, as passed in by the command line. */
export type ProcessEnvironment = Readonly<Record<string, string | undefined>>

export interface Resolved {
  readonly document: unknown
  readonly diagnostics: readonly Diagnostic[]
  /** Where a reference still stands in the document because it has no value. */
  readonly unresolved: ReadonlySet<Pointer>
  /** What the process's environment gave, by name: never to be shown. */
  readonly taken: ReadonlyMap<string, string>
}

type Scalar = string | number | boolean
type Map = Readonly<Record<string, unknown>>

// What is between the braces holds none, or a text of many ${ would be searched to its end for each of them.
const REFERENCE = /\$\$\{|\$\{([^{}]*)\}/g
const NAME = /^([A-Z_][A-Z0-9_]*)(?::-(.*))?$/s

/** Names of credentials and of the tokens of CI systems. What they hold must reach no plan, container or message. */
const CREDENTIAL =
  /^(ACTIONS|GOOGLE|GCLOUD|CLOUDSDK|AWS|AZURE|SSH)_|^(GITHUB|GH|GITLAB|NPM|NODE_AUTH|CI)_.*TOKEN|(^|_)(TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|PRIVATE_KEY|API_KEY|ACCESS_KEY)S?$/

/** Tag Manager's and Analytics' public ids, numbers (one with many digits may be a secret), yes and no, currencies. */
const PUBLIC = /^(GTM-[A-Z0-9]{1,10}|G-[A-Z0-9]{1,12}|-?\d{1,6}(\.\d{1,6})?|true|false|[A-Z]{3})$/

/** Whether a value may be shown wherever it comes from. */
export function isPublic(value: string): boolean {
  return PUBLIC.test(value)
}

/**
 * The environment variables that may be shown: in the comment on a pull request, which no secret store masks, and in
 * documents, which are committed. Whatever does not look like a public id, a number or a word of the language stays
 * `${NAME}`; an empty one hides nothing. Both sides of a comparison see the same, so no difference is lost.
 */
export function shownEnvironment(env: ProcessEnvironment): ProcessEnvironment {
  return new Proxy(env, {
    get: (target, name) => {
      const value = typeof name === 'string' && Object.hasOwn(target, name) ? target[name] : undefined
      return value === undefined || value === '' || isPublic(value) ? value : `\${${String(name)}}`
    },
  })
}

/** Whether anything in the document refers to a variable. */
export function hasReferences(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('${')
  if (Array.isArray(value)) return value.some(hasReferences)
  const map = asMap(value)
  return Object.keys(map).some((name) => !isAsItIs(name, map[name]) && hasReferences(map[name]))
}

/** What a plan takes in as it is, entities and lines of HTML, holds scripts, in which `${...}` is JavaScript's. */
function isAsItIs(name: string, value: unknown): boolean {
  return (name === 'entities' || name === 'html') && Array.isArray(value)
}

/** The same value, written so that no text in it refers to a variable: as it was once it is resolved. */
export function escaped<T>(value: T): T {
  return escapedValue(value) as T
}

function escapedValue(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('${', '$$$${')
  if (Array.isArray(value)) return value.map(escapedValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, isAsItIs(name, one) ? one : escapedValue(one)]),
  )
}

/** The names that a document refers to. */
export function referencesIn(value: unknown, names = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    if (!value.includes('${')) return names
    for (const match of value.matchAll(REFERENCE))
      if (match[1] !== undefined) names.add(NAME.exec(match[1])?.[1] ?? match[1])
  } else if (typeof value === 'object' && value !== null) {
    for (const name of Object.keys(value)) {
      const one: unknown = value[name as keyof typeof value]
      if (!isAsItIs(name, one)) referencesIn(one, names)
    }
  }
  return names
}

/** Whether any of a text's references takes a variable. */
export function isReference(text: unknown): text is string {
  return typeof text === 'string' && referencesIn(text).size > 0
}

/** What is wrong with the plan's list of names that the process's environment may give. */
export function checkListed(document: unknown): Diagnostic[] {
  return listedIn(document).flatMap((name, index) =>
    CREDENTIAL.test(name) ? [credential(name, pointerOf('env', index))] : [],
  )
}

function listedIn(document: unknown): readonly string[] {
  const { env } = asMap(document)
  return Array.isArray(env) ? env.map(String) : []
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
  if (!hasReferences(document))
    return { document, diagnostics: [], unresolved: new Set(), taken: new globalThis.Map() }
  const plan = asMap(document)
  const environments = asMap(plan.environments)
  const listed = new Set(listedIn(document))
  const declared = new Set([
    ...listed,
    ...Object.keys(asMap(plan.vars)),
    ...Object.values(environments).flatMap((environment) => Object.keys(asMap(asMap(environment).vars))),
  ])
  const taken = new globalThis.Map<string, string>()
  const scopeOf = (id: string): Scope => ({
    environmentId: id,
    values: { ...asMap(plan.vars), ...asMap(asMap(environments[id]).vars) },
    env,
    listed,
    declared,
    taken,
  })

  const resolvedEnvironments = Object.create(null) as Record<string, unknown>
  const unfinished = new globalThis.Map<string, Missing[]>()
  for (const [id, environment] of Object.entries(environments)) {
    const missing: Missing[] = []
    resolvedEnvironments[id] = resolve(environment, pointerOf('environments', id), scopeOf(id), missing)
    unfinished.set(id, missing)
  }
  const container = containerOf(resolvedEnvironments[environmentId])
  const missing = [...unfinished].flatMap(([id, found]) => {
    const shares = container !== undefined && containerOf(resolvedEnvironments[id]) === container
    return id === environmentId || shares ? found : []
  })

  const scope = scopeOf(environmentId)
  const resolved = Object.create(null) as Record<string, unknown>
  for (const [key, value] of Object.entries(plan)) {
    if (key === 'environments' && typeof value === 'object' && value !== null)
      resolved[key] = resolvedEnvironments
    else
      resolved[key] =
        key === 'vars' || isAsItIs(key, value) ? value : resolve(value, pointerOf(key), scope, missing)
  }
  return {
    document: typeof document === 'object' && document !== null ? resolved : document,
    diagnostics: missing.flatMap(({ diagnostic }) => (diagnostic === undefined ? [] : [diagnostic])),
    unresolved: new Set(missing.map(({ at }) => at)),
    taken,
  }
}

/** Where the values of one environment come from. */
interface Scope {
  readonly environmentId: string
  readonly values: Map
  readonly env: ProcessEnvironment
  readonly listed: ReadonlySet<string>
  /** The names that have a value in some environment, or may have one from the process. */
  readonly declared: ReadonlySet<string>
  readonly taken: globalThis.Map<string, string>
}

/** A reference without a value; without a diagnostic where the plan's list has said it. */
interface Missing {
  readonly at: Pointer
  readonly diagnostic?: Diagnostic
}

function lookUp(name: string, { values, env, listed, taken }: Scope): Scalar | undefined {
  if (Object.hasOwn(values, name)) {
    const value = values[name]
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : undefined
  }
  const value = listed.has(name) && !CREDENTIAL.test(name) && Object.hasOwn(env, name) ? env[name] : undefined
  if (value !== undefined) taken.set(name, value)
  return value
}

function resolve(value: unknown, at: Pointer, scope: Scope, missing: Missing[]): unknown {
  if (typeof value === 'string') return value.includes('${') ? resolveText(value, at, scope, missing) : value
  if (Array.isArray(value))
    return value.map((item, index) => resolve(item, at + pointerOf(index), scope, missing))
  if (typeof value !== 'object' || value === null) return value
  const result = Object.create(null) as Record<string, unknown>
  const isEnvironment = /^\/environments\/[^/]*$/.test(at)
  for (const [key, item] of Object.entries(value)) {
    result[key] =
      (isEnvironment && key === 'vars') || isAsItIs(key, item)
        ? item
        : resolve(item, at + pointerOf(key), scope, missing)
  }
  return result
}

function resolveText(text: string, at: Pointer, scope: Scope, missing: Missing[]): unknown {
  const valueOf = (inner: string): Scalar | undefined => {
    const [, name, otherwise] = NAME.exec(inner) ?? []
    if (name === undefined) {
      // A JavaScript template literal has braces of its own.
      if (!at.endsWith('/javascript')) missing.push({ at, diagnostic: badName(inner, at) })
      return undefined
    }
    const found = lookUp(name, scope)
    const value = found === undefined || found === '' ? (otherwise ?? found) : found
    if (value === undefined || !(scope.declared.has(name) || found !== undefined))
      missing.push(unresolved(name, at, scope))
    return value
  }
  const whole = /^\$\{([^{}]*)\}$/.exec(text)?.[1]
  if (whole !== undefined && NAME.test(whole)) {
    const value = valueOf(whole)
    return value === undefined ? text : asTypeOf(at, value)
  }
  return text.replaceAll(REFERENCE, (match, inner: string | undefined) =>
    inner === undefined ? '${' : String(valueOf(inner) ?? match),
  )
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

function unresolved(name: string, at: Pointer, { environmentId, listed, declared }: Scope): Missing {
  if (CREDENTIAL.test(name)) return listed.has(name) ? { at } : { at, diagnostic: credential(name, at) }
  const [message, fix] = listed.has(name)
    ? [
        `\${${name}} is not set in the environment that runs the command.`,
        `set ${name} there, or write \${${name}:-default}.`,
      ]
    : declared.has(name)
      ? [
          `\${${name}} has no value in environment "${environmentId}".`,
          `set ${name} under environments.${environmentId}.vars or vars.`,
        ]
      : [
          `Where \${${name}} gets its value is not said: ${name} stands neither under "vars" nor in the list "env".`,
          `set ${name} under environments.${environmentId}.vars or vars; if the environment that runs the command gives it, write env: [${name}]. For the plain text write $\${${name}}.`,
        ]
  return { at, diagnostic: { severity: 'error', code: 'undefined-variable', message, fix, at } }
}

function credential(name: string, at: Pointer): Diagnostic {
  return {
    severity: 'error',
    code: 'credentials-are-not-used',
    message: `${name} is the name of a credential, which a plan cannot use.`,
    fix: 'take it out of the plan; if it is no secret, give it another name where it is set.',
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
