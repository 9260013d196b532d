/**
 * Checks a document against the language's schema and says what is wrong in plain words: one mistake, one message.
 *
 * ajv finds the mistakes. What it cannot do stands here: say them in the words of the user, name what was meant, and keep
 * silent about what follows from another mistake (a misspelt field is not also a missing one).
 */
import type { ErrorObject } from 'ajv'
import type { LanguageCode } from '../../codes/code.ts'
import { pointerOf, type Diagnostic, type Edit, type Pointer } from '../../plan/diagnostic.ts'
import type { PlanDocument } from '../../plan/plan-types.ts'
import { fieldAt, followedSchema, type Schema } from '../../plan/schema.ts'
import { stepsOf } from '../../plan/tree.ts'
import { didYouMean, isSameWord } from './did-you-mean.ts'
import { validatePlan } from './plan-validator.ts'
import { EXAMPLES, formatFix, typeRemedy, type Remedy } from './remedies.ts'
import { foundWords, kindWords, PATTERN_WORDS, quoted, typeWords } from './words.ts'
import { or } from '../../words/counting.ts'

export interface SchemaResult {
  readonly diagnostics: readonly Diagnostic[]
  /** Where a value may not stand as it is; what rules must not look at. */
  readonly broken: readonly Pointer[]
}

/** One mistake, and whether rules can still look at what it is about. */
interface Mistake {
  readonly diagnostic: Diagnostic
  readonly broken?: Pointer
}

/** A value that something is wrong with, or with its fields. */
interface Place {
  readonly at: Pointer
  readonly value: unknown
  /** The field that holds the value; undefined for the whole plan. */
  readonly key: string | undefined
  /** As it stands at the field; `schema` is what it refers to. */
  readonly field: Schema
  readonly schema: Schema
  /** The field's name as it begins a sentence. */
  readonly name: string
}

/**
 * All of a document's departures from the schema. `reported`: places where something is wrong already, such as an alias
 * that leads nowhere; what is missing there is not missed.
 */
export function checkSchema(document: unknown, reported: ReadonlySet<Pointer> = new Set()): SchemaResult {
  if (validatePlan(document)) return { diagnostics: [], broken: [] }
  const byPlace = new Map<Pointer, ErrorObject[]>()
  for (const error of validatePlan.errors ?? []) {
    const there = byPlace.get(error.instancePath)
    if (there === undefined) byPlace.set(error.instancePath, [error])
    else there.push(error)
  }
  const mistakes = [...byPlace].flatMap(([at, errors]) => mistakesAt(placeAt(document, at), errors, reported))
  return {
    diagnostics: mistakes.map(({ diagnostic }) => inDraft(document, diagnostic)),
    broken: mistakes.flatMap(({ broken }) => (broken === undefined ? [] : [broken])),
  }
}

const FINISH = 'bring it to three to five (`plan catalogue` has ideas), then remove `draft`.'

/** What is not finished says so: the law of three to five waits until `draft` is taken out. */
function inDraft(document: unknown, diagnostic: Diagnostic): Diagnostic {
  const { code, at = '' } = diagnostic
  if (code !== 'three-to-five-micro-conversions') return diagnostic
  const { draft, stages } = document as Partial<PlanDocument>
  const [, stage = ''] = stepsOf(at)
  const isDraft = draft === true || stages?.[stage]?.draft === true
  return isDraft ? { ...diagnostic, severity: 'warning', fix: FINISH } : diagnostic
}

function placeAt(document: unknown, at: Pointer): Place {
  const { key, schema: field } = fieldAt(at)
  const value = stepsOf(at).reduce(
    (node, step) => (node as { readonly [step: string]: unknown })[step],
    document,
  )
  const name = key === undefined ? 'The plan' : quoted(key)
  return { at, value, key, field, schema: followedSchema(field), name }
}

/** Of several things wrong with a value itself the first is said: the others follow from it, or come next. */
const OF_THE_VALUE: readonly string[] = [
  ...['type', 'const', 'enum'],
  ...['minLength', 'pattern', 'maxLength', 'minimum', 'maximum'],
]

function mistakesAt(place: Place, errors: readonly ErrorObject[], reported: ReadonlySet<Pointer>): Mistake[] {
  const first = OF_THE_VALUE.map((keyword) =>
    errors.find((error) => error.keyword === keyword && error.propertyName === undefined),
  ).find((error) => error !== undefined)
  if (first !== undefined) return [ofTheValue(place, first)]
  const missing = errors.filter(({ keyword }) => keyword === 'required')
  const unknown = errors.filter(({ keyword }) => keyword === 'additionalProperties')
  const count = errors.find(({ keyword }) => /^(min|max)(Items|Properties)$/.test(keyword))
  return [
    ...(count === undefined || reported.has(place.at) ? [] : [wrongCount(place)]),
    ...missingFields(
      place,
      missing.map(({ params }) => params.missingProperty as string),
      reported,
    ),
    ...unknownFields(
      place,
      unknown.map(({ params }) => params.additionalProperty as string),
    ),
    ...errors.flatMap((error) => (error.propertyName === undefined ? [] : [badName(place, error)])),
    ...(errors.some(({ keyword }) => keyword === 'uniqueItems') ? duplicates(place) : []),
  ]
}

