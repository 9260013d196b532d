/**
 * Eight times the tags must take an import about eight times as long: prints what it takes from an export's text to the
 * plan's, and the ratio to the way back, from the plan's text to a container file.
 */
import { join } from 'node:path'
import { checkPlan } from '../src/check/check.ts'
import { compile } from '../src/compile/compile.ts'
import { renderContainerFile } from '../src/compile/export.ts'
import { readTemplates } from '../src/compile/templates.ts'
import { liftContainer } from '../src/import/lift-container.ts'
import { renderPlan } from '../src/import/render-plan.ts'
import { parseExport } from '../src/lift/parse-export.ts'
import { buildPlan } from '../src/plan/build.ts'
import type { Plan } from '../src/plan/plan.ts'
import { parsePlan, type ParsedPlan } from '../src/plan/parse.ts'
import type { PlanDocument } from '../src/plan/plan-types.ts'
import { readPlanWith } from '../src/plan/read.ts'
import { parseYaml } from '../src/plan/yaml.ts'
import { largePlan } from './large-plan.ts'
import { medianTime } from './median.ts'

const templates = await readTemplates([join(import.meta.dirname, '../templates/gtm')])
const now = new Date('2026-01-01T00:00:00Z')

interface Took {
  /** From the plan's text to the container file: what `plan compile` does. */
  readonly whole: number
  /** Of that, from the plan to its resources. */
  readonly compile: number
  readonly lift: number
}

async function took(conversions: number): Promise<Took> {
  const text = largePlan(conversions)
  const read = await readPlanWith('large.yaml', () => Promise.resolve({ text }))
  const planOf = ({ document }: ParsedPlan): Plan =>
    buildPlan(document as PlanDocument, 'staging', 'large.yaml')
  const plan = planOf(parsePlan(read))
  const container = (from: Plan): string => renderContainerFile(from, compile(from, templates).resources, now)
  const exported = container(plan)
  return {
    whole: medianTime(() => {
      // What was read above is parsed again, as reading would: that is not at once, and what is timed must be.
      parseYaml('large.yaml', text)
      const again = parsePlan(read)
      checkPlan(again, { today: '2026-01-01' })
      container(planOf(again))
    }),
    compile: medianTime(() => compile(plan, templates)),
    lift: medianTime(() => imported(exported)),
  }
}

function imported(text: string): void {
  const { version } = parseExport(text, 'export.json')
  if (version === undefined) throw new Error('This is no export.')
  renderPlan(liftContainer(version, { templates, today: '2026-01-01' }), 'export.json')
}

await took(50)
for (const conversions of [125, 250, 500, 1000]) {
  const { whole, compile: compiled, lift } = await took(conversions)
  console.log(
    `import of ${conversions} tags: ${lift.toFixed(0)} ms (${(lift / conversions).toFixed(1)} ms a tag), plan compile ${whole.toFixed(0)} ms: ${(lift / whole).toFixed(1)} times; its compile step alone ${compiled.toFixed(0)} ms: ${(lift / compiled).toFixed(1)} times`,
  )
}
