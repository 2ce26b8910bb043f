// Builds static/build/ from npm packages and static/: `npm run build`.
//
// What the browser loads is plain files under our own address: one stylesheet with its fonts, and one
// module for each page script that imports a package. Other scripts in static/ are served as written.

import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
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

async function buildStyles() {
  const { css } = sass.compile("static/styles/placework.scss", {
    loadPaths: ["node_modules"],
    charset: false,
    quietDeps: true,
  });
  const faces = TYPEFACE.map((weight) => `@import "@fontsource/source-sans-3/${weight}.css";`);
  await esbuild.build({
    stdin: { contents: faces.join("\n") + css, loader: "css", resolveDir: "." },
    outfile: `${OUT}/placework.css`,
    bundle: true,
    minify: true,
    target: ["es2020"],
    loader: { ".woff2": "file" },
    assetNames: "fonts/[name]",
    plugins: [onlyWoff2],
  });
}

async function copyPrinted() {
  await mkdir(`${OUT}/fonts`, { recursive: true });
  await Promise.all(
    PRINTED.map((name) =>
      copyFile(`node_modules/@fontsource/${name}.woff2`, `${OUT}/fonts/${name.split("/").at(-1)}.woff2`),
    ),
  );
}

async function buildScripts() {
  await esbuild.build({
    entryPoints: SCRIPTS,
    outdir: OUT,
    outbase: "static",
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2020"],
  });
}

await rm(OUT, { recursive: true, force: true });
await Promise.all([buildStyles(), buildScripts(), copyPrinted()]);
