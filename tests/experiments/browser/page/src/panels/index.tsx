// The panel plugins that this page knows, with the defaults of their fields.
import { PanelPlugin } from '@grafana/data';
import { sharedSingleStatMigrationHandler } from '@grafana/ui';
import { PiePanel } from './pie';
import { TablePanel } from './table';
import { TextPanel } from './text';
import { TimelinePanel } from './timeline';
import { TimeSeriesPanel } from './timeseries';
import { BarGaugePanel, GaugePanel, StatPanel } from './values';

const VISIBLE = { tooltip: false, viz: false, legend: false };

const GRAPH = {
  drawStyle: 'line', lineInterpolation: 'linear', barAlignment: 0, barWidthFactor: 0.6, lineWidth: 1, fillOpacity: 0,
  gradientMode: 'none', fillBelowTo: undefined, lineStyle: undefined, spanNulls: false, insertNulls: false,
  showPoints: 'auto', pointSize: 5, stacking: { mode: 'none', group: 'A' }, transform: undefined,
  axisPlacement: 'auto', axisLabel: '', axisWidth: undefined, axisSoftMin: undefined, axisSoftMax: undefined,
  axisGridShow: undefined, axisBorderShow: false, axisCenteredZero: false, axisColorMode: 'text',
  scaleDistribution: { type: 'linear' }, hideFrom: VISIBLE, thresholdsStyle: { mode: 'off' }, lineColor: undefined,
  fillColor: undefined,
};

const CELLS = {
  width: undefined, minWidth: undefined, align: 'auto', displayMode: undefined, cellOptions: { type: 'auto' },
  inspect: false, hidden: undefined, hideFrom: { viz: false }, filterable: false, wrapText: false,
  wrapHeaderText: false, footer: undefined,
};

const STATES = { fillOpacity: 70, lineWidth: 0, spanNulls: false, insertNulls: false, hideFrom: VISIBLE };

function plugin(id: string, component: any, color?: string, custom: object = {}): PanelPlugin<any, any> {
  const made: any = new PanelPlugin(component);
  made.meta = {
    id, name: id, info: { version: '12.4.0', logos: { small: '', large: '' } }, skipDataQuery: id === 'text',
  };
  if (color) {
    made.useFieldConfig({
      standardOptions: { color: { settings: {}, defaultValue: { mode: color } } },
      useCustomConfig: (builder: any) => Object.entries(custom).forEach(([path, defaultValue]) =>
        builder.addCustomEditor({
          id: path, path, name: path, defaultValue, editor: () => null, override: () => null,
          process: (value: any) => value, shouldApply: () => true,
        })
      ),
    });
  }
  return made;
}

export function plugins(): Record<string, PanelPlugin<any, any>> {
  const known = {
    timeseries: plugin('timeseries', TimeSeriesPanel, 'palette-classic', GRAPH),
    stat: plugin('stat', StatPanel, 'thresholds'),
    gauge: plugin('gauge', GaugePanel, 'thresholds'),
    bargauge: plugin('bargauge', BarGaugePanel, 'thresholds'),
    table: plugin('table', TablePanel, 'thresholds', CELLS),
    'state-timeline': plugin('state-timeline', TimelinePanel, 'thresholds', STATES),
    piechart: plugin('piechart', PiePanel, 'palette-classic', { hideFrom: VISIBLE }),
    text: plugin('text', TextPanel),
  };
  known.timeseries.setDataSupport({ annotations: true, alertStates: true });
  for (const each of [known.stat, known.gauge, known.bargauge]) {
    each.setMigrationHandler(sharedSingleStatMigrationHandler as any);
  }
  return known;
}
