import { writeFile } from 'node:fs/promises'
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
  const text = `${JSON.stringify(output(compiled, options.format), null, 2)}\n`
  if (options.out === undefined) io.out(text)
  else await writeFile(options.out, text)
  return 0
}

function output({ resources }: CompiledPlan, format: CompileOptions['format']): unknown {
  const isGa4 = ({ kind }: Resource): boolean => kind.startsWith('ga4/')
  switch (format) {
    case 'resources':
      return resources
    case 'ga4':
      return resources.filter(isGa4)
    case 'gtm':
      return resources
  }
}
