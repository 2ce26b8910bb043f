"""A page used by its keys alone, as by somebody who has no mouse: tab, space, arrows, letters, enter."""

from playwright.sync_api import Locator, Page

STEPS = 150  # more than any page has to tab through
FOCUSED = "element => element === document.activeElement"
FOCUSED_IN_GROUP = """element => document.activeElement.name === element.name
  && document.activeElement.form === element.form"""


class Keyboard:
    """Everything is reached by tabbing to it; what cannot be reached fails."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator, is_there: str = FOCUSED) -> None:
        target.wait_for()
        for _ in range(STEPS):
            if target.evaluate(is_there):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached by the tab key on {self.page.url}")

    def follow(self, name: str, *, role: str = "link") -> None:
        target = self.page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
        self.reach(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def press(self, name: str) -> None:
        self.follow(name, role="button")

    def fill(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def check(self, target: Locator) -> None:
        """A checkbox by space; a radio button by arrows, from wherever its group takes the focus."""
        self.reach(target, FOCUSED_IN_GROUP)
        if target.get_attribute("type") != "radio" or target.evaluate(FOCUSED):
            self.page.keyboard.press("Space")
        for _ in range(STEPS):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{target} cannot be chosen by the arrow keys on {self.page.url}")

    def select(self, target: Locator, begins: str) -> None:
        """An entry of a drop-down list, by its first letters."""
        self.reach(target)
        self.page.keyboard.type(begins)
