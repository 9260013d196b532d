import { existingTriggersIn, renderContainerFile } from '../compile/export.ts'
import { consentDefaultsCode } from '../compile/consent-defaults.ts'
import { estimateSize, renderSize } from '../compile/size.ts'
import { namesFromGallery } from '../compile/gallery.ts'
import { and, plural } from '../words/counting.ts'
import { UsageError } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { manualStepsText } from './manual-steps-text.ts'
import { loadCompiled, sayItHoldsValues, type CompiledPlan, type PlanOptions } from './load-plan.ts'
import { requireMeasurementIds } from './measurement-id.ts'
import { replaceFile } from './replace-file.ts'

export interface CompileOptions extends PlanOptions {
  readonly format: 'gtm' | 'ga4' | 'resources' | 'consent'
  readonly out?: string
  readonly templates?: string
  /** Also what must be set by hand. */
  readonly verbose?: boolean
}

/** Prints what the plan becomes at Google. Offline. */
export async function compileCommand(
  named: string | undefined,
  options: CompileOptions,
  io: Io,
): Promise<ExitCode> {
  // What goes to Tag Manager or onto the site holds what it needs; the rest is for reading.
  const keepsNames = options.format === 'resources' || options.format === 'ga4'
  const compiled = await loadCompiled(named, { ...options, keepsNames }, io)
  const text = output(compiled, options.format, io)
  if (options.out === undefined) io.out(text)
  else await replaceFile(options.out, text)
  sayItHoldsValues(compiled, io)
  io.err(`${renderSize(estimateSize(compiled.resources))}\n`)
  if (options.verbose === true) io.err(manualStepsText(compiled.plan))
  return 0
}

function output(compiled: CompiledPlan, format: CompileOptions['format'], io: Io): string {
  const { plan, resources } = compiled
  switch (format) {
    case 'resources':
      return `${JSON.stringify(resources, null, 2)}\n`
    case 'ga4':
      return `${JSON.stringify(
        resources.filter(({ kind }) => kind.startsWith('ga4/')),
        null,
        2,
      )}\n`
    case 'gtm': {
      const imported = namesFromGallery(resources)
      if (imported.length > 0)
        throw new UsageError(
          `A file for Import would have to hold the code of ${plural(imported.length, 'template')} of the gallery (${and(imported)}), which is its author's. Use plan apply, which has Tag Manager import it, or leave out "via: gallery".`,
        )
      const named = existingTriggersIn(resources)
      if (named.length > 0)
        throw new UsageError(
          `A file for Import refers to triggers by number, and only the container knows those of ${and(named.map((name) => `"${name}"`))}. Use plan apply, or write ${named.length === 1 ? 'it' : 'them'} in the words of the plan.`,
        )
      requireMeasurementIds(compiled)
      return renderContainerFile(plan, resources, io.now())
    }
    case 'consent': {
      const code = consentDefaultsCode(plan)
      if (code === undefined)
        throw new UsageError(
          `${plan.file} says nothing about consent by region. Write for example consentRegions: { EEA: denied, other: granted }.`,
        )
      return code
    }
  }
}
