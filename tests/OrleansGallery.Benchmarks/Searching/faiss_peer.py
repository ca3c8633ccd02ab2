"""FAISS on one thread, as a peer of our search: one JSON command per line on stdin, one JSON answer per line on stdout.

Commands (field "do"):
  hello                                        versions
  rows     file, dimension, queryFile          float32 vectors, mapped
  flat                                         builds IndexFlatIP
  hnsw     index, rowsSha256, m, efConstruction   loads the index from the file, or builds and saves it
  search   method (flat | hnsw), first, count, k, ef   one timed call over queries first .. first + count
  free     method                              forgets an index

An answer is {"ok": true, ...} or {"ok": false, "error": "..."}. Rows are numbered from 0.
"""

import json
import os
import sys
import time

try:
    import faiss
    import numpy
except ImportError as missing:
    print(json.dumps({"ok": False, "error": f"{missing} (python: {sys.executable})"}), flush=True)
    sys.exit(3)

faiss.omp_set_num_threads(1)


class Peer:
    def __init__(self):
        self.rows = None
        self.queries = None
        self.indexes = {}

    def hello(self, command):
        return {"faiss": faiss.__version__, "numpy": numpy.__version__, "python": sys.version.split()[0],
                "options": faiss.get_compile_options().strip(), "blas": blas()}

    def rows_(self, command):
        self.rows = self.map(command["file"], command["dimension"])
        self.queries = numpy.array(self.map(command["queryFile"], command["dimension"]))
        return {"rows": len(self.rows), "queries": len(self.queries)}

    def flat(self, command):
        index = faiss.IndexFlatIP(self.rows.shape[1])
        started = Clock()
        self.add_in_parts(index)
        self.indexes["flat"] = index
        return {**started.stop(), "bytesPerRow": 4 * self.rows.shape[1]}

    def hnsw(self, command):
        path, about = command.get("index"), None
        if path and os.path.exists(path):
            about = self.load_hnsw(path, command)
        if about is None:
            about = self.build_hnsw(path, command)
        about["bytesPerRow"] = hnsw_bytes(self.indexes["hnsw"]) / len(self.rows)
        return about

    def search(self, command):
        index = self.indexes[command["method"]]
        queries = self.queries[command["first"]:command["first"] + command["count"]]
        if command["method"] == "hnsw":
            index.hnsw.efSearch = command["ef"]
        started = Clock()
        _, found = index.search(queries, command["k"])
        return {**started.stop(), "rows": found.tolist()}

    def free(self, command):
        self.indexes.pop(command["method"], None)
        return {}

    def load_hnsw(self, path, command):
        if not os.path.exists(about_path(path)):
            raise ValueError(f"{about_path(path)} is missing: nothing says from which rows {path} was built")
        with open(about_path(path), encoding="utf-8") as file:
            about = json.load(file)
        for key in ("rowsSha256", "m", "efConstruction"):
            if about[key] != command[key]:
                raise ValueError(f"{path} was built with {key} = {about[key]}, not {command[key]}")
        self.indexes["hnsw"] = faiss.read_index(path)
        return {**about, "loaded": True}

    def build_hnsw(self, path, command):
        index = faiss.IndexHNSWFlat(self.rows.shape[1], command["m"], faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = command["efConstruction"]
        started = Clock()
        index.add(self.rows)
        about = {
            **started.stop(),
            **{key: command[key] for key in ("rowsSha256", "m", "efConstruction")},
            "faiss": faiss.__version__,
        }
        self.indexes["hnsw"] = index
        if path:
            faiss.write_index(index, path + ".part")
            os.replace(path + ".part", path)
            with open(about_path(path), "w", encoding="utf-8") as file:
                json.dump(about, file, indent=2)
        return {**about, "loaded": False}

    def add_in_parts(self, index, part=65536):
        for first in range(0, len(self.rows), part):
            index.add(self.rows[first:first + part])

    @staticmethod
    def map(path, dimension):
        return numpy.memmap(path, dtype=numpy.float32, mode="r").reshape(-1, dimension)


class Clock:
    def __init__(self):
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def stop(self):
        return {
            "wallMs": 1000 * (time.perf_counter() - self.wall),
            "cpuMs": 1000 * (time.process_time() - self.cpu),
        }


def blas():
    """What batches of 20 and more queries run on; Debian's default without OpenBLAS is 20 times slower."""
    with open("/proc/self/maps", encoding="utf-8") as maps:
        files = {os.path.realpath(line.split()[-1]) for line in maps if "blas" in line and "/" in line}
    names = {os.path.basename(file) for file in files if "python" not in file}
    return next((name for name in sorted(names) if "openblas" in name or "mkl" in name), "reference BLAS")


def about_path(path):
    return path + ".json"


def hnsw_bytes(index):
    """The vectors, the graph (neighbours, offsets) and the levels."""
    graph = index.hnsw
    return (4 * index.d * index.ntotal + 4 * graph.neighbors.size()
            + 8 * graph.offsets.size() + 4 * graph.levels.size())


def main():
    peer = Peer()
    commands = {
        "hello": peer.hello, "rows": peer.rows_, "flat": peer.flat,
        "hnsw": peer.hnsw, "search": peer.search, "free": peer.free,
    }
    for line in sys.stdin:
        try:
            command = json.loads(line)
            answer = {"ok": True, **commands[command["do"]](command)}
        except Exception as error:  # Whatever it is, the caller prints it.
            answer = {"ok": False, "error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
