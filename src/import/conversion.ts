/** One event of one tag as a conversion: what the plan's language says of it, or why it cannot. */
import { endOfDay, startOfDay } from '../compile/schedule.ts'
import type { EventOfTag } from '../lift/events-of.ts'
import { openConditions, standingOf } from '../lift/exceptions.ts'
import {
  awaitedConsent,
  priorityOf,
  rowsOf,
  sequenceIn,
  settingsOf,
  tableRows,
  type World,
} from '../lift/meaning.ts'
import { momentsOf } from '../lift/moments.ts'
import type { ReadContainer, ReadEntity } from '../lift/read-container.ts'
import { builtInTrigger } from '../lift/worlds.ts'
import type { Condition, Micro, Source, Trigger } from '../plan/plan-types.ts'
import { schemaAt } from '../plan/schema.ts'
import { holdsBraces } from '../resources/braces.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import type { TagSpec, TriggerSpec } from '../resources/resource.ts'
import { conditionFromGtm } from '../sources/condition.ts'
import { triggerRead } from '../triggers/gtm.ts'
import { oneLine } from './names.ts'
import type { ReadSource } from './said-sources.ts'

/** What a tag says of a conversion; the rest (title, stage, owner) is for others to find. */
export type Said = Pick<
  Micro,
  | 'event'
  | 'eventFrom'
  | 'userData'
  | 'userProperties'
  | 'paused'
  | 'trigger'
  | 'ecommerce'
  | 'parameters'
  | 'requires'
  | 'fires'
  | 'priority'
  | 'schedule'
  | 'setUp'
  | 'cleanUp'
  | 'send'
>

export interface Why {
  readonly code: string
  readonly reason: string
}

export type SaidOrWhy = { readonly said: Said; readonly idle: Idle } | Why

/** @param isShared whether the settings variable of the tag is what every event of the plan carries. */
export function conversionOf(
  tag: ReadEntity<TagSpec>,
  { event, triggers }: EventOfTag,
  {
    world,
    read,
    test,
    isShared,
    userDataOf,
    names,
    isByTrigger,
  }: {
    readonly world: World
    readonly read: ReadSource
    /** What is read to be compared. */
    readonly test: ReadSource
    readonly isShared: boolean
    /** The plan's id of what Google's variable of user data holds. */
    readonly userDataOf: (text: string) => string | undefined
    readonly names: TriggerNames
    /** Its triggers are named and not said. */
    readonly isByTrigger: boolean
  },
): SaidOrWhy {
  const { spec } = tag
  const hindrance = whyNot(spec) ?? whyNotSequence(tag, world)
  if (hindrance !== undefined) return hindrance
  const schedule = scheduleOf(spec)
  if (schedule === undefined)
    return {
      code: 'schedule-is-not-of-days',
      reason: 'its schedule does not begin and end with a day (UTC)',
    }
  const trigger = triggerOf(spec, triggers, { world, read: test, names, isByTrigger })
  if ('reason' in trigger) return trigger
  const rows = isShared
    ? new Map([
        ...tableRows(spec.parameters.eventParameters),
        ...tableRows(spec.parameters.eventSettingsTable),
      ])
    : rowsOf(spec, world).parameters
  const parameters: [string, Source][] = []
  for (const [name, text] of rows) {
    if (!isParameterName(name))
      return {
        code: 'parameter-name-is-refused',
        reason: `its parameter "${name}" has a name that a plan does not take`,
      }
    const source = read(text)
    if (source === undefined)
      return {
        code: 'text-holds-variables',
        reason: `its parameter "${name}" is a text with variables in it`,
      }
    parameters.push([name, source])
  }
  const userProperties: [string, Source][] = []
  for (const [name, text] of [
    ...(isShared ? [] : tableRows(settingsOf(spec, world)?.parameters.userProperties)),
    ...tableRows(spec.parameters.userProperties),
  ]) {
    const source = isParameterName(name) ? read(text) : undefined
    if (source === undefined)
      return {
        code: 'user-property-is-refused',
        reason: `its user property "${name}" is nothing that a plan takes`,
      }
    userProperties.push([name, source])
  }
  const eventFrom = event === undefined ? read(String(spec.parameters.eventName ?? '')) : undefined
  if (event === undefined && (eventFrom === undefined || typeof eventFrom !== 'object'))
    return eventFrom === undefined
      ? { code: 'event-name-is-open', reason: 'the name of its event is a text with variables in it' }
      : { code: 'event-name-is-refused', reason: whyNoName(String(eventFrom)) }
  const userDataText = String(spec.parameters.userDataVariable ?? '')
  const userData =
    spec.parameters.enhancedUserId === true ? (userDataOf(userDataText) ?? read(userDataText)) : undefined
  const fires = FIRES[spec.firingOption]
  const types = awaitedConsent(spec)
  const priority = priorityOf(spec)
  const [setUp, cleanUp] = [nameIn(spec.other.setupTag), nameIn(spec.other.teardownTag)]
  return {
    idle: trigger.idle,
    said: {
      event: event ?? 'TODO',
      trigger: trigger.trigger,
      ...(eventFrom === undefined ? {} : { eventFrom }),
      ...(spec.parameters.sendEcommerceData === true ? { ecommerce: true } : {}),
      ...(userData === undefined ? {} : { userData }),
      ...(parameters.length === 0 ? {} : { parameters: Object.fromEntries(parameters) }),
      ...(userProperties.length === 0 ? {} : { userProperties: Object.fromEntries(userProperties) }),
      ...(fires === undefined ? {} : { fires }),
      ...(priority === undefined || priority === 0 ? {} : { priority }),
      ...(Object.keys(schedule).length === 0 ? {} : { schedule }),
      ...(setUp === undefined ? {} : { setUp }),
      ...(cleanUp === undefined ? {} : { cleanUp }),
      ...(spec.paused ? { paused: true } : {}),
      ...(types.length === 0 ? {} : { requires: types as NonNullable<Micro['requires']> }),
    },
  }
}