function mistake(
  at: Pointer,
  code: LanguageCode,
  message: string,
  fix: string,
  about: 'key' | 'value' = 'value',
  edit?: Edit,
): Mistake {
  const found = { severity: 'error', code, message, fix, at, about } as const
  return { diagnostic: edit === undefined ? found : { ...found, edit }, broken: at }
}

function ofTheValue(place: Place, error: ErrorObject): Mistake {
  const { at, value, name, schema } = place
  if (value === null) {
    const types = typesOf(schema)
    const example = types.length > 0 ? typeWords(types) : allowedWords(schema)
    return mistake(at, 'empty-field', `${name} is empty.`, `give it ${example}, or remove the line.`, 'key')
  }
  switch (error.keyword) {
    case 'type':
      return wrongType(place)
    case 'const':
      return wrongValue(place, [error.params.allowedValue])
    case 'enum':
      return wrongValue(place, error.params.allowedValues as readonly unknown[])
    case 'minLength':
      return mistake(at, 'empty-field', `${name} is empty.`, 'give it a text, or remove the line.', 'key')
    case 'pattern': {
      const { pattern } = error.params as { readonly pattern: string }
      const message = `${quoted(value)} cannot be ${name}: it must be ${patternWords(pattern)}.`
      return mistake(at, 'bad-format', message, formatFix(String(value), pattern))
    }
    case 'maxLength': {
      const message = `${name} is ${[...String(value)].length} characters long; at most ${schema.maxLength ?? 0} are allowed.`
      return mistake(at, 'too-long', message, 'shorten it.')
    }
    default:
      return outOfRange(place, Number(value))
  }
}

function wrongType({ at, value, key, field, schema, name }: Place): Mistake {
  const types = typesOf(schema)
  const { pattern } = schema
  const number =
    typeof value === 'number' && pattern !== undefined && !new RegExp(pattern, 'u').test(String(value))
  const wanted = number ? (PATTERN_WORDS[pattern] ?? typeWords(types)) : typeWords(types)
  const example = EXAMPLES[field.$ref ?? ''] ?? EXAMPLES[key ?? '']
  const remedy: Remedy = number
    ? { fix: formatFix(String(value), pattern) }
    : typeRemedy(value, types, example, at)
  const message = `${name} must be ${wanted}, but it is ${foundWords(value)}.`
  return mistake(at, 'wrong-type', message, remedy.fix, 'value', remedy.edit)
}

function wrongValue({ at, value, key, name }: Place, allowed: readonly unknown[]): Mistake {
  const words = or(allowed.map(String))
  if (typeof value === 'object') {
    const message = `${name} must be ${words}, but it is ${foundWords(value)}.`
    return mistake(at, 'wrong-type', message, `write ${words}.`)
  }
  const same = allowed.find((one) => String(one) === String(value))
  if (same !== undefined) {
    return mistake(
      at,
      'wrong-type',
      `${name} must be ${foundWords(same)}, but it is ${foundWords(value)}.`,
      `write ${quoted(same)}${typeof same === 'string' ? '' : ' without quotes'}.`,
      'value',
      typeof same === 'number' || typeof same === 'boolean' ? { set: at, value: same } : undefined,
    )
  }
  if (key === 'page' && typeof value === 'string' && value.startsWith('/')) {
    const fix = `write page: viewed, and beside it when: [{ path: { startsWith: ${JSON.stringify(value)} } }].`
    return mistake(at, 'unknown-value', `${quoted(value)} is not a value of ${name}.`, fix)
  }
  const meant = typeof value === 'string' ? didYouMean(value, allowed.map(String)) : undefined
  const fix = meant === undefined ? `write ${words}.` : `did you mean ${quoted(meant)}? It takes ${words}.`
  return mistake(at, 'unknown-value', `${quoted(value)} is not a value of ${name}.`, fix)
}

function outOfRange({ at, name, schema }: Place, value: number): Mistake {
  const { minimum = -Infinity, maximum = Infinity } = schema
  const range = maximum === Infinity ? `${minimum} or more` : `from ${minimum} to ${maximum}`
  const percent =
    maximum === 1 && value > 1 && value <= 100 ? ` For ${value} percent write ${value / 100}.` : ''
  const fix = `write ${range.startsWith('from') ? 'a number ' : ''}${range}.${percent}`
  return mistake(at, 'out-of-range', `${name} must be ${range}, but it is ${value}.`, fix)
}

