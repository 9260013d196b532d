/**
 * What somebody else does meanwhile, at a moment that a test chooses: by the control `act`, or as the `then` of a fault. It
 * needs no right and uses up no quota.
 */
import { performRequest } from './answer.ts'
import { findByPublicId } from './gtm/fresh.ts'
import { makeVersion } from './gtm/somebody-else.ts'
import { isObject, type Entity } from './shape.ts'
import type { GtmContainer } from './state.ts'
import type { World } from './world.ts'

export type Act =
  | {
      /** A version with one more tag than the latest, made from a workspace of theirs; published as well, or not. */
      readonly do: 'make-version' | 'publish-version'
      /** Public id; the container that the request is about without it. */
      readonly container?: string
      /** Name of the tag. */
      readonly tag?: string
    }
  | { readonly method: string; readonly path: string; readonly body?: unknown }

const VERSIONS = ['make-version', 'publish-version']

/** Refuses what is no act, with a sentence. */
export function readActs(input: unknown): readonly Act[] {
  return (Array.isArray(input) ? (input as unknown[]) : [input]).map((act) => {
    const known = isObject(act) && (VERSIONS.includes(String(act['do'])) || isRequest(act))
    if (!known)
      throw new Error(
        `An act is { "do": "make-version" }, { "do": "publish-version" } or { "method", "path", "body" }.`,
      )
    return act as unknown as Act
  })
}

const isRequest = (act: Entity) => typeof act['method'] === 'string' && typeof act['path'] === 'string'

/** Carries them out in order; gives what each request answered, and the numbers of versions. */
export function perform(
  world: World,
  acts: readonly Act[],
  ids: Readonly<Record<string, string>> = {},
): readonly unknown[] {
  return acts.map((act) => {
    if (!('do' in act)) return performRequest(world, act)
    const container = containerOf(world, act.container, ids)
    const version = makeVersion(world.store, container, act.tag)
    if (act.do === 'publish-version') container.liveVersionId = version
    return { containerVersionId: version }
  })
}

function containerOf(
  world: World,
  publicId: string | undefined,
  ids: Readonly<Record<string, string>>,
): GtmContainer {
  const { gtm } = world.store.state
  const own = gtm.get(ids['accounts'] ?? '')?.containers.get(ids['containers'] ?? '')
  const found = publicId === undefined ? own : findByPublicId(world.store, publicId)
  if (!found) throw new Error('An act needs the public id of a container that is there.')
  return found
}
