/** One event of one tag as a conversion: what the plan's language says of it, or why it cannot. */
import type { EventOfTag } from '../lift/events-of.ts'
import { rowsOf, settingsOf, tableRows, type World } from '../lift/meaning.ts'
import { isCovered, momentsOf } from '../lift/moments.ts'
import type { ReadEntity } from '../lift/read-container.ts'
import type { Condition, Micro, Source, Trigger } from '../plan/plan-types.ts'
import { schemaAt } from '../plan/schema.ts'
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
  | 'send'
>

export interface Why {
  readonly code: string
  readonly reason: string
}

export type SaidOrWhy = { readonly said: Said } | Why

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
  }: {
    readonly world: World
    readonly read: ReadSource
    /** What is read to be compared. */
    readonly test: ReadSource
    readonly isShared: boolean
    /** The plan's id of what Google's variable of user data holds. */
    readonly userDataOf: (text: string) => string | undefined
  },
): SaidOrWhy {
  const { spec } = tag
  const hindrance = whyNot(spec)
  if (hindrance !== undefined) return hindrance
  const trigger = triggerOf(spec, triggers, world, test)
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
      : {
          code: 'event-name-is-refused',
          reason: `"${oneLine(String(eventFrom))}" cannot be the name of an event in GA4`,
        }
  const userDataText = String(spec.parameters.userDataVariable ?? '')
  const userData =
    spec.parameters.enhancedUserId === true ? (userDataOf(userDataText) ?? read(userDataText)) : undefined
  const fires = FIRES[spec.firingOption]
  const types = spec.consent.status === 'needed' ? spec.consent.types : []
  return {
    said: {
      event: event ?? 'TODO',
      trigger: trigger.trigger,
      ...(eventFrom === undefined ? {} : { eventFrom }),
      ...(spec.parameters.sendEcommerceData === true ? { ecommerce: true } : {}),
      ...(userData === undefined ? {} : { userData }),
      ...(parameters.length === 0 ? {} : { parameters: Object.fromEntries(parameters) }),
      ...(userProperties.length === 0 ? {} : { userProperties: Object.fromEntries(userProperties) }),
      ...(fires === undefined ? {} : { fires }),
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
  if (other.setupTag !== undefined || other.teardownTag !== undefined)
    return { code: 'tag-is-in-sequence', reason: 'it is fired in sequence with another tag' }
  if (parameters.sendEcommerceData === true && parameters.getEcommerceDataFrom !== 'dataLayer')
    return { code: 'ecommerce-from-elsewhere', reason: 'its e-commerce data comes from a variable' }
  const more = Object.keys(other).find((field) => !IGNORED.has(field))
  return more === undefined
    ? undefined
    : { code: 'field-is-unknown', reason: `it has "${more}", for which a plan has no word` }
}

/** Fields of a tag that do not decide on when and what it sends. */
const IGNORED = new Set(['priority', 'monitoringMetadataTagNameKey', 'monitoringMetadata', 'parentFolderId'])

const NAME = new RegExp(schemaAt('/goals/x/parameters').propertyNames?.pattern ?? '^[A-Za-z]')

function isParameterName(name: string): boolean {
  return NAME.test(name) && !UNSAFE.has(name)
}

const UNSAFE = new Set(['__proto__', 'constructor', 'prototype'])

type TriggerOrWhy = { readonly trigger: Trigger } | Why

export function triggerOf(
  tag: TagSpec,
  specs: readonly TriggerSpec[],
  world: World,
  read: ReadSource,
): TriggerOrWhy {
  const said: Trigger[] = []
  for (const spec of specs) {
    const one = oneTrigger(spec, world, read)
    if ('reason' in one) return one
    said.push(one.trigger)
  }
  const unless: Condition[] = []
  for (const ref of tag.blockingTriggers) {
    const block = world.trigger(ref)
    if (block === undefined)
      return { code: 'trigger-is-missing', reason: 'a trigger that blocks it is not in the container' }
    const covers = specs.flatMap((spec) => momentsOf(spec)).map((moment) => isCovered(moment.spec, block))
    if (covers.every((each) => each === false)) continue
    const [condition, ...more] = block.filter
    const word =
      condition === undefined || more.length > 0 || covers.some((each) => each !== true)
        ? undefined
        : conditionFromGtm(condition, read)
    if (word === undefined)
      return {
        code: 'exception-is-not-plain',
        reason: 'what blocks it is not one condition at the moments at which it fires',
      }
    unless.push(word)
  }
  const [only, ...others] = said
  if (only === undefined) return { code: 'nothing-fires-it', reason: 'no trigger fires it' }
  const trigger: Trigger = others.length === 0 ? only : { any: said }
  return { trigger: unless.length === 0 ? trigger : { ...trigger, unless } }
}

function oneTrigger(spec: TriggerSpec, world: World, read: ReadSource, inGroup = false): TriggerOrWhy {
  if (spec.type === 'triggerGroup' && !inGroup) {
    const ids = (spec.parameters.triggerIds ?? []) as readonly { readonly $trigger?: string }[]
    const members: Trigger[] = []
    for (const { $trigger = '' } of ids) {
      const member = world.trigger($trigger)
      if (member === undefined)
        return { code: 'trigger-is-missing', reason: 'a trigger of its group is not in the container' }
      const one = oneTrigger(member, world, read, true)
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

export function isNameOfEvent(name: string): boolean {
  const { pattern = '^', maxLength = 40 } = schemaAt('/goals/x/event')
  return new RegExp(pattern).test(name) && name.length <= maxLength
}
