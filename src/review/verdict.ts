/** The first sentence of a review, and the figures behind it. */
import { and, plural } from '../words/counting.ts'
import type { PlanReview, Summary, Verdict } from './review.ts'
import { isLeftByApply, isNotesOnly } from './words-only.ts'

export function summaryOf(reviews: readonly PlanReview[]): Summary {
  const changes = reviews.flatMap((review) => review.changes)
  const findings = reviews.flatMap((review) => review.findings)
  const business = (action: 'added' | 'removed' | 'changed'): number =>
    changes.filter((change) => change.action === action).length
  const news = (severity: 'error' | 'warning' | 'info'): number =>
    findings.filter((finding) => finding.severity === severity).length
  return {
    plans: reviews.length,
    business: { added: business('added'), removed: business('removed'), changed: business('changed') },
    resources: {
      create: resourceCount(reviews, 'create'),
      update: resourceCount(reviews, 'update'),
      rename: resourceCount(reviews, 'rename'),
      delete: resourceCount(reviews, 'delete'),
    },
    newFindings: { error: news('error'), warning: news('warning'), info: news('info') },
    errors: reviews.reduce((sum, review) => sum + review.errors, 0),
  }
}

/** Each plan is counted in its environment with the most changes, so that two alike are not two times as much. */
function resourceCount(reviews: readonly PlanReview[], action: keyof Summary['resources']): number {
  return reviews.reduce((sum, { effects }) => {
    const widest = effects.toSorted((a, b) => b.changes.length - a.changes.length)[0]
    return sum + (widest?.changes.filter((change) => change.action === action).length ?? 0)
  }, 0)
}

export function verdictOf(reviews: readonly PlanReview[], summary: Summary): Verdict {
  const { errors, resources, business } = summary
  if (errors > 0) {
    const files = reviews.filter((review) => review.errors > 0).map(({ file }) => file)
    return {
      level: 'invalid',
      headline: `${plural(errors, 'error')} in ${files.join(', ')}: not ready to merge.`,
    }
  }
  const forGood = reviews
    .flatMap(({ effects }) => effects)
    .flatMap(({ consequences }) => consequences)
    .filter(({ irreversible }) => irreversible)
  const deeds = (['create', 'update', 'rename', 'delete'] as const)
    .filter((action) => resources[action] > 0)
    .map((action) => `${action}s ${resources[action]}`)
  const planned = business.added + business.removed + business.changed
  const what = planned === 0 ? 'No change in the plan' : `${plural(planned, 'change')} in the plan`
  const headline = `${what}; ${doing(reviews, deeds)}.`
  const lost = new Set(forGood.map(({ text }) => text)).size
  if (lost > 0)
    return {
      level: 'irreversible',
      headline: `${headline} ${lost === 1 ? 'One of them' : `${lost} of them`} cannot be undone.`,
    }
  if (resources.delete > 0) return { level: 'deletes', headline }
  if (deeds.length > 0) return { level: 'changes', headline }
  if (planned > 0 || reviews.some(({ status }) => status !== 'unchanged'))
    return { level: 'words-only', headline }
  return { level: 'none', headline: 'The plan does not change.' }
}

function doing(reviews: readonly PlanReview[], deeds: readonly string[]): string {
  if (deeds.length > 0 && isOnlyNotes(reviews))
    return 'only notes change in GTM, which apply writes with the next change or with --words'
  if (deeds.length > 0) return `applying it ${and(deeds)} in GTM and GA4`
  return reviews.every(({ effectsKnown }) => effectsKnown)
    ? 'nothing changes in GTM and GA4'
    : 'what it does in GTM and GA4 cannot be compared'
}

/** Whether apply does nothing until it is asked to, or has something else to do. */
function isOnlyNotes(reviews: readonly PlanReview[]): boolean {
  return reviews
    .flatMap(({ effects }) => effects)
    .every(
      (effect) => effect.changes.every(isNotesOnly) && (effect.changes.length === 0 || isLeftByApply(effect)),
    )
}
