/** A sandbox for one test file, and Google's own clients pointed at it. */
import {
  analyticsadmin,
  type analyticsadmin_v1alpha,
  type analyticsadmin_v1beta,
} from 'googleapis/build/src/apis/analyticsadmin/index.js'
import { analyticsdata, type analyticsdata_v1beta } from 'googleapis/build/src/apis/analyticsdata/index.js'
import { bigquery, type bigquery_v2 } from 'googleapis/build/src/apis/bigquery/index.js'
import { tagmanager, type tagmanager_v2 } from 'googleapis/build/src/apis/tagmanager/index.js'
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/server.ts'

export interface Clients {
  readonly gtm: tagmanager_v2.Tagmanager
  readonly beta: analyticsadmin_v1beta.Analyticsadmin
  readonly alpha: analyticsadmin_v1alpha.Analyticsadmin
  readonly data: analyticsdata_v1beta.Analyticsdata
  readonly bigquery: bigquery_v2.Bigquery
}

export function clientsOf(url: string, token = 'anything'): Clients {
  const options = { rootUrl: `${url}/`, retry: false, headers: { authorization: `Bearer ${token}` } }
  return {
    gtm: tagmanager({ version: 'v2', ...options }),
    beta: analyticsadmin({ version: 'v1beta', ...options }),
    alpha: analyticsadmin({ version: 'v1alpha', ...options }),
    data: analyticsdata({ version: 'v1beta', ...options }),
    bigquery: bigquery({ version: 'v2', ...options }),
  }
}

export interface Running extends Clients {
  readonly sandbox: Sandbox
  readonly url: string
  /** Calls a control under /_sandbox/. */
  control(method: string, name: string, body?: unknown): Promise<Record<string, unknown>>
  state(): Promise<string>
}

export async function runSandbox(options: SandboxOptions = {}): Promise<Running> {
  const sandbox = await startSandbox(options)
  const { url } = sandbox
  const control = async (method: string, name: string, body?: unknown) => {
    const response = await fetch(`${url}/_sandbox/${name}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer = (await response.json()) as Record<string, unknown>
    if (!response.ok) throw new Error(String(answer['error']))
    return answer
  }
  const state = async () => (await fetch(`${url}/_sandbox/state`)).text()
  return { sandbox, url, control, state, ...clientsOf(url) }
}

/** The path of the default workspace of a new container. */
export async function newWorkspace(running: Running, publicId = 'GTM-TEST001'): Promise<string> {
  const { data } = await running.gtm.accounts.containers.lookup({ tagId: publicId })
  return `${data.path}/workspaces/2`
}

/** What Google's client throws, as far as tests look at it. */
export async function refusal(
  promise: Promise<unknown>,
): Promise<{ status: number; message: string; reason: string | undefined }> {
  try {
    await promise
  } catch (error) {
    const { response } = error as { response?: { status: number; data: unknown } }
    if (!response) throw error
    const body = (response.data as { error?: { message: string; errors?: { reason: string }[] } }).error
    return { status: response.status, message: body?.message ?? '', reason: body?.errors?.[0]?.reason }
  }
  throw new Error('It was not refused.')
}
