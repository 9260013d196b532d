/**
 * A container becomes the plan that a person would have written. Lift proposes, check and compile judge:
 *
 *   tags ─▶ events ─▶ conversions ─▶ document ─┬─ check ───▶ what no plan may hold is left out, or accepted for now
 *                                              └─ compile ─▶ what would not mean the same is left out
 *
 * Nothing is lost: each GA4 event tag is lifted, or named with the reason.
 */
import { checkPlan } from '../check/check.ts'
import type { Templates } from '../compile/templates.ts'
import { eventsOf, type EventOfTag } from '../lift/events-of.ts'
import type { LeftOut } from '../lift/left-out.ts'
import { hitKey, hitsOf, tableRows, type Hit, type World } from '../lift/meaning.ts'
import type { ContainerVersion } from '../lift/parse-export.ts'
import { readContainer, type ReadContainer, type ReadEntity } from '../lift/read-container.ts'
import { RULES } from '../check/rules/index.ts'
import { fieldChanges } from '../diff/field-changes.ts'
import { googleTagOf, isGoogleTag, worldOf, worldWith } from '../lift/worlds.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { Ignore, PlanDocument, Source } from '../plan/plan-types.ts'
import { stepsOf } from '../plan/tree.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { keyOf } from '../resources/key.ts'
import { parseNotes } from '../resources/marker.ts'
import { soleVariableIn, variablesIn } from '../resources/references.ts'
import type { Resource, TagSpec } from '../resources/resource.ts'
import { asParsed } from './as-parsed.ts'
import { compiledOf } from './compiled.ts'
import { conversionOf, isNameOfEvent, type Why } from './conversion.ts'
import { documentOf, type Assembled, type Comment, type Liftable, type Settings } from './document.ts'
import { destinationsOf } from './environments.ts'
import { idFrom, oneLine, titleFrom } from './names.ts'
import { byName, saidSources, type ReadSource } from './said-sources.ts'

export interface ImportOptions {
  readonly templates: Templates
  /** As 2026-11-22: what is accepted at import is accepted for three months. */
  readonly today: string
  /** What was read from the property. */
  readonly ga4?: {
    readonly property: string
    readonly keyEvents: readonly string[]
    readonly parameters: NonNullable<PlanDocument['parameters']>
  }
}

export interface Lifted {
  /** Absent when there is nothing that a plan could begin with. */
  readonly document?: PlanDocument
  readonly comments: readonly Comment[]
  /** GA4 event tags in the container. */
  readonly ga4EventTags: number
  /** Names of those whose every event is in the plan. */
  readonly lifted: readonly string[]
  /** GA4 event tags that are not in the plan. */
  readonly leftOut: readonly LeftOut[]
  /** What else is in the container and not in the plan. */
  readonly others: readonly LeftOut[]
}

/** An event of a tag on its way into the plan. */
interface Candidate extends Liftable {
  readonly source: ReadEntity<TagSpec>
  readonly events: EventOfTag
}

export function liftContainer(version: ContainerVersion, options: ImportOptions): Lifted {
  const container = readContainer(version)
  const world = worldOf(container)
  const tags = container.tags.filter(({ spec }) => spec.type === 'gaawe')
  const read = saidSources(textsOf(tags, container), container, world, options.templates)
  const refused = new Map<ReadEntity<TagSpec>, Why>()
  const eventsOfTags = new Map<ReadEntity<TagSpec>, readonly EventOfTag[]>()
  for (const tag of tags) {
    const found = eventsOf(tag.spec, world, isNameOfEvent)
    const why = 'reason' in found ? found : whyNotEvents(tag.spec, found.events)
    if (why !== undefined) refused.set(tag, why)
    else if ('events' in found) eventsOfTags.set(tag, found.events)
  }

  const base: Context = { container, world, read, options, eventsOfTags }
  let choice: Choice = {
    isShared: true,
    byHost: true,
    managed: true,
    isRegistered: true,
    ignore: [],
    byName: new Set(),
  }
  // Each round refuses a tag, accepts a finding or gives up a choice, so that there is a last one.
  for (;;) {
    const round = oneRound(base, choice, refused)
    if (round === undefined) return nothing(base, tags, refused)
    if (round.again === undefined) return lifted(base, tags, refused, round)
    choice = { ...choice, ...round.again }
  }
}

