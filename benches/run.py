#!/usr/bin/env python3
"""Runs the benchmarks and prints one table.

    python3 benches/run.py [NAME …] [--sizes small,middle,large] [--keep]

Builds the release benchmark program, makes a virtual environment under target/ for the peers, and runs
each benchmark at its three sizes: ours and the peer in turn, each in its own process, on the same files.
A time is the best of all repetitions, because what disturbs a run only makes it slower. The table also goes to
target/bench/results.json.
"""

import argparse
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
DATA = TARGET / "bench"
VENV = TARGET / "bench-venv"

# One row a benchmark: its name (crates/bench/src/NAME.rs, benches/peers/NAME.py if there is a peer, `-` written
# `_`), its sizes, and what it should reach. `ratio` is our time over the peer's, `seconds` and `mb` are for the
# largest size, anything else is one of the numbers that a program adds to its times.
BENCHMARKS = [
    {"name": "append", "sizes": [1_000, 3_000, 10_000], "goal": {"ratio": 2.0}},
    {"name": "boundaries", "sizes": [3_136, 12_544, 50_176], "goal": {"ratio": 1.0}},
    # The peer looks for overlaps alone.
    {"name": "boundaries-shaken", "sizes": [3_136, 12_544, 50_176], "turns": 1},
    {"name": "check", "sizes": [2_500, 5_000, 10_000], "goal": {"seconds": 1.0}},
    {"name": "degurba", "sizes": [1_000_000, 4_000_000, 16_000_000], "goal": {"ratio": 0.05}},
    {"name": "degurba-europe", "sizes": [None, None, 24_964_740], "goal": {"ratio": 0.05}},
    {"name": "degurba-percolation", "sizes": [1_000_000, 4_000_000, 16_000_000], "goal": {"seconds": 1.0}},
    # Half a minute each, and a file that takes a minute to make.
    {"name": "degurba-world", "sizes": [None, None, 649_476_000], "goal": {"seconds": 30.0, "mb": 8_000}, "turns": 1},
    {
        "name": "degurba-world-layers",
        "sizes": [None, None, 649_476_000],
        "goal": {"seconds": 30.0, "mb": 8_000},
        "turns": 1,
    },
    {"name": "home-page", "sizes": [125, 250, 500], "goal": {"seconds": 0.02}},
    {"name": "import", "sizes": [100_000, 300_000, 1_000_000], "goal": {"ratio": 3.0, "mb": 1_000}},
    {"name": "index-trial", "sizes": [250, 500, 1_000], "goal": {"seconds": 5.0}},
    # A minute each, so one size is enough.
    {"name": "load", "sizes": [None, None, 500], "goal": {"seconds": 1.0}, "turns": 1},
    {"name": "roll-up", "sizes": [100_000, 1_000_000, 10_000_000], "goal": {"ratio": 2.0}},
    {"name": "roll-up-history", "sizes": [100_000, 1_000_000, 10_000_000], "goal": {"ratio": 2.0}},
    {"name": "read-parquet", "sizes": [100_000, 300_000, 1_000_000], "goal": {"seconds": 3.0, "mb": 1000}},
    {"name": "snapshot", "sizes": [100_000, 300_000, 1_000_000], "goal": {"seconds": 10.0, "mb": 2_000}, "turns": 1},
    {
        "name": "streets",
        "sizes": [75_000, 300_000, 1_200_000],
        "goal": {"seconds": 1.5, "mb": 200, "threshold_s": 0.01, "snap_100000_s": 0.2},
    },
    # The peer takes 20 GB for a million nodes.
    {"name": "streets-pandana", "sizes": [10_000, 30_000, 75_000], "goal": {"ratio": 0.05}, "turns": 1},
    {
        "name": "streets-porto",
        "sizes": [None, None, 1_202_268],
        "goal": {"seconds": 1.5, "mb": 200, "threshold_s": 0.01, "snap_100000_s": 0.2},
    },
    {"name": "streets-porto-pyrosm", "sizes": [None, None, 1_202_268], "goal": {"ratio": 0.05}, "turns": 1},
    {"name": "survey", "sizes": [100_000, 1_000_000, 10_000_000], "goal": {"ratio": 3.0, "mb": 1_000}},
    {"name": "survey-replicates", "sizes": [10_000, 100_000, 1_000_000], "goal": {"mb": 2_000}},
    # The peer needs a minute and 5 GB for the largest.
    {"name": "survey-svy", "sizes": [100_000, 1_000_000, 10_000_000], "goal": {"ratio": 0.02, "mb": 1_000}, "turns": 1},
    {"name": "tracking-page", "sizes": [125, 250, 500], "goal": {"seconds": 0.15}},
    {"name": "zonal", "sizes": [100, 1_000, 10_000], "goal": {"ratio": 0.2}},
]

# How often ours and the peer take turns.
TURNS = 3


def run(arguments, **options):
    """Runs a program and returns what it printed; its errors go to ours."""
    return subprocess.run([str(a) for a in arguments], check=True, stdout=subprocess.PIPE, text=True, **options).stdout


def build():
    """The release build of the benchmark program."""
    subprocess.run(["cargo", "build", "--release", "-p", "bench"], check=True, cwd=ROOT)
    return TARGET / "release" / "ekistics-bench"


def peers():
    """The Python with the peers, at the versions of requirements.txt."""
    python = VENV / "bin" / "python"
    wanted = (ROOT / "benches" / "requirements.txt").read_text()
    stamp = VENV / "installed.txt"
    if not stamp.exists() or stamp.read_text() != wanted:
        venv.create(VENV, with_pip=True, clear=True)
        run([python, "-m", "pip", "install", "--quiet", "-r", ROOT / "benches" / "requirements.txt"])
        stamp.write_text(wanted)
    return python


