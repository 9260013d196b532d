import type { GoogleErrorCode } from '../codes/code.ts'
import { classify } from './error-table.ts'
import { readFailure } from './failure.ts'
import { harmless } from './harmless.ts'
import type { Api } from './quota.ts'
import type { Scope } from './scopes.ts'
import { hideSecrets } from './secrets.ts'
import { BadAnswer } from './answers.ts'

export type { GoogleErrorCode }

export interface GoogleErrorFacts {
  readonly code: GoogleErrorCode
  /** What is wrong, in plain words. */
  readonly message: string
  /** What to do about it. */
  readonly fix: string
  readonly status?: number
  /** Google's machine-readable reason. */
  readonly reason?: string
  readonly requestMethod: string
  /** Without query. */
  readonly requestPath: string
  /** The request may have had its effect although it failed: look before repeating it. */
  readonly maybeApplied: boolean
  readonly retryAfterMs?: number
}

/**
 * The world refused. Holds no cause: the client's errors carry the request with its token, and whoever prints an error
 * with all it hangs on would print that.
 */
export class GoogleError extends Error implements GoogleErrorFacts {
  override readonly name = 'GoogleError'
  readonly code: GoogleErrorCode
  readonly fix: string
  declare readonly status?: number
  declare readonly reason?: string
  readonly requestMethod: string
  readonly requestPath: string
  readonly maybeApplied: boolean
  declare readonly retryAfterMs?: number

  constructor(facts: GoogleErrorFacts) {
    super(facts.message)
    this.code = facts.code
    this.fix = facts.fix
    if (facts.status !== undefined) this.status = facts.status
    if (facts.reason !== undefined) this.reason = facts.reason
    this.requestMethod = facts.requestMethod
    this.requestPath = facts.requestPath
    this.maybeApplied = facts.maybeApplied
    if (facts.retryAfterMs !== undefined) this.retryAfterMs = facts.retryAfterMs
  }

  toJSON(): GoogleErrorFacts {
    return { ...this, message: this.message }
  }

  /** The same error, with some facts known better. */
  with(facts: Partial<GoogleErrorFacts>): GoogleError {
    return new GoogleError({ ...this.toJSON(), ...facts })
  }
}

/** What the translation has to know of the request that failed. */
export interface Asked {
  readonly api: Api
  /** In plain words, after "to": "read the draft". */
  readonly what: string
  /**
   * What a second call does that the first has not done. `read`: nothing, some POSTs included. `repeatable`: nothing
   * more (an update that sets values, a delete). `once`: it might do it twice, so a lost answer ends the request.
   */
  readonly effect: 'read' | 'repeatable' | 'once'
  /** The least that the credentials must allow. */
  readonly scope: Scope
}

/** Ended by quota: running the same command again later goes on where this one stopped. */
export function stoppedByQuota(error: unknown): error is GoogleError {
  return error instanceof GoogleError && error.code === 'quota-exhausted'
}

/**
 * Any failure of a call as a GoogleError, once. `secrets` are the values that must not show, such as the token that
 * the request carried; `now` is the time to which a Retry-After date refers; `answer` is what came when it could not be
 * read. Throws the cause itself when it is a bug and not a failure of the world.
 */
export function googleError(
  cause: unknown,
  asked: Asked,
  secrets: readonly string[],
  now: number,
  answer?: { readonly status: number; readonly config: unknown },
): GoogleError {
  if (cause instanceof GoogleError) return cause
  const failure = readFailure(
    cause instanceof BadAnswer ? { response: answer, config: answer?.config, lacks: cause.message } : cause,
    now,
  )
  // Everything the client throws carries its config. Anything else is a bug of ours, to be seen with its stack.
  if (failure.url === undefined) throw cause
  const { code, message, fix, mayHaveWorked } = classify(failure, asked)
  const reason = failure.reasons[0]
  return new GoogleError({
    code,
    message: harmless(hideSecrets(message, secrets)),
    fix: harmless(hideSecrets(fix, secrets)),
    ...(failure.status === undefined ? {} : { status: failure.status }),
    ...(reason === undefined ? {} : { reason: harmless(hideSecrets(reason, secrets)) }),
    requestMethod: failure.method ?? 'GET',
    requestPath: hideSecrets(failure.url.path, secrets),
    maybeApplied: mayHaveWorked && asked.effect !== 'read',
    ...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
  })
}
