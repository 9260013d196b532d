import type { VersionFacts } from './live.ts'

/**
 * When Google stored a version, as 2026-11-22T12:00:00.000Z. The API has no field for it; a fingerprint is opaque by its
 * documentation and in practice the time in milliseconds (FACTS 1.7), so one that is no such time says nothing.
 */
export function whenStored({ fingerprint }: Pick<VersionFacts, 'fingerprint'>): string | undefined {
  return fingerprint !== undefined && /^1\d{12}$/.test(fingerprint)
    ? new Date(Number(fingerprint)).toISOString()
    : undefined
}
