/** How long a proof takes: a scenario beside a bare page load in the same browser, and level logic beside bare node. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deriveScenarios } from '../src/proof/derive.ts'
import { logicRunner } from '../src/proof/logic.ts'
import { prove, trialOf } from '../src/proof/prove.ts'
import { findBrowser, launch } from '../src/proof/browser/find-browser.ts'
import { gtmScript, readRuntime } from '../src/proof/browser/gtm-script.ts'
import { openWorld } from '../src/proof/browser/local-world.ts'
import { browserRunner } from '../src/proof/browser/runner.ts'
import { generatedPage } from '../src/proof/browser/site.ts'
import { loadCompiled } from '../src/commands/load-plan.ts'
import { compiledContainer } from '../src/commands/tested-container.ts'
import { quietIo } from '../src/commands/quiet-io.ts'
import { PACKAGE_ROOT } from '../src/commands/package-files.ts'
import { largePlan } from './large-plan.ts'
import { median, medianTime } from './median.ts'

const ROUNDS = 12
const io = quietIo()

const compiled = await loadCompiled('plans/outfitters.yaml', { environment: 'staging' }, io)
const version = compiledContainer(compiled, io)
const scenario = deriveScenarios(compiled.plan).find(({ id }) => id === 'club_joined/fires')
if (scenario === undefined) throw new Error('The scenario that is measured is gone.')
const runtime = await readRuntime(PACKAGE_ROOT)
const browser = findBrowser(undefined)
const container = 'GTM-STAGE01'

const runner = await browserRunner({
  browser,
  now: new Date(),
  container,
  gtm: { kind: 'ours', runtime, version, property: {} },
  hosts: new Set(compiled.plan.environment.hosts),
  note: () => undefined,
})
const page = generatedPage(scenario, container)
const script = gtmScript(runtime, version, {}).text
const world = await openWorld(({ url }) => {
  const isScript = url.pathname === '/gtm.js'
  const headers = { 'content-type': isScript ? 'text/javascript' : 'text/html' }
  return { status: 200, headers, body: isScript ? script : page }
}, new Date())
const bare = await launch(browser, world.port)

// In turn, so that what else the machine does falls on both.
const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] }
for (let round = 0; round < ROUNDS; round++) {
  const start = performance.now()
  await runner.run(scenario, () => true)
  const middle = performance.now()
  const context = await bare.newContext({ ignoreHTTPSErrors: true })
  const tab = await context.newPage()
  await tab.goto(scenario.page.url, { waitUntil: 'load' })
  await context.close()
  times.ours.push(middle - start)
  times.bare.push(performance.now() - middle)
}
await runner.close()
await bare.close()
await world.close()
const [ours, plain] = [median(times.ours), median(times.bare)]
console.log(
  `a scenario ${ours.toFixed(0)} ms, a bare load of the same page ${plain.toFixed(0)} ms: ${(ours / plain).toFixed(2)} times`,
)

const timed = (args: readonly string[]): number =>
  medianTime(() => execFileSync(process.execPath, args, { stdio: 'ignore' }))
const folder = mkdtempSync(join(tmpdir(), 'plan-bench-proof-'))
const large = join(folder, 'large.yaml')
writeFileSync(large, largePlan(500))
const node = timed(['-e', '0'])
for (const [words, file] of [
  ['19 conversions', 'plans/outfitters.yaml'],
  ['500 conversions', large],
] as const) {
  const logic = timed(['bin/plan.js', 'test', file, '-e', 'staging', '--level', 'logic'])
  console.log(
    `level logic of ${words} ${logic.toFixed(0)} ms, bare node ${node.toFixed(0)} ms: ${(logic / node).toFixed(1)} times`,
  )
}
// The proof by itself, without reading, checking and compiling the plan.
const many = await loadCompiled(large, { environment: 'staging' }, io)
const trial = trialOf(many.plan, many.resources, compiledContainer(many, io))
const alone: number[] = []
for (let round = 0; round < 5; round++) {
  const start = performance.now()
  const scenarios = deriveScenarios(many.plan)
  const observe = logicRunner(trial.container).run
  await prove({ trial, scenarios, explain: new Set(), observe, progress: () => undefined })
  alone.push(performance.now() - start)
}
console.log(
  `of that the proof itself ${median(alone).toFixed(0)} ms: ${(median(alone) / node).toFixed(1)} times bare node`,
)
rmSync(folder, { recursive: true })
