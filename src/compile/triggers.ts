import type { Diagnostic } from '../plan/diagnostic.ts'
import type { Conversion, Destination, Plan } from '../plan/plan.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import type { Key, Ref } from '../resources/resource.ts'
import { asAddress } from '../sources/addresses.ts'
import type { Tested } from '../sources/condition.ts'
import type { Text, TemplateValues } from '../sources/gtm.ts'
import { MISSING, OPERATORS } from '../sources/operators.ts'
import type { Source } from '../sources/source.ts'
import { GROUP_COMPLETED, gtmTrigger, momentOf } from '../triggers/gtm.ts'
import type { GtmTrigger } from '../triggers/module.ts'
import type { SingleTrigger, Trigger } from '../triggers/trigger.ts'
import { alternativesOf, type Member } from './alternatives.ts'
import type { ConsentGiven } from './consent-triggers.ts'
import { keyOf, refTo, type PlannedEntity } from './planned-entity.ts'
import { folderOf, ofWholePlan, SHARED_FOLDER } from './folders.ts'
import { conversionNotes, planNotes } from './notes.ts'

export interface ConversionTriggers {
  readonly planned: readonly PlannedEntity[]
  readonly diagnostics: readonly Diagnostic[]
  readonly firing: readonly Ref[]
  readonly blocking: readonly Ref[]
}

/** Whose triggers they are. */
interface Owner {
  /** A part of their keys. */
  readonly id: string
  readonly was?: string
  readonly trigger?: Trigger
  readonly naming: { readonly [placeholder: string]: string }
  readonly notes: string
  readonly folder: Key
}

/** The triggers that fire a conversion's tag, and those that block it. */
export function compileTriggers(
  plan: Plan,
  conversion: Conversion,
  textOf: (source: Source) => Text,
): ConversionTriggers {
  return triggersFor(
    plan,
    {
      ...conversion,
      naming: namingValues(plan, conversion),
      notes: conversionNotes(plan, conversion),
      folder: folderOf(plan, conversion),
    },
    textOf,
  )
}

/** The same of a destination that has a trigger of its own. */
export function compileDestinationTriggers(
  plan: Plan,
  { id, trigger }: Destination,
  textOf: (source: Source) => Text,
): ConversionTriggers {
  // No id of a plan has a hyphen.
  const owner = sharedOwner(plan, `destination-${id}`, id)
  return triggersFor(plan, { ...owner, ...(trigger === undefined ? {} : { trigger }) }, textOf)
}

/** The same page, once the visitor has agreed, unless consent was there already. */
export function compileAgreedTriggers(
  plan: Plan,
  { id, trigger }: Destination,
  { condition, textOf }: ConsentGiven,
): ConversionTriggers {
  const { updateEvent } = plan.consent
  if (trigger === undefined || updateEvent === undefined)
    return { planned: [], diagnostics: [], firing: [], blocking: [] }
  const none = { at: trigger.at, when: [], unless: [] }
  const agreed: SingleTrigger = { ...none, kind: 'dataLayer', event: updateEvent, regex: false }
  const both: Trigger = {
    ...none,
    kind: 'all',
    triggers: [{ ...trigger, unless: [] }, agreed],
    unless: [...trigger.unless, { ...condition, at: trigger.at }],
  }
  const owner = sharedOwner(plan, `destination-${id}.agreed`, `${id} after consent`)
  return triggersFor(plan, { ...owner, trigger: both }, textOf)
}

/** What blocks a tag at the moment at which a visitor has agreed, where consent was there already. */
export function compileGivenTrigger(plan: Plan, { id, condition, textOf }: ConsentGiven): PlannedEntity {
  const { naming } = sharedOwner(plan, id, id.replace('.', ' '))
  return {
    kind: 'gtm/trigger',
    template: `triggers/${GROUP_COMPLETED.template}`,
    key: keyOf(plan, id, 'trigger'),
    naming: {
      pattern: plan.naming.trigger ?? '{kind} - {id}',
      values: { ...naming, kind: 'Exception' },
      id: naming.id,
    },
    ...ofWholePlan(plan, '/consent/updateEvent'),
    values: { ...GROUP_COMPLETED.values, filter: [conditionValues(condition, textOf)] },
  }
}

function sharedOwner(plan: Plan, id: string, called: string) {
  const naming = { id: called, event: called, title: called, stage: '', plan: plan.id, source: '' }
  return { id, naming, notes: planNotes(plan), folder: keyOf(plan, SHARED_FOLDER, 'folder') }
}