function wrongCount(place: Place): Mistake {
  const { at, value, key, name, schema } = place
  if (Array.isArray(value)) return wrongLength(place, value.length)
  const count = Object.keys(value as object).length
  const { minProperties = 0, maxProperties = Infinity } = schema
  if (key === 'micro') {
    const stage = at.split('/').at(-2) ?? ''
    const message = `The stage "${stage}" has ${count} micro conversion${count === 1 ? '' : 's'}; a stage has three to five.`
    const fix =
      count < minProperties
        ? 'add what leads visitors on in this stage (`plan catalogue` has ideas), merge the stage with its neighbour, or write draft: true into it while it is being begun.'
        : 'keep the five that best predict the goal, or split the stage.'
    // The micro conversions are fine one by one: only their number is wrong.
    return sound(mistake(at, 'three-to-five-micro-conversions', message, fix, 'key'))
  }
  if (count === 0)
    return mistake(
      at,
      'empty-field',
      `${name} is empty.`,
      'put at least one entry in it, or remove it.',
      'key',
    )
  const wanted = maxProperties === 1 ? 'exactly one' : `${minProperties} to ${maxProperties}`
  const message = `${name} holds ${count} fields, but it takes ${wanted}.`
  return mistake(at, 'wrong-count', message, 'write a condition for each.', 'key')
}

function wrongLength({ at, name, schema }: Place, count: number): Mistake {
  const { minItems = 0, maxItems = Infinity } = schema
  const wanted = count < minItems ? `at least ${minItems}` : `at most ${maxItems}`
  const fix =
    count === 0
      ? 'add one, or remove the field.'
      : count < minItems
        ? 'add another, or write the one without a list.'
        : 'remove some.'
  return mistake(at, 'wrong-count', `${name} holds ${count}, but it takes ${wanted}.`, fix, 'key')
}

/** ajv names one pair of a list; each item that stood before is a mistake of its own. */
function duplicates({ at, value, name }: Place): Mistake[] {
  const seen = new Set<string>()
  return (value as readonly unknown[]).flatMap((item, index) => {
    const text = JSON.stringify(item)
    const isSecond = seen.has(text)
    seen.add(text)
    if (!isSecond) return []
    const here = at + pointerOf(index)
    const message = `${quoted(item)} stands in ${name} twice.`
    return [
      mistake(here, 'duplicate-item', message, 'remove one of the two.', 'value', {
        remove: here,
      }),
    ]
  })
}

/** A name of the user's choosing that cannot be one. What stands under it is checked all the same. */
function badName({ at, name, schema }: Place, { keyword, params, propertyName = '' }: ErrorObject): Mistake {
  const here = at + pointerOf(propertyName)
  switch (keyword) {
    case 'enum': {
      const allowed = (params.allowedValues as readonly unknown[]).map(String)
      const meant = didYouMean(propertyName, allowed)
      const fix = meant === undefined ? `write ${or(allowed)}.` : `did you mean ${quoted(meant)}?`
      const message = `${quoted(propertyName)} is not a field of ${name}.`
      return sound(mistake(here, 'unknown-field', message, fix, 'key'))
    }
    case 'pattern': {
      const { pattern } = params as { readonly pattern: string }
      const message = `${quoted(propertyName)} cannot be a name in ${name}: it must be ${patternWords(pattern)}.`
      return sound(mistake(here, 'bad-id', message, formatFix(propertyName, pattern), 'key'))
    }
    case 'minLength':
      return sound(mistake(here, 'bad-id', `An id in ${name} is empty.`, 'give it a name.', 'key'))
    default: {
      const most = schema.propertyNames?.maxLength ?? 0
      const message = `The id ${quoted(propertyName)} is ${propertyName.length} characters long; at most ${most} are allowed.`
      return sound(mistake(here, 'bad-id', message, 'shorten it; the title may be longer.', 'key'))
    }
  }
}

function sound({ diagnostic }: Mistake): Mistake {
  return { diagnostic }
}

