import { parseExport, type ContainerVersion } from '../lift/parse-export.ts'
import { Failure } from './failure.ts'

/** The container in an export. Throws a Failure that says what is wrong with the file. */
export function exportIn(bytes: Buffer, file: string): ContainerVersion {
  const { version, diagnostics } = parseExport(bytes.toString('utf8'), file)
  if (version !== undefined) return version
  throw new Failure(
    'export-is-readable',
    diagnostics.map(({ message, fix }) => `${message} ${fix ?? ''}`).join('\n'),
  )
}
