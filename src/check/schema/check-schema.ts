/**
 * Checks a document against the language's schema and says what is wrong in plain words: one mistake, one message.
 *
 * A walk of our own over the few keywords that the schema uses, instead of a general validator whose errors would have
 * to be thinned out and translated: a wrong type there also fails every pattern and branch below it. A test holds this
 * walk and ajv against each other on every bad plan and on random ones, so that editors and `plan validate` agree.
 */
import type { LanguageCode } from '../../codes/code.ts'
import { pointerOf, type Diagnostic, type Edit, type Pointer } from '../../plan/diagnostic.ts'
import { followedSchema, planSchema, type Schema } from '../../plan/schema.ts'
import { didYouMean, isSameWord } from './did-you-mean.ts'
import { EXAMPLES, formatFix, typeRemedy, type Remedy } from './remedies.ts'
import { foundWords, kindWords, listed, PATTERN_WORDS, quoted, typeWords } from './words.ts'

export interface SchemaResult {
  readonly diagnostics: readonly Diagnostic[]
  /** Where a value may not stand as it is; what rules must not look at. */
  readonly broken: readonly Pointer[]
}

interface Place {
  readonly at: Pointer
  /** The field that holds the value; undefined for the whole plan. */
  readonly key: string | undefined
  readonly schema: Schema
}

/**
 * All of a document's departures from the schema. `reported`: places where something is wrong already, such as an alias
 * that leads nowhere; what is missing there is not missed.
 */
