import { expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePlan } from '../../src/plan/parse.ts'
import { readPlanWith } from '../../src/plan/read.ts'
import { renderReviewMarkdown } from '../../src/render/review-markdown.ts'
import { reviewPlans } from '../../src/review/review-plans.ts'
import { sideOf } from '../../src/review/side.ts'
import { ourTemplates } from '../compile/compile-file.ts'

const SMALLEST = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')
const templates = await ourTemplates()

async function side(html: string | undefined) {
  const chat = `${SMALLEST}\ndestinations:\n  chat: { kind: html, html: ./chat.html, trigger: { page: viewed } }\n`
  const text = html === undefined ? SMALLEST : chat
  const source = await readPlanWith('plan.yaml', (path) =>
    Promise.resolve({ text: path === 'plan.yaml' ? text : (html ?? '') }),
  )
  return sideOf(parsePlan(source), { today: '2026-11-22', profile: 'minimal', templates })
}

test("a team's own code is shown whole, in a fold, as code that runs on the site", async () => {
  const lines = [
    '<script>',
    ...Array.from({ length: 60 }, (_, line) => `  window.line${line} = "</details> ${line}"`),
    '</script>',
  ]
  const html = lines.join('\n')
  const markdown = renderReviewMarkdown(
    reviewPlans([{ before: await side(undefined), after: await side(html) }], 'main'),
  )
  expect(markdown).toContain(
    `<details><summary>Code that runs on the site: chat</summary>\n\n\`\`\`\n${html}\n\`\`\`\n\n</details>`,
  )
})
