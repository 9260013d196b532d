/** A plan as a Page. Words of fields are those of the review: one wording for one thing. */
import { percentOf, rangeOf } from '../check/amounts.ts'
import { manualSteps } from '../compile/manual-steps.ts'
import { AUTOMATIC_EVENTS, ENHANCED_EVENTS, TOGGLE_WORDS } from '../facts/events.ts'
import { GA4_LIMITS } from '../facts/limits.ts'
import { kindText } from '../kinds/kinds.ts'
import type { Pointer } from '../plan/diagnostic.ts'
import type { Alerts, ParameterDefinition, PlanDocument } from '../plan/plan-types.ts'
import { conversionsOf, type Conversion, type Plan } from '../plan/plan.ts'
import { keysUsedBy } from '../resources/references.ts'
import type { Resource } from '../resources/resource.ts'
import { conversionsIn, type ConversionPlace } from '../plan/places.ts'
import { fieldsFor } from '../review/conversions.ts'
import type { Field } from '../review/fields.ts'
import { benchmarkWords, guardrailWords, inWords, partWords } from '../words/plan-words.ts'
import { sourceWords } from '../sources/source-words.ts'
import { and } from '../words/counting.ts'
import { contractOf } from './contract.ts'
import { consentWords, exactWords, firesWords, measuredIn } from './collected.ts'
import {
  asFact,
  described,
  destinationsOf,
  leavingBy,
  settingsOf,
  targetNamed,
  titlesOf,
  type DescribedName,
} from './described.ts'
import { directionOf } from '../pages/direction.ts'
import type { MapNode } from './funnel-map.ts'
import { GLOSSARY } from './glossary.ts'
import { marketsReached } from './markets-reached.ts'
import { nextSteps } from './next-steps.ts'
import {
  factOf,
  NOBODY,
  type Card,
  type Described,
  type Fact,
  type History,
  type Link,
  type OwnerRow,
  type Page,
  type ReviewRow,
  type StageSection,
} from './page.ts'

export interface PageSources {
  readonly plan: Plan
  /** What the plan was built from. */
  readonly document: PlanDocument
  readonly resources: readonly Resource[]
  /** By the place of the conversion; empty where there is none to be had. */
  readonly history: ReadonlyMap<Pointer, History>
}

export function pageOf({ plan, document, resources, history }: PageSources): Page {
  const titles = titlesOf(plan)
  const places = new Map(conversionsIn(document).map((place) => [place.at, place]))
  const held = heldBy(plan, resources)
  const leaving = leavingBy(plan)
  const cards = new Map(
    conversionsOf(plan).map((conversion) => {
      const place = places.get(conversion.at)
      if (place === undefined) throw new Error(`${conversion.at} is not in the document.`)
      const since = history.get(conversion.at)
      const card = cardOf({ plan, document, titles, conversion, place })
      const [leaves, google] = [leaving.get(conversion.at) ?? [], held.get(conversion.at) ?? []]
      const past = since === undefined ? {} : { history: since }
      return [conversion.at, { ...card, leaves, google, ...past }] as const
    }),
  )
  const cardsOf = (conversions: readonly Conversion[]): readonly Card[] =>
    conversions.flatMap(({ at }) => cards.get(at) ?? [])
  const entries = (name: DescribedName): readonly Described[] => described(plan, document, name)
  const node = (conversion: Conversion): MapNode => mapNode(conversion, titles, plan)
  return {
    plan: plan.id,
    title: plan.title,
    ...(plan.description === undefined ? {} : { description: plan.description }),
    direction: directionOf(plan.title),
    environment: plan.environment.title ?? plan.environment.id,
    file: plan.file,
    facts: planFacts(plan),
    tiles: tilesOf(plan),
    funnel: {
      stages: plan.stages.map(({ title, micros }) => ({ title, micros: micros.map(node) })),
      goals: plan.goals.map(node),
    },
    touchpoints: plan.stages.flatMap(({ micros }) => cardsOf(micros)).map(touchpointRow),
    goals: cardsOf(plan.goals),
    stages: plan.stages.map((stage): StageSection => ({
      id: `stage-${stage.id}`,
      key: stage.id,
      title: stage.title,
      ...(stage.description === undefined ? {} : { description: stage.description }),
      ...(stage.target === undefined ? {} : { target: targetNamed(stage.target, titles, plan.currency) }),
      cards: cardsOf(stage.micros),
    })),
    next: nextSteps(
      plan.stages.flatMap(({ micros }) => micros).map((micro) => ({ ...micro, ...valueIn(micro.worth) })),
      plan.currency,
    ),
    owners: ownersOf([...cards.values()]),
    review: reviewOf(plan),
    guardrails: conversionsOf(plan).flatMap((conversion) =>
      'guardrail' in conversion && conversion.guardrail !== undefined
        ? [{ ...linkTo(conversion), words: guardrailWords(conversion.guardrail) }]
        : [],
    ),
    alerts: conversionsOf(plan).flatMap((conversion) =>
      conversion.alerts === undefined
        ? []
        : [{ ...linkTo(conversion), words: alertWords(conversion.alerts) }],
    ),
    experiments: entries('experiments'),
    // Those of the environment.
    markets: entries('markets').filter(({ key }) => plan.markets.some(({ id }) => id === key)),
    audiences: entries('audiences'),
    parameters: entries('parameters'),
    automatic: automaticOf(plan),
    settings: settingsOf(plan, resources),
    destinations: destinationsOf(plan, document),
    manual: manualSteps(plan).map(({ text }) => text),
    contract: contractOf(plan),
    glossary: GLOSSARY,
  }
}

