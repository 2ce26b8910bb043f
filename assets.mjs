// Builds static/build/ from npm packages and static/: `npm run build`.
//
// What the browser loads is plain files under our own address: one stylesheet with its fonts, and one
// module for each page script that imports a package. Other scripts in static/ are served as written.

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import * as esbuild from "esbuild";
import * as sass from "sass";

const OUT = "static/build";
const SCRIPTS = ["static/page/start.js", "static/evaluation/editor.js"];
const TYPEFACE = ["400", "400-italic", "700"];
// For PDFs alone, where no browser finds a typeface for what Source Sans 3 lacks.
const PRINTED = [
  "noto-emoji/files/noto-emoji-emoji-400-normal",
  "ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-400-normal",
  "ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-700-normal",
  "noto-sans-hebrew/files/noto-sans-hebrew-hebrew-400-normal",
  "noto-sans-hebrew/files/noto-sans-hebrew-hebrew-700-normal",
];

// Every browser that runs our scripts reads woff2; the second format would only be dead weight.
const onlyWoff2 = {
  name: "only-woff2",
  setup: (build) =>
    build.onLoad({ filter: /@fontsource.*\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replaceAll(/, url\([^)]*\.woff\) format\('woff'\)/g, ""),
      loader: "css",
    })),
};

async function styles() {
  const { css } = sass.compile("static/styles/placework.scss", {
    loadPaths: ["node_modules"],
    charset: false,
    quietDeps: true,
  });
  const faces = TYPEFACE.map((weight) => `@import "@fontsource/source-sans-3/${weight}.css";`);
  const { outputFiles } = await esbuild.build({
    stdin: { contents: faces.join("\n") + css, loader: "css", resolveDir: "." },
    outfile: `${OUT}/placework.css`,
    bundle: true,
    minify: true,
    write: false,
    target: ["es2020"],
    loader: { ".woff2": "file" },
    assetNames: "fonts/[name]",
    plugins: [onlyWoff2],
  });
  return outputFiles;
}

async function scripts() {
  const { outputFiles } = await esbuild.build({
    entryPoints: SCRIPTS,
    outdir: OUT,
    outbase: "static",
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: ["es2020"],
  });
  return outputFiles;
}

const printed = () =>
  Promise.all(
    PRINTED.map(async (name) => ({
      path: `${OUT}/fonts/${basename(name)}.woff2`,
      contents: await readFile(`node_modules/@fontsource/${name}.woff2`),
    })),
  );

// All is made before the old is cleared away, so that a mistake leaves what was built before.
const made = (await Promise.all([styles(), scripts(), printed()])).flat();
await rm(OUT, { recursive: true, force: true });
for (const { path, contents } of made) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}
