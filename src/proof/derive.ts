/**
 * Scenarios from the plan's words: for each trigger one in which the conversion must fire, and those in which it must not
 * (another event, another element, a condition that does not hold, `unless`, no consent, a value that is missing).
 */
import { MARKET } from '../plan/markets.ts'
import { conversionsOf, type Conversion, type Market, type Plan } from '../plan/plan.ts'
import { actsOf, eventName, isNamed, momentIn, momentsOfAll, type Act } from './acts.ts'
import { conditionTitle, holdsIn, opposite, satisfying, subjectText } from './conditions.ts'
import { matchesSelector, type Element } from '../runtime/node/element.ts'
import type { Condition } from '../sources/condition.ts'
import { armedWhenOf, type Trigger } from '../triggers/trigger.ts'
import {
  ecommerceData,
  exampleParameters,
  expectedEcommerce,
  expectedParameters,
  hasNumberInText,
} from './example-values.ts'
import { consentPushes, consentUpdate } from './consent.ts'
import { ofGoogleTag } from './google-tag.ts'
import { ECOMMERCE_EVENTS } from '../runtime/core/hit.ts'
import { elementFor, PAGE_HEIGHT } from './fixture.ts'
import type { Expected, Pushed, Scenario, Step } from './scenario.ts'
import { EMPTY, Impossible, messageOf, startOf, urlOf, type Moment, type Situation } from './situation.ts'
import {
  comesAlong,
  isAboutElement,
  isOfElement,
  isSame,
  lasting,
  lastOnElement,
  askedAtTheEnd,
  waysOf,
  type Member,
  type Way,
} from './ways.ts'
import { isBrought, sourceWords, valueIn, without } from './source-values.ts'

/** All scenarios that the plan's words give, in the order of the file. */
export function deriveScenarios(plan: Plan): readonly Scenario[] {
  const tried = conversionsOf(plan).flatMap((conversion) =>
    conversion.trigger === undefined || conversion.paused
      ? []
      : [{ conversion, trigger: conversion.trigger }],
  )
  const ofConversions = tried.flatMap(({ conversion, trigger }, index) => [
    ...ofConversion(plan, conversion, trigger),
    // One conversion shows it for all: they share the table.
    ...(index === 0 ? inMarkets(plan, conversion, trigger) : []),
  ])
  return [...ofConversions, ...ofGoogleTag(plan)]
}

interface Making {
  readonly plan: Plan
  readonly conversion: Conversion
  readonly unless: readonly Condition[]
  /** All of the conversion's. */
  readonly ways: readonly Way[]
}

function ofConversion(plan: Plan, conversion: Conversion, trigger: Trigger): readonly Scenario[] {
  const ways = waysOf(trigger)
  const making: Making = { plan, conversion, unless: trigger.unless, ways }
  const scenarios = ways.flatMap((way, index) => {
    const suffix = ways.length === 1 ? '' : `-${way.name}-${index + 1}`
    return [
      ...fires(making, way, suffix),
      ...silent(making, way, suffix),
      ...(index === 0 ? traps(making, way) : []),
    ]
  })
  return scenarios
}

/** On a page of each market the hit says that market. One that is the only one, or has no page of its own, needs no page. */
function inMarkets(plan: Plan, conversion: Conversion, trigger: Trigger): readonly Scenario[] {
  const ways = waysOf(trigger)
  const [way] = ways
  if (way === undefined || plan.marketFrom === undefined || plan.marketFrom.kind === 'literal') return []
  const making: Making = { plan, conversion, unless: trigger.unless, ways }
  return plan.markets
    .filter(({ hosts, when }) => hosts.length + when.length > 0)
    .map((market) =>
      made(making, way, {
        id: `fires-in-${market.id}`,
        title: `says on a page of ${market.title} that it is of that market`,
        fires: true,
        market,
      }),
    )
}