/** Told in another way, or of no interest to who reads this. */
const APART = [
  'title',
  'description',
  'was',
  'trigger',
  'feeds',
  'benchmarks',
  'primary',
  'touchpoint',
  'targets',
  'alerts',
]

/** How it is collected, for those who want to know. */
const MEASURED = [
  'event',
  'keyEvent',
  'counting',
  'fires',
  'ecommerce',
  'source',
  'system',
  'collectedBy',
  'send',
  'ads',
]

interface CardSources {
  readonly plan: Plan
  readonly document: PlanDocument
  readonly titles: ReadonlyMap<string, string>
  readonly conversion: Conversion
  readonly place: ConversionPlace
}

function cardOf({ plan, document, titles, conversion, place }: CardSources): Omit<Card, 'google' | 'leaves'> {
  const { id, tier, title, description, owner, touchpoint, target } = conversion
  const stage = plan.stages.find((each) => tier === 'micro' && each.id === conversion.stage)
  const fields = fieldsFor(asBuilt(place, conversion), document)
    .filter((field) => !APART.includes(topOf(field)) && topOf(field) !== 'parameters')
    .map((field) =>
      field.id === 'target' && target !== undefined
        ? { ...field, words: targetNamed(target, titles, plan.currency) }
        : field,
    )
  const isMeasured = (field: Field): boolean => MEASURED.includes(topOf(field))
  const exactly = exactWords(plan, conversion)
  const placeTitle =
    touchpoint === undefined ? undefined : (plan.touchpoints.get(touchpoint) ?? inWords(touchpoint))
  return {
    id,
    tier: tier === 'goal' ? 'goal' : 'micro conversion',
    title,
    ...(stage === undefined ? {} : { stage: { id: `stage-${stage.id}`, key: stage.id, title: stage.title } }),
    ...(placeTitle === undefined ? {} : { touchpoint: placeTitle }),
    ...(touchpoint === undefined ? {} : { touchpointId: touchpoint }),
    ...(owner === undefined ? {} : { owner }),
    source: conversion.source,
    markets: marketsReached(plan, conversion),
    feeds: feedsOf(conversion).map((goal) => ({ id: goal, title: titles.get(goal) ?? goal })),
    badges: badgesOf(conversion),
    ...(description === undefined ? {} : { what: description }),
    facts: [
      ...withParts(
        fields.filter((field) => !isMeasured(field) && field.id !== 'requires').map(asFact),
        conversion.targets.map((part) => ({
          who: partWords(part, titleIn(plan)),
          words: targetNamed(part, titles, plan.currency),
          ...(part.market === undefined ? {} : { market: part.market }),
        })),
      ),
      ...(conversion.alerts === undefined
        ? []
        : [{ name: 'Alarm', value: `when it ${alertWords(conversion.alerts)}`, field: 'alerts' }]),
    ],
    fires: firesWords(plan, conversion),
    ...(exactly === undefined ? {} : { exactly }),
    benchmarks: conversion.benchmarks.map((benchmark) => {
      const [low, high] = rangeOf(benchmark.rate)
      return {
        who: [benchmark.channel, benchmark.device].flatMap((part) => part ?? []).join(', ') || 'All visitors',
        low,
        high,
        ...(benchmark.source === undefined ? {} : { source: benchmark.source }),
        words: benchmarkWords(benchmark),
      }
    }),
    ...(target?.rate === undefined ? {} : { targetRate: percentOf(target.rate) }),
    ...(tier === 'micro' && conversion.weight !== undefined ? { weight: conversion.weight } : {}),
    measured: [...fields.filter(isMeasured).map(asFact), ...sentFacts(plan, conversion)],
    parameters: conversion.parameters.map(({ name, source }) => {
      const definition = document.parameters?.[name]
      return {
        name,
        type: definition === undefined ? 'GA4’s own' : typeWords(definition),
        from: sourceWords(source),
        ...(definition?.example === undefined ? {} : { example: String(definition.example) }),
        ...(definition?.description === undefined ? {} : { description: definition.description }),
      }
    }),
  }
}

