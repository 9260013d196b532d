/** From the ids in a path to what they name. GTM says the same whether it does not exist or may not be seen. */
import type { Call } from '../call.ts'
import { ApiError, badRequest, gtmNotFound } from '../errors.ts'
import type { Entity } from '../shape.ts'
import type { GtmAccount, GtmContainer, GtmVersion, GtmWorkspace } from '../state.ts'
import { freshAccount } from './fresh.ts'

export function findAccount(call: Call): GtmAccount {
  const id = call.ids['accounts'] ?? ''
  const account = call.store.state.gtm.get(id)
  if (account) return account
  if (!call.store.autoCreate || !/^\d{1,20}$/.test(id)) throw gtmNotFound()
  return freshAccount(call.store, id)
}

/** Like findAccount, and never makes one. */
export function findContainer(call: Call): GtmContainer {
  const account = call.store.state.gtm.get(call.ids['accounts'] ?? '')
  const container = account?.containers.get(call.ids['containers'] ?? '')
  if (!container) throw gtmNotFound()
  return container
}

export function findWorkspace(call: Call): { container: GtmContainer; workspace: GtmWorkspace } {
  const container = findContainer(call)
  const workspace = container.workspaces.get(call.ids['workspaces'] ?? '')
  if (!workspace) throw gtmNotFound()
  return { container, workspace }
}

/** A workspace that may be written: one that became a version may not (recorded message). */
export function findOpenWorkspace(call: Call): { container: GtmContainer; workspace: GtmWorkspace } {
  const container = findContainer(call)
  if (container.submittedWorkspaces.has(call.ids['workspaces'] ?? '')) {
    throw badRequest('Workspace is already submitted.')
  }
  return findWorkspace(call)
}

export function findVersion(container: GtmContainer, versionId: string | undefined): GtmVersion {
  const version = container.versions.get(versionId ?? '')
  if (!version) throw gtmNotFound()
  return version
}

/**
 * Optional, and when given it must equal the stored one:
 * https://developers.google.com/tag-manager/api/v2/reference/accounts/containers/workspaces/tags/update
 * The status of the refusal is in no source, so it is a switch; its wording is assumed.
 */
export function checkFingerprint(call: Call, stored: Entity): void {
  const given = call.query.get('fingerprint')
  if (!call.store.behaviour.checksFingerprints) return
  if (given !== null && given !== '' && given !== stored['fingerprint']) throw fingerprintMismatch(call)
}

export function fingerprintMismatch(call: Call): ApiError {
  const message = 'The fingerprint does not match the stored one: the entity has changed since it was read.'
  switch (call.store.behaviour.fingerprintMismatchStatus) {
    case 409:
      return new ApiError(409, 'ABORTED', message, { reason: 'conflict' })
    case 412:
      return new ApiError(412, 'FAILED_PRECONDITION', message, { reason: 'conditionNotMet' })
    case 400:
      return badRequest(message)
  }
}
