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
    for (const part of ['.layout-head', '.layout-body', '.layout-foot'])
      document.querySelector(part).replaceWith(fresh.querySelector(part))
    for (const id of open) document.getElementById(id)?.querySelector('details')?.setAttribute('open', '')
    document.title = fresh.title
    dispatchEvent(new Event('plan-redrawn'))
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