function fires(making: Making, way: Way, suffix: string): readonly Scenario[] {
  const { plan, conversion } = making
  const hits = (id: string, title: string, options: Options): Scenario =>
    made(making, way, { id: `${id}${suffix}`, title, fires: true, ...options })
  const click = way.members.length === 1 && way.members[0]?.trigger.kind === 'click'
  return [
    hits('fires', 'fires when its words say so', walksInto(making, way)),
    ...(click
      ? [
          hits('fires-on-what-is-inside', 'fires on a click on an icon inside the element', {
            nested: true,
            // A selector that takes what is inside fires, and then reads the values of what is inside.
            lint: isAboutInside(way)
              ? 'clicks-are-read-from-what-was-meant'
              : 'click-selectors-include-descendants',
          }),
        ]
      : []),
    ...(plan.consent.mode === 'none'
      ? []
      : [
          consentTypes(making).length > 0
            ? made(making, way, {
                id: `silent-without-consent${suffix}`,
                title: 'stays silent when consent is denied',
                fires: false,
                consent: 'denied',
              })
            : hits('fires-without-consent', 'is sent without cookies when consent is denied', {
                consent: 'denied',
              }),
        ]),
    ...(reads(conversion).length === 0
      ? []
      : [
          hits('fires-without-values', 'fires without the parameters whose values are missing', {
            without: 'values',
          }),
        ]),
  ]
}

/** The trap that the conversion's own words walk into on every page, if any (GTM-RUNTIME 12). */
function walksInto({ plan, conversion }: Making, way: Way): Pick<Options, 'lint'> {
  if (way.conditions.some(isRawPattern)) return { lint: 'patterns-of-addresses-are-ascii' }
  if (conversion.ecommerce && !ECOMMERCE_EVENTS.has(conversion.event ?? ''))
    return { lint: 'ecommerce-has-googles-names' }
  return hasNumberInText(plan, conversion) ? { lint: 'numbers-arrive-as-numbers' } : {}
}

function isRawPattern({ subject, operator, value }: Condition): boolean {
  return subject.kind === 'url' && operator === 'matches' && /[^!-~]/.test(value)
}

function isAboutInside({ members }: Way): boolean {
  return members.some(({ trigger }) => trigger.kind === 'click' && trigger.selector?.includes(' *'))
}

/** What only shows when something else went before: consent that comes late, a route of an app, a blocked group. */
function traps(making: Making, way: Way): readonly Scenario[] {
  const { plan, conversion, unless } = making
  const [only] = way.members.length === 1 ? way.members : []
  const types = consentTypes(making)
  const again = (id: string, title: string, lint: string, options: Options): Scenario =>
    made(making, way, { id, title, fires: true, lint, ...options })
  return [
    ...(conversion.fires === 'once_per_page' && types.length > 0 && only?.trigger.kind === 'dataLayer'
      ? [
          again(
            'fires-after-late-consent',
            'fires when consent is given between two occurrences',
            'once-per-page-does-not-wait-for-consent',
            { consent: 'denied', between: [{ do: 'push', pushed: consentUpdate(plan, types) }] },
          ),
        ]
      : []),
    ...(types.some((type) => plan.consent.defaults[type] === undefined)
      ? [
          made(making, way, {
            id: 'silent-without-a-consent-default',
            title: 'stays silent where the site has not asked for consent yet',
            fires: false,
            lint: 'required-consent-has-a-default',
            consent: 'unset',
          }),
        ]
      : []),
    ...(plan.site.singlePageApp && only?.trigger.kind === 'timer'
      ? [
          again(
            'fires-on-a-later-route',
            'fires on a route that is opened after another one',
            'timers-count-from-the-page-load',
            { from: '/elsewhere', lead: only.trigger.every + 500 },
          ),
        ]
      : []),
    ...(way.members.length > 1 && unless.some(({ subject }) => subject.kind === 'dataLayer')
      ? [
          again(
            'fires-once-it-is-not-blocked',
            'fires when what blocks it has gone',
            'groups-are-not-blocked',
            { unblocked: unless.find(({ subject }) => subject.kind === 'dataLayer') as Condition },
          ),
        ]
      : []),
  ]
}

