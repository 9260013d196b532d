/** A sandbox over HTTP, the real client, and the steps of `plan apply` on resources. */
import type { Clock } from '../../src/google/clock.ts'
import type { GoogleConnection } from '../../src/google/connection.ts'
import { estimateSeconds } from '../../src/google/quota.ts'
import type { ApplyReport } from '../../src/resources/apply-report.ts'
import type { Resource } from '../../src/resources/resource.ts'
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts'
import { apply, type ApplyOptions } from '../../src/apply/apply.ts'
import { diff, type Diff, type DiffOptions } from '../../src/diff/diff.ts'
import type { LiveState } from '../../src/live/live.ts'
import { readLive } from '../../src/live/read-live.ts'
import { connectTo } from '../google/connect-to.ts'

export const CONTAINER = 'GTM-TEST01'
export const PROPERTY = '345000001'
export const TARGET = {
  plan: 'outfitters',
  container: CONTAINER,
  property: PROPERTY,
  measurementId: 'G-TEST000001',
}
export const SCOPES = [
  'tagmanager.edit.containers',
  'tagmanager.edit.containerversions',
  'tagmanager.publish',
  'analytics.edit',
] as const

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly api?: string
  readonly status?: number
}

interface StoredContainer {
  readonly container: { readonly publicId: string }
  readonly latestVersionId: string
  readonly liveVersionId: string
  readonly workspaces: readonly { readonly workspace: { readonly name: string } }[]
  readonly versions: readonly {
    readonly containerVersionId: string
    readonly content: Readonly<Record<string, readonly object[]>>
  }[]
}

export class World {
  readonly sandbox: Sandbox
  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
  }

  static async start(): Promise<World> {
    const world = new World(await startSandbox())
    await world.reset()
    return world
  }

  /** A new container and a new property. */
  async reset(): Promise<void> {
    await this.control('POST', 'reset')
    await this.control('POST', 'ensure', { account: '6001', ...TARGET })
  }

  async control(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.sandbox.url}/_sandbox/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} /_sandbox/${path}: ${text}`)
    return JSON.parse(text)
  }

  /** So many of the next requests to a method never arrive. */
  loseRequests(api: string, times: number): Promise<unknown> {
    return this.control('POST', 'faults', { api, drop: true, when: 'before', times })
  }

  async connect(clock?: Clock): Promise<{ google: GoogleConnection; clock: Clock }> {
    const connected = await connectTo(this.sandbox.url, { scopes: SCOPES, ...(clock && { clock }) })
    return { google: connected.google, clock: clock ?? connected.clock }
  }

  async requests(): Promise<readonly SeenRequest[]> {
    const { requests } = (await this.control('GET', 'requests')) as { requests: readonly SeenRequest[] }
    return requests
  }

  /** How many requests each API got since the last time. */
  async counted(): Promise<{ gtm: number; ga4: number }> {
    const requests = await this.requests()
    await this.control('DELETE', 'requests')
    const gtm = requests.filter(({ path }) => path.startsWith('/tagmanager/')).length
    return { gtm, ga4: requests.length - gtm }
  }

  /** The latest version's entities as the sandbox holds them, one line each. */
  async contents(): Promise<readonly string[]> {
    const container = await this.#container()
    const latest = container.versions.find(
      (version) => version.containerVersionId === container.latestVersionId,
    )
    return Object.values(latest?.content ?? {}).flatMap((entities) =>
      entities.map((entity) => JSON.stringify(entity)),
    )
  }

  async liveVersionId(): Promise<string> {
    return (await this.#container()).liveVersionId
  }

  async latestVersionId(): Promise<string> {
    return (await this.#container()).latestVersionId
  }

  async workspaceNames(): Promise<readonly string[]> {
    return (await this.#container()).workspaces.map(({ workspace }) => workspace.name)
  }

  async #container(): Promise<StoredContainer> {
    const state = (await this.control('GET', 'state')) as { gtm: { containers: StoredContainer[] }[] }
    const found = state.gtm
      .flatMap(({ containers }) => containers)
      .find(({ container }) => container.publicId === CONTAINER)
    if (!found) throw new Error(`no ${CONTAINER}`)
    return found
  }

  async live(plan = TARGET.plan, desired: readonly Resource[] = []): Promise<LiveState> {
    const asked = desired.map(({ kind }) => kind)
    return readLive((await this.connect()).google, { ...TARGET, plan, asked })
  }

  async diff(
    desired: readonly Resource[],
    options: Partial<DiffOptions & { readonly plan: string }> = {},
  ): Promise<Diff> {
    return diff(desired, await this.live(options.plan, desired), diffOptions(options))
  }

  /** Reads, compares and carries out, as the command does. */
  async apply(
    desired: readonly Resource[],
    options: Partial<
      DiffOptions &
        ApplyOptions & {
          readonly plan: string
          readonly clock: Clock
          /** Called before each request to Tag Manager, with what it is for. */
          readonly meddle: (what: string) => Promise<void>
        }
    > = {},
  ): Promise<ApplyReport & { readonly diff: Diff }> {
    const { google: connection, clock } = await this.connect(options.clock)
    const { meddle } = options
    const google: GoogleConnection = meddle
      ? {
          ...connection,
          gtm: async (request) => {
            await meddle(request.what)
            return connection.gtm(request)
          },
        }
      : connection
    const live = await readLive(google, {
      ...TARGET,
      plan: options.plan ?? TARGET.plan,
      asked: desired.map(({ kind }) => kind),
    })
    const compared = diff(desired, live, diffOptions(options))
    const errors = compared.diagnostics.filter(({ severity }) => severity === 'error')
    if (errors.length > 0)
      throw new Error(errors.map(({ code, message }) => `${code}: ${message}`).join('\n'))
    const report = await apply(google, compared.changeSet, live, {
      publish: false,
      onProgress: () => {},
      now: () => clock.now(),
      ...options,
    })
    return { ...report, diff: compared }
  }
}

export function diffOptions(options: Partial<DiffOptions> = {}): DiffOptions {
  return { environment: 'staging', seconds: estimateSeconds, ...options }
}
