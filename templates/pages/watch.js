// Only while `plan docs --watch` serves the page: takes what was saved, and keeps the reader's place.
;(() => {
  const note = document.createElement('pre')
  note.className = 'docs-findings'
  note.setAttribute('role', 'alert')
  note.hidden = true
  document.body.prepend(note)

  async function redraw() {
    const fresh = new DOMParser().parseFromString(await (await fetch('/')).text(), 'text/html')
    const open = [...document.querySelectorAll('details[open]')].map((each) => each.closest('[id]')?.id)
    const focus = focused()
    const stay = place()
    for (const part of ['.layout-head', '.layout-body', '.layout-foot'])
      document.querySelector(part).replaceWith(fresh.querySelector(part))
    for (const id of open) document.getElementById(id)?.querySelector('details')?.setAttribute('open', '')
    document.title = fresh.title
    dispatchEvent(new Event('plan-redrawn'))
    focus()
    stay()
    // What comes into view is laid out only now, and may be longer than it was taken for.
    for (let frame = 0; frame < 3; frame++) {
      await new Promise(requestAnimationFrame)
      stay()
    }
  }

  /** Puts what was read back to where it stood: the last thing that began above, or its neighbour where it is gone. */
  function place() {
    if (scrollY === 0) return () => {}
    const top = (element) => element.getBoundingClientRect().top
    const isShown = (element) => element !== null && element.getClientRects().length > 0
    const begun = [...document.querySelectorAll('#the-content [id]')]
      .filter((element) => isShown(element) && top(element) < innerHeight / 3)
      .map((element) => ({ id: element.id, was: top(element) }))
    return () => {
      const near = begun.findLast(({ id }) => isShown(document.getElementById(id)))
      if (near !== undefined) scrollBy({ top: top(document.getElementById(near.id)) - near.was, behavior: 'instant' })
    }
  }

  /** Puts the keyboard back to where it was: the same element of the same thing, its caret too. */
  function focused() {
    const element = document.activeElement
    const { id } = element.closest('[id]') ?? {}
    const alike = () => [...(document.getElementById(id)?.querySelectorAll(element.localName) ?? [])]
    const index = alike().indexOf(element)
    const { selectionStart: start, selectionEnd: end } = element
    return () => {
      const again = element.id === '' ? alike()[index] : document.getElementById(element.id)
      again?.focus({ preventScroll: true })
      if (typeof start === 'number') again?.setSelectionRange(start, end)
    }
  }

  const events = new EventSource('/events')
  events.addEventListener('page', () => {
    note.hidden = true
    redraw()
  })
  events.addEventListener('findings', ({ data }) => {
    note.textContent = JSON.parse(data)
    note.hidden = false
  })
})()
