/** What happened, in order, in one line each: what was pushed, which triggers held, which tags ran, what was sent. */
import type { Decision } from '../runtime/core/step.ts'
import type { Moment } from './report.ts'

/** A value of the page as one line of JSON: elements and functions by a word, nothing endless. */
export function oneLine(value: unknown, limit = 300): string {
  const text = jsonOf(value)
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text
}

/** JSON of whatever was pushed. Elements become `FORM#id`, functions `function`. */
export function jsonOf(value: unknown, indent?: number): string {
  const seen = new Set<unknown>()
  const replaced = JSON.stringify(
    value,
    (_, each: unknown) => {
      if (typeof each === 'function') return 'function'
      if (typeof each === 'bigint') return String(each)
      if (typeof each !== 'object' || each === null) return each
      if (seen.has(each)) return '…'
      seen.add(each)
      if ('tag' in each && 'attributes' in each) return elementWord(each as ElementLike)
      return Object.prototype.toString.call(each) === '[object Arguments]'
        ? Array.from(each as ArrayLike<unknown>)
        : each
    },
    indent,
  ) as string | undefined
  return replaced ?? 'undefined'
}

interface ElementLike {
  readonly tag: string
  readonly attributes: { readonly [name: string]: string }
}

function elementWord({ tag, attributes }: ElementLike): string {
  const { id } = attributes
  return `${tag.toUpperCase()}${id === undefined ? '' : `#${id}`}`
}

export function momentsOf({ event, triggers, tags }: Decision): readonly Moment[] {
  return [
    ...triggers
      .filter(({ verdict }) => verdict !== 'no')
      .map(({ name, verdict }): Moment => ({ kind: 'trigger', text: `${event}: ${name}: ${verdict}` })),
    ...tags.map(({ name, outcome }): Moment => ({ kind: 'tag', text: `${name}: ${outcome}` })),
  ]
}
