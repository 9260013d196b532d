import { shownLink } from '../proof/shown-link.ts'
import { UsageError } from './failure.ts'
import type { Level } from '../proof/report.ts'

export interface PreviewOptions {
  readonly level: Level
  readonly previewLink?: string
  readonly compare?: boolean
}

/** What says something about Google's runtime makes no sense without it. @param container the environment's */
export function checkPreview(options: PreviewOptions, container: string): void {
  if (options.level === 'preview') {
    const id = new URL(previewLink(options)).searchParams.get('id')
    if (id === null || id === container) return
    throw new UsageError(
      `--preview-link is of the container ${id}, and the environment’s is ${container}: name the environment with -e, or take the link from the other container.`,
    )
  }
  if (options.compare === true)
    throw new UsageError(
      `--compare compares ours with Google’s runtime, which runs at --level preview only, not at ${options.level}.`,
    )
  if (options.previewLink !== undefined)
    throw new UsageError(`--preview-link is for --level preview; level ${options.level} asks nobody.`)
}

/** Where a double of Google's may answer. */
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

export function isGoogles(link: string): boolean {
  return /(^|\.)googletagmanager\.com$/.test(new URL(link).hostname)
}

export function previewLink({ previewLink: link }: PreviewOptions): string {
  if (link !== undefined && URL.canParse(link)) {
    const { hostname, pathname } = new URL(link)
    if (pathname.endsWith('/gtm.js') && (isGoogles(link) || LOOPBACK.has(hostname))) return link
    throw new UsageError(
      `--preview-link must be an address of gtm.js at www.googletagmanager.com, not ${shownLink(link)}. It stands in the snippet of a GTM environment (Admin, Environments, Get Snippet).`,
    )
  }
  throw new UsageError(
    'Level preview needs --preview-link: the address of gtm.js in the snippet of a GTM environment (Admin, Environments, Get Snippet), with its gtm_auth and gtm_preview.',
  )
}
