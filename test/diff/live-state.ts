import type { LiveState } from '../../src/live/live.ts'

/** A state made by hand: an empty container and a property that was looked at and is empty. */
export function liveStateOf(more: Partial<LiveState> = {}): LiveState {
  return {
    plan: 'shop',
    container: { path: 'accounts/1/containers/2', publicId: 'GTM-TEST01', usageContext: ['web'] },
    property: 'properties/1',
    version: { id: '4', path: 'accounts/1/containers/2/versions/4', name: '', description: '' },
    content: { entities: [], builtIns: [], others: [] },
    ga4: [],
    ga4Reads: 1,
    listed: { keyEvents: [], settings: [] },
    ga4Uses: [],
    gtmReads: 3,
    ...more,
  }
}
