/** A plan of a few goals, compiled, with its scenarios: what is proven or refuted of them. */
import { compile } from '../../src/compile/compile.ts'
import { renderContainerFile } from '../../src/compile/export.ts'
import { readTemplates } from '../../src/compile/templates.ts'
import { parseExport } from '../../src/lift/parse-export.ts'
import { deriveScenarios } from '../../src/proof/derive.ts'
import { logicRunner } from '../../src/proof/logic.ts'
import { prove, trialOf, type Proof } from '../../src/proof/prove.ts'
import type { Result } from '../../src/proof/report.ts'
import type { ContainerVersion } from '../../src/runtime/core/container.ts'
import { planFrom } from '../compile/compile-file.ts'

const templates = await readTemplates(['templates/gtm'])

/** @param goals each goal's fields that matter, by its id @param top fields of the plan */
export function trialFor(goals: { readonly [id: string]: string }, top = '') {
  const text = `version: 1
plan: shop
title: Shop
environments:
  live: { gtm: { account: "1", container: GTM-LIVE001 }, ga4: { property: "1", measurementId: G-LIVE000001 }, hosts: [www.shop.example] }
${top}
goals:
${Object.entries(goals)
  .map(([id, fields]) => `  ${id}: { title: ${id}, ${fields} }\n`)
  .join('')}
stages: {}
`
  const plan = planFrom(text)
  const { resources } = compile(plan, templates)
  const { version: parsed } = parseExport(renderContainerFile(plan, resources, new Date(0)), 'test')
  const version = parsed as unknown as ContainerVersion
  return {
    text,
    plan,
    resources,
    version,
    trial: trialOf(plan, resources, version),
    scenarios: deriveScenarios(plan),
  }
}

/** Every scenario, at level logic or as observed otherwise. */
export function proving(
  { trial, scenarios }: Pick<ReturnType<typeof trialFor>, 'trial' | 'scenarios'>,
  more: Partial<Proof> = {},
): Promise<readonly Result[]> {
  const observe = logicRunner(trial.container).run
  return prove({ trial, scenarios, explain: new Set(), observe, progress: () => undefined, ...more })
}
