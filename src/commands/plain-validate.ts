/**
 * `plan validate`, recognised without loading the command line's library: editors and hooks call it all the time. What is
 * not plain (an unknown flag, a wrong value, `--help`) is left to `run.ts`, which says what is wrong with it.
 */
import { PROFILES } from './profiles.ts'
import type { ValidateOptions } from './validate.ts'

const FORMATS: readonly ValidateOptions['format'][] = ['text', 'json', 'github', 'sarif']
const SWITCHES = ['fix', 'quiet', 'verbose'] as const

export interface PlainValidate {
  readonly files: readonly string[]
  readonly options: ValidateOptions
}

/** What to validate and how; undefined for everything that is not plainly that. */
export function plainValidate(argv: readonly string[]): PlainValidate | undefined {
  if (argv[0] !== 'validate') return undefined
  const files: string[] = []
  let options: ValidateOptions = { format: 'text' }
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? ''
    if (word === '--') return { files: [...files, ...argv.slice(at + 1)], options }
    if (!word.startsWith('-')) {
      files.push(word)
      continue
    }
    const switched = SWITCHES.find((each) => word === `--${each}`)
    if (switched !== undefined) {
      options = { ...options, [switched]: true }
      continue
    }
    const [flag, inline] = word.split(/=(.*)/s)
    const value = inline ?? argv[++at]
    const profile = PROFILES.find((each) => flag === '--profile' && each === value)
    const format = FORMATS.find((each) => flag === '--format' && each === value)
    const maxWarnings = flag === '--max-warnings' && /^\d+$/.test(value ?? '') ? Number(value) : undefined
    if (profile === undefined && format === undefined && maxWarnings === undefined) return undefined
    options = {
      ...options,
      ...(profile && { profile }),
      ...(format && { format }),
      ...(maxWarnings !== undefined && { maxWarnings }),
    }
  }
  return { files, options }
}
