import { rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { quoted } from '../../schema/words.ts'
import { personalWordIn } from '../../../facts/parameters.ts'
import type { PlacedSource } from '../../places.ts'

export const personalDataIsNotSent = rule({
  code: 'personal-data-is-not-sent',
  severity: 'error',
  profile: 'minimal',
  title: 'No parameter carries data about a person.',
  reason: "Google's terms forbid it, and a property can lose all its data over it. Hashing does not help.",
  fix: 'send something that tells no person: a band, a type, a yes or no.',
  source: 'https://support.google.com/analytics/answer/6366371',
  catalogue: ['L-D07'],
  *check(places) {
    const seen = new Set<string>()
    for (const { at, name, use, source, kind, conversion } of places.sources) {
      const place = { at, about: 'key' as const }
      if (use === 'html') {
        const held = [originOf(source) ?? '', name].find((one) => personalWordIn(one) !== undefined)
        if (held !== undefined)
          yield {
            ...place,
            severity: 'warning',
            message: `The HTML of ${quoted(conversion?.id ?? '')} gets ${quoted(held)} as it is, which looks like data about a person (${personalWordIn(held) ?? ''}).`,
            fix: "leave it out, or let a vendor's destination have it through `userData`; where it is agreed that this code gets it, say so under `ignore`.",
          }
        continue
      }
      if (NO_PARAMETER.has(use) || /^(user_?id|customer_?id|uid)$/i.test(name)) continue
      const word = personalWordIn(name)
      if (word !== undefined && !seen.has(name)) {
        seen.add(name)
        yield {
          ...place,
          message: `${quoted(name)} looks like data about a person (${word}).`,
          ...fixOf(use),
        }
        continue
      }
      const origin = originOf(source)
      const from = origin === undefined ? undefined : personalWordIn(origin)
      if (from !== undefined)
        yield {
          at: at + pointerOf(kind),
          message: `${quoted(name)} is read from ${quoted(origin ?? '')}, which looks like data about a person (${from}).`,
          ...fixOf(use),
        }
      if (typeof source === 'string' && /[^\s@]{1,64}@[^\s@]{1,99}\.[a-z]{2,}/i.test(source))
        yield { at, message: `${quoted(name)} holds an e-mail address.` }
    }
    for (const { at, name, definition } of places.parameters) {
      const word = personalWordIn(name)
      if (word !== undefined && !seen.has(name) && definition.register !== undefined)
        yield { at, about: 'key', message: `${quoted(name)} looks like data about a person (${word}).` }
    }
  },
})

const NO_PARAMETER: ReadonlySet<PlacedSource['use']> = new Set(['condition', 'field', 'visitor'])

/** The name by which it is read. */
function originOf(source: PlacedSource['source']): string | undefined {
  if (typeof source !== 'object') return undefined
  return source.dataLayer ?? source.cookie ?? (typeof source.url === 'object' ? source.url.query : undefined)
}

/** A vendor may take them, but not as a parameter. */
function fixOf(use: string): { readonly fix?: string } {
  return use === 'sent'
    ? { fix: "say it under the plan's `userData`, and name that entry as `userData` of the destination." }
    : {}
}