function silent(making: Making, way: Way, suffix: string): readonly Scenario[] {
  const quiet = (id: string, title: string, options: Options): Scenario =>
    made(making, way, { id: `${id}${suffix}`, title, fires: false, ...options })
  const { conditions } = way
  return [
    ...(way.members.length > 1
      ? way.members.flatMap(({ trigger, part }, index) =>
          // Every visit loads a page; one on which its conditions do not hold is tried below.
          trigger.kind === 'page'
            ? []
            : [
                quiet(
                  `silent-without-part-${part}`,
                  `stays silent when part ${part} of ${way.members.length} does not quite happen`,
                  { nearly: index },
                ),
              ],
        )
      : way.members.flatMap((member) =>
          otherwiseOf(member).map((other) =>
            quiet('silent-otherwise', `stays silent on ${other}`, { otherwise: true }),
          ),
        )),
    ...conditions.map((condition, index) =>
      quiet(`silent-unless-when-${index + 1}`, `stays silent where ${conditionTitle(opposite(condition))}`, {
        violated: condition,
      }),
    ),
    ...conditions
      .filter(
        (condition, index) =>
          condition.subject.kind === 'dataLayer' &&
          conditions.findIndex(({ subject }) => isOf(subject, condition)) === index &&
          !conditions.every((each) => !isOf(each.subject, condition) || holdsIn(EMPTY, each)),
      )
      .map((condition, index) =>
        quiet(
          `silent-without-value-${index + 1}`,
          `stays silent where ${sourceWords(condition.subject)} is missing`,
          // A pattern that takes the empty text takes what is not there.
          { missing: condition, lint: 'missing-values-do-not-match' },
        ),
      ),
    ...making.unless.map((condition, index) =>
      quiet(`silent-unless-${index + 1}`, `stays silent where ${conditionTitle(condition)}`, {
        unless: condition,
      }),
    ),
  ]
}

/** Whether a condition asks the same thing, be it as a text or as a number. */
function isOf(subject: Condition['subject'], condition: Condition): boolean {
  return subjectText(subject) === subjectText(condition.subject)
}

/** What else may happen in place of a trigger, if anything: of all links of the site none is another. */
function otherwiseOf({ trigger, conditions }: Member): readonly string[] {
  const { otherwise } = actsOf(trigger.kind)
  const isAny = isOfElement(trigger) && trigger.selector === undefined && trigger.id === undefined
  return otherwise === undefined || (isAny && !conditions.some(isAboutElement)) ? [] : [otherwise]
}

interface Options {
  readonly lint?: string
  /** The click goes to an element inside. */
  readonly nested?: boolean
  readonly consent?: 'denied' | 'unset'
  /** It happens twice, with this in between. */
  readonly between?: readonly Step[]
  /** The page begins on this path, and is there for so long before the route. Milliseconds. */
  readonly from?: string
  readonly lead?: number
  /** It happens while this blocks it, and once more afterwards. */
  readonly unblocked?: Condition
  readonly without?: 'values'
  readonly otherwise?: boolean
  /** The member of a group that only nearly happens. */
  readonly nearly?: number
  readonly violated?: Condition
  readonly missing?: Condition
  readonly unless?: Condition
  /** It happens on a page of this one. */
  readonly market?: Market
}

/** One scenario; where nothing can be made up, one that says why. */
function made(
  making: Making,
  way: Way,
  options: Options & { readonly id: string; readonly title: string; readonly fires: boolean },
): Scenario {
  const { plan, conversion } = making
  const head = {
    id: `${conversion.id}/${options.id}`,
    title: options.title,
    conversions: [conversion.id],
    origin: 'derived',
    expectNoOther: false,
    ...(options.lint === undefined ? {} : { lint: options.lint }),
  } as const
  try {
    const situation = situationOf(making, way, options)
    const acts = way.members.flatMap((member, index) => {
      const { trigger } = member
      const isNearly = index === options.nearly
      // What has no other does not happen at all.
      if (isNearly && otherwiseOf(member).length === 0) return []
      const how = {
        situation: index < lastOnElement(way) ? ofEarlier(situation, member, options) : situation,
        waited: lasting(way.members.filter((each) => each !== member)),
        otherwise: isNearly || options.otherwise === true,
        nested: options.nested === true,
        isLast: index === way.members.length - 1,
        mark: String(index + 1),
        moment: momentIn(situation, trigger),
      }
      return [actsOf(trigger.kind).act(trigger, how)]
    })
    const isHeldBack = !options.fires && (options.consent === 'denied' || options.unless !== undefined)
    if (!isHeldBack && making.ways.some((each) => each !== way && comesAlong(each, way, situation)))
      throw new Impossible('another of its triggers fires by itself meanwhile')
    const data = messageOf(situation)
    const atLoad = way.members.some(
      ({ trigger }) => trigger.kind === 'page' || armedWhenOf(trigger).length > 0,
    )
    const start =
      options.from === undefined
        ? { ...situation, fragment: fragmentBefore(situation) }
        : { ...situation, path: options.from }
    const before: Pushed[] = [
      ...(options.consent === 'unset'
        ? []
        : consentPushes(plan, consentTypes(making), options.consent ?? 'granted')),
      ...(Object.keys(data).length > 0 && (atLoad || !acts.every(({ carries }) => carries))
        ? [{ message: data }]
        : []),
    ]
    return {
      ...head,
      page: {
        url: urlOf(start),
        cookies: situation.cookies,
        ...(situation.referrer === undefined ? {} : { referrer: situation.referrer }),
        elements: pageElements(
          acts.flatMap(({ elements }) => elements),
          situation,
        ),
        height: Math.max(PAGE_HEIGHT, ...making.ways.flatMap(({ members }) => members.map(heightFor))),
        before,
      },
      steps: stepsOf(acts, atLoad ? {} : data, situation, options),
      expect: options.fires ? [expectedOf(plan, conversion, way, situation, options)] : [],
      expectNone: options.fires ? [] : [conversion.id],
    }
  } catch (error) {
    if (!(error instanceof Impossible)) throw error
    return {
      ...head,
      page: { url: urlOf(startOf(plan)), cookies: {}, before: [] },
      steps: [],
      expect: [],
      expectNone: [],
      impossible: error.message,
    }
  }
}

