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
import { parseDocument } from 'yaml'
import type { Subject } from './judge.ts'
import type { Expected, Pushed, Scenario, Step } from './scenario.ts'

export interface WrittenFile {
  readonly file: string
  readonly text: string
}

export interface WrittenFor {
  readonly plan: string
  readonly subjects: readonly Subject[]
  /** What a path is put behind: `https://www.harbour.example`. */
  readonly origin: string
  /** Why the site is not there; then nothing written is tried. */
  readonly noSite?: string
}

/** A mistake in one scenario makes that one untried, with the reason; the others stand. */
class Mistake extends Error {}

export function parseWritten({ file, text }: WrittenFile, of: WrittenFor): readonly Scenario[] {
  const document = parseDocument(text)
  const [error] = document.errors
  const name =
    file
      .split('/')
      .at(-1)
      ?.replace(/\.ya?ml$/, '') ?? file
  if (error !== undefined)
    return [untried(file, name, name, `${file}: ${error.message.split('\n')[0] ?? ''}`, of)]
  const { plan, scenarios } = (document.toJS() ?? {}) as { readonly [key: string]: unknown }
  if (plan !== undefined && plan !== of.plan) return []
  if (!isMap(scenarios))
    return [
      untried(file, name, name, `${file} has no scenarios: they stand under "scenarios", by their ids`, of),
    ]
  return Object.entries(scenarios).map(([id, said]) => {
    const title = isMap(said) && typeof said['title'] === 'string' ? said['title'] : id
    try {
      return scenarioOf(file, `${name}/${id}`, title, said, of)
    } catch (mistake) {
      if (!(mistake instanceof Mistake)) throw mistake
      return untried(file, `${name}/${id}`, title, `${file}: ${mistake.message}`, of)
    }
  })
}

const KEYS = ['title', 'steps', 'expect', 'expectNone', 'expectNoOther']

function scenarioOf(file: string, id: string, title: string, said: unknown, of: WrittenFor): Scenario {
  if (!isMap(said)) throw new Mistake(`${id} is no map`)
  const stranger = Object.keys(said).find((key) => !KEYS.includes(key))
  if (stranger !== undefined)
    throw new Mistake(`"${stranger}" is no field of a scenario; there are ${KEYS.join(', ')}`)
  const steps = listOf(said['steps'], 'steps').map((each, index) => stepOf(each, index, of))
  const [first, ...rest] = steps
  if (first?.do !== 'visit') throw new Mistake('the first step is a visit: where the page begins')
  const expect = expectedOf(said['expect'] ?? {}, of)
  const expectNone = listOf(said['expectNone'] ?? [], 'expectNone').map(
    (each) => known(textOf(each, 'expectNone'), of).id,
  )
  const conversions = [...new Set([...expect.map(({ conversion }) => conversion), ...expectNone])]
  const expectNoOther = said['expectNoOther'] === true
  if (conversions.length === 0 && !expectNoOther)
    throw new Mistake('it expects nothing: say expect, expectNone or expectNoOther')
  return {
    id,
    title,
    conversions: conversions.length > 0 ? conversions : of.subjects.map((subject) => subject.id),
    origin: 'written',
    file,
    page: { url: first.url, cookies: {}, before: [] },
    steps: rest,
    expect,
    expectNone,
    expectNoOther,
    ...(of.noSite === undefined ? {} : { impossible: of.noSite }),
  }
}

function untried(file: string, id: string, title: string, impossible: string, of: WrittenFor): Scenario {
  return {
    id,
    title,
    conversions: of.subjects.slice(0, 1).map((subject) => subject.id),
    origin: 'written',
    file,
    page: { url: of.origin, cookies: {}, before: [] },
    steps: [],
    expect: [],
    expectNone: [],
    expectNoOther: false,
    impossible,
  }
}

