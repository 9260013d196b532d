/** Depths of scrolling and of videos, in percent. */
import type { Value } from '../resources/resource.ts'
import { or } from '../words/counting.ts'

/** GTM lists them in this order; the file's must not show. */
export function ascending(percents: readonly number[]): number[] {
  return [...percents].sort((a, b) => a - b)
}

/** The way back: `25,50,75`; undefined when a part is no number, such as a variable. */
export function percentsFrom(value: Value | undefined): number[] | undefined {
  if (typeof value !== 'string') return undefined
  const numbers = value.split(',').map(Number)
  return numbers.every((number) => number > 0) ? numbers : undefined
}

export function percentWords(list: readonly number[]): string {
  return or(list.map((percent) => `${percent}%`))
}