/** With what the conversion has from the plan or its market. */
function asBuilt(place: ConversionPlace, { owner, target }: Conversion): ConversionPlace {
  return {
    ...place,
    data: {
      ...place.data,
      ...(owner === undefined ? {} : { owner }),
      ...(target === undefined ? {} : { target }),
    },
  }
}

function topOf({ id }: Field): string {
  return id.split('.')[0] ?? id
}

function placeOf(ga4: Plan['environment']['ga4']): string {
  return `property ${ga4.property}, ${ga4.measurementId ?? 'its web stream'}`
}

/** Where it goes, and what must be agreed to first: of what a tag sends. */
function sentFacts(plan: Plan, conversion: Conversion): readonly Fact[] {
  if (conversion.trigger === undefined) return []
  const { ga4, transportUrl } = plan.environment
  const through = transportUrl === undefined ? '' : `, through ${transportUrl}`
  return [
    { name: 'Consent', value: consentWords(plan, conversion.requires) },
    { name: 'Sent to', value: `GA4 ${placeOf(ga4)}${through}` },
  ]
}

function badgesOf(conversion: Conversion): readonly string[] {
  return [
    ...(conversion.tier === 'goal' && conversion.primary ? ['primary goal'] : []),
    ...(conversion.keyEvent === undefined ? [] : ['key event']),
    measuredIn(conversion),
  ]
}

function feedsOf(conversion: Conversion): readonly string[] {
  return conversion.tier === 'micro' ? conversion.feeds : []
}

function typeWords({ type, values }: ParameterDefinition): string {
  return [type ?? 'string', ...(values === undefined ? [] : [values.join(', ')])].join(': ')
}

/** Targets of parts of the visitors stand behind the one that holds for all. */
function withParts(facts: readonly Fact[], parts: readonly NonNullable<Fact['part']>[]): readonly Fact[] {
  const ofParts = parts.map((part) => ({ name: 'Target', value: `${part.who}: ${part.words}`, part }))
  const at = facts.findIndex(({ field }) => field === 'target') + 1
  return at === 0 ? [...facts, ...ofParts] : [...facts.slice(0, at), ...ofParts, ...facts.slice(at)]
}

/** A market by its title. */
function titleIn({ markets }: Plan): (market: string) => string {
  return (id) => markets.find((market) => market.id === id)?.title ?? id
}

