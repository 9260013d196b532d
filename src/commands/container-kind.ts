/** What a plan makes runs on web pages only: every command that reaches a container looks at what it is for first. */
import { isForWeb, type LiveState } from '../live/live.ts'
import { pointerOf } from '../plan/diagnostic.ts'
import type { Io } from './io.ts'
import { refused, type LoadedPlan } from './load-plan.ts'

/** Throws a Failure for a container of another kind; what else is to be said of it would be noise. */
export function requireWeb(
  container: Pick<LiveState['container'], 'usageContext'>,
  { plan, parsed, written }: LoadedPlan,
  io: Io,
): void {
  if (isForWeb(container)) return
  const { usageContext } = container
  const { id, gtm } = plan.environment
  const found = written([
    {
      severity: 'error',
      code: 'container-is-for-the-web',
      message: `${gtm.container} is a container of the kind "${usageContext.join(', ')}"; a plan goes into a container for the web.`,
      fix: 'name the web container, whose kind GTM calls "Web"',
      at: pointerOf('environments', id, 'gtm', 'container'),
    },
  ])
  throw refused(found, parsed, io)
}
