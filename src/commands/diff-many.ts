/** `plan diff` of several plans and environments: each as if it were alone, then what they come to together. */
import { elsewhere } from '../live/read-live.ts'
import { requestsLine } from '../render/change-set-text.ts'
import { isMade, type ChangeSet } from '../resources/change-set.ts'
import { plural } from '../words/counting.ts'
import { compare, type Compared, type CompareOptions } from './compare.ts'
import { lookingDeeds, renderChangeSet, type DiffOptions } from './diff.ts'
import type { ExitCode, Io } from './io.ts'
import type { CompiledPlan } from './load-plan.ts'
import {
  eachInTurn,
  exitCodeOf,
  loadAll,
  placeName,
  problemOf,
  requestsOf,
  whereOf,
  type Attempt,
  type Problem,
} from './many.ts'
import { paintOf } from './paint.ts'
import { withGoogle } from './target.ts'

/** @param files plans, each on every environment that is meant */
export async function diffMany(files: readonly string[], options: DiffOptions, io: Io): Promise<ExitCode> {
  const plans = await loadAll(files, options, io)
  const environments = plans.map(({ plan }) => plan.environment)
  const how = comparing(options)
  // JSON holds what is in the way as it is drawn.
  const drawing = options.format === 'json' ? { ...io, colour: false } : io
  const looked = await withGoogle(environments, lookingDeeds(options), options, io, (google) =>
    eachInTurn(plans, (compiled) => compare(google, compiled, how, drawing), {
      done: (compiled, found) => {
        io.progress()
        if (options.format !== 'json') show(compiled, found, options, io)
      },
    }),
  )
  const problems = looked.map(([, found]) => inTheWay(found))
  const sets = looked.flatMap(([, found]) => ('value' in found ? [found.value.changeSet] : []))
  if (options.format === 'json') io.out(asJson(looked, problems))
  else io.out(`${options.format === 'text' ? '' : '\n'}${summary(sets, problems)}\n`)
  const exitCode = exitCodeOf(problems.filter((problem) => problem !== undefined))
  if (exitCode !== 0) return exitCode
  return options.detailedExitcode === true && sets.some(({ changes }) => changes.some(isSeen)) ? 2 : 0
}

function isSeen({ waits }: ChangeSet['changes'][number]): boolean {
  return waits !== true
}

/** What of the options a comparison takes. */
function comparing({ words, who }: DiffOptions): CompareOptions {
  return {
    elsewhere: elsewhere(),
    ...(words === undefined ? {} : { words }),
    ...(who === undefined ? {} : { who }),
  }
}

/** Of what could not be compared, and of what was and has something in its way. */
function inTheWay(found: Attempt<Compared>): Problem | undefined {
  if ('problem' in found) return found.problem
  const { refusal } = found.value
  return refusal && problemOf(refusal)
}

function show(compiled: CompiledPlan, found: Attempt<Compared>, options: DiffOptions, io: Io): void {
  if ('problem' in found) {
    io.err(`${placeName(compiled)}: ${found.problem.text}\n\n`)
    return
  }
  const { changeSet, refusal } = found.value
  const hasHead = options.format === 'text' && changeSet.changes.length > 0
  const head = hasHead ? `${paintOf(io).bold(placeName(compiled))}\n\n` : ''
  io.out(`${head}${renderChangeSet(changeSet, options, refusal !== undefined, io)}\n`)
  if (refusal !== undefined) io.err(`${refusal.message}\n\n`)
}

/** `3 compared: 1 to change, 1 as planned, 1 that cannot be applied.` and what applying all of them takes. */
function summary(sets: readonly ChangeSet[], problems: readonly (Problem | undefined)[]): string {
  const refused = problems.filter((problem) => problem !== undefined).length
  const changing = sets.filter(({ changes }) => changes.some(isMade)).length
  const parts = [
    `${changing} to change`,
    `${sets.length - changing} as planned`,
    ...(refused === 0 ? [] : [`${refused} that cannot be applied`]),
  ]
  const line = `${plural(problems.length, 'environment')}: ${parts.join(', ')}.`
  return changing === 0 ? line : `${line}\n${requestsLine({ requests: requestsOf(sets) })}`
}

/** What schemas/diffs.schema.json describes. */
function asJson(
  looked: readonly (readonly [CompiledPlan, Attempt<Compared>])[],
  problems: readonly (Problem | undefined)[],
): string {
  const diffs = looked.map(([compiled, found], index) => ({
    ...whereOf(compiled),
    ...('value' in found && { changeSet: found.value.changeSet }),
    ...(problems[index] && { problem: problems[index].text }),
  }))
  const sets = looked.flatMap(([, found]) => ('value' in found ? [found.value.changeSet] : []))
  return `${JSON.stringify({ formatVersion: 1, diffs, requests: requestsOf(sets) }, null, 2)}\n`
}
