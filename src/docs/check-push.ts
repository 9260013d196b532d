/** Pushes against the contract, for a recorded file and for the users' own tests. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { didYouMean } from '../check/schema/did-you-mean.ts'
import { personalWordIn } from '../facts/parameters.ts'
import { isRecord } from '../resources/is-record.ts'
import { stepsOfKey, type Contract, type ContractEvent } from './contract.ts'
import { eventSchema } from './events-schema.ts'
import type { CheckPush, PushFinding } from './push-finding.ts'

/**
 * A function that says what is wrong with a push; nothing for one that the plan does not know. Its events are compiled
 * once.
 */
export function pushChecker(contract: Contract): CheckPush {
  const ajv = new Ajv2020({ allErrors: true, strict: false })
  const known = contract.events.map((event) => ({ event, validate: ajv.compile(eventSchema(event)) }))
  return (push) => {
    if (!isRecord(push) || typeof push.event !== 'string') return []
    const name = push.event
    // An event that is asked for by name has all who hear it; of patterns several may.
    const named = known.filter(({ event }) => !event.isPattern && event.event === name)
    const found = named.length > 0 ? named : known.filter(({ event }) => matches(event, name))
    return found.length === 0
      ? misspelt(name, contract)
      : distinct(found.flatMap(({ event, validate }) => findingsOf(push, event, validate)))
  }
}

function distinct(findings: readonly PushFinding[]): readonly PushFinding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()]
}

/** Whether the plan listens for a push at all. */
export function isPlanned({ events }: Contract, push: unknown): boolean {
  if (!isRecord(push) || typeof push.event !== 'string') return false
  const name = push.event
  return events.some((event) => matches(event, name))
}

function matches({ event, isPattern }: ContractEvent, name: string): boolean {
  return isPattern ? new RegExp(event).test(name) : event === name
}

function misspelt(name: string, { events }: Contract): readonly PushFinding[] {
  const meant = didYouMean(
    name,
    events.filter(({ isPattern }) => !isPattern).map(({ event }) => event),
  )
  if (meant === undefined) return []
  return [
    {
      severity: 'warning',
      code: 'push-is-planned',
      key: 'event',
      message: `${JSON.stringify(name)} is no event of the plan.`,
      fix: `did you mean ${JSON.stringify(meant)}?`,
    },
  ]
}

function findingsOf(
  push: { readonly [key: string]: unknown },
  event: ContractEvent,
  validate: ValidateFunction,
): readonly PushFinding[] {
  validate(push)
  const errors = (validate.errors ?? [])
    // "one of these alternatives" is said by the alternatives, or in our words.
    .filter(({ keyword, schemaPath }) => keyword !== 'if' && !/\/anyOf\/\d+\//.test(schemaPath))
    .map((error) => findingOf(error, event, push))
  return [...errors, ...missedKeys(push, event), ...personal(push, event)]
}

function findingOf(
  error: ErrorObject,
  event: ContractEvent,
  push: { readonly [key: string]: unknown },
): PushFinding {
  // What matched a pattern has a name of its own.
  const name = String(push.event)
  const at = error.instancePath.split('/').slice(1).map(unescaped)
  const key = at.join('.')
  const given = at.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], push)
  const value = shown(given)
  const wrong = (message: string, fix: string): PushFinding => ({
    severity: 'error',
    code: 'push-values-fit',
    key,
    message: `${name}: ${message}`,
    fix,
  })
  const { params } = error as { params: Record<string, unknown> }
  switch (error.keyword) {
    case 'required': {
      const missing = [...at, String(params.missingProperty)].join('.')
      return {
        severity: 'error',
        code: 'push-has-its-keys',
        key: missing,
        message: `${name}: "${missing}" is missing.`,
        fix: `push it, for example ${JSON.stringify(exampleAt(event, missing))}`,
      }
    }
    case 'enum': {
      const values = (params.allowedValues as unknown[]).map((each) => JSON.stringify(each))
      return wrong(`"${key}" is ${value}.`, `it may be ${values.join(', ')}`)
    }
    case 'type': {
      const type = Array.isArray(params.type) ? 'text, number or boolean' : String(params.type)
      return wrong(
        `"${key}" is ${value}, which is no ${type}.`,
        `push ${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`,
      )
    }
    case 'maxLength':
      return wrong(
        `"${key}" has more than ${String(params.limit)} characters, and GA4 cuts it there.`,
        'push a shorter text',
      )
    case 'pattern':
      return event.keys.find(({ path }) => path === key)?.form === 'filled'
        ? wrong(`"${key}" is empty.`, `push it, for example ${JSON.stringify(exampleAt(event, key))}`)
        : wrong(
            `"${key}" is ${value}, which is no currency to GA4: it takes ISO 4217 codes in capitals.`,
            `push ${JSON.stringify(currencyMeant(String(given)) ?? exampleAt(event, key))}`,
          )
    case 'minItems':
      if (event.keys.every(({ path, type }) => path !== key || type !== 'items'))
        return wrong(`"${key}" holds less than the plan reads of it.`, `push ${String(params.limit)} or more`)
      return wrong(`"${key}" is empty.`, 'push each item, with item_id or item_name')
    case 'anyOf':
      return wrong(`"${key}" has neither item_id nor item_name.`, 'give each item one of them')
    default:
      return wrong(
        `"${key}" ${error.message ?? 'does not fit'}.`,
        'look at the contract: plan docs --contract',
      )
  }
}

