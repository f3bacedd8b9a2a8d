// What a generated dashboard has to be by the types of Grafana's own schema package: no key too many, no value of another type.

import type * as schema from '@grafana/schema';
import type * as bargauge from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import type * as piechart from '@grafana/schema/dist/esm/raw/composable/piechart/panelcfg/x/PieChartPanelCfg_types.gen';
import type * as stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as strips from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type * as table from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as text from '@grafana/schema/dist/esm/raw/composable/text/panelcfg/x/TextPanelCfg_types.gen';
import type * as timeseries from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

type IsAny<T> = 0 extends 1 & T ? true : false;

/** A type in which texts stand for the members of an enum, as they do in JSON. */
type Plain<T> =
  IsAny<T> extends true ? T
  : T extends string ? (string extends T ? string : `${T}`)
  : T extends object ? { [Key in keyof T]: Plain<T[Key]> }
  : T;

interface Query {
  refId: string;
  datasource: schema.DataSourceRef;
  expr: string;
  legendFormat: string;
  editorMode: 'code';
  instant: boolean;
  range: boolean;
  format?: 'table';
}

type PanelOf<Kind extends string, Options, Custom = Record<string, never>> = Omit<
  schema.Panel, 'type' | 'options' | 'fieldConfig' | 'targets'
> & {
  type: Kind;
  options: Partial<Options>;
  targets?: Query[];
  fieldConfig?: {
    defaults: Omit<schema.FieldConfig, 'custom'> & { custom?: Partial<Custom> };
    overrides: schema.FieldConfigSource['overrides'];
  };
};

/** Keys of annotations that Grafana's plugin for Prometheus reads. */
interface Mark {
  expr?: string;
  step?: string;
  tagKeys?: string;
  textFormat?: string;
  titleFormat?: string;
  useValueForTime?: boolean;
}

type Panel =
  | PanelOf<'bargauge', bargauge.Options>
  | PanelOf<'piechart', piechart.Options, piechart.FieldConfig>
  | PanelOf<'stat', stat.Options>
  | PanelOf<'state-timeline', strips.Options, strips.FieldConfig>
  | PanelOf<'table', table.Options, table.FieldConfig>
  | PanelOf<'text', text.Options>
  | PanelOf<'timeseries', timeseries.Options, timeseries.FieldConfig>;

/** Grafana itself writes an empty choice where nothing has been chosen yet. */
type Variable = Omit<schema.VariableModel, 'current'> & {
  current: schema.VariableModel['current'] | Record<string, never>;
};

export type Board = Plain<
  Omit<schema.Dashboard, 'panels' | 'annotations' | 'templating'> & {
    templating: { list: Variable[] };
    panels: Panel[];
    annotations: { list: Array<schema.AnnotationQuery & Mark> };
  }
>;
