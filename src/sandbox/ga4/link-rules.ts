/** Secrets and links to other products. */
import { createHash } from 'node:crypto'
import { stableNumber } from '../gtm/fresh.ts'
import type { Entity } from '../shape.ts'
import { requireField, type Rules } from './fields.ts'
import { exists, invalid, precondition, visible } from './resources.ts'

export const linkRules: Readonly<Record<string, Rules>> = {
  measurementProtocolSecrets: {
    // The terms must have been acknowledged first (v1beta/analytics_admin.proto).
    create: (call, path, body, name) => {
      requireField(body, 'displayName')
      const property = path.split('/').slice(0, 2).join('/')
      if (!call.store.state.ga4.acknowledged.has(property)) {
        throw precondition('The user data collection terms must be acknowledged first.')
      }
      return { secretValue: createHash('sha256').update(name).digest('base64url').slice(0, 22) }
    },
    update: (_call, _path, secret) => void requireField(secret, 'displayName'),
  },

  googleAdsLinks: {
    touch: true,
    defaults: { adsPersonalizationEnabled: true },
    create: (call, path, body) => {
      const customerId = requireField(body, 'customerId')
      if (!/^\d{10}$/.test(customerId)) throw invalid('The field "customerId" must be ten digits.')
      checkNew(visible(call.store, path), 'customerId', customerId)
      const time = call.store.time()
      return { createTime: time, updateTime: time, creatorEmailAddress: call.user }
    },
  },

  bigQueryLinks: {
    create: (call, path, body) => {
      const project = requireField(body, 'project').replace('projects/', '')
      requireField(body, 'datasetLocation')
      // What was given by name comes back as a number (v1alpha/resources.proto).
      const number = /^\d+$/.test(project) ? project : stableNumber(project, 12)
      checkNew(visible(call.store, path), 'project', `projects/${number}`)
      return { project: `projects/${number}`, createTime: call.store.time() }
    },
  },

  firebaseLinks: {
    // A property has at most one (v1beta/analytics_admin.proto).
    create: (call, path, body) => {
      requireField(body, 'project')
      if (visible(call.store, path).length > 0)
        throw precondition('The property has a Firebase link already.')
      return { createTime: call.store.time() }
    },
  },
}

function checkNew(others: readonly Entity[], field: string, value: string): void {
  if (others.some((other) => other[field] === value))
    throw exists(`There is one with the ${field} ${value} already.`)
}
