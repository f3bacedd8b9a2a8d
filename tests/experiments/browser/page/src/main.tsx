import { isLight, asked } from './boot';
import { createTheme, ThemeContext } from '@grafana/data';
import { initializeI18n } from '../node_modules/@grafana/i18n/dist/esm/i18n.mjs';
import * as runtime from '@grafana/runtime';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { createRoot } from 'react-dom/client';
import { MemoryRouter } from 'react-router-dom';
import { sceneOf } from './dashboard';
import { Head } from './head';
import { plugins } from './panels';
import { fillRegistries } from './registries';
import { watch } from './report';
import { startServices, useScene } from './services';

async function draw(): Promise<void> {
  await initializeI18n({ language: 'en-US', ns: ['grafana'] } as any, 'en-US');
  fillRegistries();
  startServices(plugins());
  const dashboard = await (await fetch(`/dashboard/${asked.get('d')}`)).json();
  const others = await (await fetch('/dashboards')).json();
  const scene = sceneOf(dashboard, asked);
  useScene(scene);
  const theme = createTheme({ colors: { mode: isLight ? 'light' : 'dark' } });
  (runtime.config as any).theme2 = theme;
  const { background, text } = theme.colors;
  const page: any = { boxSizing: 'border-box', padding: 16, minHeight: '100vh', background: background.canvas, color: text.primary };
  createRoot(document.getElementById('root')!).render(
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <MemoryRouter>
        <PortalContainer />
        <div style={{ ...page, display: 'flex', flexDirection: 'column', gap: 8 }}>
          <Head dashboard={dashboard} others={others} scene={scene} />
          <div data-dashboard><scene.Component model={scene} /></div>
        </div>
      </MemoryRouter>
    </ThemeContext.Provider>
  );
  watch(scene, dashboard);
}

draw().catch((error) => {
  Object.assign(window, { drawn: () => true }); // there will be no more
  throw error;
});
