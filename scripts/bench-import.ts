/**
 * Eight times the tags must take an import about eight times as long: prints the times of lifting and writing the plan as
 * YAML, and their ratio to compiling the same plan.
 */
import { join } from 'node:path'
import { compile } from '../src/compile/compile.ts'
import { renderContainerFile } from '../src/compile/export.ts'
import { readTemplates } from '../src/compile/templates.ts'
import { liftContainer } from '../src/import/lift-container.ts'
import { renderPlan } from '../src/import/render-plan.ts'
import { parseExport } from '../src/lift/parse-export.ts'
import { buildPlan } from '../src/plan/build.ts'
import { parsePlan } from '../src/plan/parse.ts'
import type { PlanDocument } from '../src/plan/plan-types.ts'
import { readPlanWith } from '../src/plan/read.ts'
import { largePlan } from './large-plan.ts'
import { medianTime } from './median.ts'

const templates = await readTemplates([join(import.meta.dirname, '../templates/gtm')])
const now = new Date('2026-01-01T00:00:00Z')

async function took(conversions: number): Promise<{ compile: number; lift: number }> {
  const text = largePlan(conversions)
  const { document } = parsePlan(await readPlanWith('large.yaml', () => Promise.resolve({ text })))
  const plan = buildPlan(document as PlanDocument, 'staging', 'large.yaml')
  const { version } = parseExport(
    renderContainerFile(plan, compile(plan, templates).resources, now),
    'export.json',
  )
  if (version === undefined) throw new Error('The compiled container is no export.')
  return {
    compile: medianTime(() => compile(plan, templates)),
    lift: medianTime(() =>
      renderPlan(liftContainer(version, { templates, today: '2026-01-01' }), 'export.json'),
    ),
  }
}

await took(50)
for (const conversions of [125, 250, 500, 1000]) {
  const { compile: compiled, lift } = await took(conversions)
  console.log(
    `import of ${conversions} tags: ${lift.toFixed(0)} ms, compile ${compiled.toFixed(0)} ms, ${(lift / compiled).toFixed(1)} times`,
  )
}
