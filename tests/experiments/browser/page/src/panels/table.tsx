import { cacheFieldDisplayNames } from '@grafana/data';
import { TableNG } from '@grafana/ui/unstable';
import { NoData, wordsOf } from './common';

const Table: any = TableNG;

export function TablePanel(props: any) {
  const { options, data, width, height, timeRange, fieldConfig, transparent } = props;
  const frame = data.series[options.frameIndex ?? 0] ?? data.series[0];
  if (!frame?.length) return <NoData words={wordsOf(props)} />;
  cacheFieldDisplayNames([frame]);
  return (
    <Table
      {...{ width, height, timeRange, fieldConfig, transparent, data: frame, structureRev: data.structureRev }}
      noHeader={options.showHeader === false}
      showTypeIcons={false}
      resizable
      initialSortBy={options.sortBy}
      cellHeight={options.cellHeight ?? 'sm'}
      enablePagination={options.footer?.enablePagination}
      getActions={() => []}
      onColumnResize={() => {}}
      onSortByChange={() => {}}
    />
  );
}
