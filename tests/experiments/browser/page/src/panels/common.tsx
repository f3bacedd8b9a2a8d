// What several panels share.
import { getFieldDisplayValues } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';

/** Grafana's words for a panel without data; report.ts looks for the mark. */
export function NoData({ words = 'No data' }: { words?: string }) {
  const { colors } = useTheme2();
  const centred = { display: 'flex', height: '100%', alignItems: 'center', justifyContent: 'center' };
  return <div data-no-data={words} style={{ ...centred, color: colors.text.secondary }}>{words}</div>;
}

export const wordsOf = (props: any): string => props.fieldConfig.defaults.noValue || 'No data';

export function useDisplayValues(props: any, sparkline = false) {
  const theme = useTheme2();
  const { fieldConfig, options, replaceVariables, data, timeZone } = props;
  const reduceOptions = { values: false, calcs: ['lastNotNull'], ...options.reduceOptions };
  return () =>
    getFieldDisplayValues({
      fieldConfig, reduceOptions, replaceVariables, theme, data: data.series, sparkline, timeZone,
    });
}
