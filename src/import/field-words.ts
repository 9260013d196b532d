/** In what an imported plan would not be what the container is, in words. */
import type { Why } from './conversion.ts'

/** @param fields of what a tag sends or does that the plan would say otherwise: `moment.filter` */
export function whyUnlike(fields: readonly string[]): Why {
  return {
    code: 'means-something-else',
    reason: `the plan would say otherwise ${[...new Set(fields.map(fieldWords))].join(' and ')}`,
  }
}

function fieldWords(field: string): string {
  const [first = '', second = ''] = field.split('.')
  if (first === 'parameters') return second === '' ? 'what it sends' : `what its parameter "${second}" is`
  return WORDS.get(field) ?? WORDS.get(first) ?? 'what it does'
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['event', 'what its event is called'],
  ['moment', 'when it fires'],
  ['moment.filter', 'under which conditions it fires'],
  ['moment.armed', 'on which pages its trigger listens'],
  ['moment.parameters', 'what its trigger listens for'],
  ['moment.settings', 'how its trigger works'],
  ['unless', 'what keeps it from firing'],
  ['destination', 'where it is sent'],
  ['rest.userProperties', 'which user properties it sends'],
  ['rest.ecommerce', 'which e-commerce data it sends'],
  ['rest.userData', 'which user data it sends'],
  ['rest.fires', 'how often it fires'],
  ['rest.paused', 'whether it is paused'],
  ['rest.consent', 'which consent it waits for'],
  ['rest.before', 'what runs before it'],
  ['rest.after', 'what runs after it'],
  ['priority', 'how early it fires'],
  ['before', 'what runs before it'],
  ['after', 'what runs after it'],
  ['fires', 'how often it fires'],
  ['paused', 'whether it is paused'],
  ['consent', 'which consent it waits for'],
])
