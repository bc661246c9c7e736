"""A page on which every press and every field is counted: what is not counted cannot be done with it."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page


@dataclass
class Count:
    """A click is a button, a link, a tick box or the choice of a file; a field is typed or pasted; a site another one."""

    clicks: int = 0
    fields: int = 0
    sites: set[str] = field(default_factory=set)

    @property
    def row(self) -> tuple[int, int, int]:
        return self.clicks, self.fields, len(self.sites)


class Counted:
    """Somebody at a browser. Where the flow begins they have arrived by themselves: an address, or squares looked at."""

    def __init__(self, page: Page, start: str) -> None:
        self.count = Count()
        self._page = page
        page.goto(start)

    def press(self, role: Any, name: str | re.Pattern[str], within: str = "main") -> None:
        self.count.clicks += 1
        self._page.locator(within).get_by_role(role, name=name).first.click()

    def press_to_another_site(self, name: str) -> str:
        """Where the link leads that opened a tab of its own, in another program."""
        self.count.clicks += 1
        link = self._page.get_by_role("link", name=name).first
        with self._page.context.expect_page() as opened:
            link.click()
        opened.value.close()
        address = str(link.get_attribute("href"))
        self.count.sites.add(address.split("/")[2])
        return address

    def fill(self, label: str, text: str) -> None:
        self.count.fields += 1
        self._page.get_by_label(label, exact=True).fill(text)

    def choose_file(self, label: str, path: Path) -> None:
        self.count.clicks += 1
        self._page.get_by_label(label, exact=True).set_input_files(path)

    def see(self, selector: str) -> Locator:
        """To look at something costs nothing."""
        return self._page.locator(selector)
