/** A version that somebody else makes, as Google would make it from a workspace that was theirs all along. */
import { copyContent, type GtmContainer } from '../state.ts'
import type { Store } from '../store.ts'
import { createEntity } from './edit.ts'
import { gtmNotFound } from '../errors.ts'

/** The latest version and one more tag; gives its number. It is the latest then, and not live. */
export function makeVersion(store: Store, container: GtmContainer, tag?: string): string {
  const latest = container.versions.get(container.latestVersionId)
  if (!latest) throw gtmNotFound()
  const containerVersionId = String(container.nextVersionId)
  const content = copyContent(latest.content)
  createEntity({ store, container, content }, 'tag', {
    name: tag ?? `Tag of version ${containerVersionId}`,
    type: 'html',
    parameter: [{ type: 'template', key: 'html', value: '<script>/* not the plan’s */</script>' }],
    firingTriggerId: ['2147479553'],
  })
  container.versions.set(containerVersionId, {
    containerVersionId,
    version: { name: 'Made by somebody else', fingerprint: store.stamp() },
    container: container.container,
    content,
  })
  container.nextVersionId++
  container.latestVersionId = containerVersionId
  return containerVersionId
}