interface Context {
  readonly container: ReadContainer
  readonly world: World
  readonly read: ReadSource
  readonly options: ImportOptions
  readonly eventsOfTags: ReadonlyMap<ReadEntity<TagSpec>, readonly EventOfTag[]>
}

/** What may have to be given up. */
interface Choice {
  /** One settings variable of all tags becomes shared parameters. */
  readonly isShared: boolean
  /** A table of measurement ids by host becomes environments. */
  readonly byHost: boolean
  /** The plan makes the Google tag. */
  readonly managed: boolean
  /** What the property has registered stands in the dictionary. */
  readonly isRegistered: boolean
  readonly ignore: readonly Ignore[]
  /** Tags whose conditions name variables of the container instead of what those read. */
  readonly byName: ReadonlySet<ReadEntity<TagSpec>>
}

interface Round {
  /** What is to be tried otherwise; undefined when the round stands. */
  readonly again?: Partial<Choice>
  readonly assembled: Assembled<Candidate>
}

function oneRound(base: Context, choice: Choice, refused: Map<ReadEntity<TagSpec>, Why>): Round | undefined {
  const { world, read, container, options } = base
  const tags = [...base.eventsOfTags.keys()].filter((tag) => !refused.has(tag))
  const settings = choice.isShared ? sharedSettings(tags, base) : undefined
  const destinations = destinationsOf(
    tags.map(({ spec }) => spec),
    container,
    world,
    read,
    { property: options.ga4?.property, byHost: choice.byHost },
  )
  const candidates = tags.flatMap((tag): Candidate[] => {
    const events = base.eventsOfTags.get(tag) ?? []
    const made: Candidate[] = []
    for (const each of events) {
      const said = conversionOf(tag, each, {
        world,
        read,
        test: choice.byName.has(tag) ? byName : read,
        isShared: settings !== undefined,
      })
      if ('reason' in said) {
        refused.set(tag, said)
        return []
      }
      made.push({
        said: said.said,
        title: titleOf(tag.name, each.event ?? tag.name, events.length),
        notes: parseNotes(tag.notes).human,
        remarks: remarksOf(tag, each, { count: events.length, isFirst: made.length === 0 }),
        tag: tag.name,
        source: tag,
        events: each,
        ...destinations.fieldOf(tag.spec),
      })
    }
    return made
  })
  if (candidates.length === 0) return undefined
  const google = choice.managed ? theGoogleTag(base, destinations.main) : undefined
  const assembled = documentOf(
    candidates,
    settingsFrom(base, { destinations, settings, google, choice, tags }),
    choice.ignore,
  )
  const again =
    checked(assembled, base, choice, refused) ??
    compared(assembled, base, {
      choice,
      google,
      refused,
      isByHost: Object.keys(destinations.environments).length > 1,
    })
  return again === undefined ? { assembled } : { again, assembled }
}

/** What a tag sends cannot be in a plan. */
function whyNotEvents(spec: TagSpec, events: readonly EventOfTag[]): Why | undefined {
  if (events.length > 1 && spec.firingOption === 'oncePerLoad')
    return {
      code: 'once-per-page-for-several',
      reason: 'it sends several events, one of them once per page',
    }
  return undefined
}

/** The settings variable, when all tags have the same one. */
function sharedSettings(tags: readonly ReadEntity<TagSpec>[], { world, read }: Context) {
  const names = new Set(
    tags.map(({ spec }) =>
      typeof spec.parameters.eventSettingsVariable === 'string'
        ? soleVariableIn(spec.parameters.eventSettingsVariable)
        : undefined,
    ),
  )
  const [name, ...others] = names
  const variable = name === undefined || others.length > 0 ? undefined : world.variable(name)
  if (name === undefined || variable === undefined) return undefined
  const said = (table: Parameters<typeof tableRows>[0]): [string, Source][] | undefined => {
    const rows: [string, Source][] = []
    for (const [row, text] of tableRows(table)) {
      const source = read(text)
      if (source === undefined) return undefined
      rows.push([row, source])
    }
    return rows
  }
  const parameters = said(variable.parameters.eventSettingsTable)
  const userProperties = said(variable.parameters.userProperties)
  return parameters === undefined || userProperties === undefined
    ? undefined
    : { name, parameters, userProperties }
}

