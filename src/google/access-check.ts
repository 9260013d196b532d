/**
 * What stands between us and Google, step by step, for `plan doctor`. One answer tells about several steps at once: who
 * was refused for a missing scope had reached the server, was known there and found the API switched on.
 */
import type { GoogleConnection } from './connection.ts'
import { GoogleError, type GoogleErrorCode } from './errors.ts'
import { getProperty, listDataStreams } from './ga4.ts'
import { listWorkspaces, lookupContainer, quickPreview } from './gtm.ts'
import type { Api } from './quota.ts'
import type { WireContainer, WireDataStream, WireProperty, WireWorkspace } from './wire.ts'

export type StepName = 'reach' | 'sign-in' | 'api' | 'scope' | 'access' | 'right-place' | 'draft'

export interface AccessStep {
  readonly api: Api
  readonly step: StepName
  /** `open`: not known, because an earlier step has to be put right first. */
  readonly state: 'ok' | 'missing' | 'open'
  /** What was found, in plain words. */
  readonly message: string
  readonly fix?: string
}

export interface Wanted {
  readonly gtm: { readonly account: string; readonly container: string }
  readonly ga4: { readonly property: string; readonly measurementId?: string }
}

export interface AccessReport {
  readonly steps: readonly AccessStep[]
  /** What was read on the way, for the limits. */
  readonly workspaces?: readonly WireWorkspace[]
  readonly property?: WireProperty
}

const CHAIN = ['reach', 'sign-in', 'api', 'scope', 'access'] as const

const PASSED: Readonly<Record<(typeof CHAIN)[number], string>> = {
  reach: 'The server answers.',
  'sign-in': 'The credentials are accepted.',
  api: 'The API is switched on.',
  scope: 'The scopes suffice for reading.',
  access: 'The account may see it.',
}

const BROKEN: Readonly<Partial<Record<GoogleErrorCode, (typeof CHAIN)[number]>>> = {
  unreachable: 'reach',
  timeout: 'reach',
  'connection-lost': 'reach',
  'bad-answer': 'reach',
  'answer-too-large': 'reach',
  'not-supported': 'reach',
  'no-credentials': 'sign-in',
  'credentials-refused': 'sign-in',
  'api-not-enabled': 'api',
  'scope-missing': 'scope',
  'permission-denied': 'access',
  'not-found': 'access',
}

/** The five steps that every request takes, as the outcome of one shows them. */
export function stepsOf(api: Api, error: GoogleError | undefined): readonly AccessStep[] {
  if (error === undefined) return CHAIN.map((step) => passed(api, step))
  const broken = BROKEN[error.code]
  // A full quota or a fault of the server says nothing about us, other than that we have reached it.
  if (broken === undefined) {
    const rest = CHAIN.slice(1).map((step): AccessStep => ({
      api,
      step,
      state: 'open',
      message: error.message,
    }))
    return [passed(api, 'reach'), ...rest]
  }
  const at = CHAIN.indexOf(broken)
  // Without anybody to act as, no server was asked.
  const before = (step: (typeof CHAIN)[number]): AccessStep =>
    error.code === 'no-credentials'
      ? { api, step, state: 'open', message: 'Not asked: there is nobody to act as.' }
      : passed(api, step)
  return [
    ...CHAIN.slice(0, at).map(before),
    { api, step: broken, state: 'missing', message: error.message, fix: error.fix },
    ...CHAIN.slice(at + 1).map((step) => notKnown(api, step)),
  ]
}

const passed = (api: Api, step: (typeof CHAIN)[number]): AccessStep => ({
  api,
  step,
  state: 'ok',
  message: PASSED[step],
})

const notKnown = (api: Api, step: StepName): AccessStep => ({
  api,
  step,
  state: 'open',
  message: 'Not known until the step before is put right.',
})

/** What is known where there are no credentials to ask with. */
export function withoutCredentials(error: GoogleError): AccessReport {
  return { steps: [...stepsOf('gtm', error), ...stepsOf('ga4', error)] }
}

