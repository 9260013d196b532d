import type { Clock } from './clock.ts'
import { googleError, type Asked, type GoogleError } from './errors.ts'
import type { Limiter, Waiting } from './limiter.ts'

/** Headers of one request, the bearer token among them. */
export type Headers = Readonly<Record<string, string>>

/** What the client's methods resolve with; the rest of it is not looked at. */
export interface Answer {
  readonly data: unknown
  readonly status: number
  readonly config: unknown
}

export interface GoogleRequest<T> extends Asked {
  /** `timeoutMs`: after so long without the whole answer the call must end by itself. */
  readonly call: (headers: Headers, timeoutMs: number) => Promise<Answer>
  /** Turns the answer's body into plain data; throws BadAnswer when it is not what Google sends. */
  readonly read: (body: unknown) => T
  /** For a delete: the result when an earlier try turns out to have worked. */
  readonly whenGone?: T
}

/** What a request needs around it. */
export interface Line {
  readonly limiter: Limiter
  readonly clock: Clock
  /** From 0 to 1. */
  readonly random: () => number
  readonly onWait: (waiting: Waiting) => void
  /** Throws a GoogleError when there are no credentials. */
  readonly authorize: () => Promise<Headers>
  /** Told of every request that is really made, repeats included. */
  readonly onRequest: (asked: Asked) => void
  readonly limits: TimeLimits
  /** Whether nobody waits for the answer any more. */
  readonly isEnded: () => boolean
}

/** How long a server may keep us, in milliseconds. Waiting for quota does not count. */
export interface TimeLimits {
  /** One try, from its start to the last byte of its answer. */
  readonly tryMs: number
  /** All tries of one request that came to nothing, and the pauses after them. */
  readonly allMs: number
}

/** Google documents none; a compile of a full container takes its time. */
export const TIME_LIMITS: TimeLimits = { tryMs: 90_000, allMs: 240_000 }

/**
 * Makes one request: waits for its place in the quota, makes the call, repeats what is safe to repeat.
 *
 * Throws GoogleError. Its `maybeApplied` is set when any of the tries may have had its effect, even if the last one was
 * plainly refused: an update that is repeated after a lost answer meets the fingerprint of its own first try.
 */
export async function send<T>(request: GoogleRequest<T>, line: Line): Promise<T> {
  let lost = false
  let troubleMs = 0
  for (let attempt = 1; ; attempt++) {
    // The token comes first, and by itself: a request whose token could not be had was surely not sent.
    const headers = await line.authorize()
    const place = await line.limiter.place(request.api, request.what, request.effect !== 'read')
    line.onRequest(request)
    const start = line.clock.now()
    // Node takes whole numbers of milliseconds only, and a monotonic clock counts parts of one.
    const timeoutMs = Math.ceil(Math.min(line.limits.tryMs, line.limits.allMs - troubleMs))
    const outcome = await attemptOnce(request, headers, timeoutMs, line.clock).finally(place.answered)
    if ('value' in outcome) return outcome.value
    const { error } = outcome
    if (lost && error.code === 'not-found' && 'whenGone' in request) return request.whenGone as T
    lost ||= error.maybeApplied
    const repeatable = (!error.maybeApplied || request.effect !== 'once') && !line.isEnded()
    const wait = repeatable ? waitBeforeRetry(error, attempt, line.random()) : undefined
    if (error.code === 'quota') place.refused(wait ?? error.retryAfterMs ?? 0)
    if (wait === undefined) throw final(error, lost)
    // After "too fast" the limiter holds everybody back; any other trouble is this request's own.
    if (error.code === 'quota') continue
    troubleMs += line.clock.now() - start + wait
    if (troubleMs >= line.limits.allMs) throw final(error, lost)
    const until = line.clock.now() + wait
    line.onWait({ api: request.api, what: request.what, why: 'trouble', until, behind: 0 })
    await line.clock.sleep(wait)
  }
}

/** Whoever has waited for minutes in vain is told to come back later, as with a day's quota. */
function final(error: GoogleError, maybeApplied: boolean): GoogleError {
  const code = error.code === 'quota' ? 'quota-exhausted' : error.code
  return error.with({ code, maybeApplied })
}

async function attemptOnce<T>(
  request: GoogleRequest<T>,
  headers: Headers,
  timeoutMs: number,
  clock: Clock,
): Promise<{ readonly value: T } | { readonly error: GoogleError }> {
  let answer: Answer | undefined
  try {
    answer = await request.call(headers, timeoutMs)
    return { value: request.read(answer.data) }
  } catch (cause) {
    return { error: googleError(cause, request, secretsIn(headers), clock.now(), answer) }
  }
}

// 2^n seconds and a little more, so that several processes do not come back together, for about 32 seconds in all.
// https://developers.google.com/tag-platform/tag-manager/api/v2/errors
// Too fast: longer than that, because the windows behind it are 60 and 100 seconds long.
const TROUBLE = { tries: 5, longestMs: 16_000 }
const TOO_FAST = { tries: 8, longestMs: 64_000 }
const PATIENCE: Readonly<Partial<Record<GoogleError['code'], { tries: number; longestMs: number }>>> = {
  quota: TOO_FAST,
  server: TROUBLE,
  timeout: TROUBLE,
  'connection-lost': TROUBLE,
  'bad-answer': TROUBLE,
  'concurrent-change': TROUBLE,
}
/** Whoever is told to wait longer is better told to come back. */
const LONGEST_RETRY_AFTER_MS = 15 * 60_000

/**
 * Milliseconds to wait before the attempt after this one (1 is the first), or undefined when repeating is of no use.
 * `random` is from 0 to 1. Whether repeating is safe is not asked here.
 */
export function waitBeforeRetry(
  error: Pick<GoogleError, 'code' | 'retryAfterMs'>,
  attempt: number,
  random: number,
): number | undefined {
  const patience = PATIENCE[error.code]
  const asked = error.retryAfterMs ?? 0
  if (!patience || attempt > patience.tries || asked > LONGEST_RETRY_AFTER_MS) return undefined
  const pause = Math.min(1000 * 2 ** (attempt - 1), patience.longestMs)
  return Math.round(Math.max(pause, asked) + random * 1000)
}

function secretsIn(headers: Headers): readonly string[] {
  return Object.entries(headers)
    .filter(([name]) => /^(authorization|x-goog-api-key|cookie)$/i.test(name))
    .flatMap(([, value]) => [value, value.replace(/^\w+\s+/, '')])
}