/** An element of a group that is clicked or submitted before another one: only its own words say what it is like. */
function ofEarlier(situation: Situation, member: Member, { violated }: Options): Situation {
  const { trigger, conditions } = member
  if (!isOfElement(trigger)) return situation
  const { text: _, ...rest } = situation
  const own = conditions.filter(isAboutElement)
  return satisfying(
    { ...rest, attributes: { ...actsOf(trigger.kind).attributes?.(trigger) } },
    own.map((each) => (violated !== undefined && isSame(each, violated) ? opposite(each) : each)),
  )
}

/** Above what the window shows at once no threshold of the conversion lies, whichever of its triggers is tried. */
function heightFor({ trigger }: Member): number {
  return actsOf(trigger.kind).height?.(trigger) ?? 0
}

function stepsOf(
  acts: readonly Act[],
  data: { readonly [key: string]: unknown },
  situation: Situation,
  { between, from, lead, unblocked }: Options,
): readonly Step[] {
  const once = acts.flatMap(({ steps }) => steps(data))
  if (from !== undefined)
    return [
      { do: 'wait', milliseconds: lead ?? 0 },
      { do: 'route', url: urlOf(situation), source: 'pushState' },
      ...once,
    ]
  if (unblocked !== undefined) {
    const push = (condition: Condition): Step => ({
      do: 'push',
      pushed: { message: messageOf(satisfying({ ...situation, data: {} }, [condition])) },
    })
    return [push(unblocked), ...once, push(opposite(unblocked)), ...once]
  }
  return between === undefined ? once : [...once, ...between, ...once]
}

function situationOf(making: Making, way: Way, options: Options): Situation {
  const { plan, conversion, unless } = making
  const { missing } = options
  const conditions = askedAtTheEnd(way)
  const wanted = conditions
    .filter(({ subject }) => missing === undefined || !isOf(subject, missing))
    .map((condition) => (condition === options.violated ? opposite(condition) : condition))
  const blocked = unless.map((condition) => (condition === options.unless ? condition : opposite(condition)))

  const [host] = options.market?.hosts ?? []
  const place = withTriggerPlace(
    {
      ...startOf(plan),
      ...(host === undefined ? {} : { host }),
      data: withEcommerce(conversion, options) ? ecommerceData(plan) : {},
    },
    way,
  )
  const start = missing === undefined ? place : without(place, missing.subject)
  const fires = [...conditions, ...unless.map(opposite)]
  const all = [
    ...(options.market?.when ?? []),
    ...nameFor(way, [...wanted, ...blocked]),
    ...wanted,
    ...blocked,
  ]
  const situation = satisfying({ ...start, moments: reachedInSilence(start, fires) }, all)
  if (options.without === 'values') return situation
  // An example for a parameter must not undo what the scenario is about, which may read the same value.
  const stays = (then: Situation): boolean =>
    all.every((condition) => holdsIn(then, condition) || !holdsIn(situation, condition)) &&
    (missing === undefined || valueIn(then, missing.subject) === valueIn(situation, missing.subject))
  return exampleParameters(plan, conversion, situation, stays)
}