/** Reads what has to be read to know; at most 5 requests, none of which changes anything. */
export async function checkAccess(google: GoogleConnection, wanted: Wanted): Promise<AccessReport> {
  const gtm = await checkGtm(google, wanted.gtm)
  const ga4 = await checkGa4(google, wanted.ga4)
  return { ...gtm, ...ga4, steps: [...gtm.steps, ...ga4.steps] }
}

async function checkGtm(google: GoogleConnection, wanted: Wanted['gtm']): Promise<AccessReport> {
  const container = await settle(lookupContainer(google, wanted.container))
  if (container instanceof GoogleError) return { steps: stepsOf('gtm', container) }
  const workspaces = await settle(listWorkspaces(google, container.path))
  if (workspaces instanceof GoogleError) return { steps: stepsOf('gtm', workspaces) }
  const first = workspaces[0]
  const preview = first && (await settle(quickPreview(google, first.path)))
  const steps = [...stepsOf('gtm', undefined), rightAccount(wanted, container), draftStep(preview)]
  return { steps, workspaces }
}

async function checkGa4(google: GoogleConnection, wanted: Wanted['ga4']): Promise<AccessReport> {
  const property = await settle(getProperty(google, `properties/${wanted.property}`))
  if (property instanceof GoogleError) return { steps: stepsOf('ga4', property) }
  const streams = await settle(listDataStreams(google, property.name))
  if (streams instanceof GoogleError) return { steps: stepsOf('ga4', streams) }
  return { steps: [...stepsOf('ga4', undefined), rightStream(wanted, streams)], property }
}

function rightAccount(wanted: Wanted['gtm'], { accountId, usageContext, name }: WireContainer): AccessStep {
  const at = { api: 'gtm', step: 'right-place' } as const
  if (accountId !== wanted.account)
    return {
      ...at,
      state: 'missing',
      message: `${wanted.container} stands in account ${accountId}, and the plan says ${wanted.account}.`,
      fix: `Write account: "${accountId}" in the plan, or the id of the container you meant.`,
    }
  if (!usageContext.includes('web'))
    return {
      ...at,
      state: 'missing',
      message: `${wanted.container} is not a web container but for ${usageContext.join(', ')}.`,
      fix: 'Name a web container in the plan.',
    }
  return { ...at, state: 'ok', message: `${wanted.container} is the web container "${name}".` }
}

function draftStep(preview: unknown): AccessStep {
  const at = { api: 'gtm', step: 'draft' } as const
  return preview instanceof GoogleError
    ? { ...at, state: 'missing', message: preview.message, fix: preview.fix }
    : { ...at, state: 'ok', message: 'Drafts can be read and compiled.' }
}

function rightStream(wanted: Wanted['ga4'], streams: readonly WireDataStream[]): AccessStep {
  const at = { api: 'ga4', step: 'right-place' } as const
  const ids = streams.flatMap(({ webStreamData }) => webStreamData?.measurementId ?? [])
  const { measurementId = ids.length === 1 ? ids[0] : undefined } = wanted
  if (measurementId !== undefined && ids.includes(measurementId))
    return { ...at, state: 'ok', message: `${measurementId} is a web stream of the property.` }
  const there = ids.length === 0 ? 'It has no web stream.' : `It has ${ids.join(', ')}.`
  return {
    ...at,
    state: 'missing',
    message:
      measurementId === undefined
        ? `The plan does not say which web stream of property ${wanted.property} is meant. ${there}`
        : `The property ${wanted.property} has no web stream ${measurementId}. ${there}`,
    fix: 'Write the measurement id of one of its web streams in the plan (Google Analytics: Admin, Data streams).',
  }
}

/** The value, or the refusal: here a refusal is what we came for. */
async function settle<T>(promise: Promise<T>): Promise<T | GoogleError> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof GoogleError) return error
    throw error
  }
}
