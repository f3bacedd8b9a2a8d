import { FieldType } from '@grafana/data';
import { TimeSeries } from '@grafana/ui';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { NoData, wordsOf } from './common';

const STRIP = 5;
const LEGEND = { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [] };

function graphable(series: any[]): any[] {
  let seriesIndex = 0;
  return series
    .filter((frame) => frame.length && frame.fields.some((field: any) => field.type === FieldType.time))
    .map((frame) => ({
      ...frame,
      fields: frame.fields.filter((field: any) => [FieldType.time, FieldType.number].includes(field.type)),
    }))
    .filter((frame) => frame.fields.length > 1)
    .map((frame) => {
      for (const field of frame.fields) {
        if (field.type === FieldType.number) field.state = { ...field.state, seriesIndex: seriesIndex++ };
      }
      return frame;
    });
}

export function TimeSeriesPanel(props: any) {
  const frames = useMemo(() => graphable(props.data.series), [props.data]);
  if (!frames.length) return <NoData words={wordsOf(props)} />;
  const { data, options, timeRange, width, height } = props;
  return (
    <TimeSeries
      {...{ frames, timeRange, width, height, options, structureRev: data.structureRev, timeZone: 'utc' }}
      legend={options.legend ?? LEGEND}
    >
      {(config: any) => <Annotations config={config} frames={data.annotations ?? []} />}
    </TimeSeries>
  );
}

/** Stands in for the marks of annotations, which are not in the packages: regions over the plot. */
function Annotations({ config, frames }: any) {
  const shown = useRef(frames);
  const plot = useRef<any>(undefined);
  shown.current = frames;
  useLayoutEffect(() => {
    config.addHook('init', (made: any) => (plot.current = made));
    config.addHook('draw', (drawn: any) => shown.current.forEach((frame: any) => mark(drawn, frame)));
  }, [config]);
  useEffect(() => plot.current?.redraw(), [frames]);
  return null;
}

function mark(plot: any, frame: any): void {
  const { ctx, bbox } = plot;
  const values = (name: string) => frame.fields.find((field: any) => field.name === name)?.values;
  const ends = values('timeEnd');
  const colors = values('color');
  ctx.save();
  values('time')?.forEach((begin: number, index: number) => {
    const left = plot.valToPos(begin, 'x', true);
    const width = Math.max(2, plot.valToPos(ends?.[index] ?? begin, 'x', true) - left);
    ctx.fillStyle = colors?.[index] ?? 'red';
    ctx.globalAlpha = 0.1;
    ctx.fillRect(left, bbox.top, width, bbox.height);
    ctx.globalAlpha = 1;
    ctx.fillRect(left, bbox.top + bbox.height, width, STRIP);
  });
  ctx.restore();
}
