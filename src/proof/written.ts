/**
 * Scenarios that a team writes by hand, in `tests/*.yaml` beside the plan, against its own site:
 *
 *   plan: outfitters                    # which plan they are about; absent: any
 *   scenarios:
 *     footer_signup:
 *       title: Signs up in the footer
 *       steps:
 *         - visit: /en/
 *         - consent: granted
 *         - type: { into: "#email", text: reader@mail.example }
 *         - submit: form#newsletter-footer
 *       expect: { newsletter_signup: { form_location: footer } }
 *       expectNone: [purchase]
 *       expectNoOther: true
 */
import { didYouMean } from '../check/schema/did-you-mean.ts'
import { pointerOf } from '../plan/diagnostic.ts'
import { LIMITS } from '../plan/limits.ts'
import { nodeAt, spanOf, stepsOf, toValue, type MapTree, type Span } from '../plan/tree.ts'
import { parseYaml, type Role } from '../plan/yaml.ts'
import { isRecord } from '../resources/is-record.ts'
import { CONSENT_TYPES } from './consent.ts'
import type { TaggedConversion } from './judge.ts'
import type { WrittenMistake } from './report.ts'
import type { Expected, Pushed, Scenario, Step } from './scenario.ts'

export interface WrittenFile {
  readonly file: string
  readonly text: string
}

export interface WrittenFor {
  readonly plan: string
  readonly conversions: readonly TaggedConversion[]
  /** What a path is put behind: `https://www.harbour.example`. */
  readonly origin: string
  /** Why the site is not there; then nothing written is tried. */
  readonly noSite?: string
  /** Ids of the plans beside this one; a file may be about one of them. */
  readonly plans?: readonly string[]
  /** Names of parameters that the plan sends; absent: any. */
  readonly parameters?: readonly string[]
  /** Names of all that can come with a conversion's event; undefined where that cannot be told. */
  readonly sends?: (conversion: TaggedConversion) => readonly string[] | undefined
}

export interface Written {
  readonly scenarios: readonly Scenario[]
  readonly mistakes: readonly WrittenMistake[]
  /** What is passed over, and why. */
  readonly notes: readonly string[]
}

/** Where something stands in the file, and how it is spoken of. */
interface Place {
  readonly path: readonly (string | number)[]
  readonly words: string
  /** The key is meant, not its value. */
  readonly isKey?: boolean
}

/** A mistake in one scenario costs that one only. */
class Mistake extends Error {
  readonly place: Place
  constructor(place: Place, message: string) {
    super(message)
    this.place = place
  }
}

const ROLE: Role = {
  name: 'A file of scenarios',
  longest: LIMITS.text,
  begin: 'begin it with `scenarios:`, and under it each scenario by its id.',
}

/** Read as a plan is: a name that stands twice, or an alias without its anchor, costs the scenario that it stands in. */
export function parseWritten({ file, text }: WrittenFile, of: WrittenFor): Written {
  const { tree, diagnostics, locate } = parseYaml(file, text, ROLE)
  const mistake = (span: Span, message: string): WrittenMistake => {
    const { line, column } = locate(span)
    return { file, line, column, text: message }
  }
  const mistakes = diagnostics.map(({ location, message, fix }): WrittenMistake => {
    const { line = 1, column = 1 } = location ?? {}
    const text = [message, fix ?? ''].map((each) => each.replace(/\.$/, '')).join('; ')
    return { file, line, column, text }
  })
  if (tree === undefined) return { scenarios: [], mistakes, notes: [] }
  const document = structuredClone(toValue(tree)) as { readonly [key: string]: unknown }
  const { plan, scenarios: said } = document
  if (plan !== undefined && plan !== of.plan) {
    const named = typeof plan === 'string' ? plan : JSON.stringify(plan)
    if (of.plans?.includes(named) === true)
      return { scenarios: [], mistakes, notes: [`${file} is about the plan ${named}; it was passed over.`] }
    const ids = [...new Set([of.plan, ...(of.plans ?? [])])]
    const text = `no plan here is called "${named}", so the file was passed over; ${meant(named, ids)}`
    const at = spanAt(tree, { path: ['plan'], words: 'plan' })
    return { scenarios: [], mistakes: [...mistakes, mistake(at, text)], notes: [] }
  }
  if (!isRecord(said)) {
    const text = 'it has no scenarios: they stand under "scenarios", by their ids'
    return { scenarios: [], mistakes: [...mistakes, mistake(tree.span, text)], notes: [] }
  }
  const unread = new Set(
    diagnostics.flatMap(({ at = '' }) => {
      const [field, id] = stepsOf(at)
      return field === 'scenarios' && id !== undefined ? [id] : []
    }),
  )
  const scenarios: Scenario[] = []
  for (const [id, each] of Object.entries(said)) {
    if (unread.has(id)) continue
    try {
      scenarios.push(scenarioOf(file, id, each, of))
    } catch (error) {
      if (!(error instanceof Mistake)) throw error
      mistakes.push(mistake(spanAt(tree, error.place), error.message))
    }
  }
  return { scenarios, mistakes: mistakes.sort((a, b) => a.line - b.line || a.column - b.column), notes: [] }
}

