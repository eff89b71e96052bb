// The bar above GraphiQL: who asks, which example, in which language.
'use strict';

const ENDPOINT = '/graphql';
const WELCOME = {
  name: 'Bắt đầu · Start here',
  query: `# Chọn vai trò và truy vấn mẫu ở thanh trên, rồi bấm nút chạy (Ctrl-Enter).
# Choose a role and an example in the bar above, then press the run button (Ctrl-Enter).

query Start {
  __schema {
    queryType {
      fields {
        name
        description
      }
    }
  }
}
`,
};

const roleBox = document.getElementById('role');
const exampleBox = document.getElementById('example');
const languageBox = document.getElementById('language');
const copyButton = document.getElementById('copy');
const explorer = document.getElementById('explorer');

self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_module, label) =>
    ({
      graphql: '/playground/graphql.worker.js',
      json: '/playground/json.worker.js',
    })[label] ?? '/playground/editor.worker.js',
};

let tokens = [];
let examples = [WELCOME];

function chosenToken() {
  return tokens[roleBox.value]?.token ?? null;
}

// What is typed into the Headers tab wins over the bar.
const plainFetch = globalThis.fetch.bind(globalThis);
globalThis.fetch = (target, options = {}) => {
  const url = new URL(target?.url ?? target, location.href);
  if (url.pathname !== ENDPOINT) return plainFetch(target, options);
  const headers = new Headers(options.headers);
  const token = chosenToken();
  if (token && !headers.has('authorization')) headers.set('authorization', `Bearer ${token}`);
  if (!headers.has('accept-language')) headers.set('accept-language', languageBox.value);
  return plainFetch(target, { ...options, headers });
};

// Each example starts with a clean editor; theme and sizes are kept in the browser.
function editorStorage() {
  const kept = /^graphiql:(theme|docExplorerFlex|editorFlex|secondaryEditorFlex|navFlex)/;
  const session = new Map();
  return {
    getItem: (key) => (kept.test(key) ? localStorage.getItem(key) : (session.get(key) ?? null)),
    setItem: (key, value) =>
      kept.test(key) ? localStorage.setItem(key, value) : session.set(key, value),
    removeItem: (key) => (kept.test(key) ? localStorage.removeItem(key) : session.delete(key)),
    clear: () => session.clear(),
    get length() {
      return session.size;
    },
  };
}

function showExample() {
  const { query, variables } = examples[exampleBox.value];
  const address = new URL(location.href);
  address.searchParams.delete('query');
  history.replaceState({}, '', address);
  const room = document.createElement('div');
  explorer.replaceChildren(room);
  globalThis.YogaGraphiQL.renderYogaGraphiQL(room, {
    endpoint: ENDPOINT,
    title: 'Công vụ KPI',
    logo: '<span></span>',
    query,
    variables: JSON.stringify(variables ?? {}, null, 2),
    storage: editorStorage(),
    shouldPersistHeaders: false,
    defaultEditorToolsVisibility: 'variables',
  });
}

function fill(box, labels) {
  box.replaceChildren(...labels.map((label, index) => new Option(label, index)));
}

function chooseRole(role) {
  const index = tokens.findIndex((token) => token.role === role);
  if (index >= 0) roleBox.value = index;
  copyButton.disabled = !chosenToken();
}

async function start() {
  const demo = await plainFetch('/playground/demo.json').then((answer) => answer.json());
  tokens = [{ role: '', label: 'Khách, không đăng nhập · Anonymous', token: null }, ...demo.tokens];
  if (demo.examples.length > 0) examples = demo.examples;
  fill(roleBox, tokens.map(({ label, role }) => label ?? role));
  fill(exampleBox, examples.map(({ name }) => name));
  if (!navigator.language.startsWith('vi')) languageBox.value = 'en';
  const linked = new URL(location.href).searchParams.get('query');
  if (linked) {
    examples = [{ name: 'Từ liên kết · From the link', query: linked }, ...examples];
    fill(exampleBox, examples.map(({ name }) => name));
  }
  chooseRole(examples[0].role ?? '');
  showExample();
}

exampleBox.addEventListener('change', () => {
  chooseRole(examples[exampleBox.value].role ?? '');
  showExample();
});
roleBox.addEventListener('change', () => {
  copyButton.disabled = !chosenToken();
});
copyButton.addEventListener('click', () => navigator.clipboard.writeText(chosenToken()));

start();