export function checkSchema(document: unknown, reported: ReadonlySet<Pointer> = new Set()): SchemaResult {
  const diagnostics: Diagnostic[] = []
  const broken: Pointer[] = []

  const report = (
    at: Pointer,
    code: LanguageCode,
    message: string,
    fix: string,
    about: 'key' | 'value' = 'value',
    edit?: Edit,
  ): void => {
    diagnostics.push({
      severity: 'error',
      code,
      message,
      fix,
      at,
      about,
      ...(edit === undefined ? {} : { edit }),
    })
    broken.push(at)
  }

  const visit = (value: unknown, place: Place): void => {
    const { at } = place
    const schema = followedSchema(place.schema)
    const name = place.key === undefined ? 'The plan' : quoted(place.key)
    const types =
      schema.type === undefined ? [] : typeof schema.type === 'string' ? [schema.type] : schema.type
    if (value === null) {
      const example = types.length > 0 ? typeWords(types) : allowedWords(schema)
      return report(at, 'empty-field', `${name} is empty.`, `give it ${example}, or remove the line.`, 'key')
    }
    if (types.length > 0 && !types.some((type) => isOfType(value, type))) {
      return reportType(value, name, types, place)
    }
    const allowed = schema.const === undefined ? schema.enum : [schema.const]
    if (allowed !== undefined && !allowed.includes(value)) return reportValue(value, name, allowed, at)
    if (schema.if !== undefined && holds(schema.if, value)) {
      const then = schema.then ?? {}
      if (then.enum !== undefined && !then.enum.includes(value))
        return reportValue(value, name, then.enum, at)
      if (then.required !== undefined) checkRequired(value as object, then.required, place)
    }
    if (typeof value === 'string') checkText(value, name, schema, at)
    else if (typeof value === 'number') checkNumber(value, name, schema, at)
    else if (Array.isArray(value)) checkList(value, name, schema, place)
    else if (typeof value === 'object') checkMap(value as Record<string, unknown>, name, schema, place)
  }

  const reportType = (value: unknown, name: string, types: readonly string[], place: Place): void => {
    const { pattern } = followedSchema(place.schema)
    const number =
      typeof value === 'number' && pattern !== undefined && !new RegExp(pattern, 'u').test(String(value))
    const wanted = number ? (PATTERN_WORDS[pattern] ?? typeWords(types)) : typeWords(types)
    const example = EXAMPLES[place.schema.$ref ?? ''] ?? EXAMPLES[place.key ?? '']
    const remedy: Remedy = number
      ? { fix: formatFix(String(value), pattern) }
      : typeRemedy(value, types, example, place.at)
    const message = `${name} must be ${wanted}, but it is ${foundWords(value)}.`
    report(place.at, 'wrong-type', message, remedy.fix, 'value', remedy.edit)
  }

  const reportValue = (value: unknown, name: string, allowed: readonly unknown[], at: Pointer): void => {
    const words = listed(allowed.map(String))
    if (typeof value === 'object') {
      return report(
        at,
        'wrong-type',
        `${name} must be ${words}, but it is ${foundWords(value)}.`,
        `write ${words}.`,
      )
    }
    const same = allowed.find((one) => String(one) === String(value))
    if (same !== undefined) {
      return report(
        at,
        'wrong-type',
        `${name} must be ${foundWords(same)}, but it is ${foundWords(value)}.`,
        `write ${quoted(same)}${typeof same === 'string' ? '' : ' without quotes'}.`,
        'value',
        typeof same === 'number' || typeof same === 'boolean' ? { set: at, value: same } : undefined,
      )
    }
    const meant = typeof value === 'string' ? didYouMean(value, allowed.map(String)) : undefined
    const fix = meant === undefined ? `write ${words}.` : `did you mean ${quoted(meant)}? It takes ${words}.`
    report(at, 'unknown-value', `${quoted(value)} is not a value of ${name}.`, fix)
  }

  const checkText = (value: string, name: string, schema: Schema, at: Pointer): void => {
    if (value.length < (schema.minLength ?? 0)) {
      report(at, 'empty-field', `${name} is empty.`, 'give it a text, or remove the line.', 'key')
    } else if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value)) {
      const words = PATTERN_WORDS[schema.pattern] ?? `a text that matches ${schema.pattern}`
      report(
        at,
        'bad-format',
        `${quoted(value)} cannot be ${name}: it must be ${words}.`,
        formatFix(value, schema.pattern),
      )
    } else if ([...value].length > (schema.maxLength ?? Infinity)) {
      const message = `${name} is ${[...value].length} characters long; at most ${schema.maxLength ?? 0} are allowed.`
      report(at, 'too-long', message, 'shorten it.')
    }
  }

  const checkNumber = (value: number, name: string, schema: Schema, at: Pointer): void => {
    const { minimum = -Infinity, maximum = Infinity } = schema
    if (value >= minimum && value <= maximum) return
    const range = maximum === Infinity ? `${minimum} or more` : `from ${minimum} to ${maximum}`
    const percent =
      maximum === 1 && value > 1 && value <= 100 ? ` For ${value} percent write ${value / 100}.` : ''
    report(
      at,
      'out-of-range',
      `${name} must be ${range}, but it is ${value}.`,
      `write ${range.startsWith('from') ? 'a number ' : ''}${range}.${percent}`,
    )
  }

  const checkList = (items: readonly unknown[], name: string, schema: Schema, place: Place): void => {
    const { at } = place
    const { minItems = 0, maxItems = Infinity } = schema
    if (items.length < minItems || items.length > maxItems) {
      const wanted = items.length < minItems ? `at least ${minItems}` : `at most ${maxItems}`
      const fix =
        items.length === 0
          ? 'add one, or remove the field.'
          : items.length < minItems
            ? 'add another, or write the one without a list.'
            : 'remove some.'
      report(at, 'wrong-count', `${name} holds ${items.length}, but it takes ${wanted}.`, fix, 'key')
    }
    const seen = new Set<unknown>()
    items.forEach((item, index) => {
      const here = at + pointerOf(index)
      if (schema.uniqueItems === true && seen.has(item)) {
        report(
          here,
          'duplicate-item',
          `${quoted(item)} stands in ${name} twice.`,
          'remove one of the two.',
          'value',
          {
            remove: here,
          },
        )
      }
      seen.add(item)
      if (schema.items !== undefined) visit(item, { at: here, key: place.key, schema: schema.items })
    })
  }

  const checkMap = (
    map: Readonly<Record<string, unknown>>,
    name: string,
    schema: Schema,
    place: Place,
  ): void => {
    const { at } = place
    const keys = Object.keys(map)
    const { minProperties = 0, maxProperties = Infinity } = schema
    if (keys.length < minProperties || keys.length > maxProperties)
      reportCount(keys.length, name, schema, place)
    if (schema.required !== undefined) checkRequired(map, schema.required, place)
    for (const key of keys) {
      const here = at + pointerOf(key)
      const property = Object.hasOwn(schema.properties ?? {}, key) ? schema.properties?.[key] : undefined
      if (property !== undefined) visit(map[key], { at: here, key, schema: property })
      else if (typeof schema.additionalProperties === 'object') {
        checkKey(key, schema.propertyNames, name, here)
        visit(map[key], { at: here, key, schema: schema.additionalProperties })
      } else if (schema.additionalProperties === false) reportUnknown(key, map, keys.length, schema, place)
    }
  }

  const reportCount = (count: number, name: string, schema: Schema, place: Place): void => {
    const { minProperties = 0, maxProperties = Infinity } = schema
    if (reported.has(place.at)) return
    if (place.key === 'micro') {
      const stage = place.at.split('/').at(-2) ?? ''
      const message = `The stage "${stage}" has ${count} micro conversion${count === 1 ? '' : 's'}; a stage has three to five.`
      const fix =
        count < minProperties
          ? 'add what leads visitors on in this stage (`plan catalogue` has ideas), or merge the stage with its neighbour.'
          : 'keep the five that best predict the goal, or split the stage.'
      // The micro conversions are fine one by one: only their number is wrong.
      diagnostics.push({
        severity: 'error',
        code: 'three-to-five-micro-conversions',
        message,
        fix,
        at: place.at,
        about: 'key',
      })
      return
    }
    if (count === 0)
      return report(
        place.at,
        'empty-field',
        `${name} is empty.`,
        'put at least one entry in it, or remove it.',
        'key',
      )
    const wanted = maxProperties === 1 ? 'exactly one' : `${minProperties} to ${maxProperties}`
    report(
      place.at,
      'wrong-count',
      `${name} holds ${count} fields, but it takes ${wanted}.`,
      'write a condition for each.',
      'key',
    )
  }

  const checkKey = (key: string, schema: Schema | undefined, name: string, at: Pointer): void => {
    if (schema?.enum !== undefined && !schema.enum.includes(key)) {
      const meant = didYouMean(key, schema.enum.map(String))
      const fix =
        meant === undefined ? `write ${listed(schema.enum.map(String))}.` : `did you mean ${quoted(meant)}?`
      diagnostics.push({
        severity: 'error',
        code: 'unknown-field',
        message: `${quoted(key)} is not a field of ${name}.`,
        fix,
        at,
        about: 'key',
      })
    } else if (schema?.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(key)) {
      const words = PATTERN_WORDS[schema.pattern] ?? `a text that matches ${schema.pattern}`
      const message = `${quoted(key)} cannot be a name in ${name}: it must be ${words}.`
      diagnostics.push({
        severity: 'error',
        code: 'bad-id',
        message,
        fix: formatFix(key, schema.pattern),
        at,
        about: 'key',
      })
    } else if (key.length > (schema?.maxLength ?? Infinity)) {
      const message = `The id ${quoted(key)} is ${key.length} characters long; at most ${schema?.maxLength ?? 0} are allowed.`
      diagnostics.push({
        severity: 'error',
        code: 'bad-id',
        message,
        fix: 'shorten it; the title may be longer.',
        at,
        about: 'key',
      })
    }
  }

  const reportUnknown = (key: string, map: object, count: number, schema: Schema, place: Place): void => {
    const known = Object.keys(schema.properties ?? {})
    const meant = count <= known.length + GUESSED ? didYouMean(key, known) : undefined
    const holder = known.find((name) => isFieldOf(key, schema.properties?.[name]))
    const fix =
      meant === undefined
        ? known.length === 0
          ? 'remove it: nothing can be set here.'
          : holder !== undefined
            ? `it belongs under ${quoted(holder)}.`
            : known.length > 17
              ? 'correct the spelling, or remove it.'
              : `correct the spelling, or remove it. Known here: ${known.join(', ')}.`
        : Object.hasOwn(map, meant)
          ? `remove it; "${meant}" is there already.`
          : `did you mean ${quoted(meant)}?`
    const message = `${quoted(key)} is not a field of ${kindWords(place.schema, place.key)}.`
    // Another case or separator leaves no doubt; a slip might be another word.
    const certain = meant !== undefined && !Object.hasOwn(map, meant) && isSameWord(meant, key)
    const at = place.at + pointerOf(key)
    report(at, 'unknown-field', message, fix, 'key', certain ? { rename: at, to: meant } : undefined)
  }

  const checkRequired = (map: object, required: readonly string[], place: Place): void => {
    const schema = followedSchema(place.schema)
    const known = Object.keys(schema.properties ?? {})
    const guesses = new Set(
      unknownKeys(map, known)
        .slice(0, GUESSED)
        .map((key) => didYouMean(key, known)),
    )
    for (const field of required) {
      if (Object.hasOwn(map, field) || reported.has(place.at + pointerOf(field))) continue
      // A misspelt field is one mistake: the unknown field says it.
      if (guesses.has(field)) continue
      const kind = kindWords(place.schema, place.key)
      const holder = kind.startsWith('a')
        ? `The ${kind.replace(/^an? /, '')} "${place.key ?? ''}"`
        : kind.replace(/^the/, 'The')
      const hint = schema.properties?.[field] ?? {}
      const words = (hint.description ?? followedSchema(hint).description ?? '').replace(/\.$/, '')
      const fix = `add "${field}"${words === '' ? '' : `: ${words[0]?.toLowerCase() ?? ''}${words.slice(1)}`}.`
      const message = `${holder} has no "${field}".`
      diagnostics.push({ severity: 'error', code: 'missing-field', message, fix, at: place.at, about: 'key' })
      broken.push(place.at + pointerOf(field))
    }
  }

  visit(document, { at: '', key: undefined, schema: planSchema })
  return { diagnostics, broken }
}

/** Whether a field would be at home one level deeper, such as a trigger's kind in `trigger`. */
export function isFieldOf(field: string, schema: Schema | undefined): boolean {
  return schema !== undefined && Object.hasOwn(followedSchema(schema).properties ?? {}, field)
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return Number.isFinite(value)
    default:
      return typeof value === type
  }
}

function holds(condition: Schema, value: unknown): boolean {
  if (condition.not !== undefined) return !holds(condition.not, value)
  if (typeof condition.type === 'string' && !isOfType(value, condition.type)) return false
  return (condition.required ?? []).every(
    (field) => typeof value === 'object' && value !== null && Object.hasOwn(value, field),
  )
}

/** A map with more unknown fields than this was not misspelt; guessing at each would take its time. */
const GUESSED = 50

function unknownKeys(map: object, known: readonly string[]): string[] {
  return Object.keys(map).filter((key) => !known.includes(key))
}

function allowedWords(schema: Schema): string {
  return schema.const === undefined ? listed((schema.enum ?? ['a value']).map(String)) : String(schema.const)
}
