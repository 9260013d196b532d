/** Which Google an online command talks to: the real one, a sandbox somewhere, or one of our own for as long as the command runs. */
import { posix } from 'node:path'
import { systemClockUntil } from '../google/clock.ts'
import { connect, type GoogleConnection } from '../google/connection.ts'
import { credentialsFromEnv, quotaProject } from '../google/credentials.ts'
import type { Waiting } from '../google/limiter.ts'
import { API_TITLES } from '../google/quota.ts'
import { quotaMemory } from '../google/quota-memory.ts'
import { scopesFor, type Deed } from '../google/scopes.ts'
import type { Environment } from '../plan/plan.ts'
import type { Sandbox, SandboxOptions } from '../sandbox/server.ts'
import { cacheFolder } from './cache-folder.ts'
import { Failure, UsageError } from './failure.ts'
import type { Io } from './io.ts'
import { makeOwnFolder } from './own-folder.ts'

export interface TargetOptions {
  /** `--sandbox`: true without a URL. */
  readonly sandbox?: string | true
}

/** Where the sandbox inside the process keeps its state, below .plan/. */
const SANDBOX_STATE = 'sandbox.json'

/**
 * Connects, does the work, and ends what was started for it: of several requests at once that a failure leaves behind none
 * keeps the command from ending. For several environments that is one connection.
 */
export async function withGoogle<T>(
  meant: Environment | readonly Environment[],
  deeds: readonly Deed[],
  options: TargetOptions,
  io: Io,
  work: (google: GoogleConnection) => Promise<T>,
): Promise<T> {
  const ended = new AbortController()
  try {
    return await withTarget(meant, options, io, async (url, project) =>
      work(await connectTo(url, deeds, io, ended.signal, project)),
    )
  } finally {
    ended.abort()
  }
}

/** @param work is told where the sandbox is, if it is one, and whose quota is shared with other processes */
async function withTarget<T>(
  meant: Environment | readonly Environment[],
  options: TargetOptions,
  io: Io,
  work: (url?: string, project?: string) => Promise<T>,
): Promise<T> {
  io.hiding?.inResults()
  const environments = [meant].flat()
  environments.forEach(requireFilledIn)
  if (options.sandbox === undefined) {
    const project = await quotaProject(credentialsFromEnv(io.env), io.env)
    return work(undefined, project)
  }
  if (options.sandbox !== true) {
    const url = sandboxUrl(options.sandbox)
    io.progress(`Waiting for the sandbox at ${new URL(url).origin}`)
    return work(url, (await ensureAll(url, environments)) && (await playsQuota(url)) ? url : undefined)
  }
  const sandbox = await startOwnSandbox({ stateFile: posix.join(await makeOwnFolder(), SANDBOX_STATE) })
  try {
    for (const environment of environments) await ensure(sandbox.url, environment)
    return await work(sandbox.url)
  } finally {
    await sandbox.close()
  }
}

/** A state file or a seed that cannot be used is for the user to put right. */
export async function startOwnSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { SandboxStateError, startSandbox } = await import('../sandbox/server.ts')
  return startSandbox(options).catch((error: unknown) => {
    if (!(error instanceof SandboxStateError)) throw error
    throw new Failure(error.code, error.message)
  })
}

/** @param project whose quota it is, to be kept with other processes */
function connectTo(
  rootUrl: string | undefined,
  deeds: readonly Deed[],
  io: Io,
  ended: AbortSignal,
  project?: string,
): Promise<GoogleConnection> {
  const clock = io.clock ?? systemClockUntil(ended)
  // On a clock of its own a process has no time in common with others.
  const cache = io.clock === undefined ? cacheFolder(io.env) : undefined
  const memory = cache === undefined || project === undefined ? undefined : quotaMemory(cache, project)
  return connect({
    ...(rootUrl === undefined ? {} : { rootUrl }),
    scopes: scopesFor(...deeds),
    credentials: credentialsFromEnv(io.env),
    env: io.env,
    clock,
    random: Math.random,
    onWait: (waiting) => io.progress(waitingLine(waiting, clock.now())),
    ended,
    ...(memory && { memory }),
  })
}

function waitingLine({ api, what, why, until, behind }: Waiting, now: number): string {
  const name = API_TITLES[api]
  const reason = { quota: 'quota', refused: `${name} says too fast`, trouble: `${name} did not answer well` }[
    why
  ]
  const seconds = Math.max(1, Math.ceil((until - now) / 1000))
  const more = behind === 0 ? '' : `, ${behind} more behind it`
  return `Waiting ${seconds} s (${reason}) to ${what}${more}`
}

function sandboxUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    throw new UsageError(
      `--sandbox takes the address of a sandbox, for example http://127.0.0.1:8080, not "${text}".`,
    )
  }
  return text.endsWith('/') ? text : `${text}/`
}

/** A sandbox answers at once; whatever else stands there is not waited for. */
const ENSURE_MS = 10_000

/**
 * What the plan names comes into being in a sandbox on first use, with the account number that the plan gives. A server
 * that does not answer is reported by the first real request, which says it better.
 * @returns whether it was answered
 */
async function ensure(url: string, { gtm, ga4 }: Environment): Promise<boolean> {
  const answer = await asked(new URL('/_sandbox/ensure', url), {
    ...gtm,
    property: ga4.property,
    ...(ga4.measurementId === undefined ? { webStream: true } : { measurementId: ga4.measurementId }),
  })
  return answer !== undefined
}

/** Whether each was answered; who is silent once is asked nothing more of this kind. */
async function ensureAll(url: string, environments: readonly Environment[]): Promise<boolean> {
  for (const environment of environments) if (!(await ensure(url, environment))) return false
  return true
}

/** Most sandboxes play none, and nobody should wait for what is not asked. */
async function playsQuota(url: string): Promise<boolean> {
  const answer = await asked(new URL('/_sandbox/quota', url))
  const mode = (answer as { readonly mode?: unknown } | undefined)?.mode
  return mode !== undefined && mode !== 'none'
}

/**
 * What a sandbox answers to a control request, a POST where it has a body; undefined without JSON. Not by `fetch`: Node
 * takes as long to load that as a diff takes to be made.
 */
async function asked(url: URL, body?: object): Promise<unknown> {
  const { request } = await (url.protocol === 'https:' ? import('node:https') : import('node:http'))
  const { json } = await import('node:stream/consumers')
  return new Promise((resolve) => {
    const sent = request(
      url,
      {
        agent: false,
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json' },
        signal: AbortSignal.timeout(ENSURE_MS),
      },
      (answer) => resolve(json(answer).catch(() => undefined)),
    )
    sent.on('error', () => resolve(undefined))
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

/** What an import could not know has to be known before anything is asked of Google. */
function requireFilledIn({ id, gtm, ga4 }: Environment): void {
  const fields = { ...gtm, ...ga4 }
  const [missing] = Object.entries(fields).filter(([, value]) => value === 'TODO')
  if (missing !== undefined)
    throw new Failure(
      'todos-are-done',
      `The environment ${id} still has TODO as its ${missing[0]}: write what it is into the plan.`,
    )
}
