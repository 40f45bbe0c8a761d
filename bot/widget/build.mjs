// Builds the one file a website loads, and its checksum for the `integrity` attribute.
// `--tests` builds the unit tests instead; `--check` fails when the committed bundle is not what would be built.
import { createHash } from "node:crypto";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { parse } from "yaml";

const here = dirname(fileURLToPath(import.meta.url));
const bundle = join(here, "../web/static/widget/heza-chat.js");
const LIMIT = 40 * 1024;

/** Style sheets as minified text, wording as data. */
const assets = {
  name: "assets",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
    build.onLoad({ filter: /\.yml$/ }, async ({ path }) => ({
      contents: JSON.stringify(parse(await readFile(path, "utf8"))),
      loader: "json",
    }));
  },
};

const common = {
  bundle: true,
  format: "esm",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
  plugins: [assets],
  tsconfig: join(here, "tsconfig.json"),
  absWorkingDir: here,
};

async function buildBundle() {
  const built = await esbuild.build({
    ...common,
    entryPoints: ["src/index.ts"],
    minify: true,
    write: false,
  });
  // Lit keeps its licence texts out of the code; they are named once.
  const banner = "/* HEZA chat, Apache-2.0. Contains Lit (BSD-3-Clause, https://lit.dev). */\n";
  return Buffer.from(banner + built.outputFiles[0].text);
}

async function buildTests() {
  const files = (await readdir(join(here, "tests"))).filter((name) => name.endsWith(".test.ts"));
  await rm(join(here, "build"), { recursive: true, force: true });
  await esbuild.build({
    ...common,
    entryPoints: files.map((name) => `tests/${name}`),
    outdir: "build",
    outExtension: { ".js": ".mjs" },
    platform: "node",
    external: ["happy-dom"],
  });
}

const [mode] = process.argv.slice(2);
if (mode === "--tests") {
  await buildTests();
} else {
  const code = await buildBundle();
  const size = gzipSync(code, { level: 9 }).length;
  if (mode === "--check") {
    const committed = await readFile(bundle).catch(() => Buffer.alloc(0));
    if (!committed.equals(code)) {
      console.error("The bundle in bot/web/static/widget is not what a build makes: run `make widget`.");
      process.exit(1);
    }
  } else {
    await writeFile(bundle, code);
  }
  const integrity = createHash("sha384").update(code).digest("base64");
  console.log(`heza-chat.js  ${(size / 1024).toFixed(1)} KB gzipped  sha384-${integrity}`);
  if (size > LIMIT) {
    console.error(`over the limit of ${LIMIT / 1024} KB`);
    process.exit(1);
  }
}
