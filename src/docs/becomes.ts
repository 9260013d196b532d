/**
 * What a field becomes in Tag Manager and GA4, found out and not written down: an example plan is compiled with the field
 * and without it, or with another value, and what differs is what it becomes. A new field or kind needs nothing here.
 */
import { compile } from '../compile/compile.ts'
import type { Templates } from '../compile/templates.ts'
import { KINDS } from '../kinds/kinds.ts'
import { buildPlan } from '../plan/build.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import type { Kind, Resource } from '../resources/resource.ts'
import { NOTES, resourceWords } from '../words/resource-words.ts'
import { fieldPlaces, type FieldPlace, type Place } from './field-places.ts'

/** An example plan: its document, overlays merged and variables resolved, and one of its environments. */
export interface Example {
  readonly document: PlanDocument
  readonly environment: string
}

/** A kind of thing at Google that the field makes, or of which it says something. */
export interface Becomes {
  readonly system: 'Tag Manager' | 'GA4'
  readonly kind: string
  /** What of it: labels of the plan's language; none where it is there at all because of the field. */
  readonly says: readonly string[]
}

/** Whether nothing keeps a document from being compiled: then that it cannot be is a mistake of ours. */
export type Accepts = (document: unknown) => boolean

/** In how many of its places a field is tried. */
const PLACES = 3

interface World {
  readonly document: PlanDocument
  readonly accepts: Accepts
  readonly compile: (document: unknown) => Compiled
  /** What is compared with: compiled once for all fields that are tried in it. */
  readonly original: (document: PlanDocument) => Compiled
  readonly places: ReadonlyMap<string, readonly FieldPlace[]>
}

/** Resources by their keys, each with its text: most are alike before and after. */
type Compiled = ReadonlyMap<string, { readonly resource: Resource; readonly text: string }>

/** What each field of the examples becomes: undefined where they do not have it, nothing where it stays in the plan. */
export function becoming(
  examples: readonly Example[],
  templates: Templates,
  accepts: Accepts,
): (path: string) => readonly Becomes[] | undefined {
  const worlds = examples.map(({ document, environment }): World => {
    const compiled = (other: unknown): Compiled => {
      const plan = buildPlan(other as PlanDocument, environment, 'plan.yaml')
      const { resources, diagnostics } = compile(plan, templates)
      const problem = diagnostics.find(({ severity }) => severity === 'error')
      if (problem !== undefined) throw new Error(`An example does not compile: ${problem.message}`)
      return new Map(
        resources.map((resource) => [resource.key, { resource, text: JSON.stringify(resource) }]),
      )
    }
    const originals = new Map<string, Compiled>()
    const original = (document: PlanDocument): Compiled => {
      const text = JSON.stringify(document)
      const known = originals.get(text) ?? compiled(document)
      originals.set(text, known)
      return known
    }
    const places = new Map<string, FieldPlace[]>()
    for (const place of fieldPlaces(document)) {
      const same = places.get(place.path)
      if (same === undefined) places.set(place.path, [place])
      else same.push(place)
    }
    return { document, accepts, compile: compiled, original, places }
  })
  return (path) => {
    const places = worlds.flatMap((world) =>
      (world.places.get(path) ?? []).map((place) => ({ world, place })),
    )
    if (places.length === 0) return undefined
    const values = [
      ...new Map(places.map(({ place: { value } }) => [canonicalJson([value]), value])).entries(),
    ]
    const effect = ({ world, place }: (typeof places)[number]): readonly Becomes[] => {
      const own = canonicalJson([place.value])
      const [other] = [
        ...opposites(place),
        ...values.filter(([text]) => text !== own).map(([, value]) => value),
      ]
      const change =
        other === undefined ? [] : effectOf(world, place.at, (document) => changed(document, place.at, other))
      return change === undefined || change.length === 0 ? removed(world, place.at) : change
    }
    const few = tried(places)
    const found = few.flatMap(effect)
    if (found.length > 0) return merged(found)
    // A weight is a value only of a key event: that a few places say nothing at Google does not yet mean that none does.
    for (const { world, place } of places) {
      const one = few.some((each) => each.place === place) ? [] : effect({ world, place })
      const other = one.length > 0 ? one : longer(world, place)
      if (other.length > 0) return merged(other)
    }
    return []
  }
}