function triggersFor(plan: Plan, owner: Owner, textOf: (source: Source) => Text): ConversionTriggers {
  if (!owner.trigger) return { planned: [], diagnostics: [], firing: [], blocking: [] }
  const { fire, block, diagnostics } = alternativesOf(owner.trigger)
  const used = new Map<string, number>()
  const planned: PlannedEntity[] = []

  const add = (
    id: string,
    made: GtmTrigger,
    conditions: readonly Tested[],
    at: string,
    armedWhen: readonly Tested[] = [],
  ): Ref => {
    const suffix = numbered(id, used)
    const keyFor = (ownerId: string): string => keyOf(plan, ownerId + suffix, 'trigger')
    const all = [...made.conditions, ...conditions]
    planned.push({
      kind: 'gtm/trigger',
      template: `triggers/${made.template}`,
      key: keyFor(owner.id),
      ...(owner.was === undefined ? {} : { was: [keyFor(owner.was)] }),
      naming: {
        pattern: plan.naming.trigger ?? '{kind} - {id}',
        values: { ...owner.naming, kind: made.prefix },
        id: owner.naming.id ?? owner.id,
      },
      notes: owner.notes,
      origin: at,
      folder: refTo(owner.folder),
      values: {
        ...made.values,
        filter: all.map((condition) => conditionValues(condition, textOf)),
        ...(armedWhen.length === 0
          ? {}
          : { armedWhen: armedWhen.map((condition) => conditionValues(condition, textOf)) }),
      },
    })
    return refTo(keyFor(owner.id))
  }

  const addMember = (id: string, member: Member): Ref => {
    const made = gtmTrigger(member.trigger)
    return made.existing ?? add(id, made, member.conditions, member.trigger.at, member.trigger.armedWhen)
  }

  const firing = fire.map((each): Ref => {
    const alone = fire.length === 1
    if (!('members' in each)) return addMember(alone ? '' : `.${each.trigger.kind}`, each)
    const id = alone ? '' : '.all'
    const members = each.members.map((member) => addMember(`${id}.${member.trigger.kind}`, member))
    return add(
      id,
      { template: 'trigger-group', prefix: 'Group', values: { members }, conditions: [] },
      [],
      each.at,
    )
  })

  const moments = distinct(fire.map((each) => ('members' in each ? GROUP_COMPLETED : momentOf(each.trigger))))
  const blocking = moments.flatMap((moment) =>
    block.map((condition) => add('.unless', { ...moment, prefix: 'Exception' }, [condition], condition.at)),
  )
  return { planned, diagnostics, firing, blocking }
}

/** What the placeholders of `naming` stand for in the things of one conversion. */
export function namingValues(plan: Plan, conversion: Conversion): { readonly [placeholder: string]: string } {
  return {
    id: conversion.id,
    event: conversion.event ?? '',
    title: conversion.title,
    stage: conversion.tier === 'goal' ? 'goals' : conversion.stage,
    plan: plan.id,
    source: conversion.touchpoint ?? '',
  }
}

function distinct(triggers: readonly GtmTrigger[]): GtmTrigger[] {
  return [...new Map(triggers.map((each) => [canonicalJson(each), each])).values()]
}

/** A value exists when it does not look like a missing one. */
function asPattern(condition: Tested): Tested {
  const negate = (condition.value === 'true') !== condition.negate
  return { ...condition, operator: 'matches', value: MISSING, negate }
}

/** GTM has no test for several values; a pattern is the same. */
function asOnePattern(condition: Tested, anyOf: readonly string[]): Tested {
  const { operator } = condition
  const escaped = anyOf
    .map((value) => comparedWith(condition, value))
    .map((value) => (operator === 'matches' ? value : value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')))
  const begin = operator === 'equals' || operator === 'startsWith' ? '^' : ''
  const end = operator === 'equals' || operator === 'endsWith' ? '$' : ''
  return { ...condition, operator: 'matches', value: `${begin}(${escaped.join('|')})${end}` }
}

/** A plain text is compared with an address as the browser writes it; a pattern stays as it is, with a warning. */
function comparedWith({ subject, operator }: Tested, value: string): string {
  return operator === 'matches' ? value : asAddress(subject, value)
}

/** What the template of a condition needs. */
function conditionValues(tested: Tested, textOf: (source: Source) => Text): TemplateValues {
  const condition =
    tested.anyOf !== undefined
      ? asOnePattern(tested, tested.anyOf)
      : tested.operator === 'exists'
        ? asPattern(tested)
        : tested
  return {
    type: OPERATORS[condition.operator].gtm,
    subject: textOf(condition.subject),
    value: comparedWith(condition, condition.value),
    ignoreCase: condition.ignoreCase,
    negate: condition.negate,
  }
}

function numbered(id: string, used: Map<string, number>): string {
  const count = (used.get(id) ?? 0) + 1
  used.set(id, count)
  return count === 1 ? id : `${id}~${count}`
}
