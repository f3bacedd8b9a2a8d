// Stands in for the pie chart, which is not in the packages; its legend is Grafana's own.
import { VizLegend, VizLayout, useTheme2 } from '@grafana/ui';
import { arc, pie } from 'd3-shape';
import { NoData, useDisplayValues, wordsOf } from './common';

const PADDING = 8;
const Layout: any = VizLayout;

export function PiePanel(props: any) {
  const { options, width, height } = props;
  const { colors } = useTheme2();
  const values = useDisplayValues(props)().filter(({ display }: any) => !isNaN(display.numeric));
  const sum = values.reduce((all: number, { display }: any) => all + display.numeric, 0);
  if (!sum) return <NoData words={wordsOf(props)} />;
  const slices = pie<any>().sort(null).value(({ display }) => display.numeric)(values);
  return (
    <Layout width={width} height={height} legend={legend(options.legend ?? {}, values, sum)}>
      {(w: number, h: number) => {
        const radius = Math.min(w, h) / 2 - PADDING;
        const shape = arc<any>().innerRadius(options.pieType === 'donut' ? radius * 0.6 : 0).outerRadius(radius);
        return (
          <svg width={w} height={h}>
            <g transform={`translate(${w / 2},${h / 2})`}>
              {slices.map((slice, index) => (
                <path key={index} d={shape(slice) ?? ''} fill={slice.data.display.color} stroke={colors.background.primary} />
              ))}
            </g>
          </svg>
        );
      }}
    </Layout>
  );
}

function legend({ showLegend, placement = 'bottom', displayMode = 'list', values: shown = [] }: any, values: any[], sum: number) {
  if (showLegend === false) return null;
  const items = values.map(({ display }: any) => ({
    label: display.title ?? '',
    color: display.color,
    yAxis: 1,
    getDisplayValues: () => [
      ...(shown.includes('value') ? [{ ...display, title: 'Value' }] : []),
      ...(shown.includes('percent')
        ? [{ numeric: display.numeric / sum, text: `${Math.round((100 * display.numeric) / sum)}%`, title: 'Percent' }]
        : []),
    ],
  }));
  return (
    <Layout.Legend placement={placement} maxHeight="35%" maxWidth="60%">
      <VizLegend placement={placement} displayMode={displayMode} items={items} />
    </Layout.Legend>
  );
}
