// The services that Grafana's packages look for, each as small as a page with one dashboard allows.
import { prometheus } from './boot';
import { EventBusSrv, LoadingState, toDataFrame } from '@grafana/data';
import { PrometheusDatasource } from '@grafana/prometheus';
import * as runtime from '@grafana/runtime';
import { sceneGraph, type SceneObject } from '@grafana/scenes';
import { catchError, from, map, of } from 'rxjs';
import { backend } from './backend';

let scene: SceneObject | undefined;

/** Tell the services whose variables they shall replace. */
export function useScene(given: SceneObject): void {
  scene = given;
}

const templates: any = {
  getVariables: () => [],
  replace: (text: string, scoped?: any, format?: any) => {
    const place = scoped?.__sceneObject?.value?.valueOf?.() ?? scene;
    return place ? sceneGraph.interpolate(place, text, scoped, format) : text;
  },
  containsTemplate: (text?: string) => /\$\{?\w+|\[\[/.test(text ?? ''),
  updateTimeRange() {},
};

function runRequest(datasource: any, request: any, method?: any) {
  const begun: any = { state: LoadingState.Loading, series: [], timeRange: request.range, request };
  const answer = method ? method(request) : datasource.query(request);
  return (answer.then ? from(answer) : answer).pipe(
    map((got: any) => {
      const errors = got.errors ?? (got.error ? [got.error] : undefined);
      const series = (got.data ?? []).map((frame: any) => (method ? frame : toDataFrame(frame)));
      const state = errors?.length ? LoadingState.Error : got.state ?? LoadingState.Done;
      return { ...begun, state, series, errors, error: errors?.[0] };
    }),
    catchError((error) => of({ ...begun, state: LoadingState.Error, error, errors: [error] }))
  );
}

export function startServices(plugins: Record<string, any>): void {
  runtime.setBackendSrv(backend);
  runtime.setAppEvents(new EventBusSrv() as any);
  runtime.setEchoSrv({ addEvent() {}, addBackend() {}, flush() {} } as any);
  runtime.setPluginLinksHook((() => ({ links: [], isLoading: false })) as any);
  runtime.setPluginComponentsHook?.((() => ({ components: [], isLoading: false })) as any);
  runtime.setTemplateSrv(templates);
  const datasource: any = new (PrometheusDatasource as any)(prometheus, templates);
  datasource.meta = prometheus.meta;
  runtime.setDataSourceSrv({
    get: async () => datasource,
    getList: () => [prometheus],
    getInstanceSettings: () => prometheus,
    reload() {},
    registerRuntimeDataSource() {},
  } as any);
  runtime.setRunRequest(runRequest as any);
  runtime.setPluginImportUtils({
    importPanelPlugin: async (id: string) => {
      if (!plugins[id]) throw new Error(`unknown panel type: ${id}`);
      return plugins[id];
    },
    getPanelPluginFromCache: (id: string) => plugins[id],
  } as any);
}
