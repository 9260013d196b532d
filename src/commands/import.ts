import { access, readFile } from 'node:fs/promises'
import { liftContainer, type Lifted } from '../import/lift-container.ts'
import { leftOutLine, renderPlan } from '../import/render-plan.ts'
import { roundTrip, type RoundTrip } from '../import/round-trip.ts'
import type { LeftOut } from '../lift/left-out.ts'
import { parseExport, type ContainerVersion } from '../lift/parse-export.ts'
import { parseYaml } from '../plan/yaml.ts'
import { toValue } from '../plan/tree.ts'
import type { Templates } from '../compile/templates.ts'
import { Failure, UsageError } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { today } from './load-plan.ts'
import { replaceFile } from './replace-file.ts'
import { allTemplates } from './templates.ts'

export interface ImportOptions {
  readonly from?: string
  readonly out?: string
  readonly check?: boolean
  readonly format: 'text' | 'json'
  readonly templates?: string
}

/** A container becomes a plan. */
export async function importCommand(options: ImportOptions, io: Io): Promise<ExitCode> {
  if (options.from === undefined) throw new UsageError('Say what to import: --from EXPORT.json.')
  if (options.out !== undefined && options.check !== true && (await exists(options.out)))
    throw new Failure(`${options.out} exists already: name another file with --out, or move that one away.`)
  const version = await readExport(options.from)
  const templates = await allTemplates(options.templates)
  const lifted = liftContainer(version, { templates, today: today(io) })
  const text = renderPlan(lifted, nameOf(version, options.from))
  return options.check === true
    ? check(version, lifted, text, templates, options, io)
    : write(lifted, text, options, io)
}

/** Larger than any container that GTM would publish, many times over. */
const MOST_BYTES = 64 * 1024 * 1024

async function readExport(file: string): Promise<ContainerVersion> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(
      error.code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read: ${error.message}`,
    )
  })
  if (bytes.length > MOST_BYTES)
    throw new Failure(`${file} is larger than 64 MB: that is no export of a container.`)
  const { version, diagnostics } = parseExport(bytes.toString('utf8'), file)
  if (version === undefined)
    throw new Failure(diagnostics.map(({ message, fix }) => `${message} ${fix ?? ''}`).join('\n'))
  const kinds = version.container?.usageContext ?? []
  if (Array.isArray(kinds) && kinds.length > 0 && !kinds.includes('web'))
    throw new Failure(
      `${file} is a container of the kind "${kinds.map(String).join(', ')}"; a plan is of a container for the web. Export that one.`,
    )
  return version
}

function nameOf({ container }: ContainerVersion, file: string): string {
  const id = typeof container?.publicId === 'string' ? ` (${container.publicId})` : ''
  return `${file.split(/[\\/]/).at(-1) ?? file}${id}`
}

async function write(
  lifted: Lifted,
  text: string | undefined,
  options: ImportOptions,
  io: Io,
): Promise<ExitCode> {
  const { ga4EventTags, leftOut, others } = lifted
  if (text !== undefined && options.out !== undefined) await replaceFile(options.out, text)
  if (options.format === 'json')
    io.out(
      `${JSON.stringify(
        {
          formatVersion: 1,
          ...(options.out === undefined ? { plan: text ?? null } : { file: options.out }),
          ga4EventTags,
          lifted: lifted.lifted.length,
          leftOut: leftOut.map(said),
          others: others.map(said),
          decisions: lifted.comments.map(({ at, text: decision }) => ({ at, text: decision })),
        },
        null,
        2,
      )}\n`,
    )
  else if (text !== undefined && options.out === undefined) io.out(text)
  io.err(summary(lifted, options))
  return text === undefined ? 1 : 0
}

function summary(
  { ga4EventTags, lifted, leftOut, others, document }: Lifted,
  { out }: ImportOptions,
): string {
  const lines = [
    ga4EventTags === 0
      ? 'The container has no GA4 event tag, so there is no plan to begin with.'
      : document === undefined
        ? `None of the ${ga4EventTags} GA4 event tags can be said in a plan.`
        : `Imported ${lifted.length} of ${ga4EventTags} GA4 event tags${out === undefined ? '' : ` into ${out}`}.`,
    ...(leftOut.length === 0 ? [] : ['Left out:', ...leftOut.map((entry) => `  ${leftOutLine(entry)}`)]),
    ...(others.length === 0
      ? []
      : ['Also in the container, and not in the plan:', ...others.map((entry) => `  ${leftOutLine(entry)}`)]),
    ...(out === undefined || document === undefined ? [] : [`Next: plan validate ${out}`]),
  ]
  return `${lines.join('\n')}\n`
}

function said({ kind, name, code, reason }: LeftOut): object {
  return { kind, name, code, reason }
}

function check(
  version: ContainerVersion,
  lifted: Lifted,
  text: string | undefined,
  templates: Templates,
  options: ImportOptions,
  io: Io,
): ExitCode {
  const tree = text === undefined ? undefined : parseYaml('plan.yaml', text).tree
  const result: RoundTrip =
    tree === undefined
      ? { faithful: [], unfaithful: [], errors: [] }
      : roundTrip(version, toValue(tree), lifted.lifted, { templates, today: today(io) })
  const value = {
    formatVersion: 1,
    ga4EventTags: lifted.ga4EventTags,
    lifted: lifted.lifted.length,
    faithful: result.faithful.length,
    leftOut: lifted.leftOut.map(({ name, code, reason }) => ({ tag: name, code, reason })),
    unfaithful: result.unfaithful.map(({ tag }) => tag),
    others: lifted.others.map(said),
  }
  if (options.format === 'json') io.out(`${JSON.stringify(value, null, 2)}\n`)
  else {
    const lines = [
      `${value.ga4EventTags} GA4 event tags, ${value.lifted} lifted, ${value.faithful} of them come back as they were.`,
      ...lifted.leftOut.map((entry) => `left out: ${leftOutLine(entry)}`),
      ...value.unfaithful.map((tag) => `not as it was: tag "${tag}"`),
    ]
    io.out(`${lines.join('\n')}\n`)
  }
  const isWhole = text === undefined || (tree !== undefined && result.errors.length === 0)
  return isWhole && value.faithful === value.lifted ? 0 : 1
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
