/**
 * What the user may do in containers, a switch: whoever lacks a right is told the same as if there were nothing (recorded:
 * "Not found or permission denied."). Which right each method asks for:
 * https://support.google.com/tagmanager/answer/6107011
 */
import type { Call, Handler, Handlers } from '../call.ts'
import { gtmNotFound } from '../errors.ts'
import type { MethodFacts } from '../facts.ts'

const RIGHTS = ['read', 'edit', 'approve', 'publish'] as const
type Right = (typeof RIGHTS)[number]

// POST, and yet nothing is written.
const READS = /\.(quick_preview|entities)$/
const APPROVES = /\.(create_version|versions\.(update|delete|undelete|set_latest))$/
const PUBLISHES = /\.(versions\.publish|environments\.reauthorize)$/

function rightFor({ id, verb }: MethodFacts): Right {
  if (verb === 'GET' || READS.test(id)) return 'read'
  if (PUBLISHES.test(id)) return 'publish'
  return APPROVES.test(id) ? 'approve' : 'edit'
}

function checkRight(call: Call): void {
  if (call.ids['containers'] === undefined) return
  const has = RIGHTS.indexOf(call.store.behaviour.containerPermission)
  if (RIGHTS.indexOf(rightFor(call.method)) > has) throw gtmNotFound()
}

export function withRights(handlers: Handlers): Handlers {
  const guarded = Object.entries(handlers).map(([id, handler]): [string, Handler] => [
    id,
    (call) => {
      checkRight(call)
      return handler(call)
    },
  ])
  return Object.fromEntries(guarded)
}
