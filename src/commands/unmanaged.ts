import { unmanagedIn } from '../diff/unmanaged.ts'
import { ownerFrom } from '../live/live.ts'
import { readLive } from '../live/read-live.ts'
import { renderUnmanagedText } from '../render/unmanaged-text.ts'
import { requireWeb } from './container-kind.ts'
import { readExportAsLive } from './export-as-live.ts'
import type { ExitCode, Io } from './io.ts'
import { loadCompiled, type PlanOptions } from './load-plan.ts'
import { paintOf } from './paint.ts'
import { withGoogle, type TargetOptions } from './target.ts'

export interface UnmanagedOptions extends PlanOptions, TargetOptions {
  readonly format: 'text' | 'json'
  readonly against?: string
  readonly templates?: string
}

/** Lists what is not the plan's in its container and property, with what each thing does. */
export async function unmanagedCommand(
  named: string | undefined,
  options: UnmanagedOptions,
  io: Io,
): Promise<ExitCode> {
  const compiled = await loadCompiled(named, options, io)
  const { environment } = compiled.plan
  const owner = ownerFrom(compiled.plan)
  const { against } = options
  const live =
    against === undefined
      ? await withGoogle(environment, ['read'], options, io, (google) => {
          io.progress(`Reading ${environment.gtm.container} and property ${environment.ga4.property}`)
          return readLive(google, {
            ...owner,
            container: environment.gtm.container,
            property: environment.ga4.property,
          })
        })
      : await readExportAsLive(against, owner, environment)
  io.progress()
  requireWeb(live.container, compiled, io)
  const unmanaged = unmanagedIn(
    compiled.resources,
    live,
    environment.id,
    compiled.plan.entities.flatMap(({ templates }) => templates.map(({ fields }) => fields)),
  )
  io.out(
    options.format === 'json'
      ? `${JSON.stringify(unmanaged, null, 2)}\n`
      : renderUnmanagedText(unmanaged, paintOf(io)),
  )
  return 0
}
