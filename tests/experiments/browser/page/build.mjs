// Bundles the page: `node build.mjs`, in a folder with node_modules, writes www/.
import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';

const LACKS_DEFAULTS = /composable\/table\/panelcfg\/x\/types\.gen\.mjs$/;

// esbuild gives importers named .mjs the interoperation of Node, in which `default` is the whole
// CommonJS module. Grafana's .mjs files were written for that of Babel, so they are shown as .js.
const babelInterop = {
  name: 'babel-interop',
  setup(build) {
    build.onResolve({ filter: /\.mjs$|^@grafana\// }, async (asked) => {
      if (asked.pluginData === 'resolving') return undefined;
      let file = path.join(asked.resolveDir, asked.path);
      if (!asked.path.startsWith('.')) {
        const { kind, resolveDir, importer } = asked;
        const found = await build.resolve(asked.path, { kind, resolveDir, importer, pluginData: 'resolving' });
        if (found.errors.length) return found;
        file = found.path;
      }
      const isGrafana = file.endsWith('.mjs') && file.includes('/@grafana/');
      return isGrafana ? { path: `${file}.js`, namespace: 'grafana' } : { path: file };
    });
    build.onLoad({ filter: /.*/, namespace: 'grafana' }, ({ path: shown }) => {
      const file = shown.slice(0, -'.js'.length);
      let contents = fs.readFileSync(file, 'utf8');
      // @grafana/schema re-exports this name from a file that does not have it.
      if (LACKS_DEFAULTS.test(file) && !contents.includes('defaultOptions')) {
        contents += '\nexport const defaultOptions = {};\n';
      }
      return { contents, loader: 'js', resolveDir: path.dirname(file) };
    });
  },
};

await esbuild.build({
  entryPoints: ['src/main.tsx'],
  outfile: 'www/main.js',
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  jsx: 'automatic',
  logLevel: 'error',
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.svg': 'text', '.woff2': 'dataurl', '.woff': 'dataurl', '.ttf': 'dataurl' },
  plugins: [babelInterop],
});
fs.copyFileSync('index.html', 'www/index.html');
// Some icons are in Grafana's own build only.
fs.writeFileSync('www/empty.svg', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"/>');
const icons = 'public/build/img/icons';
fs.cpSync('node_modules/@grafana/ui/dist/public/img/icons', `www/${icons}`, { recursive: true });
