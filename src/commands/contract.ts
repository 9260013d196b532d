/** What those who build the site work with: types, a schema, and pushes held against it. */
import { readFile } from 'node:fs/promises'
import { isPlanned, pushChecker } from '../docs/check-push.ts'
import { contractOf, type Contract } from '../docs/contract.ts'
import { eventsSchema } from '../docs/events-schema.ts'
import { parsePushes } from '../docs/parse-pushes.ts'
import type { PushFinding } from '../docs/push-finding.ts'
import { renderPushFindings } from '../docs/push-findings.ts'
import { renderTypes } from '../docs/types.ts'
import type { ExitCode, Io } from './io.ts'
import { loadPlan, type LoadedPlan, type PlanOptions } from './load-plan.ts'
import { paintOf } from './paint.ts'
import { STDIN } from './plan-files.ts'
import { stdinText } from './read-named.ts'
import { replaceFile } from './replace-file.ts'

export interface ContractOptions extends PlanOptions {
  readonly out?: string
}

/** Prints TypeScript for the plan's pushes. */
export async function typesCommand(
  named: string | undefined,
  options: ContractOptions,
  io: Io,
): Promise<ExitCode> {
  return written(named, options, io, (contract, { plan }) => renderTypes(contract, plan.file))
}

/** Prints a JSON Schema of the plan's pushes. */
export async function schemaCommand(
  named: string | undefined,
  options: ContractOptions,
  io: Io,
): Promise<ExitCode> {
  return written(
    named,
    options,
    io,
    (contract, { plan }) => `${JSON.stringify(eventsSchema(contract, plan.title), null, 2)}\n`,
  )
}

async function written(
  named: string | undefined,
  options: ContractOptions,
  io: Io,
  render: (contract: Contract, loaded: LoadedPlan) => string,
): Promise<ExitCode> {
  const loaded = await loadPlan(named, { ...options, keepsNames: true }, io)
  const text = render(contractOf(loaded.plan), loaded)
  if (options.out === undefined) io.out(text)
  else await replaceFile(options.out, text)
  return 0
}

export interface CheckPushOptions extends PlanOptions {
  readonly format: 'text' | 'json'
}

/** Holds recorded pushes against the plan. Exit 1 when one is wrong. */
export async function checkPushCommand(
  file: string,
  named: string | undefined,
  options: CheckPushOptions,
  io: Io,
): Promise<ExitCode> {
  const { plan } = await loadPlan(named, options, io)
  const { pushes, broken } = parsePushes(file === STDIN ? await stdinText(io) : await readFile(file, 'utf8'))
  const contract = contractOf(plan)
  const check = pushChecker(contract)
  const ofPushes = pushes.flatMap(({ push, ...place }) =>
    check(push).map((finding) => ({ ...place, ...finding })),
  )
  const isUnheard = ofPushes.length === 0 && !pushes.some(({ push }) => isPlanned(contract, push))
  const found = [
    ...(pushes.length === 0 && broken.length === 0 ? [NO_PUSH] : broken.map(unreadable)),
    ...(pushes.length > 0 && isUnheard ? [NONE_PLANNED] : ofPushes),
  ].sort((a, b) => a.line - b.line)
  io.out(
    options.format === 'json'
      ? `${JSON.stringify({ formatVersion: 1, file, pushes: pushes.length, findings: found }, null, 2)}\n`
      : renderPushFindings(file, pushes.length, found, paintOf(io)),
  )
  return found.some(({ severity }) => severity === 'error') ? 1 : 0
}

/** An empty list, or an empty file: nothing is proven by it. */
const NO_PUSH: PushFinding & { readonly line: number } = {
  line: 1,
  severity: 'error',
  code: 'pushes-are-readable',
  key: '',
  message: 'There is no push here to hold against the plan.',
  fix: 'record what the site pushes: in the browser’s console, copy(JSON.stringify(dataLayer))',
}

/** Another site's, or a list of lists: that nothing was found would prove nothing. */
const NONE_PLANNED: PushFinding & { readonly line: number } = {
  line: 1,
  severity: 'warning',
  code: 'push-is-planned',
  key: '',
  message: 'No push here is an event of the plan: nothing was held against it.',
  fix: NO_PUSH.fix,
}

function unreadable(line: number): PushFinding & { readonly line: number } {
  return {
    line,
    severity: 'error',
    code: 'pushes-are-readable',
    key: '',
    message: 'There is no JSON here, and the file as a whole is none either.',
    fix: 'save the pushes as JSON, or as one JSON object a line',
  }
}