def last_line(text):
    return json.loads(text.strip().splitlines()[-1])


def agree(ours, theirs):
    """Whether both did the same work."""
    return len(ours) == len(theirs) and all(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) for a, b in zip(ours, theirs))


def join(measured, turn):
    if measured is None:
        return turn
    measured["seconds"] += turn["seconds"]
    measured["peak_mb"] = max(measured["peak_mb"] or 0, turn["peak_mb"] or 0)
    # A rate is better the higher it is, a time the lower.
    for name, value in turn.get("notes", {}).items():
        best = max if name.endswith("per_s") else min
        measured["notes"][name] = best(value, measured["notes"].get(name, value))
    return measured


def measure(program, python, benchmark, size, keep):
    """One row of the table; none when the input cannot be had here."""
    name = benchmark["name"]
    folder = DATA / name / str(size)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    said = run([program, name, "prepare", size, folder])
    if said.strip() and "skipped" in last_line(said):
        print(f"{name} is skipped: {last_line(said)['skipped']}", file=sys.stderr)
        return None
    script = ROOT / "benches" / "peers" / f"{name.replace('-', '_')}.py"
    ours = theirs = None
    for _ in range(benchmark.get("turns", TURNS)):
        ours = join(ours, last_line(run([program, name, "run", size, folder])))
        if script.exists():
            theirs = join(theirs, last_line(run([python, "-B", script, folder, size])))
    if not keep:
        shutil.rmtree(folder)
    row = {"name": name, "size": size, "seconds": min(ours["seconds"]), "peak_mb": ours["peak_mb"]}
    row["notes"] = ours.get("notes", {})
    if theirs:
        if not agree(ours["check"], theirs["check"]):
            raise SystemExit(f"{name} at {size}: ours found {ours['check']}, {theirs['name']} {theirs['check']}")
        row |= {"peer": theirs["name"], "peer_seconds": min(theirs["seconds"]), "peer_peak_mb": theirs["peak_mb"]}
        row["ratio"] = row["seconds"] / row["peer_seconds"]
    return row


def judge(row, goal, largest):
    """Whether the goal is met, in a word."""
    if not largest or not goal:
        return ""
    met = [
        row.get("ratio", 0) <= goal.get("ratio", math.inf),
        row["seconds"] <= goal.get("seconds", math.inf),
        (row["peak_mb"] or 0) <= goal.get("mb", math.inf),
    ]
    met += [row["notes"][name] <= most for name, most in goal.items() if name not in ("ratio", "seconds", "mb")]
    wanted = ", ".join(f"{k} ≤ {v:g}" for k, v in goal.items())
    return f"{wanted}: {'met' if all(met) else 'MISSED'}"


def show(rows):
    """The table. Growth is how much the time grew for each doubling of size: 2.0 is linear."""
    head = ["benchmark", "size", "time", "peak", "growth", "moved", "peer", "its time", "its peak", "ratio", "goal"]
    lines = [head]
    before = None
    for row in rows:
        growth = ""
        if before and before["name"] == row["name"] and row["size"] > before["size"]:
            doublings = math.log2(row["size"] / before["size"])
            growth = f"{(row['seconds'] / before['seconds']) ** (1 / doublings):.2f}"
        peak = f"{row['peak_mb']:.0f} MB" if row["peak_mb"] else ""
        notes, moved = row["notes"], ""
        if "gb_per_s" in notes:
            moved = f"{notes['gb_per_s']:.1f} of {notes['copy_gb_per_s']:.0f} GB/s"
        theirs = ["", "", "", ""]
        if "peer" in row:
            theirs = [
                row["peer"],
                f"{row['peer_seconds']:.3f} s",
                f"{row['peer_peak_mb']:.0f} MB",
                f"{row['ratio']:.2f}",
            ]
        lines.append(
            [row["name"], f"{row['size']:,}", f"{row['seconds']:.3f} s", peak, growth, moved, *theirs, row.get("goal", "")]
        )
        before = row
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())
    for row in rows:
        others = {k: v for k, v in row["notes"].items() if not k.endswith("gb_per_s")}
        if others:
            print(f"{row['name']} at {row['size']:,}: " + ", ".join(f"{k} {v:.3f}" for k, v in others.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="benchmarks to run; all when none is named")
    parser.add_argument("--sizes", help="only these sizes, e.g. small or small,middle", default="small,middle,large")
    parser.add_argument("--keep", action="store_true", help="keep the input files under target/bench")
    options = parser.parse_args()
    chosen = [b for b in BENCHMARKS if not options.names or b["name"] in options.names]
    if not chosen:
        parser.error("no such benchmark; there are " + ", ".join(b["name"] for b in BENCHMARKS))
    steps = [("small", "middle", "large").index(s) for s in options.sizes.split(",")]
    program, python = build(), peers()
    rows = []
    for benchmark in chosen:
        for step in steps:
            size = benchmark["sizes"][step]
            if size is None:
                continue
            print(f"{benchmark['name']} at {size:,} …", file=sys.stderr)
            row = measure(program, python, benchmark, size, options.keep)
            if row is None:
                continue
            row["goal"] = judge(row, benchmark.get("goal"), step == 2)
            rows.append(row)
    show(rows)
    DATA.mkdir(parents=True, exist_ok=True)
    (DATA / "results.json").write_text(json.dumps(rows, indent=1))
    if any("MISSED" in row["goal"] for row in rows):
        sys.exit(1)


if __name__ == "__main__":
    main()
