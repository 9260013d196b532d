import { existsSync } from 'node:fs'
import { dirname, posix, relative, resolve, sep } from 'node:path'
import { liftContainer, type Lifted } from '../import/lift-container.ts'
import type { Json } from '../resources/export-casing.ts'
import { readEnvironment, readFileAndProperty } from './import-source.ts'
import type { TargetOptions } from './target.ts'
import { leftOutLine, renderPlan } from '../import/render-plan.ts'
import { restOf, type Rest } from '../import/rest.ts'
import { LIMITS } from '../plan/limits.ts'
import { and, plural } from '../words/counting.ts'
import { roundTrip, type RoundTrip } from '../import/round-trip.ts'
import type { LeftOut } from '../lift/left-out.ts'
import type { ContainerVersion } from '../lift/parse-export.ts'
import { parseYaml } from '../plan/yaml.ts'
import { toValue } from '../plan/tree.ts'
import type { Templates } from '../compile/templates.ts'
import { Failure, UsageError } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { today, type PlanOptions } from './load-plan.ts'
import { longWork } from './long-work.ts'
import { replaceFile } from './replace-file.ts'
import { allTemplates } from './templates.ts'
import { makeFolder } from './make-folder.ts'

export interface ImportOptions extends PlanOptions, TargetOptions {
  readonly from?: string
  readonly out?: string
  /** Where what a plan does not say itself is written, for it to be taken in as it is. */
  readonly rest?: string
  readonly check?: boolean
  readonly format: 'text' | 'json'
  readonly templates?: string
  /** Whose key events and registered parameters are read, with `--from`. */
  readonly property?: string
}

/** A container becomes a plan: an exported one, or the one that an environment of a plan names. */
export async function importCommand(
  named: string | undefined,
  options: ImportOptions,
  io: Io,
): Promise<ExitCode> {
  if ((options.from === undefined) === (options.environment === undefined))
    throw new UsageError('Say what to import: --from EXPORT.json, or -e ENV for the container of a plan.')
  if (options.out !== undefined && options.check !== true && existsSync(options.out))
    throw new Failure(
      'file-is-new',
      `${options.out} exists already: name another file with --out, or move that one away.`,
    )
  if (options.rest !== undefined) checkRest(options.rest, options)
  const { version, from, ga4 } = await (options.from === undefined
    ? readEnvironment(named, options, io)
    : readFileAndProperty(options.from, options, io))
  requireSize(version, from)
  const templates = await allTemplates(options.templates)
  const tags = Array.isArray(version.tag) ? version.tag.length : 0
  longWork(io, `Lifting ${plural(tags, 'tag')} of ${from}`, tags, MANY_TAGS)
  const said = liftContainer(version, { templates, today: today(io), ...(ga4 && { ga4 }) })
  const rest =
    options.rest === undefined || options.check === true
      ? undefined
      : restOf(version, said.document, templates)
  const lifted = rest === undefined ? said : withRest(said, rest, options)
  const text = renderPlan(lifted, from)
  const [problem] = parseYaml(options.out ?? 'the plan', text).diagnostics
  if (problem !== undefined)
    throw new Failure(
      'export-fits-into-a-plan',
      `The plan of this container is more than one plan can hold: ${problem.message}`,
    )
  return options.check === true
    ? check(version, lifted, text, templates, options, io)
    : write(lifted, rest, text, options, io)
}

function checkRest(rest: string, { out }: ImportOptions): void {
  if (!rest.endsWith('.json')) throw new UsageError(`--rest takes the name of a .json file, not "${rest}".`)
  if (existsSync(rest))
    throw new Failure(
      'file-is-new',
      `${rest} exists already: name another file with --rest, or move that one away.`,
    )
  if (out !== undefined && resolve(out) === resolve(rest))
    throw new UsageError('--out and --rest name the same file.')
}

/** The plan takes the file in, and what stands there is not missing any more. */
function withRest(lifted: Lifted, { file, leftOut }: Rest, { out, rest = '' }: ImportOptions): Lifted {
  const path = relative(dirname(out ?? 'plan.yaml'), rest).replaceAll(sep, posix.sep)
  const named = path.startsWith('.') ? path : `./${path}`
  return {
    ...lifted,
    others: leftOut,
    ...(file
      ? {
          document: { ...lifted.document, entities: [named] },
          comments: [
            ...lifted.comments,
            { at: '/entities', text: 'all that the plan does not say itself, taken in as it is' },
          ],
        }
      : {}),
  }
}

/** Of which lifting takes over a second. */
const MANY_TAGS = 300

/** GTM publishes no container of more than some 200 KB, which is far from this. */
const MOST_EVENT_TAGS = 3000

function requireSize({ tag = [] }: ContainerVersion, from: string): void {
  const count = Array.isArray(tag) ? tag.filter(isEventTag).length : 0
  if (count > MOST_EVENT_TAGS)
    throw new Failure(
      'export-fits-into-a-plan',
      `${from} holds ${count} GA4 event tags; one plan takes ${MOST_EVENT_TAGS} at most, and GTM publishes far fewer. Export a part of it.`,
    )
}

function isEventTag(entity: Json): boolean {
  return typeof entity === 'object' && entity !== null && 'type' in entity && entity.type === 'gaawe'
}

