// Stands in for Grafana's own client of its server: plain fetch, and a count of what is under way.
import { from } from 'rxjs';

export const traffic = { open: 0, refused: [] as string[] };

interface Asked {
  url: string;
  method?: string;
  params?: Record<string, unknown>;
  headers?: Record<string, string>;
  data?: unknown;
}

async function ask(config: Asked) {
  traffic.open += 1;
  try {
    const method = config.method ?? 'GET';
    const isForm = config.headers?.['Content-Type']?.includes('form');
    const kind = isForm ? {} : { 'Content-Type': 'application/json' };
    const body = typeof config.data === 'string' ? config.data : JSON.stringify(config.data);
    const url = withParams(config.url.startsWith('/') ? config.url : `/${config.url}`, config.params);
    const answer = await fetch(url, { method, headers: { ...kind, ...config.headers }, body });
    const data = await answer.json().catch(() => ({}));
    const { status, ok, headers, statusText } = answer;
    if (!ok) {
      traffic.refused.push(data.message ?? `${status} ${url}`);
      throw { status, data, statusText, config };
    }
    return { data, status, ok, headers, config, statusText, redirected: false, type: 'basic', url };
  } finally {
    traffic.open -= 1;
  }
}

function withParams(url: string, params: Record<string, unknown> = {}): string {
  const query = new URLSearchParams();
  for (const [name, given] of Object.entries(params)) {
    for (const value of [given].flat()) {
      if (value !== undefined) query.append(name, String(value));
    }
  }
  const text = query.toString();
  return text ? url + (url.includes('?') ? '&' : '?') + text : url;
}

export const backend: any = {
  fetch: (config: Asked) => from(ask(config)),
  datasourceRequest: ask,
  request: (config: Asked) => ask(config).then((answer) => answer.data),
  get: (url: string, params?: any) => ask({ url, params }).then((answer) => answer.data),
  post: (url: string, data?: unknown) => ask({ url, method: 'POST', data }).then((answer) => answer.data),
};