/** Where the language has few values for a field, each that is used: `register` is a dimension in one place and a metric in another. */
function tried<T extends { readonly place: FieldPlace }>(places: readonly T[]): readonly T[] {
  const firsts = new Map<unknown, T>()
  for (const each of places) {
    const { value, choices } = each.place
    if (choices.length > 0 && !firsts.has(value)) firsts.set(value, each)
  }
  const others = places.filter((each) => ![...firsts.values()].includes(each))
  return [...firsts.values(), ...spread(others, PLACES - firsts.size)]
}

/** Some of many, from the first to the last. */
function spread<T>(all: readonly T[], most: number): readonly T[] {
  if (most <= 0) return []
  const step = Math.max(1, Math.floor(all.length / most))
  return all.filter((_, index) => index % step === 0).slice(0, most)
}

/** Other values that the language has for a field, where it has few. */
function opposites({ value, choices }: FieldPlace): readonly unknown[] {
  return typeof value === 'boolean' ? [!value] : choices.filter((choice) => choice !== value)
}

/** With another text: the example's may be what is written anyway, such as a name by default. */
function longer(world: World, { value, choices, at }: FieldPlace): readonly Becomes[] {
  if (typeof value !== 'string' || choices.length > 0) return []
  return effectOf(world, at, (document) => changed(document, at, `${value} x`)) ?? []
}

/** Without the field; where that says nothing that can be compiled, without what it is a part of. */
function removed(world: World, at: Place): readonly Becomes[] {
  for (let length = at.length; length >= Math.max(1, at.length - 2); length--) {
    const found = effectOf(world, at, (document) => without(document, at.slice(0, length)))
    if (found !== undefined) return found
  }
  return []
}

/** What differs; undefined where what is left is no plan that can be compiled. */
function effectOf(
  { document, accepts, compile, original }: World,
  at: Place,
  edit: (document: unknown) => unknown,
): readonly Becomes[] | undefined {
  const small = around(document, at)
  const before = original(small)
  let after: Compiled
  try {
    after = compile(edit(small))
  } catch (error) {
    // Compile takes checked plans. Only what the check refuses may stop it.
    if (accepts(edit(document))) throw error
    return undefined
  }
  return differences(before, after)
}

/** Of a place inside a conversion only that one, with what it feeds: the rest of the plan would be compiled for nothing. */
function around(document: PlanDocument, [top, id, , micro, ...inside]: Place): PlanDocument {
  const { audiences, experiments, ...rest } = document
  void [audiences, experiments]
  const { goals } = document
  if (top === 'goals' && micro !== undefined) return { ...rest, goals: only(goals, String(id)), stages: {} }
  const stage = document.stages[String(id)]
  const conversion = stage?.micro[String(micro)]
  if (top !== 'stages' || inside.length === 0 || stage === undefined || conversion === undefined)
    return document
  const fed = (conversion.feeds ?? [])[0]
  return {
    ...rest,
    goals: fed !== undefined && Object.hasOwn(goals, fed) ? only(goals, fed) : goals,
    stages: { [String(id)]: { ...stage, micro: { [String(micro)]: conversion } } },
  }
}

function only<T>(map: { readonly [id: string]: T }, id: string): { [id: string]: T } {
  return Object.fromEntries(Object.entries(map).filter(([key]) => key === id))
}

function without(document: unknown, at: Place): unknown {
  return edited(document, at, (holder, last) => {
    if (Array.isArray(holder)) holder.splice(Number(last), 1)
    else delete holder[last]
  })
}

