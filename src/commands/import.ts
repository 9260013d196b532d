import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, posix, relative, resolve, sep } from 'node:path'
import { list } from '../google/ga4.ts'
import type { GoogleConnection } from '../google/connection.ts'
import { liftContainer, type ImportOptions as LiftOptions, type Lifted } from '../import/lift-container.ts'
import type { LiveState } from '../live/live.ts'
import { readLive } from '../live/read-live.ts'
import type { Environment } from '../plan/plan.ts'
import type { Json } from '../resources/export-casing.ts'
import { parseDescription } from '../resources/marker.ts'
import { requireWeb } from './container-kind.ts'
import { withGoogle, type TargetOptions } from './target.ts'
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
import { loadPlan, today, type PlanOptions } from './load-plan.ts'
import { exportIn } from './export-in.ts'
import { readBytes } from './read-named.ts'
import { replaceFile } from './replace-file.ts'
import { allTemplates } from './templates.ts'

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
  const said = liftContainer(version, { templates, today: today(io), ...(ga4 && { ga4 }) })
  const rest =
    options.rest === undefined || options.check === true
      ? undefined
      : restOf(version, said.document, templates)
  const lifted = rest === undefined ? said : withRest(said, rest, options)
  const text = renderPlan(lifted, from)
  const [problem] = text === undefined ? [] : parseYaml(options.out ?? 'the plan', text).diagnostics
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
    ...(lifted.document && file
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

interface Read {
  readonly version: ContainerVersion
  readonly from: string
  readonly ga4?: NonNullable<LiftOptions['ga4']>
}

async function readFileAndProperty(file: string, options: ImportOptions, io: Io): Promise<Read> {
  const version = await readExport(file)
  const from = nameOf(version, file)
  const { property } = options
  if (property === undefined) return { version, from }
  if (!/^\d+$/.test(property))
    throw new UsageError(`--property takes the number of a property, not "${property}".`)
  const environment: Environment = {
    id: 'production',
    at: '',
    gtm: { account: '1', container: version.container?.publicId ?? 'GTM-IMPORT1' },
    ga4: { property, measurementId: 'G-IMPORT0001' },
    hosts: [],
    protected: false,
  }
  return withGoogle(environment, ['read'], options, io, async (google) => {
    io.progress(`Reading property ${property}`)
    const ga4 = await readGa4(google, property)
    io.progress()
    return { version, from, ga4 }
  })
}

async function readEnvironment(named: string | undefined, options: ImportOptions, io: Io): Promise<Read> {
  const loaded = await loadPlan(named, options, io)
  const { environment, id: plan } = loaded.plan
  return withGoogle(environment, ['read'], options, io, async (google) => {
    const { property } = environment.ga4
    io.progress(`Reading ${environment.gtm.container} and property ${property}`)
    const live = await readLive(google, { plan, container: environment.gtm.container, property })
    requireWeb(live.container, loaded, io)
    const ga4 = await readGa4(google, property)
    io.progress()
    return { version: versionOf(live, environment), from: environment.gtm.container, ga4 }
  })
}

/** What is live, as one list a kind. */
function versionOf({ published, content, container }: LiveState, { gtm }: Environment): ContainerVersion {
  const { entities, builtIns } = published?.content ?? content
  const sent = (kind: string): readonly Json[] =>
    entities.filter((each) => each.kind === kind).map(({ remote }) => remote.sent as Json)
  return {
    accountId: gtm.account,
    container: {
      publicId: container.publicId,
      name: container.publicId,
      usageContext: container.usageContext,
    },
    tag: sent('gtm/tag'),
    trigger: sent('gtm/trigger'),
    variable: sent('gtm/variable'),
    builtInVariable: builtIns.map(({ remote }) => remote.sent as Json),
  }
}

async function readGa4(google: GoogleConnection, property: string): Promise<NonNullable<LiftOptions['ga4']>> {
  const name = `properties/${property}`
  const [keyEvents, dimensions, metrics] = await Promise.all([
    list(google, 'keyEvents', name),
    list(google, 'customDimensions', name),
    list(google, 'customMetrics', name),
  ])
  const named = <T extends { readonly parameterName?: string }>(each: T): string[] =>
    each.parameterName === undefined ? [] : [each.parameterName]
  return {
    property,
    keyEvents: keyEvents.flatMap(({ eventName }) => (eventName === undefined ? [] : [eventName])),
    parameters: Object.fromEntries([
      ...dimensions
        .filter(({ scope }) => scope === 'EVENT')
        .flatMap((each) =>
          named(each).map((parameter) => [parameter, { register: 'event' as const, ...saidOf(each) }]),
        ),
      ...metrics.flatMap((each) =>
        named(each).map((parameter) => [
          parameter,
          { register: 'metric' as const, unit: 'standard' as const, ...saidOf(each) },
        ]),
      ),
    ]) as NonNullable<LiftOptions['ga4']>['parameters'],
  }
}

function saidOf({
  displayName,
  description = '',
}: {
  readonly displayName?: string
  readonly description?: string
}): object {
  const { text } = parseDescription(description)
  return {
    ...(displayName === undefined ? {} : { displayName }),
    ...(text === '' ? {} : { description: text }),
  }
}

/** Larger than any container that GTM would publish, many times over. */
const MOST_BYTES = 64 * 1024 * 1024

async function readExport(file: string): Promise<ContainerVersion> {
  const bytes = await readBytes(file)
  if (bytes.length > MOST_BYTES)
    throw new Failure(
      'export-fits-into-a-plan',
      `${file} is larger than 64 MB: that is no export of a container.`,
    )
  const version = exportIn(bytes, file)
  const kinds = version.container?.usageContext ?? []
  if (Array.isArray(kinds) && kinds.length > 0 && !kinds.includes('web'))
    throw new Failure(
      'container-is-for-the-web',
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
  rest: Rest | undefined,
  text: string | undefined,
  options: ImportOptions,
  io: Io,
): Promise<ExitCode> {
  const { ga4EventTags, leftOut, others } = lifted
  if (options.rest !== undefined && rest?.file !== undefined) {
    const written = `${JSON.stringify(rest.file, null, 2)}\n`
    if (Buffer.byteLength(written) + (text?.length ?? 0) > LIMITS.bytes)
      throw new Failure(
        'export-fits-into-a-plan',
        `What is left of the container is more than a plan takes in (${LIMITS.bytes / 1024} KB): import it without --rest.`,
      )
    await mkdir(dirname(options.rest), { recursive: true })
    await replaceFile(options.rest, written)
  }
  if (text !== undefined && options.out !== undefined) {
    await mkdir(dirname(options.out), { recursive: true })
    await replaceFile(options.out, text)
  }
  if (options.format === 'json')
    io.out(
      `${JSON.stringify(
        {
          formatVersion: 1,
          ...(options.out === undefined ? { plan: text ?? null } : { file: options.out }),
          ...(rest?.file === undefined ? {} : { rest: options.rest }),
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
  io.err(summary(lifted, rest, options))
  return text === undefined ? 1 : 0
}

function summary(
  { ga4EventTags, lifted, leftOut, others, document }: Lifted,
  rest: Rest | undefined,
  { out, rest: restFile = '' }: ImportOptions,
): string {
  const lines = [
    ga4EventTags === 0
      ? 'The container has no GA4 event tag, so there is no plan to begin with.'
      : document === undefined
        ? `None of the ${ga4EventTags} GA4 event tags can be said in a plan.`
        : `Imported ${lifted.length} of ${ga4EventTags} GA4 event tags${out === undefined ? '' : ` into ${out}`}.`,
    ...(rest?.file === undefined ? [] : [`${heldText(rest.file)} are in ${restFile}, as they are.`]),
    ...(leftOut.length === 0
      ? []
      : [
          rest?.file === undefined ? 'Left out:' : 'No conversions:',
          ...leftOut.map((entry) => `  ${leftOutLine(entry)}`),
        ]),
    ...(others.length === 0
      ? []
      : ['Also in the container, and not in the plan:', ...others.map((entry) => `  ${leftOutLine(entry)}`)]),
    ...(out === undefined || document === undefined ? [] : [`Next: plan validate ${out}`]),
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
