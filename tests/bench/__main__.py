"""Print the figures of docs/performance.md; leave with 1 if one is over its limit.

python -m tests.bench              everything
python -m tests.bench reports      the documents alone
python -m tests.bench seals        sealing and checking alone
python -m tests.bench pages        the pages alone: `make test` ends with them
python -m tests.bench place        only pages whose name holds "place"
"""

import sys

from tests.bench.scratch import database


def main(words: list[str]) -> int:
    with database():
        from tests.bench import pages, reports, seals  # noqa: PLC0415 models want settings

        faults: list[str] = []
        allowance = pages.NOISE if words == ["pages"] else 1.0
        if not words or "reports" in words:
            say(f"{'document':44} {'ms':>6} {'WeasyPrint':>10} {'beyond it':>10}")
            for document in reports.measured():
                if not document.is_good:
                    faults.append(document.name)
                say(
                    f"{document.name:44} {document.seconds * 1000:6.0f}"
                    f" {document.weasyprint * 1000:10.0f} {document.overhead:10.1%}"
                    f"{mark(document.is_good)}"
                )
            say("")
        if not words or "seals" in words:
            say(f"{'seal':44} {'ms':>6} {'beside':>10} {'ratio':>10}")
            for each in seals.measured():
                if not each.is_good:
                    faults.append(each.name)
                say(
                    f"{each.name:44} {each.seconds * 1000:6.0f} {each.beside * 1000:10.0f}"
                    f" {each.ratio:10.2f}{mark(each.is_good)}"
                )
            say("")
        if not words or set(words) - {"reports", "seals"}:
            say(f"{'page':44} {'reader':10} {'ms':>6} {'floor':>6} {'ratio':>6} {'queries':>9}")
            for each in pages.measured([word for word in words if word not in WORDS]):
                if not each.is_within(allowance):
                    faults.append(each.name)
                say(
                    f"{each.name:44} {each.reader:10} {each.seconds * 1000:6.1f}"
                    f" {each.floor * 1000:6.1f} {each.ratio:6.2f} {each.queries_of_few:4}"
                    f" {each.queries_of_many:4}{mark(each.is_good)}"
                )
        say(f"Over the limit: {', '.join(faults)}" if faults else "Nothing is over its limit.")
        return 1 if faults else 0


WORDS = ("pages", "reports", "seals")


def mark(is_good: bool) -> str:
    return "" if is_good else "  over its limit"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
