// The console's behaviour beyond htmx: live lists that change without flicker, the copy button, questions that depend on others.

// Swap style "merge": the answer holds lists with the same ids as on the page. Rows are matched by id; one whose data-version is the
// same is not touched, so what the reader unfolded, selected or focused stays as it is.
htmx.defineExtension('merge', {
  isInlineSwap: style => style === 'merge',
  handleSwap: (style, target, fragment) => {
    if (style !== 'merge') {
      return false;
    }
    const added = [];
    for (const incoming of fragment.querySelectorAll('[data-merge]')) {
      const current = document.getElementById(incoming.id);
      if (current) {
        mergeList(current, incoming, added);
      }
    }
    return added;
  },
});

function mergeList(current, incoming, added) {
  const known = new Map(Array.from(current.children, row => [row.id, row]));
  const wasEmpty = known.size === 0;
  let place = current.firstElementChild;
  for (const fresh of Array.from(incoming.children)) {
    const row = known.get(fresh.id);
    if (!row) {
      fresh.classList.toggle('is-new', !wasEmpty);
      current.insertBefore(fresh, place);
      added.push(fresh);
      continue;
    }
    known.delete(fresh.id);
    if (row === place) {
      place = place.nextElementSibling;
    } else {
      current.insertBefore(row, place);
    }
    if (row.dataset.version !== fresh.dataset.version) {
      renew(row, fresh);
    }
  }
  // What is left and stands below the last fresh row only fell off the first page; what stands above it is gone.
  const below = new Set();
  for (let row = place; row; row = row.nextElementSibling) {
    below.add(row);
  }
  for (const row of known.values()) {
    if (!(current.dataset.merge === 'newest' && below.has(row))) {
      row.remove();
    }
  }
}

function renew(row, fresh) {
  row.dataset.version = fresh.dataset.version;
  const details = row.querySelector(':scope > details');
  if (!details) {
    row.replaceChildren(...fresh.childNodes);
    return;
  }
  details.querySelector('summary').replaceChildren(...fresh.querySelector('summary').childNodes);
  if (details.open) {
    htmx.trigger(details, 'refresh');
  }
}

// A call is fetched when it is unfolded, not when it is folded again.
document.addEventListener('htmx:beforeRequest', event => {
  if (event.target.matches('.call > details') && !event.target.open) {
    event.preventDefault();
  }
});

// The live mark tells whether the page still hears from the hub.
const lost = event => event.target.closest('[data-live]')?.classList.add('is-lost');
document.addEventListener('htmx:sendError', lost);
document.addEventListener('htmx:responseError', lost);
document.addEventListener('htmx:timeout', lost);
document.addEventListener('htmx:afterOnLoad', event => {
  if (event.detail.successful) {
    event.target.closest('[data-live]')?.classList.remove('is-lost');
  }
});

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (button) {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    await navigator.clipboard?.writeText(field.value);
    button.textContent = button.dataset.copied;
  }
});

// data-shown-when="login=oauth": a question that makes sense only for that answer to another one. Hidden ones are not sent.
function showWhatApplies(form) {
  for (const field of form.querySelectorAll('[data-shown-when]')) {
    const applies = field.dataset.shownWhen.split('&').every(condition => {
      const [name, value] = condition.split('=');
      return form.elements[name]?.value === value;
    });
    field.hidden = !applies;
    field.querySelectorAll('input, select, textarea').forEach(input => { input.disabled = !applies; });
  }
}
for (const form of document.querySelectorAll('form[data-connector]')) {
  form.addEventListener('change', () => showWhatApplies(form));
  showWhatApplies(form);
}
