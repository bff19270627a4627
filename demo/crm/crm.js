// The CRM page: a list, a card, orders and a search. An ordinary page that knows nothing of any telephone.
import { customers, orders } from './customers.js';

const list = document.querySelector('#customer-list');
const card = document.querySelector('#card');
const search = document.querySelector('#search');
const opened = new Map(); // how often each customer was opened, shown on the row

function element(tag, properties = {}, ...children) {
  const { dataset = {}, ...rest } = properties;
  const made = Object.assign(document.createElement(tag), rest);
  Object.assign(made.dataset, dataset);
  made.append(...children);
  return made;
}

function phone({ text, href }) {
  return href ? element('a', { href, textContent: text }) : element('span', { className: 'phone', textContent: text });
}

function row(customer) {
  const badge = element(
    'span',
    { className: 'opened quiet', title: 'times opened' },
    String(opened.get(customer.id) ?? ''),
  );
  const made = element(
    'li',
    { className: 'customer', tabIndex: 0, dataset: { id: customer.id } },
    element('span', { className: 'avatar', ariaHidden: 'true' }, customer.name.slice(0, 1)),
    element(
      'span',
      { className: 'who' },
      element('b', {}, customer.name, ' ', element('small', {}, customer.latin)),
      element('span', { className: 'quiet' }, customer.company),
    ),
    element('span', { className: 'reach' }, phone(customer.phones[0]), badge),
  );
  // The page's own click: a row opens its customer, wherever it is clicked.
  made.addEventListener('click', () => open(customer.id));
  made.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target === made) open(customer.id);
  });
  return made;
}

function open(id) {
  opened.set(id, (opened.get(id) ?? 0) + 1);
  const current = list.querySelector(`[data-id="${id}"] .opened`);
  if (current) current.textContent = String(opened.get(id));
  for (const each of list.children) each.toggleAttribute('aria-current', each.dataset.id === id);
  draw(customers.find((customer) => customer.id === id));
}

function draw(customer) {
  const facts = [['Customer', customer.id], ['City', customer.city], ...customer.facts];
  const callback = element('input', { type: 'tel', value: '13812345678', id: 'callback', name: 'callback' });
  const reference = element('input', { type: 'text', value: 'Ref 021-61234567', id: 'reference', name: 'reference' });
  const notes = element('textarea', { id: 'notes', name: 'notes', rows: 4, value: customer.notes });
  card.replaceChildren(
    element(
      'header',
      { className: 'person' },
      element('span', { className: 'avatar large', ariaHidden: 'true' }, customer.name.slice(0, 1)),
      element(
        'div',
        {},
        element('h2', {}, customer.name, ' ', element('small', {}, customer.latin)),
        element('p', { className: 'quiet' }, customer.company),
        element('p', {}, ...customer.tags.map((tag) => element('span', { className: 'tag' }, tag))),
      ),
    ),
    element('h3', {}, 'Phone'),
    element(
      'dl',
      { className: 'phones' },
      ...customer.phones.flatMap((each) => [element('dt', {}, each.label), element('dd', {}, phone(each))]),
    ),
    element('h3', {}, 'Details'),
    element(
      'dl',
      {},
      ...facts.flatMap(([label, value]) => [element('dt', {}, label), element('dd', { className: 'mono' }, value)]),
    ),
    element('h3', {}, 'Follow-up'),
    element(
      'form',
      { className: 'follow' },
      element('label', {}, 'Call back on', callback),
      element('label', {}, 'Reference', reference),
      element('label', { className: 'wide' }, 'Notes', notes),
      element('button', { type: 'button', className: 'save', textContent: 'Save' }),
    ),
  );
}

function drawList() {
  const wanted = search.value.trim().toLowerCase();
  const digits = wanted.replace(/\D/g, '');
  const shown = customers.filter((customer) => {
    const words = [customer.name, customer.latin, customer.company].join(' ').toLowerCase();
    const numbers = customer.phones.map(({ text }) => text.replace(/\D/g, '')).join(' ');
    return words.includes(wanted) || (digits !== '' && numbers.includes(digits));
  });
  list.replaceChildren(...shown.map(row));
  document.querySelector('#count').textContent = `${shown.length} of ${customers.length}`;
}

function drawOrders() {
  const classes = ['mono', 'mono', '', 'mono', 'mono', 'number', ''];
  const rows = orders.map((order) =>
    element('tr', {}, ...order.map((text, column) => element('td', { className: classes[column] }, text))),
  );
  document.querySelector('#order-rows').replaceChildren(...rows);
}

search.addEventListener('input', drawList);
drawList();
drawOrders();
draw(customers[0]);
list.firstElementChild?.toggleAttribute('aria-current', true);

// With an agent of the demo's call centre: the exchange lets the customer on the card ring through the queue.
const exchange = new URL(location.href).searchParams.get('exchange');
const said = document.querySelector('#queue-said');
document.querySelector('#call-centre').hidden = exchange === null;
document.querySelector('#queue-call').addEventListener('click', async () => {
  const id = list.querySelector('[aria-current]')?.dataset.id;
  const customer = customers.find((one) => one.id === id) ?? customers[0];
  const from = customer.phones[0].text.replace(/^\+86|\D/g, '');
  const data = { customer: customer.id, name: customer.name };
  try {
    const body = JSON.stringify({ to: '7000', from, queue: '7000', data });
    const { ok } = await fetch(`${exchange}/wellcloud/queue-call`, { method: 'POST', body });
    said.textContent = ok ? `${customer.latin} rings.` : 'The exchange refused that.';
  } catch {
    said.textContent = 'The exchange does not answer.';
  }
});
