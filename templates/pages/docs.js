// What needs a script: search, filters, copying. The page reads and prints without it.
;(() => {
  // Letters as people search for them: without accents, vowel marks and the forms of alef, in any case.
  const fold = (text) =>
    text
      .normalize('NFKD')
      .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, '')
      .replace(/[أإآٱ]/g, 'ا')
      .replace(/ى/g, 'ي')
      .replace(/ة/g, 'ه')
      .toLowerCase()

  start()
  addEventListener('plan-redrawn', start)

  function start() {
    for (const button of document.querySelectorAll('[data-copy]')) {
      if (!navigator.clipboard) break
      button.hidden = false
      button.addEventListener('click', async () => {
        await navigator.clipboard.writeText(button.previousElementSibling.textContent)
        button.textContent = 'Copied'
        setTimeout(() => (button.textContent = 'Copy'), 1500)
      })
    }

    const form = document.getElementById('docs-filter')
    if (!form) return
    form.hidden = false
    const count = form.querySelector('[role=status]')
    const groups = [...document.querySelectorAll('[data-group]')]
    const items = [...document.querySelectorAll('[data-item]')].map((element) => ({
      element,
      text: fold(element.textContent),
      of: element.dataset,
    }))
    // What holds in one market alone.
    const ofMarkets = [...document.querySelectorAll('[data-of-market]')]
    const fields = [...form.elements].filter((field) => field.name)
    const chosen = () => Object.fromEntries(fields.map((field) => [field.name, field.value]))

    function show() {
      const { q, goal, market, ...exact } = chosen()
      const words = fold(q).split(/\s+/).filter(Boolean)
      let shown = 0
      for (const { element, text, of } of items) {
        const fits =
          words.every((word) => text.includes(word)) &&
          (!goal || of.goal.split(' ').includes(goal)) &&
          (!market || of.market.split(' ').includes(market)) &&
          Object.entries(exact).every(([name, value]) => !value || of[name] === value)
        element.hidden = !fits
        if (fits) shown += 1
      }
      for (const each of ofMarkets) each.hidden = Boolean(market) && each.dataset.ofMarket !== market
      // A name of which nothing is left goes as well.
      for (const name of document.querySelectorAll('dt:has(+ [data-of-market])')) {
        let said = name.nextElementSibling
        while (said?.localName === 'dd' && said.hidden) said = said.nextElementSibling
        name.hidden = said?.localName !== 'dd'
      }
      for (const group of groups) group.hidden = !group.querySelector('[data-item]:not([hidden])')
      count.textContent =
        shown === items.length ? `${shown} conversions` : `${shown} of ${items.length} conversions`
    }

    // The choice stands in the address, so that it can be sent to somebody.
    function remember() {
      const query = new URLSearchParams(Object.entries(chosen()).filter(([, value]) => value))
      const address = new URL(location.href)
      address.search = query.toString()
      try {
        history.replaceState(null, '', address)
        asked = location.search
      } catch {
        // Some browsers keep the addresses of files as they are.
      }
    }

    function changed() {
      show()
      remember()
    }

    // What is linked to is never hidden.
    function reveal() {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
      if (!form.isConnected || !target?.closest('[hidden]')) return
      form.reset()
      show()
      target.scrollIntoView()
    }

    let asked
    function choose() {
      asked = location.search
      const query = new URLSearchParams(asked)
      for (const field of fields) field.value = query.get(field.name) ?? ''
    }

    choose()
    // Going back goes back to what was chosen.
    addEventListener('popstate', () => {
      if (!form.isConnected || location.search === asked) return
      choose()
      show()
    })
    form.addEventListener('input', changed)
    form.addEventListener('submit', (event) => event.preventDefault())
    form.addEventListener('reset', () => setTimeout(changed))
    addEventListener('hashchange', reveal)
    show()
    reveal()
  }
})()