function changed(document: unknown, at: Place, value: unknown): unknown {
  return edited(document, at, (holder, last) => void Object.assign(holder, { [last]: value }))
}

type Holder = { [key: string]: unknown } | unknown[]

/** A copy of what stands on the way to the place; all beside it stays the same. */
function edited(document: unknown, at: Place, edit: (holder: Holder, last: string) => void): Holder {
  const [first, ...rest] = at
  const step = String(first)
  const copy: Holder = Array.isArray(document) ? [...(document as unknown[])] : { ...(document as object) }
  if (rest.length === 0) edit(copy, step)
  else Object.assign(copy, { [step]: edited((copy as { [key: string]: unknown })[step], rest, edit) })
  return copy
}

function differences(before: Compiled, after: Compiled): readonly Becomes[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): readonly Becomes[] => {
    const [then, now] = [before.get(key), after.get(key)]
    if (then === undefined || now === undefined) {
      const resource = (then ?? now)?.resource
      return resource === undefined ? [] : [becomes(resource.kind, [])]
    }
    if (then.text === now.text) return []
    // A vendor's script is told by what it does; that it is written otherwise shows in its code alone.
    const words = labels(then.resource, now.resource)
    const says = words.length === 0 && codeOf(then.resource) !== codeOf(now.resource) ? ['Code'] : words
    return says.length === 0 ? [] : [becomes(then.resource.kind, says)]
  })
}

function codeOf({ spec }: Resource): unknown {
  return 'parameters' in spec ? (spec.parameters as { readonly html?: unknown }).html : undefined
}

function becomes(kind: Kind, says: readonly string[]): Becomes {
  return { system: kind.startsWith('gtm/') ? 'Tag Manager' : 'GA4', kind: KINDS[kind].title, says }
}

function labels(a: Resource, b: Resource): readonly string[] {
  const [before, after] = [resourceWords(a, new Map()), resourceWords(b, new Map())]
  const said = [...new Set([...before.keys(), ...after.keys()])].filter(
    (label) => before.get(label) !== after.get(label),
  )
  return [...(a.name === b.name ? [] : ['Name']), ...said.map((label) => (label === NOTES ? 'Notes' : label))]
}

/** In a line: `Tag Manager: variable, tag (Event, Name); GA4: key event (Value)`. */
export function becomesWords(becomes: readonly Becomes[]): string {
  const systems = [...new Set(becomes.map(({ system }) => system))]
  if (systems.length === 0) return 'nothing at Google; it is for checks, documents and numbers'
  return systems
    .map((system) => {
      const kinds = becomes.filter((each) => each.system === system)
      return `${system}: ${kinds.map(({ kind, says }) => (says.length === 0 ? kind : `${kind} (${inShort(says).join(', ')})`)).join(', ')}`
    })
    .join('; ')
}

/** Sent to several, or several parameters. */
function inOne(label: string): string {
  return label === 'Sent' || label.endsWith('s') ? label : `${label}s`
}

/** Labels that begin alike are rows of one table: which rows is the example's business. */
function inShort(labels: readonly string[]): readonly string[] {
  const begins = (label: string): string => label.split(' ')[0] ?? label
  const isShared = (label: string): boolean =>
    labels.filter((other) => begins(other) === begins(label)).length > 1
  return [...new Set(labels.map((label) => (isShared(label) ? inOne(begins(label)) : label)))]
}

/** Each kind once. Where the field makes things of a kind, that says enough of it. */
function merged(all: readonly Becomes[]): readonly Becomes[] {
  const kinds = new Map(all.map((each) => [`${each.system} ${each.kind}`, each]))
  return [...kinds.values()].map(({ system, kind }): Becomes => {
    const same = all.filter((each) => each.system === system && each.kind === kind)
    const isMade = same.some(({ says }) => says.length === 0)
    return { system, kind, says: isMade ? [] : [...new Set(same.flatMap(({ says }) => says))].sort() }
  })
}