async function write(
  lifted: Lifted,
  rest: Rest | undefined,
  text: string,
  options: ImportOptions,
  io: Io,
): Promise<ExitCode> {
  const { ga4EventTags, leftOut, others } = lifted
  if (options.rest !== undefined && rest?.file !== undefined) {
    const written = `${JSON.stringify(rest.file, null, 2)}\n`
    if (Buffer.byteLength(written) + text.length > LIMITS.bytes)
      throw new Failure(
        'export-fits-into-a-plan',
        `What is left of the container is more than a plan takes in (${LIMITS.bytes / 1024} KB): import it without --rest.`,
      )
    await makeFolder(dirname(options.rest))
    await replaceFile(options.rest, written)
  }
  if (options.out !== undefined) {
    await makeFolder(dirname(options.out))
    await replaceFile(options.out, text)
  }
  if (options.format === 'json')
    io.out(
      `${JSON.stringify(
        {
          formatVersion: 1,
          ...(options.out === undefined ? { plan: text } : { file: options.out }),
          ...(rest?.file === undefined ? {} : { rest: options.rest }),
          ga4EventTags,
          lifted: lifted.lifted.length,
          otherTags: lifted.vendorTags,
          otherTagsLifted: lifted.vendorsLifted.length,
          leftOut: leftOut.map(said),
          others: others.map(said),
          decisions: lifted.comments.map(({ at, text: decision }) => ({ at, text: decision })),
        },
        null,
        2,
      )}\n`,
    )
  else if (options.out === undefined) io.out(text)
  io.err(summary(lifted, rest, options))
  return 0
}

function summary(
  { ga4EventTags, lifted, leftOut, others }: Lifted,
  rest: Rest | undefined,
  { out, rest: restFile = '' }: ImportOptions,
): string {
  const lines = [
    ga4EventTags === 0
      ? `The container has no GA4 event tag, so the plan${out === undefined ? '' : ` in ${out}`} is one to begin with.`
      : `Imported ${lifted.length} of ${ga4EventTags} GA4 event tags${out === undefined ? '' : ` into ${out}`}.`,
    ...(rest?.file === undefined ? [] : [`Into ${restFile}, as in the export: ${heldText(rest.file)}.`]),
    ...(leftOut.length === 0
      ? []
      : [
          rest?.file === undefined ? 'Left out:' : 'No conversions:',
          ...leftOut.map((entry) => `  ${leftOutLine(entry)}`),
        ]),
    ...(others.length === 0
      ? []
      : ['Also in the container, and not in the plan:', ...others.map((entry) => `  ${leftOutLine(entry)}`)]),
    ...(out === undefined ? [] : [`Next: plan validate ${out}`]),
  ]
  return `${lines.join('\n')}\n`
}

/** `3 tags, 2 triggers and 1 template`. */
function heldText({ containerVersion }: NonNullable<Rest['file']>): string {
  const counts = Object.entries(containerVersion).map(([list, entities]) =>
    plural(entities.length, list === 'customTemplate' ? 'template' : list),
  )
  return and(counts)
}

function said({ kind, name, code, reason }: LeftOut): object {
  return { kind, name, code, reason }
}

function check(
  version: ContainerVersion,
  lifted: Lifted,
  text: string,
  templates: Templates,
  options: ImportOptions,
  io: Io,
): ExitCode {
  const { tree } = parseYaml('plan.yaml', text)
  const result: RoundTrip =
    tree === undefined
      ? { faithful: [], unfaithful: [], faithfulVendors: [], errors: [] }
      : roundTrip(version, toValue(tree), lifted, { templates, today: today(io) })
  const value = {
    formatVersion: 1,
    ga4EventTags: lifted.ga4EventTags,
    lifted: lifted.lifted.length,
    faithful: result.faithful.length,
    leftOut: lifted.leftOut.map(({ name, code, reason }) => ({ tag: name, code, reason })),
    unfaithful: result.unfaithful.map(({ tag }) => tag),
    otherTags: lifted.vendorTags,
    otherTagsLifted: lifted.vendorsLifted.length,
    otherTagsFaithful: result.faithfulVendors.length,
    others: lifted.others.map(said),
  }
  if (options.format === 'json') io.out(`${JSON.stringify(value, null, 2)}\n`)
  else {
    const lines = [
      `${value.ga4EventTags} GA4 event tags, ${value.lifted} lifted, ${value.faithful} of them come back as they were.`,
      ...lifted.leftOut.map((entry) => `left out: ${leftOutLine(entry)}`),
      ...(value.otherTags === 0
        ? []
        : [
            `${plural(value.otherTags, 'tag')} of other vendors and custom HTML, ${value.otherTagsLifted} lifted, ${value.otherTagsFaithful} of them come back as they were.`,
          ]),
      ...lifted.others.filter(({ kind }) => kind === 'tag').map((entry) => `left out: ${leftOutLine(entry)}`),
      ...value.unfaithful.map((tag) => `not as it was: tag "${tag}"`),
    ]
    io.out(`${lines.join('\n')}\n`)
  }
  return tree !== undefined &&
    result.errors.length === 0 &&
    value.faithful === value.lifted &&
    value.otherTagsFaithful === value.otherTagsLifted
    ? 0
    : 1
}
