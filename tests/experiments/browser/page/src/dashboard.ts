// A dashboard's JSON as a scene of @grafana/scenes, which is what Grafana itself makes of it.
import * as scenes from '@grafana/scenes';

function variable(given: any): any {
  const { name, description } = given;
  const common = { name, description, label: given.label ?? undefined, hide: given.hide ?? 0 };
  const value = given.current?.value ?? '';
  const text = given.current?.text ?? '';
  const many = { isMulti: given.multi, includeAll: given.includeAll, allValue: given.allValue, value, text };
  switch (given.type) {
    case 'datasource':
      return new scenes.DataSourceVariable({ ...common, ...many, pluginId: given.query, regex: given.regex });
    case 'query':
      return new scenes.QueryVariable({
        ...common,
        ...many,
        query: given.query,
        datasource: given.datasource,
        sort: given.sort,
        refresh: given.refresh ?? 1,
        regex: given.regex ?? '',
        defaultToAll: given.includeAll,
      });
    case 'custom':
      return new scenes.CustomVariable({ ...common, ...many, query: given.query });
    case 'interval':
      return new scenes.IntervalVariable({ ...common, intervals: given.query.split(','), value });
    case 'constant':
      return new scenes.ConstantVariable({ ...common, value: given.query });
    case 'textbox':
      return new scenes.TextBoxVariable({ ...common, value: given.query });
    default:
      throw new Error(`unknown variable type: ${given.type}`);
  }
}

function dataOf(panel: any): any {
  if (!panel.targets?.length) return undefined;
  const $data = new scenes.SceneQueryRunner({
    datasource: panel.datasource ?? panel.targets[0].datasource,
    queries: panel.targets,
    maxDataPoints: panel.maxDataPoints ?? undefined,
    minInterval: panel.interval ?? undefined,
    dataLayerFilter: { panelId: panel.id },
  });
  return new scenes.SceneDataTransformer({ $data, transformations: panel.transformations ?? [] });
}

function rangeOf(panel: any): object {
  if (!panel.timeFrom) return {};
  const $timeRange = new scenes.SceneTimeRange({ from: `now-${panel.timeFrom}`, to: 'now', timeZone: 'utc' });
  return { $timeRange };
}

function item(panel: any): scenes.SceneGridItem {
  const { x, y, w, h } = panel.gridPos;
  const body = new scenes.VizPanel({
    key: `panel-${panel.id}`,
    title: panel.title ?? '',
    description: panel.description || undefined,
    pluginId: panel.type,
    options: panel.options ?? {},
    fieldConfig: panel.fieldConfig ?? { defaults: {}, overrides: [] },
    displayMode: panel.transparent ? 'transparent' : 'default',
    $data: dataOf(panel),
    ...rangeOf(panel),
  });
  return new scenes.SceneGridItem({ x, y, width: w, height: h, body });
}

function row(panel: any, below: any[]): scenes.SceneGridRow {
  const children = [...(panel.panels ?? []), ...below].map(item);
  const isCollapsed = Boolean(panel.collapsed);
  return new scenes.SceneGridRow({ title: panel.title, y: panel.gridPos.y, isCollapsed, children } as any);
}

/** Panels that follow an open row belong to it. */
function items(panels: any[]): any[] {
  const first = panels.findIndex((panel) => panel.type === 'row');
  if (first < 0) return panels.map(item);
  const rest = panels.slice(first + 1);
  const next = rest.findIndex((panel) => panel.type === 'row');
  const below = next < 0 ? rest : rest.slice(0, next);
  const after = next < 0 ? [] : rest.slice(next);
  return [...panels.slice(0, first).map(item), row(panels[first], below), ...items(after)];
}

function layers(dashboard: any): any {
  const own = (dashboard.annotations?.list ?? []).filter((each: any) => !each.builtIn);
  if (!own.length) return undefined;
  return new scenes.SceneDataLayerSet({
    layers: own.map((query: any) => {
      const { name, enable, hide } = query;
      return new scenes.dataLayers.AnnotationsDataLayer({ name, isEnabled: enable, isHidden: hide, query });
    }),
  });
}

export function sceneOf(dashboard: any, asked: URLSearchParams): scenes.EmbeddedScene {
  const variables = (dashboard.templating?.list ?? []).map(variable);
  for (const each of variables) {
    const given = asked.getAll(`var-${each.state.name}`);
    if (given.length) each.changeValueTo(each.state.isMulti ? given : given[0]);
  }
  return new scenes.EmbeddedScene({
    $timeRange: new scenes.SceneTimeRange({
      from: asked.get('from') ?? dashboard.time?.from,
      to: asked.get('to') ?? dashboard.time?.to,
      timeZone: 'utc',
    }),
    $variables: new scenes.SceneVariableSet({ variables }),
    $data: layers(dashboard),
    controls: [
      new scenes.VariableValueSelectors({}),
      new scenes.SceneControlsSpacer(),
      new scenes.SceneTimePicker({ isOnCanvas: true }),
      new scenes.SceneRefreshPicker({ isOnCanvas: true }),
    ],
    body: new scenes.SceneGridLayout({ children: items(dashboard.panels), isLazy: false } as any),
  });
}