/** Only moments that are not passed by others at which it would fire already. */
function reachedInSilence(place: Situation, fires: readonly Condition[]): Situation['moments'] {
  return Object.fromEntries(
    Object.entries(place.moments).map(([source, moments]) => {
      // Also by way of a table: whatever reads it decides on it.
      const own = fires.filter(({ subject }) => JSON.stringify(subject).includes(`"kind":"${source}"`))
      const isHit = (says: Moment): boolean => {
        const possible = [{ says, passes: [] }]
        const then = { ...place, moments: { ...place.moments, [source]: { ...moments, possible } } }
        return own.every((condition) => holdsIn(then, condition))
      }
      return [source, { ...moments, possible: moments.possible.filter(({ passes }) => !passes.some(isHit)) }]
    }),
  )
}

/** Where an address is changed from: what the moment says of it, else the page's own. */
function fragmentBefore({ moments, fragment }: Situation): string {
  const [before] = moments.history?.possible ?? []
  return String(before?.says['old_fragment'] ?? fragment)
}

/** Values that a trigger's own words fix before any condition: the attributes of its selector. */
function withTriggerPlace(start: Situation, way: Way): Situation {
  const moments = momentsOfAll(way.members.map(({ trigger }) => trigger))
  const { trigger } = way.members[lastOnElement(way)] ?? way.members.at(-1) ?? {}
  const attributes = trigger === undefined ? {} : actsOf(trigger.kind).attributes?.(trigger)
  // Of a group it is GTM's own that is handled in the end.
  const isPushed = way.members.length === 1 && trigger?.kind === 'dataLayer'
  const event = isPushed ? { event: eventName(trigger) } : {}
  return { ...start, ...event, moments, attributes: { ...attributes } }
}

/** That the event has a name for which the trigger waits, where the name is asked about. */
function nameFor({ members: [first] }: Way, all: readonly Condition[]): readonly Condition[] {
  return first?.trigger.kind === 'dataLayer' && all.some(({ subject }) => subject.kind === 'event')
    ? [isNamed(first.trigger)]
    : []
}

/** Elements of triggers, and what is read of the page: of one of those, where it is one, else of another. */
function pageElements(ofTriggers: readonly Element[], { elements }: Situation): readonly Element[] {
  return elements.reduce<readonly Element[]>((all, { selector, attribute, value }) => {
    const attributes = attribute === undefined ? {} : { [attribute]: value }
    const at = all.findIndex((element) => matchesSelector(element, selector) === true)
    const one = all[at]
    if (one === undefined)
      return [
        ...all,
        elementFor({ selector, tag: 'div', attributes, text: attribute === undefined ? value : '' }),
      ]
    const text = attribute === undefined ? value : one.text
    return all.with(at, { ...one, attributes: { ...one.attributes, ...attributes }, text })
  }, ofTriggers)
}

function expectedOf(
  plan: Plan,
  conversion: Conversion,
  way: Way,
  situation: Situation,
  options: Options,
): Expected {
  const brings = withEcommerce(conversion, options)
  return {
    conversion: conversion.id,
    event: conversion.event ?? conversion.id,
    parameters: {
      ...(brings ? expectedEcommerce(situation) : {}),
      ...expectedParameters(plan, conversion, situation),
      ...(options.market === undefined ? {} : { [MARKET]: options.market.id }),
    },
    ...(brings ? { items: 1 } : {}),
  }
}

/** Whether the page brings an ecommerce object along. */
function withEcommerce({ ecommerce }: Conversion, { without }: Options): boolean {
  return ecommerce && without === undefined
}

function consentTypes({ plan, conversion }: Making): readonly string[] {
  return conversion.requires ?? (plan.consent.mode === 'basic' ? plan.consent.requires : [])
}

/** Parameters whose value the page must bring along. */
function reads(conversion: Conversion): readonly string[] {
  return conversion.parameters.flatMap(({ name, source }) =>
    source.kind === 'dataLayer' && source.default === undefined && isBrought(source) ? [name] : [],
  )
}