/** Where a place stands; the nearest thing around it where it is not there. */
function spanAt(tree: MapTree, { path, isKey }: Place): Span {
  const pointer = pointerOf(...path)
  const node = nodeAt(tree, pointer)
  if (node === undefined) return spanAt(tree, { path: path.slice(0, -1), words: '' })
  return isKey === true ? spanOf(tree, pointer, 'key') : node.span
}

const KEYS = ['title', 'steps', 'expect', 'expectNone', 'expectNoOther']

function scenarioOf(file: string, key: string, said: unknown, of: WrittenFor): Scenario {
  const whole: Place = { path: ['scenarios', key], words: key }
  if (!isRecord(said)) throw new Mistake(whole, `${key} must be a map with steps and what is expected`)
  const field = (name: string): Place => ({ path: [...whole.path, name], words: name })
  const stranger = Object.keys(said).find((name) => !KEYS.includes(name))
  if (stranger !== undefined)
    throw new Mistake(
      { ...field(stranger), isKey: true },
      `"${stranger}" is no field of a scenario; ${meant(stranger, KEYS)}`,
    )
  const steps = listOf(said['steps'], field('steps')).map((each, index) =>
    stepOf(each, { path: [...field('steps').path, index], words: `step ${index + 1}` }, of),
  )
  const [first, ...rest] = steps
  if (first?.do !== 'visit')
    throw new Mistake(
      field('steps'),
      'the first step must be a visit: where the page begins; what a site remembers of an earlier page, an earlier visit gives it',
    )
  const expect = expectedOf(said['expect'] ?? {}, field('expect'), of)
  const expectNone = listOf(said['expectNone'] ?? [], field('expectNone')).map((each, index) => {
    const place = { path: [...field('expectNone').path, index], words: 'expectNone' }
    const { id } = known(textOf(each, place), place, of)
    if (expect.some(({ conversion }) => conversion === id))
      throw new Mistake(place, `"${id}" stands in expect, too: it cannot be sent and not be sent`)
    return id
  })
  const conversions = [...new Set([...expect.map(({ conversion }) => conversion), ...expectNone])]
  const other = said['expectNoOther'] ?? false
  if (typeof other !== 'boolean')
    throw new Mistake(field('expectNoOther'), 'expectNoOther must be true or false')
  if (conversions.length === 0 && !other)
    throw new Mistake(whole, `${key} expects nothing: say expect, expectNone or expectNoOther`)
  const name =
    file
      .split('/')
      .at(-1)
      ?.replace(/\.ya?ml$/, '') ?? file
  return {
    id: `${name}/${key}`,
    title: typeof said['title'] === 'string' ? said['title'] : key,
    conversions: conversions.length > 0 ? conversions : of.conversions.map((conversion) => conversion.id),
    origin: 'written',
    file,
    page: { url: first.url, cookies: {}, before: [] },
    steps: rest,
    expect,
    expectNone,
    expectNoOther: other,
    ...(of.noSite === undefined ? {} : { impossible: of.noSite }),
  }
}

const VERBS = [
  'visit',
  'click',
  'type',
  'submit',
  'scroll',
  'show',
  'push',
  'route',
  'wait',
  'consent',
  'video',
]

function stepOf(said: unknown, step: Place, of: WrittenFor): Step {
  const [entry, ...more] = isRecord(said) ? Object.entries(said) : []
  if (entry === undefined || more.length > 0)
    throw new Mistake(step, `${step.words} must say one thing, for example visit: /`)
  const [verb, value] = entry
  const where: Place = { path: [...step.path, verb], words: step.words }
  const part = (name: string): Place => ({ path: [...where.path, name], words: `${step.words}, ${name}` })
  switch (verb) {
    case 'visit':
      return { do: 'visit', url: addressOf(textOf(value, where), where, of.origin) }
    case 'click':
      return { do: 'click', selector: textOf(value, where) }
    case 'submit':
      return { do: 'submit', selector: textOf(value, where) }
    case 'type': {
      const { into, text } = mapOf(value, where)
      return { do: 'type', selector: textOf(into, part('into')), text: textOf(text, part('text')) }
    }
    case 'show':
      return { do: 'show', selector: textOf(value, where), percent: 100 }
    case 'scroll':
      return { do: 'scroll', percent: percentOf(value, where) }
    case 'wait':
      return { do: 'wait', milliseconds: durationOf(textOf(value, where), where) }
    case 'push':
      return { do: 'push', pushed: { message: mapOf(value, where) } }
    case 'route':
      return { do: 'route', url: addressOf(textOf(value, where), where, of.origin), source: 'pushState' }
    case 'consent':
      return { do: 'push', pushed: consentOf(value, where) }
    case 'video': {
      const { status, percent, title, url, duration } = mapOf(value, where)
      if (status !== 'start' && status !== 'pause' && status !== 'progress' && status !== 'complete')
        throw new Mistake(part('status'), `${step.words}: status is start, pause, progress or complete`)
      const at = {
        percent: numberOf(percent ?? 0, part('percent')),
        title: String(title ?? ''),
        url: String(url ?? ''),
        ...(duration === undefined ? {} : { duration: numberOf(duration, part('duration')) }),
      }
      return { do: 'video', status, ...at }
    }
    default:
      throw new Mistake(
        { ...where, isKey: true },
        `${step.words}: "${verb}" is no step; ${meant(verb, VERBS)}`,
      )
  }
}

