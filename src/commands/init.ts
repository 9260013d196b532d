import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { checkPlan } from '../check/check.ts'
import { didYouMean } from '../check/schema/did-you-mean.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { ParsedPlan } from '../plan/parse.ts'
import { SITE_KINDS, type SiteKind } from '../plan/site-kinds.ts'
import { withFacts, type SiteFacts } from '../plan/starter.ts'
import { and } from '../words/counting.ts'
import { Failure, Findings, UsageError } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { listIn } from './list-in.ts'
import { refused, today } from './load-plan.ts'
import { meantOr } from './meant-or.ts'
import { PACKAGE_ROOT } from './package-files.ts'
import { makeFolder } from './make-folder.ts'

export interface InitOptions extends SiteFacts {
  readonly kind?: SiteKind
  /** One of the example plans instead, by the name of its file. */
  readonly from?: string
}

/** Writes a first plan for a kind of site, or one of the examples. Asks what no flag says, at a terminal. Never overwrites. */
export async function initCommand(file: string, options: InitOptions, io: Io): Promise<ExitCode> {
  const isEmpty = await holdsNothing(file)
  const { from, ...given } =
    Object.keys(options).length === 0 ? await asked((facts) => made(file, facts, io), io) : options
  const useless = from === undefined ? [] : Object.keys(given)
  if (useless.length > 0)
    throw new UsageError(
      `--from copies an example as it is: leave out ${and(useless.map((name) => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`))}.`,
    )
  const { text, parsed, errors } = await made(file, { ...given, ...(from !== undefined && { from }) }, io)
  if (errors.length > 0) throw new Findings(`${refused(errors, parsed, io).message}\n\nNothing was written.`)
  await makeFolder(dirname(file))
  try {
    await writeFile(file, text, { flag: isEmpty ? 'w' : 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw existsAlready(file)
    throw error
  }
  // Who came by `npx measurement-plan` has no `plan` to call.
  const command = io.env['npm_lifecycle_event'] === 'npx' ? 'npx measurement-plan' : 'plan'
  io.out(`Wrote ${file}. Try it without a Google account: ${command} diff ${file} --sandbox\n`)
  return 0
}

/** A plan as it would be written; what was asked for stands in it, so its findings say best what is wrong with that. */
async function made(
  file: string,
  { from, ...given }: InitOptions,
  io: Io,
): Promise<{ readonly text: string; readonly parsed: ParsedPlan; readonly errors: readonly Diagnostic[] }> {
  const template = from === undefined ? await starter(given.kind ?? 'shop') : await example(from)
  const { text, parsed } = await withFacts(file, template, given)
  const { diagnostics } = checkPlan(parsed, { today: today(io), env: io.env })
  return { text, parsed, errors: diagnostics.filter(({ severity }) => severity === 'error') }
}

/** Whether an empty file stands there, which nobody loses. Whatever else stands there is left as it is. */
async function holdsNothing(file: string): Promise<boolean> {
  const there = await stat(file).catch(() => undefined)
  if (there === undefined) return false
  if (there.isDirectory())
    throw new UsageError(`${file} is a folder. Name the file: plan init ${join(file, 'plan.yaml')}`)
  if (there.size > 1000 || (await readFile(file, 'utf8')).trim() !== '') throw existsAlready(file)
  return true
}

function existsAlready(file: string): Failure {
  return new Failure('file-is-new', `${file} exists already and is left as it is.`)
}

async function starter(kind: SiteKind): Promise<string> {
  const read = (name: string): Promise<string> =>
    readFile(join(PACKAGE_ROOT, `templates/starters/${name}.yaml`), 'utf8')
  return `${await read('head')}\n${await read(kind)}`
}

/** The schema of an example stands beside it; of a user's plan, where the package is published. */
const SCHEMA = /^# yaml-language-server: .*$/m
const PUBLISHED =
  '# yaml-language-server: $schema=https://unpkg.com/measurement-plan/schemas/plan.schema.json'

const EXAMPLES = join(PACKAGE_ROOT, 'plans')

/** What `--from` takes. */
export async function exampleNames(): Promise<readonly string[]> {
  return (await readdir(EXAMPLES))
    .filter((each) => each.endsWith('.yaml'))
    .map((each) => each.slice(0, -'.yaml'.length))
    .sort()
}

async function example(name: string): Promise<string> {
  const names = await exampleNames()
  if (!names.includes(name)) {
    const instead = meantOr(`There are: ${names.join(', ')}.`, didYouMean(name, names))
    throw new UsageError(`There is no example "${name}". ${instead}`)
  }
  return (await readFile(join(EXAMPLES, `${name}.yaml`), 'utf8')).replace(SCHEMA, PUBLISHED)
}

/**
 * The questions, in the order of the plan; an empty answer keeps what the example has, and one that cannot be is asked for
 * again. Nothing without a terminal.
 */
async function asked(
  make: (facts: InitOptions) => Promise<{ readonly errors: readonly Diagnostic[] }>,
  io: Io,
): Promise<InitOptions> {
  const answer = io.answer
  if (answer === undefined) return {}
  let facts: InitOptions = {}
  /** @returns whether anything was answered */
  const ask = async (question: string, factOf: (text: string) => InitOptions): Promise<boolean> => {
    for (;;) {
      const text = (await answer(question))?.trim() ?? ''
      if (text === '') return false
      const more = { ...facts, ...factOf(text) }
      const { kind = 'shop' } = more
      const [wrong] = Object.hasOwn(SITE_KINDS, kind) ? (await make(more)).errors : [NO_KIND]
      if (wrong === undefined) {
        facts = more
        return true
      }
      io.err(`${wrong.message}\n`)
    }
  }
  io.err('A few questions; Enter leaves the example’s value, which you can change later.\n')
  for (const [kind, what] of Object.entries(SITE_KINDS)) io.err(`  ${kind.padEnd(9)} the site ${what}\n`)
  await ask('Kind of site (shop):', (kind) => ({ kind: kind as SiteKind }))
  await ask('Title of the plan (My site):', (title) => ({ title }))
  await ask('Currency (EUR):', (currency) => ({ currency: currency.toUpperCase() }))
  await ask('Time zone (Europe/Berlin):', (timezone) => ({ timezone }))
  await ask('Hosts of the site, with commas between (www.my-site.example):', (text) => ({
    hosts: listIn(text),
  }))
  await ask('Languages, with commas between, for example en,ar:', (text) => ({ languages: listIn(text) }))
  if (await ask('GTM container of production, for example GTM-ABC123:', (container) => ({ container })))
    await ask('Its GTM account, a number:', (account) => ({ account }))
  if (await ask('GA4 property of production, a number:', (property) => ({ property })))
    await ask('Its measurement id, G-… (Enter: of its only web stream):', (measurementId) => ({
      measurementId,
    }))
  return facts
}

const NO_KIND = { message: `Write one of ${Object.keys(SITE_KINDS).join(', ')}.` }