/** The Google tag of the events' measurement id, when there is exactly one. */
function theGoogleTag({ container, world }: Context, main: unknown): ReadEntity<TagSpec> | undefined {
  const found = container.tags.filter(
    ({ spec }) => isGoogleTag(spec) && canonicalJson([googleTagOf(spec, world).id]) === canonicalJson([main]),
  )
  const [only, ...more] = found
  return more.length > 0 || only?.spec.type !== 'googtag' ? undefined : only
}

function settingsFrom(
  { container, world, options }: Context,
  {
    destinations,
    settings,
    google,
    choice,
    tags,
  }: {
    readonly destinations: ReturnType<typeof destinationsOf>
    readonly settings: ReturnType<typeof sharedSettings>
    readonly google: ReadEntity<TagSpec> | undefined
    readonly choice: Choice
    readonly tags: readonly ReadEntity<TagSpec>[]
  },
): Settings {
  const comments: Comment[] = [...destinations.comments]
  if (settings !== undefined && settings.parameters.length > 0)
    comments.push({
      at: '/sharedParameters',
      text: `what the settings variable "${oneLine(settings.name)}" gives to every event`,
    })
  const server =
    google === undefined ? undefined : googleTagOf(google.spec, world).config.server_container_url
  const statuses = new Set(tags.map(({ spec }) => spec.consent.status))
  const mode = statuses.has('notNeeded') ? 'advanced' : 'none'
  comments.push({
    at: '/consent',
    text:
      mode === 'none'
        ? 'the tags look at no consent beyond what Google does by itself'
        : 'the tags need no additional consent; those that do say so themselves',
  })
  comments.push({
    at: '/googleTag',
    text:
      google === undefined
        ? choice.managed
          ? 'the plan makes no Google tag: this container has none for this measurement id, several, or one of the kind before 2023'
          : 'the Google tag has settings that a plan has no word for, so it stays as it is'
        : `as the tag "${oneLine(google.name)}" is`,
  })
  return {
    plan: idFrom(container.name === '' ? container.publicId : container.name, new Set(), 30),
    title: titleFrom(container.name, container.publicId === '' ? 'Imported plan' : container.publicId),
    environments: destinations.environments,
    ...(destinations.measurementIdFrom === undefined
      ? {}
      : { measurementIdFrom: destinations.measurementIdFrom }),
    consent: { mode },
    googleTag: google === undefined ? 'existing' : 'managed',
    ...(typeof server === 'string' && server.startsWith('https://') ? { transportUrl: server } : {}),
    sharedParameters: Object.fromEntries(settings?.parameters ?? []),
    userProperties: Object.fromEntries(settings?.userProperties ?? []),
    keyEvents: new Set(options.ga4?.keyEvents ?? []),
    ...(options.ga4 !== undefined && choice.isRegistered && Object.keys(options.ga4.parameters).length > 0
      ? { parameters: options.ga4.parameters }
      : {}),
    comments,
  }
}

function checked(
  { document, conversions }: Assembled<Candidate>,
  { options }: Context,
  choice: Choice,
  refused: Map<ReadEntity<TagSpec>, Why>,
): Partial<Choice> | undefined {
  const { diagnostics } = checkPlan(asParsed(document), { today: options.today })
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return undefined
  const before = refused.size
  const more: Ignore[] = []
  let isShared = choice.isShared
  for (const error of errors) {
    const id = conversionAt(error)
    const candidate = id === undefined ? undefined : conversions.get(id)
    const entry: Ignore = {
      code: error.code,
      ...(candidate === undefined || id === undefined ? {} : { at: id }),
      reason: 'as it is in the container',
      until: threeMonthsAfter(options.today),
    }
    const isAccepted = [...choice.ignore, ...more].some(
      ({ code, at }) => code === entry.code && at === entry.at,
    )
    if (IGNORABLE.has(error.code)) {
      if (!isAccepted) more.push(entry)
    } else if (candidate !== undefined)
      refused.set(candidate.source, { code: 'plan-refuses-it', reason: whyRefused(error) })
    else if (/^\/(sharedParameters|userProperties)/.test(error.at ?? '')) isShared = false
  }
  // With other tags the ids may be others: what is accepted is found anew.
  if (refused.size > before || isShared !== choice.isShared) return { ignore: [], isShared }
  if (more.length > 0) return { ignore: [...choice.ignore, ...more] }
  if (choice.isRegistered) return { ignore: [], isRegistered: false }
  throw new Error(
    `An imported plan is refused: ${errors.map(({ code, at, message }) => `${code} ${at ?? ''}: ${message}`).join('; ')}`,
  )
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

function whyRefused({ message, code }: Diagnostic): string {
  return `${message.replace(/\.$/, '')} (${code})`
}

function threeMonthsAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 90 * 86_400_000).toISOString().slice(0, 10)
}

