import type { Deed } from '../google/scopes.ts'
import { ownerFrom } from '../live/live.ts'
import { renderChangeSetJson } from '../render/change-set-json.ts'
import { renderChangeSetMarkdown } from '../render/change-set-markdown.ts'
import { renderChangeSetText } from '../render/change-set-text.ts'
import type { ChangeSet } from '../resources/change-set.ts'
import { compare, compareWith, type CompareOptions, type Compared } from './compare.ts'
import { UsageError } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { loadCompiled, sayItHoldsValues, type CompiledPlan, type PlanOptions } from './load-plan.ts'
import { forOne, severalFiles, type ManyOptions } from './many.ts'
import { readExportAsLive } from './export-as-live.ts'
import { requireMeasurementIds } from './measurement-id.ts'
import { paintOf } from './paint.ts'
import { withGoogle, type TargetOptions } from './target.ts'
import { replaceFile } from './replace-file.ts'

export interface DiffOptions extends ManyOptions, TargetOptions {
  readonly format: 'text' | 'json' | 'markdown'
  readonly base?: string
  readonly against?: string
  readonly out?: string
  readonly detailedExitcode?: boolean
  readonly words?: boolean
  readonly who?: boolean
  readonly verbose?: boolean
}

/** Shows what apply would change. */
export async function diffCommand(named: readonly string[], options: DiffOptions, io: Io): Promise<ExitCode> {
  if (options.base !== undefined) {
    const useless = USELESS_WITH_BASE.filter(([name]) => options[name] !== undefined)
    if (useless.length > 0) {
      throw new UsageError(
        `--base compares plans with plans, for every environment and offline: leave out ${useless.map(([, flag]) => flag).join(', ')}.`,
      )
    }
    const { diffBaseCommand } = await import('./diff-base.ts')
    return diffBaseCommand(named, { ...options, base: options.base }, io)
  }
  const { against } = options
  if (against !== undefined && named.length === 1 && named[0]?.endsWith('.json') === true) {
    const useless = USELESS_WITH_EXPORTS.filter(([name]) => options[name] !== undefined)
    if (useless.length > 0) {
      throw new UsageError(
        `--against compares two exported containers as they are: leave out ${useless.map(([, flag]) => flag).join(', ')}.`,
      )
    }
    const { diffExports } = await import('./diff-exports.ts')
    return diffExports(named[0], { ...options, against }, io)
  }
  const files = await severalFiles(named, options, io)
  if (files !== undefined) {
    const single = (['against', 'out'] as const).find((name) => options[name] !== undefined)
    if (single !== undefined) throw new UsageError(`--${single} is for one plan on one environment.`)
    const { diffMany } = await import('./diff-many.ts')
    return diffMany(files, options, io)
  }
  return diffLive(named[0], forOne(options), io)
}

const USELESS_WITH_BASE = [
  ['environment', '--environment'],
  ['allEnvironments', '--all-environments'],
  ['sandbox', '--sandbox'],
  ['against', '--against'],
  ['who', '--who'],
] as const

const USELESS_WITH_EXPORTS = [
  ['environment', '--environment'],
  ['allEnvironments', '--all-environments'],
  ['sandbox', '--sandbox'],
  ['out', '--out'],
  ['words', '--words'],
  ['templates', '--templates'],
] as const

type OneOptions = Omit<DiffOptions, 'environment'> & PlanOptions

async function diffLive(named: string | undefined, options: OneOptions, io: Io): Promise<ExitCode> {
  const compiled = await loadCompiled(named, options, io)
  const { changeSet, refusal } =
    options.against === undefined
      ? await online(compiled, options, io)
      : await offline(compiled, options.against, io)
  io.out(renderChangeSet(changeSet, options, refusal !== undefined, io))
  if (refusal !== undefined) throw refusal
  if (options.out !== undefined) {
    await replaceFile(options.out, renderChangeSetJson(changeSet))
    io.err(`Saved. To do exactly this: plan apply ${options.out}\n`)
    sayItHoldsValues(compiled, io)
  }
  return options.detailedExitcode && changeSet.changes.some(({ waits }) => waits !== true) ? 2 : 0
}

async function online(compiled: CompiledPlan, options: OneOptions, io: Io): Promise<Compared> {
  const { environment } = compiled.plan
  return withGoogle(environment, lookingDeeds(options), options, io, (google) =>
    compare(google, compiled, options, io),
  )
}

/** The least access that looking takes. */
export function lookingDeeds({ who }: Pick<DiffOptions, 'who'>): readonly Deed[] {
  return who === true ? ['read', 'who'] : ['read']
}

/** Against an exported container. It says nothing about GA4, so neither does the diff. */
async function offline(
  compiled: CompiledPlan,
  file: string,
  io: Io,
  how: Pick<CompareOptions, 'adopt' | 'adoptAlike' | 'rename'> = {},
): Promise<Compared> {
  requireMeasurementIds(compiled)
  const live = await readExportAsLive(file, ownerFrom(compiled.plan), compiled.plan.environment)
  const resources = compiled.resources.filter(({ kind }) => kind.startsWith('gtm/'))
  return compareWith(live, { ...compiled, resources }, how, io)
}

/** What adopting would do to an exported container. Nothing is written. */
export async function adoptAgainst(
  named: string | undefined,
  {
    against,
    adopt,
    adoptAlike,
    rename,
    ...options
  }: OneOptions & Pick<CompareOptions, 'adopt' | 'adoptAlike' | 'rename'> & { readonly against: string },
  io: Io,
): Promise<ExitCode> {
  const compiled = await loadCompiled(named, options, io)
  const { changeSet, refusal } = await offline(compiled, against, io, {
    ...(adopt && { adopt }),
    ...(adoptAlike && { adoptAlike }),
    ...(rename && { rename }),
  })
  io.out(renderChangeSet(changeSet, options, refusal !== undefined, io))
  if (refusal !== undefined) throw refusal
  return 0
}

/** In the form that was asked for. */
export function renderChangeSet(
  changeSet: ChangeSet,
  { format, verbose = false }: Pick<DiffOptions, 'format' | 'verbose'>,
  isRefused: boolean,
  io: Io,
): string {
  switch (format) {
    case 'text':
      return renderChangeSetText(changeSet, { paint: paintOf(io), verbose, isRefused })
    case 'json':
      return renderChangeSetJson(changeSet)
    case 'markdown':
      return renderChangeSetMarkdown(changeSet, { isRefused })
  }
}
