import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * What CMake knows of a program: its file, and the folders of its own sources and of the libraries that it
 * is linked with. Asked through CMake's file API, so that a project has to declare nothing for it.
 */
export async function findProgram(build, name) {
  if (!existsSync(join(build, "CMakeCache.txt"))) {
    throw new Error(`${build} is no build folder; configure it first: cmake -S <source> -B ${build}`);
  }
  const api = join(build, ".cmake/api/v1");
  await mkdir(join(api, "query/client-musubi"), { recursive: true });
  await writeFile(join(api, "query/client-musubi/codemodel-v2"), "");
  await run("cmake", ["--log-level=WARNING", build]).catch((error) => {
    throw new Error(`CMake cannot configure ${build}:\n${error.stderr}`);
  });
  const index = (await readdir(join(api, "reply"))).filter((file) => file.startsWith("index-")).sort().at(-1);
  const read = async (file) => JSON.parse(await readFile(join(api, "reply", file), "utf8"));
  const { reply } = await read(index);
  const model = await read(reply["client-musubi"]["codemodel-v2"].jsonFile);

  const targets = new Map();
  for (const { id, jsonFile } of model.configurations[0].targets) targets.set(id, await read(jsonFile));
  const source = model.paths.source;
  const programs = [...targets.values()].filter(({ type }) => type === "EXECUTABLE");
  const found = name === undefined && programs.length === 1 ? programs[0] : programs.find((each) => each.name === name);
  if (found === undefined) {
    const names = programs.map((each) => each.name).sort();
    throw new Error(`which program? ${build} has ${names.join(", ") || "none"}`);
  }

  const folders = new Set([source]);
  const visit = ({ paths, dependencies = [] }) => {
    folders.add(resolve(source, paths.source));
    for (const { id } of dependencies) if (targets.has(id)) visit(targets.get(id));
  };
  visit(found);
  return {
    name: found.name,
    file: resolve(build, found.artifacts[0].path),
    folder: resolve(source, found.paths.source),
    sources: outermost([...folders]),
  };
}

/** Without those that are within another one. */
function outermost(folders) {
  const within = (inner, outer) => {
    const path = relative(outer, inner);
    return path !== "" && !path.startsWith("..") && !isAbsolute(path);
  };
  return folders.filter((folder) => !folders.some((other) => within(folder, other)));
}

/** The page of a program: the folder `web` beside its sources or above them, up to the project's own. */
export function findPage(program) {
  for (let folder = program.folder; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "web/package.json"))) return join(folder, "web");
    if (program.sources.includes(folder) || folder === dirname(folder)) return undefined;
  }
}
