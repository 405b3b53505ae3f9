// Makes what the browser gets: one sheet, its fonts and images, the icon sprite, the pictures, one script an island.
// Every file's name carries a hash of its content, so it may be kept for ever. Ui.csproj runs this: node build.mjs OUTPUT_FOLDER
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import * as sass from 'sass';

const client = import.meta.dirname;
const out = join(resolve(process.argv[2]), 'assets');
const uswds = join(client, 'node_modules/@uswds/uswds');
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

function keep(name, extension, text) {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  writeFileSync(join(out, `${name}-${hash}.${extension}`), text);
}

const common = { absWorkingDir: client, bundle: true, minify: true, outdir: out, entryNames: '[name]-[hash]', assetNames: '[name]-[hash]', logLevel: 'warning' };

async function sheet() {
  const { css } = sass.compile(join(client, 'sheet/house.scss'), { loadPaths: [join(uswds, 'packages')], logger: sass.Logger.silent });
  const built = await esbuild.build({
    ...common,
    write: false,
    stdin: { contents: css, resolveDir: client, sourcefile: 'house.css', loader: 'css' },
    loader: { '.woff2': 'file', '.svg': 'file' },
    target: ['chrome92', 'firefox90', 'safari15'],
  });
  for (const file of built.outputFiles) {
    if (file.path.endsWith('.css')) keep('house', 'css', file.contents);
    else writeFileSync(file.path, file.contents);
  }
}

const islands = () => esbuild.build({
  ...common,
  entryPoints: readdirSync(join(client, 'islands')).filter(f => f.endsWith('.ts')).map(f => join('islands', f)),
  format: 'esm',
  target: ['es2020'],
});

function icons() {
  const names = JSON.parse(readFileSync(join(client, 'icons.json'), 'utf8'));
  const symbols = names.map(name => {
    const svg = readFileSync(join(uswds, `dist/img/usa-icons/${name}.svg`), 'utf8');
    const [, box] = /viewBox="([^"]+)"/.exec(svg);
    const [, inside] = /<svg[^>]*>(.*)<\/svg>/s.exec(svg);
    return `<symbol id="${name}" viewBox="${box}">${inside.replace(/<path fill="none"[^>]*\/>|<path d="M0 0h24v24H0[^"]*" fill="none"\/>/g, '')}</symbol>`;
  });
  keep('icons', 'svg', `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`);
}

function pictures() {
  for (const file of readdirSync(join(client, 'pictures'))) {
    const svg = readFileSync(join(client, 'pictures', file), 'utf8').replace(/<!--.*?-->/gs, '').replace(/>\s+</g, '><').trim();
    keep(basename(file, '.svg'), 'svg', svg);
  }
}

icons();
pictures();
await Promise.all([sheet(), islands()]);
