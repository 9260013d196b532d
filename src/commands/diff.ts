import { writeFile } from 'node:fs/promises'
import { renderChangeSetJson } from '../render/change-set-json.ts'
import { renderChangeSetMarkdown } from '../render/change-set-markdown.ts'
import { renderChangeSetText } from '../render/change-set-text.ts'
import type { ChangeSet } from '../resources/change-set.ts'
import { compare } from './compare.ts'
import { UsageError } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { loadCompiled, type PlanOptions } from './load-plan.ts'
import { paintOf } from './paint.ts'
import { withGoogle, type TargetOptions } from './target.ts'

export interface DiffOptions extends PlanOptions, TargetOptions {
  readonly format: 'text' | 'json' | 'markdown'
  readonly base?: string
  readonly out?: string
  readonly detailedExitcode?: boolean
  readonly verbose?: boolean
  readonly templates?: string
}

/** Shows what apply would change. */
export async function diffCommand(named: readonly string[], options: DiffOptions, io: Io): Promise<ExitCode> {
  if (options.base !== undefined) {
    const { diffBaseCommand } = await import('./diff-base.ts')
    return diffBaseCommand(named, { ...options, base: options.base }, io)
  }
  if (named.length > 1) throw new UsageError('Only `plan diff --base` takes several plans.')
  return diffLive(named[0], options, io)
}

async function diffLive(named: string | undefined, options: DiffOptions, io: Io): Promise<ExitCode> {
  const compiled = await loadCompiled(named, options, io)
  const { changeSet } = await withGoogle(compiled.plan.environment, ['read'], options, io, (google) =>
    compare(google, compiled, {}, io),
  )
  io.out(render(changeSet, options, io))
  if (options.out !== undefined) {
    await writeFile(options.out, renderChangeSetJson(changeSet))
    io.err(`Saved. To do exactly this: plan apply ${options.out}\n`)
  }
  return options.detailedExitcode && changeSet.changes.length > 0 ? 2 : 0
}

function render(changeSet: ChangeSet, { format, verbose = false }: DiffOptions, io: Io): string {
  switch (format) {
    case 'text':
      return renderChangeSetText(changeSet, { paint: paintOf(io), verbose })
    case 'json':
      return renderChangeSetJson(changeSet)
    case 'markdown':
      return renderChangeSetMarkdown(changeSet)
  }
}
