// Panels that show values: stat and bar gauge with Grafana's own parts, gauge with a stand-in.
import { getDisplayValueAlignmentFactors } from '@grafana/data';
import { BarGauge, BigValue, DataLinksContextMenu, VizRepeater, useTheme2 } from '@grafana/ui';
import { useDisplayValues } from './common';

const Repeater: any = VizRepeater;
const Value: any = BigValue;
const Bar: any = BarGauge;

const alignment = (values: any) => getDisplayValueAlignmentFactors(values);

function linked({ value }: any, draw: (menu: object) => any) {
  if (!value.hasLinks || !value.getLinks) return draw({});
  const full = { display: 'flex', width: '100%', height: '100%' } as any;
  return (
    <DataLinksContextMenu style={full} links={value.getLinks}>
      {(menu: any) => draw({ onClick: menu.openMenu, className: menu.targetClassName })}
    </DataLinksContextMenu>
  );
}

function repeater(props: any, getValues: any, renderValue: any, more: object) {
  const { width, height, data, renderCounter, options } = props;
  const orientation = options.orientation ?? 'auto';
  const common = { getValues, renderValue, width, height, renderCounter, orientation, source: data };
  return <Repeater getAlignmentFactors={alignment} {...common} {...more} />;
}

export function StatPanel(props: any) {
  const theme = useTheme2();
  const { options } = props;
  const graphMode = options.graphMode ?? 'area';
  const values = useDisplayValues(props, graphMode !== 'none');
  const style = {
    theme, graphMode, text: options.text, colorMode: options.colorMode ?? 'value',
    justifyMode: options.justifyMode ?? 'auto', textMode: options.textMode ?? 'auto',
    percentChangeColorMode: 'standard', wideLayout: options.wideLayout ?? true,
  };
  const draw = ({ value, count, alignmentFactors, width, height }: any) =>
    linked({ value }, (menu) => (
      <Value
        {...{ ...style, count, alignmentFactors, width, height, ...menu }}
        value={value.display}
        sparkline={value.sparkline}
        hasLinks={value.hasLinks}
      />
    ));
  return repeater(props, values, draw, { itemSpacing: 3, autoGrid: true });
}

export function BarGaugePanel(props: any) {
  const theme = useTheme2();
  const { options } = props;
  const values = useDisplayValues(props);
  const style = {
    theme, text: options.text, itemSpacing: 12, lcdCellWidth: 12, displayMode: options.displayMode ?? 'gradient',
    showUnfilled: options.showUnfilled ?? true, valueDisplayMode: options.valueMode,
    namePlacement: options.namePlacement,
  };
  const draw = ({ value, orientation, alignmentFactors, width, height }: any) => {
    const display = value.view?.getFieldDisplayProcessor?.(value.colIndex);
    return linked({ value }, (menu) => (
      <Bar
        {...{ ...style, orientation, alignmentFactors, width, height, display, ...menu }}
        value={value.display}
        field={value.field}
      />
    ));
  };
  const least = { minVizWidth: options.minVizWidth ?? 8, minVizHeight: options.minVizHeight ?? 16 };
  return repeater(props, values, draw, { itemSpacing: 10, ...least });
}

export function GaugePanel(props: any) {
  return repeater(props, useDisplayValues(props), Arc, { itemSpacing: 0, autoGrid: true });
}

/** Stands in for the gauge: half a ring filled up to the value, which stands below. */
function Arc({ value, width, height }: any) {
  const { display, field } = value;
  const least = field.min ?? 0;
  const part = Math.max(0, Math.min(1, (display.numeric - least) / ((field.max ?? 100) - least)));
  const radius = Math.min(width / 2, height * 0.8) * 0.85;
  const x = width / 2;
  const y = height * 0.8;
  const end = `${x - radius * Math.cos(Math.PI * part)},${y - radius * Math.sin(Math.PI * part)}`;
  const arc = (to: string) => `M${x - radius},${y}A${radius},${radius} 0 0 1 ${to}`;
  const line = { fill: 'none', strokeWidth: radius * 0.25 };
  return (
    <svg width={width} height={height}>
      <path d={arc(`${x + radius},${y}`)} stroke="#8884" {...line} />
      {part > 0 && <path d={arc(end)} stroke={display.color} {...line} />}
      <text x={x} y={y} textAnchor="middle" fontSize={radius * 0.4} fill={display.color}>
        {`${display.prefix ?? ''}${display.text}${display.suffix ?? ''}`}
      </text>
    </svg>
  );
}
