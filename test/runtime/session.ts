/** What a session shows of itself, short enough to compare. */
import { readHit } from '../../src/runtime/core/hit.ts'
import type { Container } from '../../src/runtime/core/container.ts'
import { loaded, opened, perform, type Action, type Session } from '../../src/runtime/node/session.ts'
import type { Facts } from '../../src/runtime/node/page.ts'

export const PAGE: Facts = { url: 'https://www.harbour.example/en/' }

/** A loaded page on which these messages were pushed. */
export function pushing(container: Container, messages: readonly unknown[], facts: Facts = PAGE): Session {
  return doing(
    container,
    messages.map((message) => ({ do: 'push', message })),
    facts,
  )
}

export function doing(container: Container, actions: readonly Action[], facts: Facts = PAGE): Session {
  return actions.reduce(perform, loaded(opened(container, facts)))
}

export function hitsOf(session: Session) {
  return session.effects.flatMap((effect) => (effect.kind === 'hit' ? [effect.hit] : []))
}

export function eventsOf(session: Session): readonly string[] {
  return hitsOf(session).map(({ event }) => event)
}

export function readHits(session: Session) {
  return hitsOf(session).map(({ query }) => readHit(query))
}

/** The last hit's keys, without those that every hit shares. */
export function lastQuery(session: Session): Readonly<Record<string, string>> {
  const shared = new Set(['v', 'tid', 'dl', 'dr', 'dt', '_s', '_fv', '_ss', '_nsi', 'en'])
  return Object.fromEntries((hitsOf(session).at(-1)?.query ?? []).filter(([key]) => !shared.has(key)))
}

/** The arguments object that a gtag call pushes. */
export function gtag(...args: readonly unknown[]): unknown {
  return (
    function () {
      // eslint-disable-next-line prefer-rest-params
      return arguments
    } as (...args: readonly unknown[]) => unknown
  )(...args)
}
