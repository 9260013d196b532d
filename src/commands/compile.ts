import { writeFile } from 'node:fs/promises'
import { renderContainerFile } from '../compile/export.ts'
import { manualSteps } from '../compile/manual-steps.ts'
import { estimateSize, renderSize } from '../compile/size.ts'
import type { Resource } from '../resources/resource.ts'
import type { ExitCode, Io } from './io.ts'
import { loadCompiled, type CompiledPlan, type PlanOptions } from './load-plan.ts'

export interface CompileOptions extends PlanOptions {
  readonly format: 'gtm' | 'ga4' | 'resources'
  readonly out?: string
  readonly templates?: string
}

/** Prints what the plan becomes at Google. Offline. */
export async function compileCommand(
  named: string | undefined,
  options: CompileOptions,
  io: Io,
): Promise<ExitCode> {
  const compiled = await loadCompiled(named, options, io)
  const text = output(compiled, options.format, io.now())
  if (options.out === undefined) io.out(text)
  else await writeFile(options.out, text)
  const notes = [`Container: ${renderSize(estimateSize(compiled.resources))}.`, ...checklist(compiled)]
  io.err(`${notes.join('\n')}\n`)
  return 0
}

function output({ plan, resources }: CompiledPlan, format: CompileOptions['format'], now: Date): string {
  const isGa4 = ({ kind }: Resource): boolean => kind.startsWith('ga4/')
  switch (format) {
    case 'resources':
      return `${JSON.stringify(resources, null, 2)}\n`
    case 'ga4':
      return `${JSON.stringify(resources.filter(isGa4), null, 2)}\n`
    case 'gtm':
      return renderContainerFile(plan, resources, now)
  }
}

function checklist({ plan }: CompiledPlan): string[] {
  const steps = manualSteps(plan)
  return steps.length === 0
    ? []
    : ['By hand, because the APIs cannot:', ...steps.map((step) => `  - ${step}`)]
}
