/** A note in GA4's reports on the day on which a version goes live. It is for people, so nothing waits for it or fails with it. */
import type { GoogleConnection } from '../google/connection.ts'
import { GoogleError } from '../google/errors.ts'
import { createAnnotation } from '../google/ga4.ts'
import { releaseNote, type Release } from '../words/release-note.ts'

/** A day of the property's calendar. */
export interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** @returns what there is to say when GA4 did not take it. @param property `properties/1` */
export async function annotate(
  google: GoogleConnection,
  property: string,
  release: Release,
  annotationDate: Day,
): Promise<readonly string[]> {
  const note = releaseNote(release)
  try {
    await createAnnotation(google, property, { ...note, color: 'BLUE', annotationDate })
    return []
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error
    // No later run writes it: when a version went live, Tag Manager does not say.
    const { year, month, day } = annotationDate
    const date = [year, month, day].map((part) => String(part).padStart(2, '0')).join('-')
    return [
      `The version is live, and GA4 has no note of it: ${error.message}`,
      `To have it, add the annotation in GA4 yourself: ${date}, "${note.title}", "${note.description}".`,
    ]
  }
}

/** The day at that moment in a time zone; in UTC where that is not known. */
export function dayIn(time: Date, timeZone: string | undefined): Day {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: timeZone ?? 'UTC',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(time)
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value)
  return { year: part('year'), month: part('month'), day: part('day') }
}
