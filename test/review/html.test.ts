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

const TEMPLATE = (code: string): object => ({
  templateId: '7',
  name: 'Pixel of the team',
  templateData: [
    '___INFO___',
    '{ "type": "TAG", "brand": { "thumbnail": "data:image/png;base64,AAAA" } }',
    '___SANDBOXED_JS_FOR_WEB_TEMPLATE___',
    code,
    '___WEB_PERMISSIONS___',
    '[{ "instance": { "key": { "publicId": "send_pixel" } } }]',
    '___TESTS___',
    'scenarios: []',
  ].join('\n\n'),
})

function sideOfEntities(code: string | undefined, gallery?: object) {
  return sideOfFile(
    code === undefined
      ? undefined
      : { customTemplate: [{ ...TEMPLATE(code), ...(gallery && { galleryReference: gallery }) }] },
  )
}

async function sideOfFile(containerVersion: object | undefined) {
  const text = containerVersion === undefined ? SMALLEST : `${SMALLEST}\nentities: [./gtm/pixel.json]\n`
  const file = JSON.stringify({ exportFormatVersion: 2, containerVersion })
  const source = await readPlanWith('plan.yaml', (path) =>
    Promise.resolve({ text: path === 'plan.yaml' ? text : file }),
  )
  return sideOf(parsePlan(source), { today: '2026-11-22', profile: 'minimal', templates })
}

test('the code of a template is shown whole, in a fold, with what it may do', async () => {
  const code = Array.from({ length: 90 }, (_, line) => `const line${line} = 'https://a.example/${line}';`)
  const [was, is] = [code.join('\n'), [...code, 'data.gtmOnSuccess();'].join('\n')]
  const markdown = renderReviewMarkdown(
    reviewPlans([{ before: await sideOfEntities(was), after: await sideOfEntities(is) }], 'main'),
  )
  const fold = `<details><summary>Code that runs on the site: Pixel of the team</summary>\n\n\`\`\`\n${is}\n\n// What it may do:\n[{ "instance": { "key": { "publicId": "send_pixel" } } }]\n\`\`\`\n\n</details>`
  expect(markdown).toContain(fold)
  expect(markdown).not.toContain('thumbnail')
  expect(markdown).not.toContain('Type:')
  // Of the gallery's own nothing is taken in.
  const reference = { owner: 'somebody', repository: 'pixel', version: '0' }
  expect(
    renderReviewMarkdown(
      reviewPlans(
        [{ before: await sideOfEntities(undefined), after: await sideOfEntities(is, reference) }],
        'main',
      ),
    ),
  ).not.toContain('Pixel of the team')
})

test('an image that is taken in says where it sends what, and when', async () => {
  const image = {
    name: 'Pixel',
    type: 'img',
    parameter: [{ type: 'TEMPLATE', key: 'url', value: 'https://px.example/?mail={{mail}}' }],
    firingTriggerId: ['7', '2147479553', 'Trigger - Purchase'],
  }
  const order = { triggerId: '7', name: 'Order', type: 'CUSTOM_EVENT' }
  const review = reviewPlans(
    [
      {
        before: await sideOfFile(undefined),
        after: await sideOfFile({ tag: [image], trigger: [order] }),
      },
    ],
    'main',
  )
  expect(review.plans[0]?.changes.find(({ title }) => title === 'Pixel')?.fields).toEqual([
    { label: 'Type', after: 'img' },
    { label: 'Fires on', after: 'Order, All Pages, Trigger - Purchase' },
    { label: 'url', after: 'https://px.example/?mail={{mail}}' },
  ])
})

test('code that leaves no room for the rest is cut where it says so, and the verdict stays', async () => {
  const lines = Array.from({ length: 4000 }, (_, line) => `window.line${line} = ${line}`)
  const html = `<script>\n${lines.join('\n')}\n</script>`
  const review = reviewPlans([{ before: await side(undefined), after: await side(html) }], 'main')
  const markdown = renderReviewMarkdown(review, { rest: 'see the job summary' })
  expect(html.length).toBeGreaterThan(65_000)
  expect(markdown).toContain(
    `${html.slice(0, 12_000)}\n… and ${html.length - 12_000} more characters: see the job summary`,
  )
  expect(markdown).toContain(review.verdict.headline)
})

test('of code that differs at its end the end is shown, with names instead of inner keys', async () => {
  const code = (last: string): string =>
    `<script>window.chat = ['${'x'.repeat(200)}', {{Page Path}}, {{DLV - plan.type}}, ${last}]</script>`
  const review = reviewPlans([{ before: await side(code('1')), after: await side(code('2')) }], 'main')
  const cell = renderReviewMarkdown(review)
    .split('\n')
    .find((line) => line.includes('`parameters.html`'))
  expect(cell).toMatch(/`parameters\.html`: `…[^`]* 1\]<\/script>` → `…[^`]* 2\]<\/script>`/)
  expect(renderReviewMarkdown(review)).not.toContain('{{@')
})