/** What is right but for its case or the spaces around it. */
function currencyMeant(value: string): string | undefined {
  return /^\s*([A-Za-z]{3})\s*$/.exec(value)?.[1]?.toUpperCase()
}

/** A key that is not there while one that is nearly called so is. */
function missedKeys(push: { readonly [key: string]: unknown }, event: ContractEvent): readonly PushFinding[] {
  const names = new Set(event.keys.map((key) => stepsOfKey(key)[0] ?? key.path))
  const missing = [...names].filter((name) => !Object.hasOwn(push, name))
  return Object.keys(push)
    .filter((name) => name !== 'event' && !names.has(name))
    .flatMap((name): PushFinding[] => {
      const meant = didYouMean(name, missing)
      if (meant === undefined) return []
      return [
        {
          severity: 'warning',
          code: 'push-has-its-keys',
          key: name,
          message: `${event.event}: nothing of the plan reads "${name}".`,
          fix: `did you mean "${meant}"?`,
        },
      ]
    })
}

function personal(
  push: { readonly [key: string]: unknown },
  { keys }: ContractEvent,
): readonly PushFinding[] {
  const wanted = new Set(keys.filter(({ isPersonal }) => isPersonal).map(({ path }) => path))
  const finding = (key: string, message: string): PushFinding => ({
    severity: 'error',
    code: 'push-holds-no-person',
    key,
    message: `"${key}" ${message}.`,
    fix: 'leave it out of the push',
  })
  const named = Object.keys(push).flatMap((name): PushFinding[] => {
    const word = wanted.has(name) ? undefined : personalWordIn(name)
    return word === undefined || isAddress(push[name])
      ? []
      : [finding(name, `sounds like data about a person (${word})`)]
  })
  return [
    ...named,
    ...textsIn(push, [])
      .filter(({ path, text }) => isAddress(text) && !wanted.has(path))
      .map(({ path }) => finding(path, 'holds an e-mail address')),
  ]
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && /[^\s@/]@[^\s@/]+\.\p{L}/u.test(value)
}

/** Every text of a push, by its path; what holds itself is gone through once. */
function textsIn(
  value: unknown,
  steps: readonly string[],
  seen = new Set<unknown>(),
): readonly { readonly path: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ path: steps.join('.'), text: value }]
  if (typeof value !== 'object' || value === null || seen.has(value)) return []
  seen.add(value)
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, [...steps, name], seen))
}

/** A value as it was pushed, also where JSON has no word for it. */
function shown(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return String(value)
  }
}

function exampleAt({ keys, example }: ContractEvent, path: string): unknown {
  return (
    keys.find((key) => key.path === path)?.example ??
    path
      .split('.')
      .reduce<unknown>(
        (inner, step) =>
          typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[step] : undefined,
        example,
      )
  )
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}
