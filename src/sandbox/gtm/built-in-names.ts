/** The names under which built-in variables are referred to; English in every export, whatever the author's language. */
import type { Entity } from '../shape.ts'
import { APIS } from '../facts.ts'

// Where the name is not simply the type's words.
const NAMES: Readonly<Record<string, string>> = {
  pageUrl: 'Page URL',
  clickId: 'Click ID',
  clickUrl: 'Click URL',
  formId: 'Form ID',
  formUrl: 'Form URL',
  errorUrl: 'Error URL',
  newHistoryUrl: 'New History URL',
  oldHistoryUrl: 'Old History URL',
  containerId: 'Container ID',
  htmlId: 'HTML ID',
  videoUrl: 'Video URL',
  scrollDepthDirection: 'Scroll Direction',
  elementVisibilityRatio: 'Percent Visible',
  elementVisibilityTime: 'On-Screen Duration',
  appId: 'App ID',
  osVersion: 'OS Version',
  sdkVersion: 'SDK Version',
  advertiserId: 'Advertiser ID',
  firstPartyServingUrl: 'First Party Serving URL',
  analyticsClientId: 'Analytics Client ID',
  analyticsSessionId: 'Analytics Session ID',
}

export const BUILT_IN_TYPES: readonly string[] = (
  APIS['tagmanager.v2'].schemas.get('BuiltInVariable')?.get('type')?.values ?? []
).filter((type) => !type.endsWith('Unspecified'))

export function builtInName(type: string): string {
  const words = type.replaceAll(/([A-Z])/g, ' $1')
  return NAMES[type] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

export function builtInVariable(accountId: string, containerId: string, type: string): Entity {
  return { accountId, containerId, type, name: builtInName(type) }
}
