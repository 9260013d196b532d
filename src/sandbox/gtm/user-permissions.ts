/** Who may do what in an account. All of it, reading included, needs the scope manage.users (discovery document). */
import type { Call, Handlers } from '../call.ts'
import { badRequest, gtmNotFound, invalidField } from '../errors.ts'
import { page } from '../paging.ts'
import type { Entity } from '../shape.ts'
import type { GtmAccount } from '../state.ts'
import { findAccount } from './find.ts'

const prefix = 'accounts.user_permissions'

export const userPermissionHandlers: Handlers = {
  [`${prefix}.list`]: (call) => {
    const account = findAccount(call)
    const views = [...account.userPermissions].map(([id, permission]) => view(account, id, permission))
    return page(views, 'userPermission', call.query, call.store.behaviour.pageSize)
  },

  [`${prefix}.get`]: (call) => {
    const { account, id, permission } = stored(call)
    return view(account, id, permission)
  },

  [`${prefix}.create`]: (call) => {
    const account = findAccount(call)
    const { emailAddress } = call.body
    if (emailAddress === undefined) throw invalidField('email_address', 'The value must not be empty.') // assumed
    const taken = [...account.userPermissions.values()].some(
      (other) => other['emailAddress'] === emailAddress,
    )
    if (taken) throw badRequest('The user has permissions in this account already.') // assumed
    const id = String(account.nextUserPermissionId++)
    const permission = { emailAddress, ...access(call) }
    account.userPermissions.set(id, permission)
    call.store.stamp()
    return view(account, id, permission)
  },

  /** The address cannot change (only annotated as mutable on create). */
  [`${prefix}.update`]: (call) => {
    const { account, id, permission } = stored(call)
    const updated = { emailAddress: permission['emailAddress'], ...access(call) }
    account.userPermissions.set(id, updated)
    call.store.stamp()
    return view(account, id, updated)
  },

  [`${prefix}.delete`]: (call) => {
    const { account, id } = stored(call)
    account.userPermissions.delete(id)
    call.store.stamp()
    return undefined
  },
}

function access(call: Call): Entity {
  const { accountAccess, containerAccess } = call.body
  return {
    ...(accountAccess !== undefined && { accountAccess }),
    ...(containerAccess !== undefined && { containerAccess }),
  }
}

function stored(call: Call): { account: GtmAccount; id: string; permission: Entity } {
  const account = findAccount(call)
  const id = call.ids['user_permissions'] ?? ''
  const permission = account.userPermissions.get(id)
  if (!permission) throw gtmNotFound()
  return { account, id, permission }
}

function view(account: GtmAccount, id: string, permission: Entity): Entity {
  const { accountId } = account.account
  return { path: `accounts/${String(accountId)}/user_permissions/${id}`, accountId, ...permission }
}
