/**
 * Documents of 500 conversions must cost at most 12 times those of 50: prints the times and their ratio; and with 500 how
 * long a reader waits for the first paint and for a filter, where there is a Chromium.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compile } from '../src/compile/compile.ts'
import { readTemplates } from '../src/compile/templates.ts'
import { renderHtml } from '../src/docs/html.ts'
import { renderMarkdown } from '../src/docs/markdown.ts'
import { pageOf } from '../src/docs/page-of.ts'
import { readPageFiles } from '../src/pages/read-pages.ts'
import { pageRenderer } from '../src/pages/render-page.ts'
import { buildPlan } from '../src/plan/build.ts'
import type { Micro, PlanDocument } from '../src/plan/plan-types.ts'
import { findBrowser, launch, NoBrowser } from '../src/proof/browser/find-browser.ts'
import { medianTime } from './median.ts'

const root = join(import.meta.dirname, '..')
const templates = await readTemplates([join(root, 'templates/gtm')])
const render = pageRenderer(await readPageFiles([join(root, 'templates/pages')]))

function micro(index: number): Micro {
  return {
    title: `Conversion ${index}`,
    feeds: ['order'],
    event: `event_${index}`,
    trigger: { dataLayer: `event_${index}` },
    parameters: { shared: { dataLayer: `shared.key_${index % 20}` } },
    send: { meta: true },
    owner: `team-${index % 12}@bench.example`,
    target: { rate: '8%', of: 'sessions' },
    benchmarks: [{ channel: 'Email', device: 'mobile', rate: '6%..12%' }],
    weight: 0.02,
    effort: 2,
    expectedLift: '5%',
  }
}

function documentWith(count: number): PlanDocument {
  const stages = Array.from({ length: count / 5 }, (_, stage) => {
    const entries = Array.from({ length: 5 }, (__, place) => {
      const index = stage * 5 + place
      return [`conversion_${index}`, micro(index)] as const
    })
    return [`stage_${stage}`, { title: `Stage ${stage}`, micro: Object.fromEntries(entries) }] as const
  })
  return {
    version: 1,
    plan: 'bench',
    title: 'Bench',
    currency: 'EUR',
    environments: {
      live: {
        gtm: { account: '1', container: 'GTM-BENCH01' },
        ga4: { property: '1', measurementId: 'G-BENCH' },
      },
    },
    destinations: { meta: { kind: 'meta', id: '123456789012345', sends: 'goals' } },
    goals: {
      order: { title: 'Order', primary: true, event: 'order', trigger: { dataLayer: 'order' }, value: 100 },
    },
    stages: Object.fromEntries(stages),
  }
}

function documentsOf(count: number): () => string {
  const document = documentWith(count)
  const plan = buildPlan(document, 'live', 'plans/bench.yaml')
  const { resources } = compile(plan, templates)
  return () => {
    const page = pageOf({ plan, document, resources, history: new Map() })
    return renderMarkdown(page) && renderHtml(page, render)
  }
}

const [small, large] = [documentsOf(50), documentsOf(500)]
small()
const [fifty, fiveHundred] = [medianTime(small), medianTime(large)]
console.log(
  `docs: 50 conversions ${fifty.toFixed(0)} ms, 500 ${fiveHundred.toFixed(0)} ms, ${(fiveHundred / fifty).toFixed(1)} times (at most 12)`,
)

const folder = await mkdtemp(join(tmpdir(), 'plan-bench-'))
try {
  const file = join(folder, 'bench.html')
  const html = large()
  await writeFile(file, html)
  const browser = await launch(findBrowser(undefined), 9)
  const page = await browser.newPage()
  await page.goto(pathToFileURL(file).href)
  const paint = await page.evaluate(`performance.getEntriesByName('first-contentful-paint')[0].startTime`)
  // Until the browser has painted: what a reader waits for.
  const [filter, clear] = await page.evaluate<[number, number]>(`(async () => {
    const field = document.querySelector('input[name=q]')
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
    const typed = async (text) => {
      await painted()
      field.value = text
      const from = performance.now()
      field.dispatchEvent(new Event('input', { bubbles: true }))
      await painted()
      return performance.now() - from
    }
    return [await typed('conversion 47'), await typed('')]
  })()`)
  await browser.close()
  console.log(
    `docs of 500 in a browser: ${(html.length / 1e6).toFixed(1)} MB, first paint ${Number(paint).toFixed(0)} ms, a filter ${filter.toFixed(0)} ms, without it again ${clear.toFixed(0)} ms`,
  )
} catch (error) {
  if (!(error instanceof NoBrowser)) throw error
  console.log(`docs of 500 in a browser: ${error.message}`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
