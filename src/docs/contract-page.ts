/** The data layer contract as the page and the Markdown have it: every sentence once. */
import { and } from '../words/counting.ts'
import type { Contract, ContractEvent, ContractKey, KeyForm } from './contract.ts'
import { pushCode } from './push-code.ts'

export interface EventText {
  readonly id: string
  readonly event: string
  readonly isPattern: boolean
  readonly when: string
  readonly counts: readonly { readonly id: string; readonly title: string; readonly note: string }[]
  readonly code: string
  readonly keys: readonly KeyText[]
}

export interface KeyText {
  readonly path: string
  readonly need: string
  readonly type: string
  readonly example: string
  readonly notes: readonly string[]
}

export function eventTexts({ events }: Contract): readonly EventText[] {
  return events.map((event) => ({
    id: `push-${event.event}`,
    event: event.event,
    isPattern: event.isPattern,
    when: whenWords(event),
    counts: event.counts.map(({ id, title, tier, owner, when }) => ({
      id,
      title,
      note: [
        tier === 'goal' ? 'goal' : 'micro conversion',
        ...(owner === undefined ? [] : [owner]),
        ...(when.length === 0 ? [] : [`only ${and(when)}`]),
      ].join(' · '),
    })),
    code: pushCode(event),
    keys: event.keys.map(keyText),
  }))
}

const FORMS: { readonly [F in KeyForm]: string } = {
  currency: 'An ISO 4217 code in capitals.',
  filled: 'Never empty.',
}

export function keyText({
  path,
  required,
  type,
  values,
  maxLength,
  form,
  example,
  description,
  becomes,
}: ContractKey): KeyText {
  const shown = type === 'items' ? 'list of items' : type === 'scalar' ? 'text, number or boolean' : type
  return {
    path,
    need: required ? 'required' : 'optional',
    type: values === undefined ? shown : `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
    example: JSON.stringify(example),
    notes: [
      ...(description === undefined ? [] : [sentence(description)]),
      ...(becomes.length === 0 ? [] : [`Becomes ${and(becomes)}.`]),
      ...(maxLength === undefined || values !== undefined || form === 'currency'
        ? []
        : [`At most ${maxLength} characters.`]),
      ...(form === undefined ? [] : [FORMS[form]]),
      ...(type === 'items' ? ['At most 200; each with item_id or item_name.'] : []),
    ],
  }
}

function sentence(text: string): string {
  return /[.!?…؟。！？]$/.test(text) ? text : `${text}.`
}

function whenWords({ isPattern, event }: ContractEvent): string {
  const name = isPattern ? `every event whose name matches ${event}` : event
  return `Push ${name} once it has happened: where a server must agree, after its answer and not on the click.`
}

const NEVER_PUSH =
  'Never push names, e-mail addresses, telephone numbers, postal addresses, card or account data, or free text that a visitor typed: whatever is in the data layer can be sent by any tag, and Google forbids personal data in GA4. Send numbers as numbers (129.5, not "129,50") and money with its currency.'

/** With what the plan takes of visitors for a destination, which is no exception that GA4 makes. */
export function neverWords({ events, pageKeys }: Contract): string {
  const personal = [...events.flatMap(({ keys }) => keys), ...pageKeys].filter(({ isPersonal }) => isPersonal)
  const paths = [...new Set(personal.map(({ path }) => path))]
  return paths.length === 0
    ? NEVER_PUSH
    : `${NEVER_PUSH} Only ${and(paths)} may hold what a visitor has told, under just this name: the plan sends it to the vendors that are named beside it, and never to GA4 as a parameter.`
}

export function verifySteps(file: string): readonly string[] {
  return [
    'In Tag Manager choose Preview, open the site, do the action: the event stands in the list on the left, and under Tags Fired stands its tag.',
    'In GA4 open Admin, DebugView: the event arrives with its parameters.',
    `Before anything is published: plan test ${file}`,
    `Against pushes that were recorded: plan check-push pushes.json ${file}`,
    `For TypeScript and for tests of your own: plan types ${file}, plan schema ${file}`,
  ]
}