const FIRES: { readonly [option: string]: Micro['fires'] } = {
  oncePerLoad: 'once_per_page',
  unlimited: 'unlimited',
}

/** What keeps a tag out of a plan whatever it sends. */
function whyNot({ other, parameters }: TagSpec): Why | undefined {
  if (parameters.sendEcommerceData === true && parameters.getEcommerceDataFrom !== 'dataLayer')
    return { code: 'ecommerce-from-elsewhere', reason: 'its e-commerce data comes from a variable' }
  const more = Object.keys(other).find((field) => !IGNORED.has(field))
  return more === undefined
    ? undefined
    : { code: 'field-is-unknown', reason: `it has "${more}", for which a plan has no word` }
}

/** Fields of a tag that do not decide on when and what it sends. */
const IGNORED = new Set([
  'priority',
  'scheduleStartMs',
  'scheduleEndMs',
  'setupTag',
  'teardownTag',
  'monitoringMetadataTagNameKey',
  'monitoringMetadata',
  'parentFolderId',
])

/** Why the tags around it cannot be said: a plan names one before and one after, which run whatever becomes of the other. */
function whyNotSequence({ name, spec: { other } }: ReadEntity<TagSpec>, world: World): Why | undefined {
  for (const list of [other.setupTag, other.teardownTag].map(sequenceIn)) {
    const [only, ...more] = list
    if (only === undefined) continue
    const { tag, ...flags } = only
    if (more.length > 0 || Object.values(flags).some((flag) => flag !== false))
      return {
        code: 'tag-is-in-sequence',
        reason: 'it waits for the tags before or after it in a way for which a plan has no word',
      }
    if (tag?.$tag === undefined || world.tag(tag.$tag) === undefined)
      return {
        code: 'tag-is-missing',
        reason: `the tag that runs before or after it is not in the container (${oneLine(tag?.$tag ?? '')})`,
      }
    if (leadsTo(name, tag.$tag, world))
      return { code: 'tag-is-in-sequence', reason: 'the tags before and after it lead back to it' }
  }
  return undefined
}

