// GraphiQL as the bar sees it: what stands in the tab that is open, and new tabs. It runs before
// GraphiQL, whose editors' texts are read and written through the editor's own interface.

self.MonacoEnvironment = {
  globalAPI: true,
  getWorkerUrl: (_module, label) =>
    ({
      graphql: '/playground/graphql.worker.js',
      json: '/playground/json.worker.js',
    })[label] ?? '/playground/editor.worker.js',
};

const TABS = 'graphiql:tabState';
const ADD = '.graphiql-tab-add';

/** Kept in the browser; what is typed into the Headers tab never is. */
const KEPT = /^graphiql:(tabState|theme|docExplorerFlex|editorFlex|secondaryEditorFlex|navFlex)$/;

function storage() {
  const session = new Map();
  return {
    getItem: (key) => (KEPT.test(key) ? localStorage.getItem(key) : (session.get(key) ?? null)),
    setItem: (key, value) =>
      KEPT.test(key) ? localStorage.setItem(key, value) : session.set(key, value),
    removeItem: (key) => (KEPT.test(key) ? localStorage.removeItem(key) : session.delete(key)),
    clear: () => session.clear(),
    get length() {
      return session.size;
    },
  };
}

function keptTab() {
  try {
    const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem(TABS));
    return tabs[activeTabIndex].query ? tabs[activeTabIndex] : null;
  } catch {
    return null;
  }
}

const text = (file) =>
  globalThis.monaco?.editor.getModels().find(({ uri }) => uri.path.endsWith(file));

/** Operation and variables of the open tab, as they stand in the editors. */
export function current() {
  return {
    query: text('operation.graphql')?.getValue() ?? '',
    variables: text('variables.json')?.getValue() || '{}',
  };
}

export function openTab({ query, variables }) {
  document.querySelector(ADD).click();
  text('operation.graphql').setValue(query);
  text('variables.json').setValue(variables);
}

/** With the tabs of the last visit where there are any; `asked` in one of its own when it `isLinked`. */
export async function show(place, endpoint, asked, { isLinked }) {
  const first = (isLinked ? null : keptTab()) ?? asked;
  globalThis.YogaGraphiQL.renderYogaGraphiQL(place, {
    endpoint,
    title: 'Công vụ KPI',
    logo: '<span></span>',
    query: first.query,
    variables: first.variables ?? undefined,
    storage: storage(),
    shouldPersistHeaders: false,
    showPersistHeadersSettings: false,
    defaultEditorToolsVisibility: 'variables',
    // Its own way writes whatever is typed into the address.
    onEditQuery: () => {},
  });
  while (!(document.querySelector(ADD) && text('variables.json'))) {
    await new Promise((done) => setTimeout(done, 20));
  }
}
