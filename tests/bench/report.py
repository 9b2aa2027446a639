# SPDX-License-Identifier: Apache-2.0
"""report.py - medians of what was measured, as tables in Markdown

A terminal shows the same tables; they are aligned for it.
"""

import itertools
import pathlib
import platform
import re
import statistics
import subprocess

BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"
WAYS = {"moved": "moved in", "found": "found at start"}
DELAYS = {"heard": "`document.indexed` at a subscriber",
          "searched": "found by a search"}


# ---- figures ----


class Runs:
    """Rows of all rounds, each {subject, workload, way, round, figures...}."""

    def __init__(self, rows):
        self.rows = rows

    def names(self, key):
        """In the order in which they came."""
        return list(dict.fromkeys(row[key] for row in self.rows))

    def figures(self, name, **where):
        return [row[name] for row in self.rows
                if name in row and where.items() <= row.items()]

    def median(self, name, **where):
        found = self.figures(name, **where)
        return statistics.median(found) if found else None


def show(value, digits=3):
    """To so many digits, without an exponent."""
    if value is None:
        return "-"
    if value == 0:
        return "0"
    if abs(value) >= 10**(digits - 1):
        return f"{value:,.0f}"
    return f"{value:.{digits}g}"


def show_ratio(ours, values):
    if ours is None or not values:
        return "-"
    return f"{show(ours / statistics.median(values))} x"


def show_range(values):
    if not values:
        return "-"
    middle = show(statistics.median(values))
    if len(values) == 1:
        return middle
    return f"{middle} ({show(min(values))}-{show(max(values))})"


def table(head, rows):
    """Markdown, its columns aligned; those without anything are left out."""
    rows = [[str(cell) for cell in row] for row in rows]
    kept = [any(column) for column in zip(*rows)]
    rows = [list(itertools.compress(row, kept)) for row in [head, *rows]]
    widths = [max(map(len, column)) for column in zip(*rows)]
    rows.insert(1, ["-" * width for width in widths])
    return "".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in
                          zip(row, widths)) + " |\n" for row in rows) + "\n"


# ---- tables ----


def bulk_rows(runs):
    for workload in runs.names("workload"):
        for way, words in WAYS.items():
            for subject in runs.names("subject"):
                where = {"workload": workload, "way": way, "subject": subject}
                missing = sum(runs.figures("missing", **where))
                where["missing"] = 0  # of whole runs alone
                speeds = runs.figures("docs_per_s", **where)
                docket = runs.median("docs_per_s",
                                     **where | {"subject": "docket"})
                if not speeds and not missing:
                    continue
                yield [
                    workload, words, subject, show_range(speeds),
                    *(show(runs.median(name, **where)) for name in
                      ("mb_per_s", "cpu_ms_per_doc", "peak_pss_mib",
                       "index_per_byte", "store_per_byte")),
                    show_ratio(docket, speeds) if subject != "docket" else "",
                    missing or "",
                ]


def delay_rows(runs):
    for kind, words in DELAYS.items():
        for subject in runs.names("subject"):
            p50, p99, most = (
                runs.figures(f"{kind}_{name}_ms", subject=subject)
                for name in ("p50", "p99", "max"))
            if p50:
                missing = sum(runs.figures(f"{kind}_missing",
                                           subject=subject))
                yield [words, subject, show_range(p50), show_range(p99),
                       show(max(most)), missing or ""]


def split_words(split):
    """Who has how much, the largest first."""
    return ", ".join(f"{name} {show(value)}" for name, value in
                     sorted(split.items(), key=lambda item: -item[1])
                     if value)


def idle_rows(runs):
    for row in runs.rows:
        for idle in row.get("idle", ()):
            yield [idle["who"], show(idle["pss_mib"]),
                   split_words(idle["pss_split_mib"]),
                   show(idle["wakeups_per_minute"]),
                   split_words(idle["wakeups_split"]),
                   show(idle["cpu_ms_per_minute"])]


