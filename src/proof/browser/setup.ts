import type { ContainerVersion, PropertyFacts } from '../../runtime/core/container.ts'
import type { Site } from './site.ts'
import type { OpenStage } from './stage.ts'

/** What a run in a browser needs. */
export interface BrowserSetup {
  /** Path of the browser. */
  readonly browser: string
  readonly now: Date
  /** Public id of the container. */
  readonly container: string
  /** What answers `gtm.js`: our runtime with this container, or Google's preview link. */
  readonly gtm:
    | {
        readonly kind: 'ours'
        readonly runtime: string
        readonly version: ContainerVersion
        readonly property: PropertyFacts
      }
    | {
        readonly kind: 'link'
        readonly link: string
        /** Milliseconds until its script must be there; left out, LIMITS.script. */
        readonly patience?: number
      }
  /** The team's own site, for scenarios without generated elements. */
  readonly site?: Site
  /** Hosts that are the site's. */
  readonly hosts: ReadonlySet<string>
  readonly note: (text: string) => void
  /** Gives a browser that runs already and is not ours to end; left out, one is started. */
  readonly openStage?: OpenStage
}
