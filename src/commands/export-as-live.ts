import type { Environment } from '../plan/plan.ts'
import { containerOf } from '../live/container.ts'
import { NOTHING_LISTED, listedIn } from '../live/listed.ts'
import type { LiveState, Owner } from '../live/live.ts'
import { exportIn } from './export-in.ts'
import { readBytes } from './read-named.ts'

/** An exported container in the place of the live one. */
export async function readExportAsLive(
  file: string,
  owner: Owner,
  { gtm, ga4 }: Environment,
): Promise<LiveState> {
  const version = exportIn(await readBytes(file), file)
  const id = typeof version['containerVersionId'] === 'string' ? version['containerVersionId'] : '0'
  const content = containerOf(version, owner)
  const container = `accounts/${gtm.account}/containers/0`
  return {
    ...owner,
    container: {
      path: container,
      publicId: version.container?.publicId ?? gtm.container,
      usageContext: version.container?.usageContext ?? [],
    },
    property: `properties/${ga4.property}`,
    version: { id, path: `${container}/versions/${id}`, name: file, description: '' },
    content,
    ga4: [],
    ga4Reads: 0,
    listed: listedIn(content, owner) ?? NOTHING_LISTED,
    ga4Uses: [],
    gtmReads: 0,
  }
}
