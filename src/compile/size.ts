import type { Diagnostic } from '../plan/diagnostic.ts'
import type { Resource } from '../resources/resource.ts'

/**
 * What GTM allows a container to weigh. Google publishes no exact figure: 200 KB is what users meet, and Google
 * advises to act when the size shown in the interface passes 70 % (https://support.google.com/tagmanager/answer/6103657).
 */
const LIMIT = 200 * 1024
const WARN_ABOVE = 0.7

export interface ContainerSize {
  readonly bytes: number
  readonly share: number
}

/** An estimate of what the plan adds to its container: what the entities hold, without names, notes and folders. */
export function estimateSize(resources: readonly Resource[]): ContainerSize {
  const bytes = resources
    .filter(({ kind }) => kind === 'gtm/tag' || kind === 'gtm/trigger' || kind === 'gtm/variable')
    .reduce((sum, { spec }) => sum + new TextEncoder().encode(JSON.stringify(spec)).length, 0)
  return { bytes, share: bytes / LIMIT }
}

/** The estimate in words. */
export function renderSize({ bytes, share }: ContainerSize): string {
  return `about ${(bytes / 1024).toFixed(1)} KB, ${Math.round(share * 100)} % of the 200 KB that GTM allows (an estimate)`
}

/** A warning when the container comes near its limit. */
export function checkSize(size: ContainerSize): Diagnostic[] {
  if (size.share <= WARN_ABOVE) return []
  return [
    {
      severity: 'warning',
      code: 'container-has-room',
      message: `The plan weighs ${renderSize(size)}; other people's tags come on top.`,
      fix: 'Let conversions share events and parameters, or move some of them to a container of their own.',
      at: '/stages',
    },
  ]
}
