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
  // What stands around the value at hand, as it is and as it is written: only what holds itself is endless.
  const around: { readonly is: unknown; readonly written: unknown }[] = []
  const replaced = JSON.stringify(
    value,
    function (this: unknown, _, each: unknown) {
      while (around.length > 0 && around.at(-1)?.written !== this) around.pop()
      if (typeof each === 'function') return 'function'
      if (typeof each === 'bigint') return String(each)
      if (typeof each !== 'object' || each === null) return each
      if (around.some(({ is }) => is === each)) return '…'
      if ('tag' in each && 'attributes' in each) return elementWord(each as ElementLike)
      const isArguments = Object.prototype.toString.call(each) === '[object Arguments]'
      const written = isArguments ? Array.from(each as ArrayLike<unknown>) : each
      around.push({ is: each, written })
      return written
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