/** Whether running a tag runs the one of this name. */
function leadsTo(name: string, from: string, world: World): boolean {
  const seen = new Set([from])
  // What is added meanwhile is walked, too.
  for (const each of seen) {
    const { setupTag, teardownTag } = world.tag(each)?.other ?? {}
    for (const { tag } of [setupTag, teardownTag].flatMap(sequenceIn)) seen.add(tag?.$tag ?? '')
  }
  return seen.has(name)
}

/** The name of the only tag in a sequence. */
function nameIn(list: unknown): string | undefined {
  return sequenceIn(list)[0]?.tag?.$tag
}

/** The days on which it fires, none where it always does; undefined where it begins or ends within a day. */
function scheduleOf({ other }: TagSpec): NonNullable<Micro['schedule']> | undefined {
  const [start, end] = [other.scheduleStartMs, other.scheduleEndMs].map((each) =>
    typeof each === 'string' ? each : '',
  ) as [string, string]
  const from = start === '' ? undefined : dayOf(Number(start))
  const until = end === '' ? undefined : dayOf(Number(end) - 1)
  if (from === null || until === null) return undefined
  const isOfDays =
    (from === undefined || String(startOfDay(from)) === start) &&
    (until === undefined || String(endOfDay(until)) === end)
  return isOfDays
    ? { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) }
    : undefined
}

/** The day of a moment, null where there is none that a plan can write. */
function dayOf(milliseconds: number): string | null {
  const moment = new Date(milliseconds)
  const day = Number.isNaN(moment.getTime()) ? '' : moment.toISOString().slice(0, 10)
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null
}

const NAME = new RegExp(schemaAt('/goals/x/parameters').propertyNames?.pattern ?? '^[A-Za-z]')

function isParameterName(name: string): boolean {
  return NAME.test(name) && !UNSAFE.has(name)
}

const UNSAFE = new Set(['__proto__', 'constructor', 'prototype'])

interface TriggerSaid {
  readonly trigger: Trigger
}

type TriggerOrWhy = TriggerSaid | Why

/** Exceptions that need no word: they block nothing when the tag fires, or its triggers say it. Each in a sentence. */
type Idle = readonly string[]

/** Why an exception has no `unless` of its own. */
function whyIdle(tag: TagSpec, exception: TriggerSpec, world: World): string {
  const fires = tag.firingTriggers.flatMap((ref) => world.trigger(ref) ?? [])
  const moments = fires.flatMap((spec) => momentsOf(spec))
  if (moments.some(({ spec }) => standingOf(spec, exception) === 'always'))
    return 'asks for several things at once: it fires where one of them does not hold, by a trigger for each'
  return moments.some(({ spec }) => standingOf(spec, { ...exception, filter: [] }) !== 'never')
    ? 'asks for what the trigger that fires it rules out, so that it blocks nothing'
    : 'never comes on the event of the data layer that fires it, so that it blocks nothing'
}

/** What triggers are called that a plan can name. */
export type TriggerNames = ReadonlyMap<TriggerSpec, string>

