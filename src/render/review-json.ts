import type { Review } from '../review/review.ts'

/** For programs: JSON with a published schema. */
export function renderReviewJson(review: Review): string {
  return `${JSON.stringify(review, null, 2)}\n`
}
