// Stands in for the state timeline, which is not in the packages: a row of bars for each series.
import { FieldType, getFieldDisplayName } from '@grafana/data';
import { VizLegend, VizLayout } from '@grafana/ui';
import { NoData, wordsOf } from './common';

const LABELS = 0.35;
const AXIS = 20;
const Layout: any = VizLayout;

interface Bar { begin: number; end: number; color: string }

function rowsOf(series: any[]) {
  return series.flatMap((frame) => {
    const times = frame.fields.find((field: any) => field.type === FieldType.time)?.values ?? [];
    return frame.fields
      .filter((field: any) => field.type !== FieldType.time && times.length)
      .map((field: any) => ({ name: getFieldDisplayName(field, frame, series), bars: bars(times, field) }));
  });
}

/** Samples of one colour are one bar; where a sample is missing the bar ends. */
function bars(times: number[], field: any): Bar[] {
  const gaps = times.slice(1).map((time, index) => time - times[index]);
  const step = Math.min(...gaps, 3_600_000);
  const found: Bar[] = [];
  times.forEach((begin, index) => {
    const value = field.values[index];
    if (value === null || value === undefined) return;
    const color = field.display(value).color;
    const last = found.at(-1);
    if (last?.color === color && begin - last.end <= step / 2) last.end = begin + step;
    else found.push({ begin, end: begin + step, color });
  });
  return found;
}

export function TimelinePanel(props: any) {
  const { data, width, height, timeRange, options } = props;
  const rows = rowsOf(data.series);
  if (!rows.length) return <NoData words={wordsOf(props)} />;
  const from = timeRange.from.valueOf();
  const span = timeRange.to.valueOf() - from;
  const share = (time: number) => Math.max(0, Math.min(1, (time - from) / span)) * 100;
  const bar = ({ begin, end, color }: Bar) => ({
    position: 'absolute', left: `${share(begin)}%`, width: `${share(end) - share(begin)}%`, height: '100%', background: color,
  });
  return (
    <Layout width={width} height={height} legend={legend(options, data.series)}>
      {(w: number, h: number) => (
        <div style={{ width: w, height: h, display: 'grid', gridTemplateColumns: `fit-content(${w * LABELS}px) 1fr`, gridAutoRows: (h - AXIS) / rows.length, columnGap: 8, alignItems: 'center' }}>
          {rows.map(({ name, bars: its }: any, index: number) => [
            <div key={`${index} name`} style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', textAlign: 'right', fontSize: 12, lineHeight: 1.1 }}>{name}</div>,
            <div key={`${index} bars`} style={{ position: 'relative', overflow: 'hidden', height: `${100 * (options.rowHeight ?? 0.9)}%` }}>
              {its.map((each: Bar, number: number) => <div key={number} style={bar(each) as any} />)}
            </div>,
          ])}
        </div>
      )}
    </Layout>
  );
}

function legend(options: any, series: any[]) {
  const steps = series[0]?.fields.find((field: any) => field.config.thresholds)?.config.thresholds.steps ?? [];
  if (!options.legend?.showLegend || !steps.length) return null;
  const words = (step: any, index: number) => {
    const next = steps[index + 1]?.value;
    return index === 0 ? `< ${next}` : next === undefined ? `${step.value}+` : `${step.value} - ${next}`;
  };
  const items = steps.map((step: any, index: number) => ({ label: words(step, index), color: step.color, yAxis: 1 }));
  return (
    <Layout.Legend placement="bottom" maxHeight="35%">
      <VizLegend placement="bottom" displayMode={'list' as any} items={items} />
    </Layout.Legend>
  );
}
