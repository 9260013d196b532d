/** Lift proposes; here check and compile judge what it proposed, and say what is to be tried otherwise. */
import { checkPlan } from '../check/check.ts'
import { RULES } from '../check/rules/index.ts'
import { fieldChanges } from '../diff/field-changes.ts'
import { hitKey, hitsOf, priorityOf, type Hit, type World } from '../lift/meaning.ts'
import type { ReadEntity } from '../lift/read-container.ts'
import { googleTagOf, worldWith } from '../lift/worlds.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { Ignore } from '../plan/plan-types.ts'
import { stepsOf } from '../plan/tree.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { GOOGLE_TAG, keyOf } from '../resources/key.ts'
import type { Resource, TagSpec } from '../resources/resource.ts'
import { asParsed } from './as-parsed.ts'
import { compiledOf } from './compiled.ts'
import type { Why } from './conversion.ts'
import type { Assembled } from './document.ts'
import { vendorsCompared } from './judge-vendors.ts'
import { whyUnlike } from './field-words.ts'
import type { Candidate, Choice, Context } from './lifting.ts'
import type { PlacedTag } from './vendor-tags.ts'

/**
 * What the rules refuse is put off where that may be, else its tag joins `refused`. Gives what the next round tries otherwise,
 * undefined when no rule refuses anything. Throws where no choice is left: a bug.
 */
export function checked(
  { document, conversions }: Assembled<Candidate>,
  { options }: Context,
  choice: Choice,
  refused: Map<ReadEntity<TagSpec>, Why>,
  placed: readonly PlacedTag[],
): Partial<Choice> | undefined {
  const { diagnostics } = checkPlan(asParsed(document), { today: options.today })
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return undefined
  const before = refused.size
  const more: Ignore[] = []
  let { isShared, isUserDataSaid } = choice
  const byTrigger = new Set(choice.byTrigger)
  const accepted = new Set(choice.ignore.map(acceptedKey))
  for (const error of errors) {
    const id = conversionAt(error)
    const candidate = id === undefined ? undefined : conversions.get(id)
    const ofVendors = vendorsAt(error, placed, candidate)
    const destination = stepsOf(error.at ?? '')[1]
    const entry: Ignore = {
      code: error.code,
      ...(candidate !== undefined && id !== undefined
        ? { at: id }
        : ofVendors.length > 0 && destination !== undefined
          ? { at: destination }
          : {}),
      reason: 'as it is in the container',
      until: threeMonthsAfter(options.today),
    }
    if (IGNORABLE.has(error.code)) {
      if (!accepted.has(acceptedKey(entry))) more.push(entry)
      accepted.add(acceptedKey(entry))
    } else if (ofVendors.length > 0)
      for (const { tag } of ofVendors)
        refused.set(tag, { code: 'plan-refuses-it', reason: whyRefused(error) })
    else if (candidate !== undefined && isOfTrigger(error) && !byTrigger.has(candidate.source))
      byTrigger.add(candidate.source)
    else if (candidate !== undefined)
      refused.set(candidate.source, { code: 'plan-refuses-it', reason: whyRefused(error) })
    else if (/^\/(sharedParameters|userProperties)/.test(error.at ?? '')) isShared = false
    else if (/^\/userData/.test(error.at ?? '')) isUserDataSaid = false
  }
  // With other tags the ids may be others: what is accepted is found anew.
  if (
    refused.size > before ||
    byTrigger.size > choice.byTrigger.size ||
    isShared !== choice.isShared ||
    isUserDataSaid !== choice.isUserDataSaid
  )
    return { ignore: [], byTrigger, isShared, isUserDataSaid }
  if (more.length > 0) return { ignore: [...choice.ignore, ...more] }
  if (choice.isRegistered) return { ignore: [], isRegistered: false }
  throw new Error(
    `An imported plan is refused: ${errors.map(({ code, at, message }) => `${code} ${at ?? ''}: ${message}`).join('; ')}`,
  )
}

function acceptedKey({ code, at = '' }: Ignore): string {
  return `${code} ${at}`
}

/** Rules that a plan may put off; without the others it cannot be compiled. */
const IGNORABLE: ReadonlySet<string> = new Set(
  RULES.filter(({ profile }) => profile !== 'always').map(({ code }) => code),
)

function conversionAt({ at = '' }: Diagnostic): string | undefined {
  const [top, first, inner, second] = stepsOf(at)
  if (top === 'goals') return first
  return top === 'stages' && inner === 'micro' ? second : undefined
}

function isOfTrigger({ at = '' }: Diagnostic): boolean {
  const steps = stepsOf(at)
  return steps[steps[0] === 'goals' ? 2 : 4] === 'trigger'
}

/** The tags of vendors that a finding is of: of a destination all, under `send` those that are sent. */
function vendorsAt(
  { at = '' }: Diagnostic,
  placed: readonly PlacedTag[],
  candidate: Candidate | undefined,
): readonly PlacedTag[] {
  const steps = stepsOf(at)
  if (steps[0] === 'destinations') return placed.filter(({ destination }) => destination === steps[1])
  const send = steps.indexOf('send')
  return candidate === undefined || send === -1
    ? []
    : placed.filter(
        ({ destination, conversions }) => destination === steps[send + 1] && conversions.includes(candidate),
      )
}

function whyRefused({ message, code }: Diagnostic): string {
  return `${message.replace(/\.$/, '')} (${code})`
}

function threeMonthsAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 90 * 86_400_000).toISOString().slice(0, 10)
}

/**
 * What does not come out as it is in the container is not taken: a choice is given up, or its tag joins `refused`. Gives what the
 * next round tries otherwise, undefined when all is as it was.
 */
export function compared(
  { document, conversions }: Assembled<Candidate>,
  context: Context,
  {
    choice,
    google,
    refused,
    isByHost,
    placed,
  }: {
    readonly choice: Choice
    readonly google: ReadEntity<TagSpec> | undefined
    readonly refused: Map<ReadEntity<TagSpec>, Why>
    readonly isByHost: boolean
    readonly placed: readonly PlacedTag[]
  },
): Partial<Choice> | undefined {
  const { world, options } = context
  const { resources } = compiledOf(document, options.templates)
  const made = worldWith(resources, world)
  const compiledGoogle = tagOf(resources, document.plan, GOOGLE_TAG)
  if (
    google !== undefined &&
    compiledGoogle !== undefined &&
    googleMeaning(google.spec, world) !== googleMeaning(compiledGoogle, made)
  )
    return { managed: false, ignore: [] }
  const unlike = [...unfaithful(conversions, document.plan, resources, world, made)]
  if (unlike.length === 0)
    return vendorsCompared(placed, conversions, resources, made, context, { choice, refused })
  if (isByHost && unlike.every(([, fields]) => fields.some((field) => field.startsWith('destination'))))
    return { byHost: false, ignore: [] }
  if (
    choice.isShared &&
    unlike.every(([, fields]) =>
      fields.some((field) => field.startsWith('parameters') || field === 'rest.userProperties'),
    )
  )
    return { isShared: false, ignore: [] }
  // What is read to be compared is an empty text where it is missing; where that matters, the variable itself is asked.
  const again = unlike.filter(
    ([{ source }, fields]) =>
      !choice.byName.has(source) && fields.some((field) => /^(moment|unless)/.test(field)),
  )
  if (again.length > 0)
    return { byName: new Set([...choice.byName, ...again.map(([{ source }]) => source)]), ignore: [] }
  // Then the trigger stays where it is, and the plan names it.
  const asItIs = unlike.filter(
    ([{ source }, fields]) =>
      !choice.byTrigger.has(source) && fields.every((field) => field.startsWith('moment')),
  )
  if (asItIs.length > 0)
    return {
      byTrigger: new Set([...choice.byTrigger, ...asItIs.map(([{ source }]) => source)]),
      // What is left to be read may be said in words again.
      byName: new Set([...choice.byName].filter((tag) => asItIs.every(([{ source }]) => source !== tag))),
      ignore: [],
    }
  for (const [candidate, fields] of unlike) refused.set(candidate.source, whyUnlike(fields))
  return { ignore: [] }
}

/** Conversions that do not compile to what their tag sends, and in what they differ. */
function* unfaithful(
  conversions: ReadonlyMap<string, Candidate>,
  plan: string,
  resources: readonly Resource[],
  world: World,
  made: World,
): Iterable<readonly [Candidate, readonly string[]]> {
  const tags = new Map(
    resources.flatMap((resource) =>
      resource.kind === 'gtm/tag' ? [[resource.key, resource.spec] as const] : [],
    ),
  )
  for (const [id, candidate] of conversions) {
    const tag = tags.get(keyOf({ plan, id, facet: 'tag' }))
    const wanted = candidate.events.hits
    const hits = tag === undefined ? [] : hitsOf(tag, made)
    const [a, b] = [wanted, hits].map((each) => [...new Set(each.map(hitKey))].sort())
    const isAlike = canonicalJson(a) === canonicalJson(b)
    const isInOrder = tag !== undefined && isAsEarly(candidate.source.spec, tag)
    if (isAlike && isInOrder) continue
    yield [candidate, [...(isAlike ? [] : fieldsUnlike(wanted, hits)), ...(isInOrder ? [] : ['priority'])]]
  }
}

/** A priority that the page decides on is not the plan's to say: it stays. */
function isAsEarly(theirs: TagSpec, ours: TagSpec): boolean {
  const priority = priorityOf(theirs)
  return priority === undefined || priority === priorityOf(ours)
}

function fieldsUnlike(wanted: readonly Hit[], hits: readonly Hit[]): readonly string[] {
  const left = hits.filter((hit) => !wanted.some((each) => hitKey(each) === hitKey(hit)))
  const [one] = wanted.filter((each) => !hits.some((hit) => hitKey(hit) === hitKey(each)))
  const [other] = left
  if (one === undefined || other === undefined) return ['moment']
  return fieldChanges(one, other)
    .map(({ path }) => path.split(/[[.]/).slice(0, 2).join('.'))
    .filter((path, index, all) => all.indexOf(path) === index)
}

function googleMeaning(tag: TagSpec, world: World): string {
  return canonicalJson([
    googleTagOf(tag, world),
    hitsOf(tag, world).map(({ event, moment, unless, parameters, rest }) => [
      event,
      moment,
      unless,
      parameters,
      rest,
    ]),
  ])
}

function tagOf(resources: readonly Resource[], plan: string, id: string): TagSpec | undefined {
  const key = keyOf({ plan, id, facet: 'tag' })
  const found = resources.find((resource) => resource.kind === 'gtm/tag' && resource.key === key)
  return found?.kind === 'gtm/tag' ? found.spec : undefined
}
