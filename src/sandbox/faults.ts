/** Answers to give instead of the right one, scripted by a test: which, when, how often. */
import { readActs, type Act } from './acts.ts'
import { ODD_ANSWERS, type OddAnswer } from './odd-answers.ts'
import { isObject } from './shape.ts'

export interface Fault {
  readonly id: number
  /** HTTP verb; any where absent. */
  readonly method?: string
  /** Regular expression on path and query. */
  readonly path?: string
  /** Name in Google's documentation: `accounts.containers.workspaces.tags.create`. */
  readonly api?: string
  readonly status?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly delayMs?: number
  /** Cuts the connection instead of answering. */
  readonly drop?: boolean
  readonly answer?: OddAnswer
  /** Between two bytes of a dripping answer; a second without it. */
  readonly everyMs?: number
  /** What somebody else does at this moment: right before the request has its effect, or right after. */
  readonly then?: readonly Act[]
  /** Before the request has its effect, or after: then it happened, and the client cannot know. */
  readonly when: 'before' | 'after'
  /** So many matching requests go through first. */
  readonly skip: number
  /** How often it happens. */
  readonly times: number
  /** How often it has happened. */
  readonly happened: number
}

const FIELDS = [
  'method',
  'path',
  'api',
  'status',
  'body',
  'headers',
  'delayMs',
  'drop',
  'answer',
  'everyMs',
  'then',
  'when',
  'skip',
  'times',
]

export class Faults {
  private faults: Fault[] = []
  private nextId = 1

  list(): readonly Fault[] {
    return this.faults
  }

  clear(): void {
    this.faults = []
  }

  add(input: unknown): Fault {
    const fault = { ...readFault(input), id: this.nextId++ }
    this.faults.push(fault)
    return fault
  }

  /** The fault that this request meets, which is then used up by one. */
  take(request: {
    readonly method: string
    readonly path: string
    readonly api: string | undefined
  }): Fault | undefined {
    const index = this.faults.findIndex((fault) => fault.happened < fault.times && matches(fault, request))
    const fault = this.faults[index]
    if (!fault) return undefined
    const skipped = fault.skip > 0
    this.faults[index] = skipped
      ? { ...fault, skip: fault.skip - 1 }
      : { ...fault, happened: fault.happened + 1 }
    return skipped ? undefined : fault
  }
}

function matches(fault: Fault, request: { method: string; path: string; api: string | undefined }): boolean {
  return (
    (fault.method === undefined || fault.method.toUpperCase() === request.method) &&
    (fault.api === undefined || fault.api === request.api) &&
    (fault.path === undefined || new RegExp(fault.path).test(request.path))
  )
}

function readFault(input: unknown): Omit<Fault, 'id'> {
  if (!isObject(input)) throw new Error('A fault is an object.')
  const unknown = Object.keys(input).find((field) => !FIELDS.includes(field))
  if (unknown !== undefined) throw new Error(`A fault has no "${unknown}"; it has ${FIELDS.join(', ')}.`)
  const wrong = Object.entries(input).find(([field, value]) => CHECKS[field]?.(value) === false)
  if (wrong) throw new Error(`A fault's ${wrong[0]} cannot be ${JSON.stringify(wrong[1])}.`)
  if (typeof input['path'] === 'string') new RegExp(input['path'])
  if (!['status', 'drop', 'delayMs', 'answer', 'then'].some((field) => input[field] !== undefined)) {
    throw new Error('A fault needs a status, a delayMs, an answer, a then or drop.')
  }
  const then = input['then'] === undefined ? {} : { then: readActs(input['then']) }
  return { when: 'before', skip: 0, times: 1, ...input, ...then, happened: 0 } as Omit<Fault, 'id'>
}

const whole = (least: number, most: number) => (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most

const CHECKS: Readonly<Record<string, (value: unknown) => boolean>> = {
  status: whole(200, 599),
  delayMs: whole(0, Number.MAX_SAFE_INTEGER),
  everyMs: whole(1, 3_600_000),
  skip: whole(0, Number.MAX_SAFE_INTEGER),
  times: whole(1, Number.MAX_SAFE_INTEGER),
  when: (value) => value === 'before' || value === 'after',
  answer: (value) => ODD_ANSWERS.some((kind) => kind === value),
}