/** Those of a container: no name of two, and none that would read as something else. */
export function triggerNames({ triggers }: ReadContainer): TriggerNames {
  const counts = new Map<string, number>()
  for (const { name } of triggers) counts.set(name, (counts.get(name) ?? 0) + 1)
  const isPlain = (name: string): boolean =>
    counts.get(name) === 1 && /^[^@#]/.test(name) && !holdsBraces(name) && builtInTrigger(name) === undefined
  return new Map(triggers.flatMap(({ name, spec }) => (isPlain(name) ? [[spec, name] as const] : [])))
}

interface TriggerContext {
  readonly world: World
  readonly read: ReadSource
  readonly names: TriggerNames
  readonly isByTrigger?: boolean
}

export function triggerOf(
  tag: TagSpec,
  specs: readonly TriggerSpec[],
  context: TriggerContext,
): (TriggerSaid & { readonly idle: Idle }) | Why {
  const { world, read, names, isByTrigger = false } = context
  const said: Trigger[] = []
  for (const spec of specs) {
    const name = names.get(spec)
    const words =
      isByTrigger && name !== undefined ? { trigger: { existing: name } } : oneTrigger(spec, context)
    // What a plan has no word for is there by its name at least.
    const one = 'reason' in words && name !== undefined ? { trigger: { existing: name } } : words
    if ('reason' in one) return one
    said.push(one.trigger)
  }
  const unless: Condition[] = []
  const idle: string[] = []
  for (const ref of tag.blockingTriggers) {
    const block = world.trigger(ref)
    if (block === undefined)
      return { code: 'trigger-is-missing', reason: 'a trigger that blocks it is not in the container' }
    const name = names.get(block)
    const exception = name === undefined ? 'an exception of it' : `its exception "${oneLine(name)}"`
    const moments = specs.flatMap((spec) => momentsOf(spec))
    const standings = moments.map((moment) => standingOf(moment.spec, block))
    if (standings.every((each) => each === 'never')) {
      idle.push(`${exception} ${whyIdle(tag, block, world)}`)
      continue
    }
    if (standings.some((each) => each !== 'always'))
      return {
        code: 'exception-is-not-plain',
        reason: `${exception} may come on only some of the events of the data layer that fire it`,
      }
    const open = moments.map((moment) => openConditions(moment.spec, block))
    const [[condition, ...more] = []] = open
    const isOne = new Set(open.map((each) => canonicalJson(each))).size === 1 && more.length === 0
    const word = condition === undefined || !isOne ? undefined : conditionFromGtm(condition, read)
    if (word === undefined)
      return {
        code: 'exception-is-not-plain',
        reason: `${exception} is not one condition that a plan can say`,
      }
    unless.push(word)
  }
  const [only, ...others] = said
  if (only === undefined) return { code: 'nothing-fires-it', reason: 'no trigger fires it' }
  const trigger: Trigger = others.length === 0 ? only : { any: said }
  return { trigger: unless.length === 0 ? trigger : { ...trigger, unless }, idle }
}

function oneTrigger(
  spec: TriggerSpec,
  context: Pick<TriggerContext, 'world' | 'read'>,
  inGroup = false,
): TriggerOrWhy {
  const { world, read } = context
  if (spec.type === 'triggerGroup' && !inGroup) {
    const ids = (spec.parameters.triggerIds ?? []) as readonly { readonly $trigger?: string }[]
    const members: Trigger[] = []
    for (const { $trigger = '' } of ids) {
      const member = world.trigger($trigger)
      if (member === undefined)
        return { code: 'trigger-is-missing', reason: 'a trigger of its group is not in the container' }
      const one = oneTrigger(member, context, true)
      if ('reason' in one) return one
      members.push(one.trigger)
    }
    return members.length < 2 || spec.filter.length > 0
      ? { code: 'trigger-is-unknown', reason: 'its trigger group is not two triggers or more' }
      : { trigger: { all: members } }
  }
  const found = triggerRead(spec, read)
  return found === undefined
    ? { code: 'trigger-is-unknown', reason: `its trigger (${spec.type}) says what a plan has no word for` }
    : { trigger: found }
}

/** GA4 takes letters of any script (https://support.google.com/analytics/answer/13316687), its Measurement Protocol those of English. */
function whyNoName(name: string): string {
  const isGa4s = /^\p{L}[\p{L}\p{M}\p{N}_]*$/u.test(name) && name.length <= EVENT_LENGTH
  return isGa4s
    ? `"${oneLine(name)}" is the name of an event to GA4, but a plan takes letters from a to z alone, as the Measurement Protocol does`
    : `"${oneLine(name)}" cannot be the name of an event in GA4`
}

const { pattern: EVENT = '^', maxLength: EVENT_LENGTH = 40 } = schemaAt('/goals/x/event')

export function isNameOfEvent(name: string): boolean {
  return new RegExp(EVENT).test(name) && name.length <= EVENT_LENGTH
}
