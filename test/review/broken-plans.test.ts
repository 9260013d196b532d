import { expect, test } from 'vitest'
import { parsePlan } from '../../src/plan/parse.ts'
import { renderReviewMarkdown } from '../../src/render/review-markdown.ts'
import { renderReviewText } from '../../src/render/review-text.ts'
import { annotationsOf } from '../../src/review/annotations.ts'
import { reviewPlans } from '../../src/review/review-plans.ts'
import { sideOf } from '../../src/review/side.ts'
import { readTemplates } from '../../src/compile/templates.ts'
import { BAD_PLANS, readBadPlan } from '../check/read-bad-plan.ts'

const options = { today: '2026-11-22', env: {}, templates: await readTemplates(['templates/gtm']) }
const good = sideOf(parsePlan(await readBadPlan('an-unknown-environment')), options)

test.each(BAD_PLANS)('a review says what is wrong, from and to: %s', async (name) => {
  const bad = sideOf(parsePlan(await readBadPlan(name)), options)
  for (const compared of [
    { before: good, after: bad },
    { before: bad, after: good },
    { after: bad },
    { before: bad },
  ]) {
    const review = reviewPlans([compared], 'main')
    expect(renderReviewText(review) + renderReviewMarkdown(review)).not.toContain('[object')
    annotationsOf(compared.after === undefined ? [] : [compared.after], review, (file) => file)
    const errors = compared.after?.diagnostics.filter(({ severity }) => severity === 'error').length ?? 0
    expect(review.summary.errors).toBe(errors)
  }
})
