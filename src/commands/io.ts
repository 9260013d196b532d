import type { Clock } from '../google/clock.ts'
import type { OpenStage } from '../proof/browser/stage.ts'

/** Everything a command may touch of the world around it; `cli.ts` makes the real one, tests make their own. */
export interface Io {
  /** Results. */
  readonly out: (text: string) => void
  /** Everything else: progress, warnings, errors. */
  readonly err: (text: string) => void
  /**
   * Shows a line that the next one replaces; clears it when called without text. Off a terminal a step gets a line of its own once
   * it has lasted for a second, or at once where it is known to and lets no timer run.
   */
  readonly progress: (line?: string, isLong?: boolean) => void
  /** Asks a yes/no question; undefined when there is nobody to ask. */
  readonly ask: (question: string) => Promise<boolean | undefined>
  /** Asks for a text; undefined when it was broken off. Left out when there is nobody to ask. */
  readonly answer?: (question: string) => Promise<string | undefined>
  /** All of standard input, for a plan that is named `-`. */
  readonly readStdin?: () => Promise<string>
  /** Goes to another folder, for `-C`. */
  readonly changeFolder?: (folder: string) => void
  /** Told what the process's environment gave a plan; left out where nothing is printed for people. */
  readonly hiding?: Hiding
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
  /** What waiting for Google goes by; the machine's clock when left out. */
  readonly clock?: Clock
  /** Gives `plan test` a browser that runs already; left out, it starts one. */
  readonly openStage?: OpenStage
  /** Whether stdout takes colour. */
  readonly colour: boolean
  /** Resolves when the user asks to stop (Ctrl-C, SIGTERM): how the sandbox in the foreground ends. */
  readonly untilStopped: () => Promise<void>
}

/** What must not be printed, because logs and comments keep it: `${NAME}` stands for it. */
export interface Hiding {
  readonly values: (taken: ReadonlyMap<string, string>) => void
  /** From now on in results too. What a plan compiles to holds the values themselves. */
  readonly inResults: () => void
  /** What is printed for a text, for files that are read like results. */
  readonly shown: (text: string) => string
}

/** 0 done, 1 error, 2 differences, 3 stopped by quota and resumable, 64 wrong usage. */
export type ExitCode = 0 | 1 | 2 | 3 | 64
