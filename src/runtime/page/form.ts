import { elementKeys } from './dom-page.ts'
import type { Asking, Host } from './host.ts'
import { once } from './link.ts'

/** Forms: `submit` in the bubble phase. What the browser's own validation blocks never gets here (GTM-RUNTIME 5.1). */
export function listenToForms(host: Host, asking: readonly Asking<'formSubmission'>[]): void {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement)) return
    const isCanceled = event.defaultPrevented
    const asked = asking.filter(({ listener }) => !(isCanceled && listener.checkValidation))
    if (asked.length === 0) return
    const waits = !isCanceled && asked.some(({ listener }) => listener.waitForTags)
    if (waits) event.preventDefault()
    const go = once(() => submitByScript(form, event.submitter))
    const timeout = Math.max(...asked.map(({ listener }) => listener.timeout))
    host.push({
      event: 'gtm.formSubmit',
      ...elementKeys(form),
      'gtm.formCanceled': isCanceled,
      'gtm.triggers': host.idsOf(asked),
      ...(waits ? { eventCallback: go } : {}),
      eventTimeout: timeout,
    })
    if (waits) setTimeout(go, timeout)
  })
}

/** The pressed button comes along only when it has a name and a value: `<button name=x>` is lost (GTM-RUNTIME 5.1). */
function submitByScript(form: HTMLFormElement, pressed: HTMLElement | null): void {
  const name = pressed?.getAttribute('name')
  const value = pressed?.getAttribute('value')
  if (name && value) {
    const hidden = document.createElement('input')
    hidden.type = 'hidden'
    hidden.name = name
    hidden.value = value
    form.append(hidden)
  }
  HTMLFormElement.prototype.submit.call(form)
}