/** By the place of a conversion: its own, the variables that these read, whoever made them, and its registered parameters. */
function heldBy(plan: Plan, resources: readonly Resource[]): ReadonlyMap<Pointer, Card['google']> {
  const byKey = new Map(resources.map((resource) => [resource.key, resource]))
  const ofConversions = new Map<Pointer, Resource[]>()
  const registered = new Map<Pointer, Resource[]>()
  for (const resource of resources) {
    const at = conversionAt(resource)
    const into = at === undefined ? registered : ofConversions
    const place = at ?? (resource.kind.startsWith('ga4/custom-') ? resource.origin : undefined)
    if (place !== undefined) into.set(place, [...(into.get(place) ?? []), resource])
  }
  return new Map(
    conversionsOf(plan).map(({ at, parameters }) => {
      const own = ofConversions.get(at) ?? []
      const variables = new Set([...own.filter(isVariable), ...variablesRead(own, byKey)])
      const all = [
        ...[...variables].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
        ...own.filter((each) => !isVariable(each)),
        ...parameters.flatMap(({ name }) => registered.get(`/parameters/${name}`) ?? []),
      ]
      return [at, all.map(({ kind, name }) => ({ kind: kindText(kind), name }))]
    }),
  )
}

/** The conversion that a thing is made for, first of all who use it; none for what every event has. */
function conversionAt({ origin = '' }: Resource): Pointer | undefined {
  return /^\/goals\/[^/]+|^\/stages\/[^/]+\/micro\/[^/]+/.exec(origin)?.[0]
}

function isVariable({ kind }: Resource): boolean {
  return kind === 'gtm/variable'
}

/** Variables that resources read, and those that these read. */
function variablesRead(
  resources: readonly Resource[],
  byKey: ReadonlyMap<string, Resource>,
): ReadonlySet<Resource> {
  const found = new Set<Resource>()
  const follow = (resource: Resource): void => {
    for (const { key } of keysUsedBy(resource)) {
      const read = byKey.get(key)
      if (read === undefined || !isVariable(read) || conversionAt(read) === undefined || found.has(read))
        continue
      found.add(read)
      follow(read)
    }
  }
  resources.forEach(follow)
  return found
}

function mapNode(conversion: Conversion, titles: ReadonlyMap<string, string>, plan: Plan): MapNode {
  const { id, title, source, target } = conversion
  const weight = conversion.tier === 'micro' ? conversion.weight : undefined
  return {
    id,
    title,
    source,
    ...(weight === undefined ? {} : { weight }),
    note: [
      measuredIn(conversion),
      ...(target === undefined ? [] : [`target ${targetNamed(target, titles, plan.currency)}`]),
      ...(weight === undefined ? [] : [`weight ${weight}`]),
    ].join(', '),
    feeds: feedsOf(conversion),
  }
}

function touchpointRow(card: Card): Page['touchpoints'][number] {
  const data: readonly (string | undefined)[] = [
    factOf(card, 'metric'),
    ...card.parameters.map(({ name }) => name),
  ]
  return {
    touchpoint: card.touchpoint ?? '',
    conversion: linkTo(card),
    fulfils: factOf(card, 'uxOutcome') ?? '',
    data: data.filter((one) => one !== undefined).join(', '),
    notes: [card.what, factOf(card, 'notes'), factOf(card, 'compliance')]
      .filter((note) => note !== undefined)
      .join(' '),
  }
}

function linkTo({ id, title }: Link): Link {
  return { id, title }
}

function valueIn(value: number | undefined): { readonly value?: number } {
  return value === undefined ? {} : { value }
}

function planFacts(plan: Plan): readonly Fact[] {
  const { environment, site } = plan
  const facts: readonly (readonly [name: string, value: string | undefined])[] = [
    ['Owner', plan.owner],
    ['Site', site.hosts.join(', ')],
    ['Languages', site.languages.join(', ')],
    ['Markets', plan.markets.map(({ title }) => title).join(', ')],
    ['Currency', plan.currency],
    ['Time zone', plan.timezone],
    ['Attribution window', plan.attributionDays === undefined ? undefined : `${plan.attributionDays} days`],
    ['Consent', plan.consent.mode],
    ['Environment', environment.title ?? environment.id],
    ['Tag Manager', environment.gtm.container],
    ['GA4', placeOf(environment.ga4)],
  ]
  return facts.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [{ name, value }]))
}

