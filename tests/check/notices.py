# SPDX-License-Identifier: Apache-2.0
"""notices.py - every source says its licence, and the pages people need exist"""

import sources

PAGES = ["README.md", "NEWS.md", "LICENSE", "docs/architecture.md", "docs/bus.md"]
NOTICE = "SPDX-License-Identifier: Apache-2.0"


def main():
    complaints = [
        f"{page}: is missing"
        for page in PAGES
        if not (sources.ROOT / page).is_file()
    ]
    scripts = [sources.ROOT / "dev", sources.ROOT / ".ci" / "run"]
    for path in sources.find(".c", ".h", ".py", ".sh") + scripts:
        head = path.read_text(encoding="utf-8").splitlines()[:2]
        if not any(NOTICE in line for line in head):
            complaints.append(f"{sources.name(path)}:1: does not say {NOTICE}")
    for page in sorted((sources.ROOT / "docs").glob("*.md")):
        if not page.read_text(encoding="utf-8").startswith("# "):
            complaints.append(f"{sources.name(page)}:1: has no title")
    sources.end(complaints)


if __name__ == "__main__":
    main()