/** What does not come out as it is in the container is not taken. */
function compared(
  { document, conversions }: Assembled<Candidate>,
  { world, options }: Context,
  {
    choice,
    google,
    refused,
    isByHost,
  }: {
    readonly choice: Choice
    readonly google: ReadEntity<TagSpec> | undefined
    readonly refused: Map<ReadEntity<TagSpec>, Why>
    readonly isByHost: boolean
  },
): Partial<Choice> | undefined {
  const { resources } = compiledOf(document, options.templates)
  const made = worldWith(resources, world)
  const compiledGoogle = tagOf(resources, document.plan, 'google-tag')
  if (
    google !== undefined &&
    compiledGoogle !== undefined &&
    googleMeaning(google.spec, world) !== googleMeaning(compiledGoogle, made)
  )
    return { managed: false, ignore: [] }
  const unlike = [...unfaithful(conversions, document.plan, resources, world, made)]
  if (unlike.length === 0) return undefined
  if (isByHost && unlike.every(([, fields]) => fields.includes('destination')))
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
  for (const [candidate, fields] of unlike)
    refused.set(candidate.source, {
      code: 'means-something-else',
      reason: `the plan would say something else of it: ${fields.join(', ')}`,
    })
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
    if (canonicalJson(a) === canonicalJson(b)) continue
    yield [candidate, fieldsUnlike(wanted, hits)]
  }
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