function tilesOf(plan: Plan): readonly Fact[] {
  const all = conversionsOf(plan)
  const owners = new Set(all.flatMap(({ owner }) => owner ?? []))
  const keyEvents = new Set(all.filter(({ keyEvent }) => keyEvent !== undefined).map(({ event }) => event))
  const measured = all.filter(({ source }) => source === 'ga4').length
  return [
    { name: 'Goals', value: String(plan.goals.length) },
    { name: 'Stages', value: String(plan.stages.length) },
    { name: 'Micro conversions', value: String(all.length - plan.goals.length) },
    { name: 'Measured in GA4', value: `${measured} of ${all.length}` },
    { name: 'Key events', value: `${keyEvents.size} of ${GA4_LIMITS.keyEvents}` },
    { name: 'Owners', value: String(owners.size) },
  ]
}

function ownersOf(cards: readonly Card[]): readonly OwnerRow[] {
  const owners = new Map<string, OwnerRow['answersFor'][number][]>()
  for (const card of cards) {
    const target = factOf(card, 'target')
    const entry = { ...linkTo(card), ...(target === undefined ? {} : { target }) }
    const owner = card.owner ?? NOBODY
    owners.set(owner, [...(owners.get(owner) ?? []), entry])
  }
  return [...owners]
    .map(([owner, answersFor]) => ({ owner, answersFor }))
    .sort((a, b) => (a.owner < b.owner ? -1 : 1))
}

const REVIEWS: { readonly [R in keyof Plan['review']]-?: string } = {
  scorecard: 'Look at the scorecard',
  targets: 'Recalibrate the targets',
  plan: 'Renew the plan',
}

/** What comes again and again, then what has a day, in the order of the days. */
function reviewOf(plan: Plan): readonly ReviewRow[] {
  const again = (Object.keys(REVIEWS) as (keyof typeof REVIEWS)[]).flatMap((id): ReviewRow[] => {
    const every = plan.review[id]
    return every === undefined ? [] : [{ id, what: REVIEWS[id], every }]
  })
  const days = [
    ...conversionsOf(plan).flatMap(({ id, title, target, targets }) => [
      ...(target?.by === undefined
        ? []
        : [{ id: `target-${id}`, what: `Target of ${title} is due`, on: target.by }]),
      ...targets.flatMap((part, index) =>
        part.by === undefined || part.by === target?.by
          ? []
          : [
              {
                id: `target-${id}-${index}`,
                what: `Target of ${title} is due (${partWords(part, titleIn(plan))})`,
                on: part.by,
              },
            ],
      ),
    ]),
    ...plan.experiments.flatMap(({ id, title = inWords(id), startsOn, endsOn }) => [
      { id: `start-${id}`, what: `Experiment “${title}” starts`, on: startsOn },
      ...(endsOn === undefined ? [] : [{ id: `end-${id}`, what: `Experiment “${title}” ends`, on: endsOn }]),
    ]),
    ...plan.ignore.map(({ code, at, until }) => ({
      id: `ignore-${code}-${at ?? 'plan'}`,
      what: `The finding ${code}${at === undefined ? '' : ` at ${at}`} counts again`,
      on: until,
    })),
  ]
  return [...again, ...days.sort((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1))]
}

function alertWords({ drop, target, benchmark }: Alerts): string {
  return and([
    ...(drop === undefined ? [] : [`falls by more than ${drop}`]),
    ...(target === true ? ['is surely behind its target'] : []),
    ...(benchmark === true ? ['is surely outside its benchmark'] : []),
  ])
}

/** GA4's own events, and those of its enhanced measurement that the plan does not switch off. */
function automaticOf(plan: Plan): Page['automatic'] {
  const own = [...AUTOMATIC_EVENTS].map((event) => ({ event, note: 'by itself, on every visit' }))
  const enhanced = [...ENHANCED_EVENTS].flatMap(([event, toggle]) => {
    const on = plan.enhancedMeasurement[toggle]
    if (on === false) return []
    const said = on === undefined ? ', which the plan says nothing of' : ''
    return [{ event, note: `enhanced measurement, ${TOGGLE_WORDS[toggle]}${said}` }]
  })
  return [...own, ...enhanced]
}
