// What a drawn page has to say: `drawn()` when nothing is under way any more, and then `report()`.
import { LoadingState } from '@grafana/data';
import { sceneGraph, SceneQueryRunner, VizPanel, type SceneObject } from '@grafana/scenes';
import { traffic } from './backend';
import { cutLabels } from './labels';

const IDLE_TIMES = 4;

export function watch(scene: SceneObject, dashboard: any): void {
  const panels = sceneGraph.findAllObjects(scene, (each) => each instanceof VizPanel) as VizPanel[];
  let idle = 0;
  let width = 0;
  const look = () => {
    idle = isSettled(scene, panels) && width === innerWidth ? idle + 1 : 0;
    width = innerWidth;
    setTimeout(() => requestIdleCallback(look), 50);
  };
  look();
  Object.assign(window, {
    drawn: (wanted: number) => idle >= IDLE_TIMES && width === wanted,
    report: () => ({
      refused: traffic.refused,
      variables: variablesOf(scene),
      head: cutLabels(document.body.querySelector('#root')!, '[data-viz-panel-key]'),
      menu: linksIn(document.querySelector('[data-menu]')!),
      links: linksIn(document.querySelector('[data-dashboard]')!),
      panels: panels.map((panel) => panelOf(panel, dashboard)).filter(Boolean),
    }),
  });
}

function isSettled(scene: SceneObject, panels: VizPanel[]): boolean {
  const variables = sceneGraph.getVariables(scene).state.variables;
  return (
    traffic.open === 0 &&
    document.fonts.status === 'loaded' &&
    variables.every((variable) => !variable.state.loading) &&
    panels.every((panel) => isDone(panel))
  );
}

function isDone(panel: VizPanel): boolean {
  if (panel.state._pluginLoadError) return true;
  const state = runnerOf(panel)?.state.data?.state;
  const isLoaded = panel.getPlugin() !== undefined;
  return isLoaded && (!runnerOf(panel) || state === LoadingState.Done || state === LoadingState.Error);
}

function runnerOf(panel: VizPanel): SceneQueryRunner | undefined {
  const data: any = panel.state.$data;
  return data?.state.$data ?? data;
}

function variablesOf(scene: SceneObject) {
  return sceneGraph.getVariables(scene).state.variables.map(({ state }: any) => ({
    name: state.name,
    value: state.value,
    options: state.options?.length ?? null,
    has_all: Boolean(state.includeAll),
    error: state.error ? String(state.error.message ?? state.error) : '',
  }));
}

function panelOf(panel: VizPanel, dashboard: any) {
  const id = Number(panel.state.key!.replace('panel-', ''));
  const box = document.querySelector<HTMLElement>(`[data-viz-panel-key="panel-${id}"]`);
  if (!box) return null;
  return {
    id,
    error: panel.state._pluginLoadError ?? crashOf(box) ?? '',
    queries: queriesOf(panel),
    no_data: noDataIn(box),
    cut: cutLabels(box),
    links: [...linksOfFields(panel), ...linksOfPanel(panel, dashboard, id)],
  };
}

function crashOf(box: HTMLElement): string | null {
  const alert = box.querySelector<HTMLElement>('[data-testid="data-testid Alert error"]');
  return alert && alert.innerText;
}

function queriesOf(panel: VizPanel) {
  const runner = runnerOf(panel);
  const data = runner?.state.data;
  return (runner?.state.queries ?? []).map((query: any) => {
    const frames = (data?.series ?? []).filter((frame) => frame.refId === query.refId);
    const isWrong = (error: any) => !error.refId || error.refId === query.refId;
    return {
      ref: query.refId,
      expr: sceneGraph.interpolate(panel, query.expr),
      series: frames.filter((frame) => frame.length > 0).length,
      errors: (data?.errors ?? []).filter(isWrong).map((error: any) => String(error.message ?? error.data?.message ?? error)),
    };
  });
}

/** The places that say that they have no data, in whatever words the panel was given. */
function noDataIn(box: HTMLElement): string[] {
  const content = box.querySelector('[data-testid="data-testid panel content"]') ?? box;
  return [...content.querySelectorAll<HTMLElement>('*')]
    .filter((each) => each.dataset.noData !== undefined || (!each.children.length && each.innerText?.trim() === 'No data'))
    .map((each) => each.innerText.trim());
}

function linksIn(box: Element): string[] {
  return [...new Set([...box.querySelectorAll('a[href]')].map((link) => link.getAttribute('href')!))];
}

/** Data links of all rows: a table draws only those that are seen, a chart none until it is touched. */
function linksOfFields(panel: VizPanel): string[] {
  const data = panel.state.$data?.state.data;
  if (!data) return [];
  const found = new Set<string>();
  for (const frame of panel.applyFieldConfig(data).series) {
    for (const field of frame.fields) {
      if (!field.config.links?.length) continue;
      for (let valueRowIndex = 0; valueRowIndex < frame.length; valueRowIndex++) {
        field.getLinks?.({ valueRowIndex }).forEach(({ href }) => found.add(href));
      }
    }
  }
  return [...found];
}

function linksOfPanel(panel: VizPanel, dashboard: any, id: number): string[] {
  const all = dashboard.panels.flatMap((each: any) => [each, ...(each.panels ?? [])]);
  const links = all.find((each: any) => each.id === id)?.links ?? [];
  return links.map((link: any) => sceneGraph.interpolate(panel, link.url));
}
