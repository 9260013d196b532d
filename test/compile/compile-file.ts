import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { compile, type Compiled } from '../../src/compile/compile.ts'
import { readTemplates, type Templates } from '../../src/compile/templates.ts'
import { buildPlan } from '../../src/plan/build.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import type { Plan } from '../../src/plan/plan.ts'

const TEMPLATES = join(import.meta.dirname, '../../templates/gtm')

export function ourTemplates(): Promise<Templates> {
  return readTemplates([TEMPLATES])
}

export function planFrom(yaml: string, environment?: string): Plan {
  const document = parse(yaml) as PlanDocument
  return buildPlan(document, environment ?? Object.keys(document.environments)[0] ?? '', 'plan.yaml')
}

/** Reads, builds and compiles a plan that needs no check: its first environment if none is named. */
export async function compileFile(
  file: string,
  environment?: string,
): Promise<{ plan: Plan; compiled: Compiled }> {
  const plan = planFrom(readFileSync(file, 'utf8'), environment)
  return { plan, compiled: compile(plan, await ourTemplates()) }
}
