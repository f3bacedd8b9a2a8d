// What Grafana's server tells a page about itself. It must be there before any @grafana import runs.

export const asked = new URLSearchParams(location.search);
export const isLight = asked.get('theme') === 'light';

export const prometheus = {
  id: 1,
  uid: 'prometheus',
  type: 'prometheus',
  name: 'Prometheus',
  url: '/api/datasources/proxy/uid/prometheus',
  access: 'proxy',
  isDefault: true,
  readOnly: true,
  jsonData: { httpMethod: 'POST', prometheusVersion: '3.5.0', prometheusType: 'Prometheus' },
  meta: {
    id: 'prometheus',
    type: 'datasource',
    name: 'Prometheus',
    module: 'core:plugin/prometheus',
    baseUrl: '',
    metrics: true,
    annotations: true,
    alerting: true,
    backend: true,
    info: {
      author: { name: '' }, description: '', links: [], logos: { small: '', large: '' },
      screenshots: [], updated: '', version: '12.4.0',
    },
    queryOptions: { minInterval: true },
  },
};

Object.assign(window, {
  grafanaBootData: {
    user: {
      id: 1, isSignedIn: true, timezone: 'utc', weekStart: '', locale: 'en-US', language: 'en-US',
      regionalFormat: 'en-US', orgRole: 'Viewer', permissions: {}, lightTheme: isLight,
    },
    settings: {
      appUrl: `${location.origin}/`,
      appSubUrl: '',
      namespace: 'default',
      buildInfo: {
        version: '12.4.0', env: 'production', commit: '', edition: 'Open Source', hideVersion: false,
        latestVersion: '', hasUpdate: false,
      },
      featureToggles: { prometheusSpecialCharsInLabelValues: true },
      datasources: { Prometheus: prometheus },
      defaultDatasource: 'Prometheus',
      panels: {},
      apps: {},
      minRefreshInterval: '5s',
      dateFormats: {
        fullDate: 'YYYY-MM-DD HH:mm:ss',
        interval: {
          millisecond: 'HH:mm:ss.SSS', second: 'HH:mm:ss', minute: 'HH:mm', hour: 'MM/DD HH:mm',
          day: 'MM/DD', month: 'YYYY-MM', year: 'YYYY',
        },
        useBrowserLocale: false,
        defaultTimezone: 'utc',
      },
      disableSanitizeHtml: false,
      unifiedAlerting: {},
      azure: {},
      licenseInfo: {},
    },
    navTree: [],
    assets: {},
    themePaths: {},
  },
  __grafana_public_path__: '/public/',
  process: { env: { NODE_ENV: 'production' } },
});
