"""The main things that people do, done in a browser with every press counted."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.counting import Count, Counted
from tests.browser.story import PASSWORD, STEP_ARRIVES, Story
from tests.classrooms.regalum import csv_of, student
from tests.installation import Installation

STUDENTS = 30


class Flows(Story):
    """Ana has an account and nothing else; Nerea is one of the class."""

    def __init__(self, browser: Browser, installation: Installation, folder: Path) -> None:
        super().__init__(browser, installation)
        self.class_list = folder / "RegAlum.csv"
        people = [student(f"90000{n}", f"Nerea{n}", f"Alba{n}") for n in range(10, 10 + STUDENTS)]
        self.class_list.write_bytes(csv_of(*people))

    def all(self) -> dict[str, Count]:
        """In the order in which a school meets them; the names are those of the table in docs/flows.md."""
        self.ana_signs_up()
        counts = {"First set-up, signed in": self.set_up()}
        counts["Class list of 30"] = self.bring_in_a_class()
        counts["Assign an image"] = self.assign("iestriana/lamp:v1")
        counts["Assign one more image"] = self.assign_one_more("iestriana/examen-ut1:v1")
        counts["Codes for a class"] = self.make_codes()
        counts["A student's first visit"] = self.first_visit(self.codes[0])
        counts["A student's first visit, code typed"] = self.first_visit_by_typing(self.codes[1])
        return counts

    def at_start(self) -> Counted:
        return Counted(self.ana, self.installation.url)

    def set_up(self) -> Count:
        ana = self.at_start()
        ana.fill("What is the school called?", "IES Triana")
        ana.press("button", "Create the school")
        ana.press("link", "Connect Docker Hub")
        expect(ana.see("#name-finding")).to_contain_text("Free")
        ana.press("button", "Go on with this name")
        self._ana_makes_it_on_docker_hub(ana.press_to_another_site("Open Docker’s page"))
        expect(ana.see("#id_token")).to_be_visible(timeout=STEP_ARRIVES)
        self.hub.goto(ana.press_to_another_site("Open Docker’s page for access tokens"))
        self.hub.get_by_role("button", name="Create an access token").click()
        ana.fill("Access token", self.hub.locator("#token").inner_text())
        ana.press("button", "Test the access token")
        expect(ana.see("h1")).to_have_text("Connection to Docker Hub")
        return ana.count

    def bring_in_a_class(self) -> Count:
        ana = self.at_start()
        ana.choose_file("Class list", self.class_list)
        ana.press("button", "Look at the list")
        ana.press("button", f"Bring in {STUDENTS} students")
        expect(ana.see("h1")).to_have_text("The class list is in")
        return ana.count

    def assign(self, image: str) -> Count:
        ana = self.at_start()
        ana.press("link", "Assign an image to 1SMR")
        return self._assign(ana, image)

    def assign_one_more(self, image: str) -> Count:
        """From the start page, which no longer offers it by itself."""
        ana = self.at_start()
        ana.press("link", "1SMR")
        ana.press("link", "Assign an image")
        return self._assign(ana, image)

    def _assign(self, ana: Counted, image: str) -> Count:
        ana.fill("Which image?", image)
        ana.press("button", "Assign")
        expect(ana.see("main")).to_contain_text(image)
        return ana.count

    def make_codes(self) -> Count:
        ana = self.at_start()
        ana.press("link", "1SMR")
        ana.press("link", "Access codes")
        ana.press("button", f"Create {STUDENTS} codes")
        expect(ana.see(".code-sheet code")).to_have_count(STUDENTS)
        self.codes = [code.replace("-", "") for code in ana.see(".code-sheet code").all_inner_texts()]
        return ana.count

    def first_visit(self, code: str) -> Count:
        """The squares on the slip are this address: the camera opens it with the code filled in."""
        nerea = Counted(self._somebody(), f"{self.installation.url}/join/{code}/")
        return self._open_account(nerea, "nerea10")

    def first_visit_by_typing(self, code: str) -> Count:
        nerea = Counted(self._somebody(), self.installation.url)
        nerea.press("link", "I have a code", within="body")
        nerea.fill("Your code", code)
        nerea.press("button", "Go on")
        return self._open_account(nerea, "nerea11")

    def _open_account(self, nerea: Counted, name: str) -> Count:
        nerea.fill("Choose a user name", name)
        nerea.fill("Choose a password", PASSWORD)
        nerea.press("button", "Open my account")
        expect(nerea.see("main")).to_contain_text("docker pull iestriana/lamp:v1")
        return nerea.count
