"""PlatformIO's extra script, for what library.json cannot say.

Builds cJSON and wslay with the library, from the commits that cmake/musubi_sources.cmake pins: downloaded with git,
unless build/sources has them. Gives the library and what uses it the same headers and macros.
"""

import pathlib
import re
import shutil
import subprocess

Import("env")  # noqa: F821 (PlatformIO's)

LIBRARY = pathlib.Path.cwd()  # PlatformIO runs the script in the library's folder
WORK = pathlib.Path(env.subst("$BUILD_DIR")) / "musubi"  # noqa: F821
MACROS = ["MUSUBI_POSIX_LWIP", "MUSUBI_SMALL_NUMBERS", "MUSUBI_SMALL_CODE"]


def sources(name):
    """The folder with the sources of a library."""
    if (here := LIBRARY / "build/sources" / name).is_dir():
        return here
    pins = (LIBRARY / "cmake/musubi_sources.cmake").read_text()
    repository, commit = re.search(rf"set\({name} (\S+) ([0-9a-f]{{40}})\)", pins).groups()
    folder = WORK / "sources" / f"{name}-{commit}"
    if not (folder / ".git/index").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run(["git", "init", "-q", folder], check=True)
        subprocess.run(["git", "-C", folder, "fetch", "-q", "--depth=1", f"https://github.com/{repository}", commit], check=True)
        subprocess.run(["git", "-C", folder, "checkout", "-q", commit], check=True)
    return folder


def header(name, text):
    path = WORK / "include" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


cjson, wslay = sources("cjson"), sources("wslay") / "lib"
header("cjson/cJSON.h", (cjson / "cJSON.h").read_text())
header("wslay/wslay.h", (wslay / "includes/wslay/wslay.h").read_text())
header("wslay/wslayver.h", '#define WSLAY_VERSION "1.1.1"\n')

for each in (env, DefaultEnvironment()):  # noqa: F821
    each.Append(CPPPATH=[str(WORK / "include"), str(LIBRARY / "core"), str(LIBRARY / "port/posix")], CPPDEFINES=MACROS)
env.Append(CPPDEFINES=["HAVE_ARPA_INET_H"])  # noqa: F821
env.BuildSources("$BUILD_DIR/musubi/cjson", str(cjson), "-<*> +<cJSON.c>")  # noqa: F821
env.BuildSources("$BUILD_DIR/musubi/wslay", str(wslay), "-<*> +<*.c>")  # noqa: F821
