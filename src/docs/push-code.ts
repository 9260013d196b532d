/** A push as code that can be copied. */
import type { ContractEvent } from './contract.ts'

/** Google merges objects of the data layer: what the last push left in `ecommerce` would go along with this one. */
const RESET = 'dataLayer.push({ ecommerce: null });'

export function pushCode({ example, ecommerce }: Pick<ContractEvent, 'example' | 'ecommerce'>): string {
  const push = `dataLayer.push(${literal(example, '')});`
  return ['window.dataLayer = window.dataLayer || [];', ...(ecommerce ? [RESET] : []), push].join('\n')
}

/** A value as JavaScript, a key a line; what fits stays on one line. */
function literal(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return scalar(value)
  const inner = `${indent}  `
  const isList = Array.isArray(value)
  const parts = isList
    ? value.map((each) => literal(each, inner))
    : Object.entries(value).map(([key, each]) => `${keyCode(key)}: ${literal(each, inner)}`)
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  const line = isList ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`
  if (line.length + indent.length <= 72 && !line.includes('\n')) return line
  return `${open}\n${parts.map((part) => `${inner}${part}`).join(',\n')}\n${indent}${close}`
}

/** `</script` cannot end the script that somebody puts it in. */
function scalar(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}

function keyCode(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : scalar(key)
}
