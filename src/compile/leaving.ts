/** What leaves the site for others than GA4, in sentences: documents and reviews say them, and every vendor's file is asked. */
import { destinationModule, type DestinationKind } from '../destinations/kinds.ts'
import type { UserDataField } from '../destinations/module.ts'
import { sendingsOf, type Sending } from '../destinations/sends.ts'
import { waitsFor } from '../destinations/waits-for.ts'
import { personalWordIn } from '../facts/parameters.ts'
import type { Pointer } from '../plan/diagnostic.ts'
import {
  conversionsOf,
  type ConsentType,
  type Conversion,
  type Destination,
  type Plan,
} from '../plan/plan.ts'
import type { ParameterValue } from '../sources/build.ts'
import { variablesIn } from '../resources/braces.ts'
import { sourceWords } from '../sources/source-words.ts'
import { triggerWords } from '../triggers/trigger-words.ts'
import { and } from '../words/counting.ts'
import { userDataOf } from './user-data.ts'

export interface Leaving {
  readonly at: Pointer
  /** The destination's id. */
  readonly destination: string
  /** It is about a person. */
  readonly personal: boolean
  /** The conversion's id, where it is one's. */
  readonly conversion?: string
  readonly text: string
}

/** In the order of the plan's destinations: that it is loaded, what it learns of the visitor, then of each conversion. */
export function leavingSite(plan: Plan): readonly Leaving[] {
  const sent = conversionsOf(plan).flatMap((conversion) =>
    sendingsOf(plan, conversion).map((sending) => ({ conversion, sending })),
  )
  return plan.destinations.flatMap((destination): Leaving[] => {
    const { id, kind, at, loader, remarketing } = destination
    const { title } = destinationModule(kind)
    const own = sent.filter(({ sending }) => sending.destination.id === id)
    const when = consentWords(plan, destination, false, undefined)
    const sayings = own.map(({ conversion, sending }): Leaving => ({
      at: conversion.at,
      destination: id,
      personal: isToldOfPeople(destination),
      conversion: conversion.id,
      text: sentWords(plan, conversion, sending),
    }))
    if (kind === 'html') {
      const { trigger } = destination
      if (trigger === undefined) return sayings
      const text = `Code of the plan, ${id}, runs on the site: ${triggerWords(trigger)}${givenWords(destination)}, ${when}.`
      return [{ at, destination: id, personal: isToldOfPeople(destination), text }, ...sayings]
    }
    const sets = new Set([destination.userData, ...own.map(({ sending }) => sending.userData?.id)])
    const people = plan.userData.filter(({ id }) => sets.has(id)).flatMap(({ fields }) => fields)
    const { takes, plain } = destinationModule(kind)
    const loads =
      loader === 'existing' && remarketing !== true
        ? 'is loaded by the site itself, or by another tag.'
        : `is loaded on every page, ${when}.`
    return [
      { at, destination: id, personal: false, text: `${title} (${id}) ${loads}` },
      ...codeOfOthers(destination),
      ...people
        .filter(({ name }) => takes === undefined || takes.includes(name as UserDataField))
        .map(({ name, source }): Leaving => ({
          at,
          destination: id,
          personal: true,
          text: `The visitor's ${PEOPLE[name as UserDataField]} goes to ${title}, ${plain === true ? 'in plain text' : 'hashed'}, from ${sourceWords(source)}, ${consentWords(plan, destination, true, undefined)}.`,
        })),
      ...sayings,
    ]
  })
}

/** What GA4 learns of the visitor with conversions, which no destination names. */
export function toldToGa4(plan: Plan): readonly Leaving[] {
  return conversionsOf(plan)
    .filter(({ trigger }) => trigger !== undefined)
    .flatMap((conversion) =>
      (userDataOf(plan, conversion)?.fields ?? []).map(({ name, source }): Leaving => ({
        at: conversion.at,
        destination: 'ga4',
        personal: true,
        conversion: conversion.id,
        text: `The visitor's ${PEOPLE[name as UserDataField]} goes to GA4 with ${conversion.title}, hashed, from ${sourceWords(source)}, ${consentWords(plan, { kind: 'ga4' }, false, conversion.requires)}.`,
      })),
    )
}

/** What a vendor reads that GA4 does not. */
export interface VendorValue {
  readonly vendor: string
  readonly value: ParameterValue
  /** It is about the visitor. */
  readonly isPersonal: boolean
}

