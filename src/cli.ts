/** The only file that knows process: it makes the Io, runs the command and sets the exit code. */
import { createInterface } from 'node:readline/promises'
import pc from 'picocolors'
import type { Io } from './commands/io.ts'
import { run } from './commands/run.ts'

const { stdin, stdout, stderr } = process

/** Takes the signals over only for who waits for them: anything else ends at once, and the next apply goes on. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

function progress(line?: string): void {
  if (!stderr.isTTY) return
  // Carriage return, erase the line: the next output starts on a clean one.
  stderr.write(`\r\u001b[K${line === undefined ? '' : line.slice(0, (stderr.columns ?? 80) - 1)}`)
}

async function ask(question: string): Promise<boolean | undefined> {
  if (!stdin.isTTY) return undefined
  const terminal = createInterface({ input: stdin, output: stderr })
  // Ctrl-C and Ctrl-D at the prompt mean no.
  const answer = await terminal.question(`${question} `).catch(() => {
    stderr.write('\n')
    return ''
  })
  terminal.close()
  return answer.trim() === 'yes'
}

const io: Io = {
  out: (text) => void stdout.write(text),
  err: (text) => {
    progress()
    stderr.write(text)
  },
  progress,
  ask,
  env: process.env,
  now: () => new Date(),
  colour: pc.isColorSupported && (stdout.isTTY || process.env.FORCE_COLOR !== undefined),
  untilStopped,
}

// A reader that has seen enough (`plan diff | head`) is no error.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await run(process.argv.slice(2), io)