function titleOf(name: string, event: string, count: number): string {
  const words = event.replaceAll('_', ' ')
  const fromEvent = `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
  if (count > 1) return fromEvent
  // What people put in front: numbers, brackets, "GA4 - Event - ".
  const bare = name
    .replace(/^(?:\s*[[({][^\])}]*[\])}])+/u, '')
    .replace(/^(?:[^\p{L}]|ga4\b|google analytics\b|gtag\b|event[os]?\b|tag\b)+/iu, '')
  const isEvent = bare.replace(/[\W_]+/g, '').toLowerCase() === event.replace(/[\W_]+/g, '').toLowerCase()
  return bare.length < 3 || isEvent ? fromEvent : titleFrom(bare, fromEvent)
}

function remarksOf(
  tag: ReadEntity<TagSpec>,
  { open, event }: EventOfTag,
  { count, isFirst }: { readonly count: number; readonly isFirst: boolean },
): readonly string[] {
  return [
    ...(event === undefined
      ? ['TODO the page decides what this event is called: write one conversion for each name']
      : []),
    ...(count > 1 ? [`one of ${count} events that the tag "${oneLine(tag.name)}" sends`] : []),
    ...(isFirst ? open : []).map(
      (pattern) =>
        `the pattern ${oneLine(pattern)} lets through other names that hold one of these; they are not in the plan`,
    ),
    ...(tag.spec.other.priority === undefined ? [] : ['the tag has a priority, which a plan does not say']),
  ]
}

/** Every text that a plan may come to read. */
function textsOf(tags: readonly ReadEntity<TagSpec>[], container: ReadContainer): readonly string[] {
  const variables = new Map(container.variables.map(({ name, spec }) => [name, spec]))
  const rows = (table: Parameters<typeof tableRows>[0]): string[] => tableRows(table).map(([, text]) => text)
  const settings = new Set(
    tags.flatMap(({ spec }) => soleVariableIn(String(spec.parameters.eventSettingsVariable ?? '')) ?? []),
  )
  return [
    ...tags.flatMap(({ spec: { parameters } }) => [
      ...[parameters.eventName, parameters.measurementIdOverride, parameters.userDataVariable].filter(
        (each) => typeof each === 'string',
      ),
      ...rows(parameters.eventParameters),
      ...rows(parameters.eventSettingsTable),
      ...rows(parameters.userProperties),
    ]),
    ...[...settings].flatMap((name) => [
      ...rows(variables.get(name)?.parameters.eventSettingsTable),
      ...rows(variables.get(name)?.parameters.userProperties),
    ]),
    ...container.triggers.flatMap(({ spec }) => spec.filter.map(({ arg0 }) => arg0)),
  ]
}

function nothing(
  { container }: Context,
  tags: readonly ReadEntity<TagSpec>[],
  refused: ReadonlyMap<ReadEntity<TagSpec>, Why>,
): Lifted {
  return {
    comments: [],
    ga4EventTags: tags.length,
    lifted: [],
    leftOut: leftOutOf(tags, refused),
    others: othersOf(container, new Set()),
  }
}

function lifted(
  { container }: Context,
  tags: readonly ReadEntity<TagSpec>[],
  refused: ReadonlyMap<ReadEntity<TagSpec>, Why>,
  { assembled }: Round,
): Lifted {
  const taken = new Set([...assembled.conversions.values()].map(({ source }) => source))
  return {
    document: assembled.document,
    comments: assembled.comments,
    ga4EventTags: tags.length,
    lifted: tags.filter((tag) => taken.has(tag)).map(({ name }) => name),
    leftOut: leftOutOf(tags, refused),
    others: othersOf(container, taken),
  }
}

function leftOutOf(
  tags: readonly ReadEntity<TagSpec>[],
  refused: ReadonlyMap<ReadEntity<TagSpec>, Why>,
): LeftOut[] {
  return tags.flatMap((tag): LeftOut[] => {
    const why = refused.get(tag)
    return why === undefined ? [] : [{ kind: 'tag', name: tag.name, ...why }]
  })
}

function othersOf(container: ReadContainer, taken: ReadonlySet<ReadEntity<TagSpec>>): LeftOut[] {
  return [
    ...container.tags
      .filter((tag) => tag.spec.type !== 'gaawe' && !taken.has(tag))
      .map(({ name, spec }): LeftOut => ({
        kind: 'tag',
        name,
        code: 'not-a-ga4-event',
        reason: `it is ${typeWords(spec.type)}, not a GA4 event`,
      })),
    ...unusedOf(container, taken),
    ...container.broken,
  ]
}

/** Triggers and variables that only other things use, or nothing at all. */
function unusedOf(container: ReadContainer, taken: ReadonlySet<ReadEntity<TagSpec>>): LeftOut[] {
  const triggers = new Map(container.triggers.map(({ id, spec }) => [`#${id}`, spec]))
  const variables = new Map(container.variables.map(({ name, spec }) => [name, spec]))
  const used = new Set<string>()
  const use = (value: unknown): void => {
    if (typeof value === 'string') {
      for (const name of variablesIn(value)) {
        if (used.has(`variable ${name}`)) continue
        used.add(`variable ${name}`)
        use(variables.get(name))
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [field, each] of Object.entries(value)) {
        if (field === '$trigger' && typeof each === 'string') useTrigger(each)
        else use(each)
      }
    }
  }
  const useTrigger = (ref: string): void => {
    if (used.has(`trigger ${ref}`)) return
    used.add(`trigger ${ref}`)
    use(triggers.get(ref))
  }
  for (const { spec } of taken) {
    use(spec)
    for (const ref of [...spec.firingTriggers, ...spec.blockingTriggers]) useTrigger(ref)
  }
  const reason = 'no tag that is in the plan uses it'
  return [
    ...container.triggers
      .filter(({ id }) => !used.has(`trigger #${id}`))
      .map(({ name }): LeftOut => ({ kind: 'trigger', name, code: 'not-used-by-the-plan', reason })),
    ...container.variables
      .filter(({ name }) => !used.has(`variable ${name}`))
      .map(({ name }): LeftOut => ({ kind: 'variable', name, code: 'not-used-by-the-plan', reason })),
    ...container.others
      .filter(({ kind }) => kind !== 'folder')
      .map(({ kind, name }): LeftOut => ({
        kind: kind === 'template' ? 'template' : 'other',
        name,
        code: 'not-written-by-a-plan',
        reason: `a plan writes nothing of this kind (${kind})`,
      })),
  ]
}

function typeWords(type: string): string {
  return type.startsWith('cvt_') ? 'a tag of a template' : (TYPES[type] ?? `a tag of the type ${type}`)
}

const TYPES: { readonly [type: string]: string | undefined } = {
  ua: 'a Universal Analytics tag, for which Google collects nothing any more',
  html: 'custom HTML',
  googtag: 'a Google tag',
  gaawc: 'a GA4 configuration tag of the kind before 2023',
  awct: 'a Google Ads conversion',
  awud: 'Google Ads user data',
  sp: 'Google Ads remarketing',
  gclidw: 'a conversion linker',
}