/** The id that counts an action once, what `send` says beside, and what the visitor has told. */
export function vendorValues(plan: Plan, conversion: Conversion): readonly VendorValue[] {
  return sendingsOf(plan, conversion).flatMap(({ destination, carried, parameters, userData }) => {
    const { title: vendor, takes } = destinationModule(destination.kind)
    const { eventId } = carried
    const people = (userData?.fields ?? []).filter(
      ({ name }) => takes === undefined || takes.includes(name as UserDataField),
    )
    return [
      ...(eventId === undefined ? [] : [{ name: 'event_id', at: conversion.at, source: eventId }]),
      ...parameters,
    ]
      .map((value): VendorValue => ({ vendor, value, isPersonal: false }))
      .concat(people.map((value) => ({ vendor, value, isPersonal: true })))
  })
}

/** Whose code it is that runs, where the plan takes it from the gallery. */
function codeOfOthers({ id, kind, via, acknowledge, at }: Destination): readonly Leaving[] {
  const { gallery } = destinationModule(kind)
  if (via === undefined || gallery === undefined) return []
  const { owner, repository } = gallery
  const text = `The code of github.com/${owner}/${repository} at the commit ${acknowledge ?? ''} runs on the site for ${id}.`
  return [{ at, destination: id, personal: false, text }]
}

const PEOPLE: { readonly [F in UserDataField]-?: string } = {
  email: 'e-mail address',
  phone: 'telephone number',
  firstName: 'first name',
  lastName: 'last name',
  street: 'street',
  city: 'city',
  region: 'region',
  postalCode: 'postal code',
  country: 'country',
}

/** `Completed purchase goes to Meta as Purchase, with value, currency and items, when ad_storage is granted.` */
function sentWords(
  plan: Plan,
  conversion: Conversion,
  { destination, name, carried, parameters }: Sending,
): string {
  const { title } = destinationModule(destination.kind)
  const when = consentWords(plan, destination, false, conversion.requires)
  if (destination.kind === 'html')
    return `With ${conversion.title}, code of the plan, ${destination.id}, runs on the site${givenWords(destination)}, ${when}.`
  const lacks = (row: string): boolean =>
    parameters.some(({ name, source }) => name === row && source.kind === 'nothing')
  const along = [
    ...(carried.value === undefined ? [] : ['value']),
    ...(carried.currency === undefined ? [] : ['currency']),
    ...(carried.items === undefined ? [] : ['items']),
    ...(carried.transactionId === undefined ? [] : ['order id']),
    ...(carried.eventId === undefined || lacks('event_id') ? [] : ['event id']),
    ...parameters.filter(({ source }) => source.kind !== 'nothing').map(({ name }) => name),
  ]
  const list = along.length === 0 ? '' : `, with ${and(along)}`
  return `${conversion.title} goes to ${title}${name === '' ? '' : ` as ${name}`}${list}, ${when}.`
}

/** What a team's own code is given: values that it has no place for go nowhere. */
function givenTo({ html = '', with: values }: Destination): readonly string[] {
  const places = new Set(variablesIn(html).map((name) => name.trim()))
  return values.filter(({ name }) => places.has(name)).map(({ source }) => sourceWords(source))
}

/** `, with data layer key user.email` */
function givenWords(destination: Destination): string {
  const given = givenTo(destination)
  return given.length === 0 ? '' : `, with ${and(given)}`
}

function isToldOfPeople(destination: Destination): boolean {
  return givenTo(destination).some((words) => personalWordIn(words) !== undefined)
}

function consentWords(
  plan: Plan,
  { kind, consent }: { readonly kind: DestinationKind; readonly consent?: Destination['consent'] },
  ofPerson: boolean,
  own: readonly ConsentType[] | undefined,
): string {
  const { adapts } = destinationModule(kind)
  const waits = waitsFor(plan.consent, kind, consent, own)
  // Google's tags look at this one by themselves.
  const types = [...new Set(ofPerson && adapts ? [...waits, 'ad_user_data'] : waits)].sort()
  if (types.length === 0)
    return adapts && plan.consent.mode !== 'none'
      ? 'as its tags look at consent'
      : 'whatever the visitor has chosen'
  return `when ${and(types)} ${types.length === 1 ? 'is' : 'are'} granted`
}
