/**
 * What a container of each kind has: web, AMP, server, or one of the four for apps. Types of server containers as in their
 * exports, trigger types by the names of the enum (https://developers.google.com/tag-platform/tag-manager/api/reference/rest/v2/accounts.containers.workspaces.triggers);
 * that Google refuses what a kind lacks as it refuses what it does not know at all is assumed.
 */
import type { Entity } from '../shape.ts'
import { TAG_TYPES, VARIABLE_TYPES } from './entity-types.ts'
import type { Kind } from './kinds.ts'

type Context = 'web' | 'amp' | 'server' | 'app'

export function contextOf(container: Entity): Context {
  const [usage] = (container['usageContext'] as string[] | undefined) ?? []
  return usage === 'server' || usage === 'amp'
    ? usage
    : usage === 'web' || usage === undefined
      ? 'web'
      : 'app'
}

/** Whether there can be entities of this kind at all. */
export function hasKind(context: Context, kind: Kind): boolean {
  if (kind === 'client' || kind === 'transformation') return context === 'server'
  if (kind === 'zone' || kind === 'gtagConfig') return context === 'web'
  return true
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

const SERVER_VARIABLES = words('ed rh qp fs sgtmk sgtmv WEBHOOK_DATA rb rm rp req')
const EVERYWHERE = words('c smm remm cid ctv dbg r ev uv')
// Neither runs HTML nor JavaScript of the container's own.
const NO_SCRIPT = words('html jsm j jel aev e d u f k')

export function hasTagType(context: Context, type: string): boolean {
  const server = type.startsWith('sgtm')
  return (
    TAG_TYPES.has(type) && server === (context === 'server') && !(context !== 'web' && NO_SCRIPT.has(type))
  )
}

export function hasVariableType(context: Context, type: string): boolean {
  if (!VARIABLE_TYPES.has(type)) return false
  if (EVERYWHERE.has(type)) return true
  return SERVER_VARIABLES.has(type) === (context === 'server') && !(context !== 'web' && NO_SCRIPT.has(type))
}

const TRIGGERS: Readonly<Record<Context, RegExp>> = {
  web: /^(?!always$|serverPageview$|amp|firebase)/,
  amp: /^(pageview|amp\w+)$/,
  server: /^(always|customEvent|serverPageview)$/,
  app: /^(always|customEvent|firebase\w+)$/,
}

export function hasTriggerType(context: Context, type: string): boolean {
  return TRIGGERS[context].test(type)
}

const COMMON_BUILT_INS = words('containerId containerVersion debugMode randomNumber environmentName')
const BUILT_INS: Readonly<Record<Exclude<Context, 'web'>, RegExp>> = {
  amp: /^amp/,
  server: /^(request|queryString$|clientName$|eventName$|serverPage|visitorRegion$)/,
  app: /^(app|firebase|language$|osVersion$|platform$|sdkVersion$|deviceName$|resolution$|advertis|eventName$)/,
}

export function hasBuiltIn(context: Context, type: string): boolean {
  if (COMMON_BUILT_INS.has(type)) return true
  return context === 'web'
    ? !Object.values(BUILT_INS).some((others) => others.test(type))
    : BUILT_INS[context].test(type)
}
