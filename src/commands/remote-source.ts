/** Connects a source that is at Google; a source of files needs no connection. */
import { AnalyticsError } from '../analytics/failure.ts'
import type { OpenRemote } from '../analytics/measure.ts'
import type { Source } from '../analytics/sources.ts'
import type { Environment } from '../plan/plan.ts'
import type { Io } from './io.ts'
import type { TargetOptions } from './target.ts'

/** Gives the work what opens the source, for as long as the work takes. */
export async function remoteOpener<T>(
  source: Source,
  _environment: Environment,
  _options: TargetOptions,
  _io: Io,
  work: (open: OpenRemote) => Promise<T>,
): Promise<T> {
  if (source.kind !== 'files')
    throw new AnalyticsError(
      'not-available-from-this-source',
      'Only files are read so far.',
      'name export files: --from "data/events_*.parquet".',
    )
  return work(() => {
    throw new Error('Files are opened without a connection.')
  })
}