def growth_rows(runs):
    for row in runs.rows:
        for tenth in row.get("tenths", ()):
            yield [f"{tenth['documents']:,}", show(tenth["docs_per_s"]),
                   show(tenth["cpu_ms_per_doc"]), show(tenth["pss_mib"]),
                   show(tenth["log_mib"])]


def share_rows(runs):
    """Of docket's processes, in the runs that needed most."""
    for workload in runs.names("workload"):
        rows = [row for row in runs.rows if row["workload"] == workload and
                row["subject"] == "docket" and "peak_pss_mib" in row]
        for what, total, split in (
                ("CPU ms/doc", "cpu_ms_per_doc", "cpu_split_ms"),
                ("PSS MiB", "peak_pss_mib", "peak_split_mib")):
            if rows:
                most = max(rows, key=lambda row: row[total])
                yield [workload, what, show(most[total]),
                       split_words(most[split])]


def others_sentence(runs):
    """Whether to believe it."""
    percent = runs.figures("others_percent")
    if not percent:
        return ""
    return ("Other programs meanwhile had "
            f"{show(statistics.median(percent), 2)} % of the processors, "
            f"{show(max(percent), 2)} % in the worst run.\n\n")


def trouble_sentences(runs):
    return "".join(
        f"**{row['subject']}, {row['workload']}, {WAYS[row['way']]}:** "
        f"{row['trouble']}\n\n" for row in runs.rows if row["trouble"])


def tables(rows):
    runs = Runs(rows)
    parts = [
        ("Many documents", bulk_rows,
         ["documents", "how", "who", "docs/s", "MB/s", "CPU ms/doc",
          "peak PSS MiB", "index/text", "store/text", "docket is", "missing"]),
        ("What docket's processes need, in the run that took most", share_rows,
         ["documents", "what", "in all", "of which"]),
        ("One document, from its rename", delay_rows,
         ["until", "who", "p50 ms", "p99 ms", "max ms", "missing"]),
        ("Nothing to do, with the small documents in", idle_rows,
         ["who", "PSS MiB", "of", "wake-ups/min", "of", "CPU ms/min"]),
        ("Growth, a tenth of further documents in each row", growth_rows,
         ["documents", "docs/s", "CPU ms/doc", "PSS MiB",
          "write-ahead logs MiB"]),
    ]
    out = others_sentence(runs) + trouble_sentences(runs)
    for title, make, head in parts:
        if body := list(make(runs)):
            out += f"### {title}\n\n" + table(head, body)
    return out


# ---- where it was made ----


def read_first(path, pattern):
    found = re.search(pattern, pathlib.Path(path).read_text("utf-8"), re.M)
    return found[1] if found else "?"


def package_versions(packages):
    out = subprocess.run(
        ["dpkg-query", "-Wf", "${db:Status-Status} ${Package} ${Version}\n",
         *packages], capture_output=True, text=True, check=False).stdout
    return [line.split(" ", 1)[1] for line in out.splitlines()
            if line.startswith("installed ")]


def kind_of_disk(folder):
    return subprocess.run(["findmnt", "-no", "FSTYPE", "-T", folder],
                          capture_output=True, text=True).stdout.strip()


def describe_machine(folder, packages):
    cpu = read_first("/proc/cpuinfo", r"^model name\s*: (.*)$")
    cpus = len(re.findall(r"^processor\b",
                          pathlib.Path("/proc/cpuinfo").read_text(), re.M))
    memory = int(read_first("/proc/meminfo", r"^MemTotal:\s*(\d+)")) / 2**20
    lines = [
        f"{cpus} processors ({cpu}), {memory:.0f} GiB, "
        f"{kind_of_disk(folder)}; Linux {platform.release()}, "
        f"Debian {pathlib.Path('/etc/debian_version').read_text().strip()}",
        *package_versions(packages),
    ]
    return "; ".join(lines)


def write_page(page, text):
    """Put it between the marks of a page."""
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise SystemExit(f"bench: {page} has no place for figures")
    page.write_text(before + BEGIN + "\n" + text + END + after, "utf-8")
