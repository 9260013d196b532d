/** The only file that knows process: it makes the Io, runs the command and sets the exit code. */
import { isatty } from 'node:tty'
import pc from 'picocolors'
import type { Io } from './commands/io.ts'
import { failureText } from './commands/failure.ts'
import { start } from './commands/start.ts'

const { stdout, stderr } = process

/** Takes the signals over only for who waits for them: anything else ends at once, and the next apply goes on. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

/** Off a terminal a step gets a line of its own, once it has lasted for so long. */
const WORTH_A_LINE_MS = 1000
let pending: NodeJS.Timeout | undefined
let isShown = false

function progress(line?: string, isLong = false): void {
  if (!stderr.isTTY) {
    clearTimeout(pending)
    if (isLong) stderr.write(`${line}\n`)
    else if (line !== undefined)
      pending = setTimeout(() => stderr.write(`${line}\n`), WORTH_A_LINE_MS).unref()
    return
  }
  isShown = line !== undefined
  // Carriage return, erase the line: the next output starts on a clean one.
  stderr.write(`\r\u001b[K${line === undefined ? '' : line.slice(0, (stderr.columns ?? 80) - 1)}`)
}

async function answer(question: string): Promise<string | undefined> {
  const { createInterface } = await import('node:readline/promises')
  const terminal = createInterface({ input: process.stdin, output: stderr })
  const text = await terminal.question(`${question} `).catch(() => {
    stderr.write('\n')
    return undefined
  })
  terminal.close()
  return text
}

async function ask(question: string): Promise<boolean | undefined> {
  // Ctrl-C and Ctrl-D at the prompt mean no.
  return isatty(0) ? (await answer(question))?.trim() === 'yes' : undefined
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const io: Io = {
  out: (text) => {
    if (isShown) progress()
    stdout.write(text)
  },
  err: (text) => {
    progress()
    stderr.write(text)
  },
  progress,
  ask,
  ...(isatty(0) && { answer }),
  readStdin,
  changeFolder: (folder) => process.chdir(folder),
  env: process.env,
  now: () => new Date(),
  colour: pc.isColorSupported && (stdout.isTTY || process.env.FORCE_COLOR !== undefined),
  untilStopped,
}

// What was printed may be lost, but what was begun is carried to its end. A reader that has seen enough
// (`plan diff | head`) is no error; a full disk behind `>` is one, told once.
let lost: string | undefined
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' || lost !== undefined) return
  lost = failureText(error).text
  stderr.write(`${lost}\n`)
  process.exitCode ||= 1
})
stderr.on('error', () => undefined)

// No await: validate is bundled as CommonJS, which has none at the top.
void start(process.argv.slice(2), io).then((exitCode) => {
  progress()
  process.exitCode = exitCode === 0 && lost !== undefined ? 1 : exitCode
})
