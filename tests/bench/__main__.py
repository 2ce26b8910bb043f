"""Print the figures of docs/performance.md; leave with 1 if one is over its limit.

python -m tests.bench              everything
python -m tests.bench place        only pages whose name holds "place"
"""

import sys

from tests.bench.scratch import database


def main(names: list[str]) -> int:
    with database():
        from tests.bench import pages, reports  # noqa: PLC0415 models want settings

        good = True
        if not names or "reports" in names:
            say(f"{'document':44} {'ms':>6} {'WeasyPrint':>10} {'beyond it':>10}")
            for document in reports.measured():
                mark = "" if document.is_good else "  over its limit"
                good &= document.is_good
                say(
                    f"{document.name:44} {document.seconds * 1000:6.0f}"
                    f" {document.weasyprint * 1000:10.0f} {document.overhead:10.1%}{mark}"
                )
            say("")
        say(f"{'page':44} {'reader':10} {'ms':>6} {'floor':>6} {'ratio':>6} {'queries':>9}")
        for each in pages.measured(names):
            mark = "" if each.is_good else "  over its limit"
            good &= each.is_good
            say(
                f"{each.name:44} {each.reader:10} {each.seconds * 1000:6.1f} {each.floor * 1000:6.1f}"
                f" {each.ratio:6.2f} {each.queries_of_few:4} {each.queries_of_many:4}{mark}"
            )
        return 0 if good else 1


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