function stepOf(said: unknown, index: number, of: WrittenFor): Step {
  const where = `step ${index + 1}`
  const [entry, ...more] = isMap(said) ? Object.entries(said) : []
  if (entry === undefined || more.length > 0)
    throw new Mistake(`${where} must say one thing, for example visit: /`)
  const [verb, value] = entry
  switch (verb) {
    case 'visit':
      return { do: 'visit', url: addressOf(textOf(value, where), of.origin) }
    case 'click':
      return { do: 'click', selector: textOf(value, where) }
    case 'submit':
      return { do: 'submit', selector: textOf(value, where) }
    case 'type': {
      const { into, text } = mapOf(value, where)
      return { do: 'type', selector: textOf(into, `${where}, into`), text: textOf(text, `${where}, text`) }
    }
    case 'show':
      return { do: 'show', selector: textOf(value, where), percent: 100 }
    case 'scroll':
      return { do: 'scroll', percent: numberOf(String(value).replace(/%$/, ''), where) }
    case 'wait':
      return { do: 'wait', milliseconds: durationOf(textOf(value, where), where) }
    case 'push':
      return { do: 'push', pushed: { message: mapOf(value, where) } }
    case 'route':
      return { do: 'route', url: addressOf(textOf(value, where), of.origin), source: 'pushState' }
    case 'consent':
      return { do: 'push', pushed: consentOf(value, where) }
    case 'video': {
      const { status, percent, title, url } = mapOf(value, where)
      if (status !== 'start' && status !== 'pause' && status !== 'progress' && status !== 'complete')
        throw new Mistake(`${where}: status is start, pause, progress or complete`)
      const at = {
        percent: numberOf(percent ?? 0, where),
        title: String(title ?? ''),
        url: String(url ?? ''),
      }
      return { do: 'video', status, ...at }
    }
    default:
      throw new Mistake(
        `${where}: "${verb}" is no step; there are visit, click, type, submit, scroll, show, push, route, wait, consent, video`,
      )
  }
}

/** `granted` and `denied` are about all four types; a map names its own. */
function consentOf(value: unknown, where: string): Pushed {
  const all = ['ad_storage', 'ad_user_data', 'ad_personalization', 'analytics_storage']
  if (value === 'granted' || value === 'denied')
    return { gtag: ['consent', 'update', Object.fromEntries(all.map((type) => [type, value]))] }
  return { gtag: ['consent', 'update', mapOf(value, where)] }
}

function expectedOf(said: unknown, of: WrittenFor): readonly Expected[] {
  return Object.entries(mapOf(said, 'expect')).map(([id, parameters]) => {
    const { event } = known(id, of)
    const values = Object.entries(parameters === null ? {} : mapOf(parameters, `expect, ${id}`)).map(
      ([name, value]) => {
        if (
          value !== null &&
          typeof value !== 'string' &&
          typeof value !== 'number' &&
          typeof value !== 'boolean'
        )
          throw new Mistake(`expect, ${id}: ${name} must be a text, a number or null`)
        return [name, typeof value === 'boolean' ? String(value) : value] as const
      },
    )
    return { conversion: id, event, parameters: Object.fromEntries(values) }
  })
}

function known(id: string, { subjects, plan }: WrittenFor): Subject {
  const subject = subjects.find((each) => each.id === id)
  if (subject === undefined)
    throw new Mistake(`the plan ${plan} has no conversion "${id}" that a tag collects`)
  return subject
}

function addressOf(text: string, origin: string): string {
  if (!URL.canParse(text, origin)) throw new Mistake(`"${text}" is no address`)
  return new URL(text, origin).href
}

function durationOf(text: string, where: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)$/.exec(text) ?? []
  if (number === undefined) throw new Mistake(`${where}: a duration is written 500ms, 3s or 2m`)
  return Number(number) * { ms: 1, s: 1000, m: 60_000 }[unit as 'ms' | 's' | 'm']
}

function numberOf(value: unknown, where: string): number {
  const number = Number(value)
  if (Number.isNaN(number)) throw new Mistake(`${where} must be a number`)
  return number
}

function textOf(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') throw new Mistake(`${where} must be a text`)
  return value
}

function mapOf(value: unknown, where: string): { readonly [key: string]: unknown } {
  if (!isMap(value)) throw new Mistake(`${where} must be a map`)
  return value
}

function listOf(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Mistake(`${where} must be a list`)
  return value
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
