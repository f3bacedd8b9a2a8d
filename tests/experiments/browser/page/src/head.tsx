// The head of a page: the title, and the dashboard's links as Grafana makes them.
import { textUtil } from '@grafana/data';
import { sceneGraph } from '@grafana/scenes';

interface Link { title: string; href: string }

/** The links of a dashboard; a drop-down becomes one link a dashboard that has its tags. */
export function linksOf(dashboard: any, others: any[], scene: any): Link[] {
  const replaced = (text: string) => sceneGraph.interpolate(scene, text);
  return (dashboard.links ?? []).flatMap((link: any) => {
    const extra = [link.includeVars && '${__all_variables}', link.keepTime && '${__url_time_range}'].filter(Boolean);
    const join = (url: string) => (extra.length ? `${url}${url.includes('?') ? '&' : '?'}${extra.join('&')}` : url);
    if (link.type === 'link') return [{ title: replaced(link.title), href: replaced(join(link.url)) }];
    return others
      .filter(({ uid, tags }) => uid !== dashboard.uid && link.tags.every((tag: string) => tags.includes(tag)))
      .map(({ uid, title }) => ({ title, href: replaced(join(`/d/${uid}`)) }));
  });
}

export function Head({ dashboard, others, scene }: any) {
  const links = (dashboard.links ?? []).map((link: any) => (link.asDropdown ? `${link.title} ▾` : link.title));
  return (
    <div style={{ display: 'flex', gap: 16, alignItems: 'baseline' }}>
      <span style={{ fontSize: 18, flexGrow: 1 }}>{dashboard.title}</span>
      {links.map((title: string) => <span key={title}>{title}</span>)}
      <span hidden data-menu>
        {linksOf(dashboard, others, scene).map(({ title, href }, index) => (
          <a key={index} href={textUtil.sanitizeUrl(href)}>{title}</a>
        ))}
      </span>
    </div>
  );
}
