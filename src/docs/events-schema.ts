/** The pushes of a plan as a JSON Schema (2020-12). */
import type { Contract, ContractEvent, ContractKey, KeyForm } from './contract.ts'
import { listIn, treeOf, type Branch } from './tree.ts'

export type JsonSchema = { readonly [keyword: string]: unknown }

export function eventsSchema(contract: Contract, title: string): JsonSchema {
  const named = contract.events.filter(({ isPattern }) => !isPattern).map(({ event }) => event)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Data layer events of ${title}`,
    type: 'object',
    required: ['event'],
    anyOf: contract.events.map((event) => ({ $ref: `#/$defs/${pointerStep(event.event)}` })),
    $defs: Object.fromEntries(contract.events.map((event) => [event.event, eventSchema(event, named)])),
  }
}

/**
 * Other keys may stand beside: site and other tools push them too.
 * @param named events that are asked for by name: a pattern leaves them to what is said of them.
 */
export function eventSchema(event: ContractEvent, named: readonly string[] = []): JsonSchema {
  const own = event.isPattern ? named.filter((name) => new RegExp(event.event).test(name)) : []
  const { properties, required } = membersOf(treeOf(event))
  return {
    title: event.counts.map(({ title }) => title).join('; '),
    type: 'object',
    required: ['event', ...required],
    properties: {
      event: event.isPattern
        ? { type: 'string', pattern: event.event, ...(own.length === 0 ? {} : { not: { enum: own } }) }
        : { const: event.event },
      ...properties,
    },
  }
}

function membersOf(tree: ReadonlyMap<string, Branch>): {
  readonly properties: { readonly [name: string]: JsonSchema }
  readonly required: readonly string[]
} {
  return {
    properties: Object.fromEntries([...tree].map(([name, branch]) => [name, branchSchema(branch)])),
    required: [...tree].filter(([, { required }]) => required).map(([name]) => name),
  }
}

function branchSchema(branch: Branch): JsonSchema {
  const { key, below } = branch
  const list = below.size > 0 ? listIn(branch) : undefined
  if (list !== undefined) {
    const whole = key?.type === 'items' ? valueSchema(key) : { type: 'array' }
    const needed = [...list].flatMap(([place, { required }]) => (required ? [place + 1] : []))
    const prefixItems = Array.from({ length: Math.max(-1, ...list.keys()) + 1 }, (_, place): JsonSchema => {
      const each = list.get(place)
      return each === undefined ? {} : branchSchema(each)
    })
    // Beside one another, `items` would hold for what follows only.
    return {
      ...whole,
      ...(needed.length === 0 ? {} : { minItems: Math.max(...needed) }),
      ...(prefixItems.length === 0 ? {} : { allOf: [{ prefixItems }] }),
    }
  }
  if (below.size > 0) return { type: 'object', ...membersOf(below) }
  return key === undefined ? {} : valueSchema(key)
}

/** Three capital letters, or anything but nothing. */
const FORMS: { readonly [F in KeyForm]: JsonSchema } = {
  currency: { pattern: '^[A-Z]{3}$' },
  filled: { pattern: '\\S' },
}

function valueSchema({ type, values, maxLength, form, description, example }: ContractKey): JsonSchema {
  const said = description === undefined ? {} : { description }
  if (type === 'items') {
    return {
      ...said,
      type: 'array',
      minItems: 1,
      // https://developers.google.com/analytics/devguides/collection/ga4/reference/events: at most 200 items.
      maxItems: 200,
      items: {
        type: 'object',
        anyOf: [{ required: ['item_id'] }, { required: ['item_name'] }],
        properties: {
          price: { type: 'number' },
          quantity: { type: 'integer' },
          discount: { type: 'number' },
          index: { type: 'integer' },
        },
      },
    }
  }
  if (values !== undefined) return { ...said, enum: values, examples: [example] }
  return {
    ...said,
    type: type === 'scalar' ? ['string', 'number', 'boolean'] : type,
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(form === undefined ? {} : FORMS[form]),
    examples: [example],
  }
}

/** RFC 6901, inside a URI fragment. */
function pointerStep(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
}