/** `granted` and `denied` are about all four types; a map names its own. */
function consentOf(value: unknown, where: Place): Pushed {
  if (value === 'granted' || value === 'denied')
    return { gtag: ['consent', 'update', Object.fromEntries(CONSENT_TYPES.map((type) => [type, value]))] }
  if (typeof value === 'string')
    throw new Mistake(where, `${where.words}: consent is granted, denied or a map of types, not "${value}"`)
  return { gtag: ['consent', 'update', mapOf(value, where)] }
}

function expectedOf(said: unknown, expect: Place, of: WrittenFor): readonly Expected[] {
  if (Array.isArray(said))
    throw new Mistake(expect, 'expect is a map of ids, each with the parameters it must carry: { ID: {} }')
  return Object.entries(mapOf(said, expect)).map(([id, parameters]) => {
    const place: Place = { path: [...expect.path, id], words: `expect, ${id}` }
    const conversion = known(id, { ...place, isKey: true }, of)
    const { event } = conversion
    const sends = of.sends?.(conversion)
    const values = Object.entries(parameters === null ? {} : mapOf(parameters, place)).map(
      ([name, value]) => {
        if (
          value !== null &&
          typeof value !== 'string' &&
          typeof value !== 'number' &&
          typeof value !== 'boolean'
        )
          throw new Mistake(
            { path: [...place.path, name], words: name },
            `expect, ${id}: ${name} must be a text, a number, true, false or null (absent)`,
          )
        const near = didYouMean(name, of.parameters ?? [])
        // A stranger without a neighbour may be meant: it must be absent, or the ecommerce object brings it.
        if (near !== undefined && of.parameters?.includes(name) === false)
          throw new Mistake(
            { path: [...place.path, name], words: name, isKey: true },
            `expect, ${id}: the plan sends no parameter "${name}"; did you mean "${near}"?`,
          )
        if (value !== null && sends !== undefined && !sends.includes(name))
          throw new Mistake(
            { path: [...place.path, name], words: name, isKey: true },
            `expect, ${id}: ${event} carries no parameter "${name}"; ${sends.length === 0 ? 'it carries none' : `it carries ${sends.join(', ')}`}`,
          )
        return [name, typeof value === 'boolean' ? String(value) : value] as const
      },
    )
    return { conversion: id, event, parameters: Object.fromEntries(values) }
  })
}

function known(id: string, place: Place, { conversions, plan }: WrittenFor): TaggedConversion {
  const conversion = conversions.find((each) => each.id === id)
  if (conversion === undefined) {
    const ids = conversions.map((each) => each.id)
    throw new Mistake(
      place,
      `the plan ${plan} has no conversion "${id}" that a tag collects; ${meant(id, ids)}`,
    )
  }
  return conversion
}

function meant(word: string, candidates: readonly string[]): string {
  const near = didYouMean(word, candidates)
  return near === undefined ? `there are ${candidates.join(', ')}` : `did you mean "${near}"?`
}

function addressOf(text: string, place: Place, origin: string): string {
  if (!URL.canParse(text, origin)) throw new Mistake(place, `"${text}" is no address`)
  return new URL(text, origin).href
}

function durationOf(text: string, where: Place): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)$/.exec(text) ?? []
  if (number === undefined) throw new Mistake(where, `${where.words}: a duration is written 500ms, 3s or 2m`)
  return Number(number) * { ms: 1, s: 1000, m: 60_000 }[unit as 'ms' | 's' | 'm']
}

function numberOf(value: unknown, where: Place): number {
  const number = Number(value)
  if (Number.isNaN(number)) throw new Mistake(where, `${where.words} must be a number`)
  return number
}

function percentOf(value: unknown, where: Place): number {
  const percent = numberOf(String(value).replace(/%$/, ''), where)
  if (percent < 0 || percent > 100)
    throw new Mistake(where, `${where.words}: a page is scrolled to 0% to 100% of its height`)
  return percent
}

function textOf(value: unknown, where: Place): string {
  if (typeof value !== 'string' || value === '') throw new Mistake(where, `${where.words} must be a text`)
  return value
}

function mapOf(value: unknown, where: Place): { readonly [key: string]: unknown } {
  if (!isRecord(value)) throw new Mistake(where, `${where.words} must be a map`)
  return value
}

function listOf(value: unknown, where: Place): readonly unknown[] {
  if (!Array.isArray(value)) throw new Mistake(where, `${where.words} must be a list`)
  return value
}
