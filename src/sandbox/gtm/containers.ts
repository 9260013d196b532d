/** Accounts and containers. */
import type { Call, Handlers } from '../call.ts'
import { badRequest, gtmNotFound, invalidField } from '../errors.ts'
import { page } from '../paging.ts'
import type { Entity } from '../shape.ts'
import { checkFingerprint, findAccount, findContainer } from './find.ts'
import { ensureContainer, findByPublicId, freshContainer, publicIdOf, stableNumber } from './fresh.ts'
import { accountView, containerView } from './view.ts'

export const containerHandlers: Handlers = {
  'accounts.list': (call) => {
    const views = [...call.store.state.gtm.values()].map(accountView)
    return page(views, 'account', call.query, call.store.behaviour.pageSize)
  },

  'accounts.get': (call) => accountView(findAccount(call)),

  'accounts.update': (call) => {
    const account = findAccount(call)
    checkFingerprint(call, account.account)
    const { name, shareData } = call.body
    if (name === undefined) throw invalidField('name', 'The value must not be empty.') // assumed
    const { accountId, features } = account.account
    const share = shareData === true ? { shareData } : {}
    account.account = { accountId, name, ...share, features, fingerprint: call.store.stamp() }
    return accountView(account)
  },

  'accounts.containers.list': (call) => {
    const views = [...findAccount(call).containers.values()].map(({ container }) => containerView(container))
    return page(views, 'container', call.query, call.store.behaviour.pageSize)
  },

  'accounts.containers.get': (call) => containerView(findContainer(call).container),

  'accounts.containers.create': (call) => {
    const account = findAccount(call)
    const fields = containerFields(call)
    const accountId = String(account.account['accountId'])
    const usageContext = fields['usageContext'] as string[]
    const containerId = stableNumber(`${accountId}/${String(fields['name'])}`, 9)
    const { container } = freshContainer(call.store, account, {
      containerId,
      publicId: publicIdOf(containerId, usageContext),
      name: String(fields['name']),
      usageContext,
      fields,
    })
    return containerView(container)
  },

  'accounts.containers.update': (call) => {
    const container = findContainer(call)
    checkFingerprint(call, container.container)
    const { accountId, containerId, publicId, tagIds, features } = container.container
    const fields = containerFields(call)
    container.container = {
      accountId,
      containerId,
      publicId,
      ...fields,
      ...(tagIds !== undefined && { tagIds }),
      ...(features !== undefined && { features }),
      fingerprint: call.store.stamp(),
    }
    return containerView(container.container)
  },

  'accounts.containers.delete': (call) => {
    const container = findContainer(call)
    findAccount(call).containers.delete(String(container.container['containerId']))
    call.store.stamp()
    return undefined
  },

  /** Resolves a public id in a single call; one that nobody has mentioned yet is made, as a new container. */
  'accounts.containers.lookup': (call) => {
    const [tagId, destinationId] = [call.query.get('tagId'), call.query.get('destinationId')]
    if ((tagId === null) === (destinationId === null)) {
      throw badRequest('Exactly one of tagId and destinationId must be given.') // assumed
    }
    if (tagId === null) return containerView(byDestination(call, destinationId ?? ''))
    const found = findByPublicId(call.store, tagId)
    if (found) return containerView(found.container)
    if (!call.store.autoCreate || !/^GTM-[A-Z0-9]{3,12}$/.test(tagId)) throw gtmNotFound()
    return containerView(ensureContainer(call.store, tagId).container)
  },

  'accounts.containers.snippet': (call) => {
    const { publicId, usageContext } = findContainer(call).container
    const server = (usageContext as string[]).includes('server')
    // A server container has a configuration text instead of a snippet (discovery document).
    return server
      ? { containerConfig: stableText(String(publicId)) }
      : { snippet: snippetOf(String(publicId)) }
  },
}

function containerFields(call: Call): Entity {
  const { name, usageContext, domainName, notes, taggingServerUrls } = call.body
  if (name === undefined) throw invalidField('name', 'The value must not be empty.') // assumed
  if (usageContext === undefined) throw invalidField('usage_context', 'The value must not be empty.') // assumed
  const twin = [...findAccount(call).containers.values()].some(
    ({ container }) => container['name'] === name && container['containerId'] !== call.ids['containers'],
  )
  if (twin) throw badRequest('Found entity with duplicate name.')
  const optional = Object.entries({ domainName, notes, taggingServerUrls })
  return { name, usageContext, ...Object.fromEntries(optional.filter(([, value]) => value !== undefined)) }
}

function byDestination(call: Call, destinationId: string): Entity {
  for (const account of call.store.state.gtm.values()) {
    for (const { container, destinations } of account.containers.values()) {
      if ([...destinations.values()].some((destination) => destination['destinationId'] === destinationId))
        return container
    }
  }
  throw gtmNotFound()
}

const stableText = (publicId: string) => Buffer.from(`id=${publicId}&env=1`).toString('base64')

/** Enough to recognise; not Google's text. */
const snippetOf = (publicId: string) =>
  `<!-- Google Tag Manager (sandbox) -->\n<script async src="https://www.googletagmanager.com/gtm.js?id=${publicId}"></script>\n<!-- End Google Tag Manager -->`
