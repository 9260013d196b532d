import { plural } from '../words/counting.ts'

const MILLISECONDS: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000 }

/** `45s` in milliseconds. */
export function milliseconds(duration: string): number {
  const [, amount = '0', unit = 'ms'] = /^(\d+)(ms|s|m)$/.exec(duration) ?? []
  return Number(amount) * (MILLISECONDS[unit] ?? 1)
}

/** The way back, in the largest unit that says it exactly. */
export function durationSaid(duration: number): string {
  if (duration % 60_000 === 0) return `${duration / 60_000}m`
  return duration % 1000 === 0 ? `${duration / 1000}s` : `${duration}ms`
}

export function durationWords(duration: number): string {
  if (duration % 60_000 === 0) return `${duration / 60_000} min`
  return duration % 1000 === 0 ? `${duration / 1000} s` : `${duration} ms`
}

/** `45 seconds`, `2 minutes`; a number that says one, `1 second`. */
export function plainDuration(duration: number): string {
  if (duration % 60_000 === 0) return plural(duration / 60_000, 'minute')
  return plural(duration / 1000, 'second')
}