function unknownFields(place: Place, keys: readonly string[]): Mistake[] {
  const { at, value, key: holderKey, field, schema } = place
  const known = Object.keys(schema.properties ?? {})
  const map = value as object
  const isMisspelt = keys.length <= GUESSED
  const kind = kindWords(field, holderKey)
  const around = at === '' ? undefined : fieldAt(at.slice(0, at.lastIndexOf('/'))).schema
  return keys.map((key) => {
    const meant = isMisspelt ? didYouMean(key, known) : undefined
    const holder = known.find((name) => isFieldOf(key, schema.properties?.[name]))
    // A value within a value takes what the outer one takes: the outer one is nearer.
    const isBeside = isFieldOf(key, around)
    const fix =
      OTHER_YAML[key] ??
      ELSEWHERE[`${kind}/${key}`] ??
      ELSEWHERE[`${holderKey ?? ''}/${key}`] ??
      (meant === undefined
        ? known.length === 0
          ? 'remove it: nothing can be set here.'
          : holder !== undefined
            ? `it belongs ${isBeside ? `beside ${quoted(holderKey)}` : `under ${quoted(holder)}`}.`
            : known.length > 20
              ? 'correct the spelling, or remove it.'
              : `correct the spelling, or remove it. Known here: ${known.join(', ')}.`
        : Object.hasOwn(map, meant)
          ? `remove it; "${meant}" is there already.`
          : `did you mean ${quoted(meant)}?`)
    const message = `${quoted(key)} is not a field of ${kind}.`
    // Another case or separator leaves no doubt; a slip might be another word.
    const certain = meant !== undefined && !Object.hasOwn(map, meant) && isSameWord(meant, key)
    const here = at + pointerOf(key)
    return mistake(
      here,
      'unknown-field',
      message,
      fix,
      'key',
      certain ? { rename: here, to: meant } : undefined,
    )
  })
}

function missingFields(
  { at, value, key, field, schema }: Place,
  missing: readonly string[],
  reported: ReadonlySet<Pointer>,
): Mistake[] {
  if (missing.length === 0) return []
  const known = Object.keys(schema.properties ?? {})
  const guesses = new Set(
    Object.keys(value as object)
      .filter((name) => !known.includes(name))
      .slice(0, GUESSED)
      .map((name) => didYouMean(name, known)),
  )
  const kind = kindWords(field, key)
  const holder = kind.startsWith('a')
    ? `The ${kind.replace(/^an? /, '')} "${key ?? ''}"`
    : kind.replace(/^the/, 'The')
  return (
    missing
      // A misspelt field is one mistake: the unknown field says it.
      .filter((name) => !reported.has(at + pointerOf(name)) && !guesses.has(name))
      .map((name) => {
        const hint = schema.properties?.[name] ?? {}
        const words = (hint.description ?? followedSchema(hint).description ?? '').replace(/\.$/, '')
        const fix = `add "${name}"${words === '' ? '' : `: ${words[0]?.toLowerCase() ?? ''}${words.slice(1)}`}.`
        const found = mistake(at, 'missing-field', `${holder} has no "${name}".`, fix, 'key')
        return { ...found, broken: at + pointerOf(name) }
      })
  )
}

/** What other readers of YAML, or other tools, take for something. */
const OTHER_YAML: { readonly [key: string]: string | undefined } = {
  '<<': 'write the fields out: YAML 1.2 merges no maps. A plan that another one extends says `extends:`.',
  on: 'what fires a conversion stands under `trigger:`.',
}

const OF_THE_ADDRESS =
  'ask for the address beside it: { link: {}, when: [{ click: { url: { contains: ... } } }] }.'

const OF_THE_DICTIONARY =
  'it belongs into the dictionary, `parameters:` at the top of the plan, under the parameter.'

/** Where what is written in the wrong place stands; by what the place is, or by the field it is in. */
const ELSEWHERE: { readonly [place: string]: string | undefined } = {
  'a trigger/event': 'the name of an event that the site pushes stands under `dataLayer:`.',
  'a trigger/pageview': 'write page: viewed.',
  'a trigger/page_view': 'write page: viewed.',
  'link/url': OF_THE_ADDRESS,
  'link/href': OF_THE_ADDRESS,
  'a value/register': OF_THE_DICTIONARY,
  'a value/optional': OF_THE_DICTIONARY,
  'a value/values': OF_THE_DICTIONARY,
  'a value/description': OF_THE_DICTIONARY,
}

/** Whether a field that no plan has was written for that one. */
export function standsFor(key: string, field: string): boolean {
  return key === 'on' && field === 'trigger'
}

/** Whether a field would be at home one level deeper, such as a trigger's kind in `trigger`. */
export function isFieldOf(field: string, schema: Schema | undefined): boolean {
  return schema !== undefined && Object.hasOwn(followedSchema(schema).properties ?? {}, field)
}

/** A map with more unknown fields than this was not misspelt; guessing at each would take its time. */
const GUESSED = 50

function typesOf({ type = [] }: Schema): readonly string[] {
  return typeof type === 'string' ? [type] : type
}

function allowedWords(schema: Schema): string {
  return schema.const === undefined ? or((schema.enum ?? ['a value']).map(String)) : String(schema.const)
}

function patternWords(pattern: string): string {
  return PATTERN_WORDS[pattern] ?? `a text that matches ${pattern}`
}
