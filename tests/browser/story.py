"""The main job as people do it in a browser, from signing up to the student's page.

Ana signs up, makes her school, connects its organization, brings in the class list as Séneca exports it, gives the
class a public and a private image and lets Docker Hub be changed; Bruno opens his account and sees what to pull.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.installation import Installation

PASSWORD = "caballo grapa batería"
CLASS_LIST = Path(__file__).parent / "files" / "RegAlum.csv"
STEP_ARRIVES = 60_000  # milliseconds; a worker does it in a few seconds


@dataclass
class Story:
    browser: Browser
    installation: Installation
    pictures: Path | None = None

    def __post_init__(self) -> None:
        self.ana = self._somebody()
        self.hub = self._somebody()

    def _somebody(self) -> Page:
        page = self.browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(15_000)
        return page

    def see(self, page: Page, name: str) -> None:
        """Keep a picture where the caller wants to look at the story."""
        if self.pictures:
            page.screenshot(path=self.pictures / f"{name}.png", full_page=True)

    def tell(self) -> None:
        self.ana_signs_up()
        self.ana_creates_the_school()
        self.ana_connects_the_organization()
        self.ana_brings_in_the_class_list()
        self.ana_assigns_a_public_and_a_private_image()
        self.ana_makes_the_students_members()
        self.ana_lets_it_happen()
        self.bruno_accepts_the_invitation()
        self.bruno_sees_what_to_pull()
        self.everything_is_there_in_spanish()

    def ana_signs_up(self) -> None:
        page = self.ana
        page.goto(self.installation.url)
        page.get_by_role("link", name="Sign up").click()
        page.get_by_label("Your name").fill("Ana Ruiz")
        page.get_by_label("E-mail address").fill("ana@iestriana.example")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.see(page, "01-sign-up")
        page.get_by_role("main").get_by_role("button", name="Sign up").click()
        mail = page.context.new_page()
        mail.goto(f"{self.installation.url}/outbox/")
        code = re.search(
            r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)\s*$", mail.get_by_role("main").inner_text(), re.MULTILINE
        )
        assert code is not None
        mail.close()
        page.get_by_label("Code").fill(code[1])
        page.get_by_role("main").get_by_role("button").first.click()
        expect(page.get_by_label("What is the school called?")).to_be_visible()

    def ana_creates_the_school(self) -> None:
        page = self.ana
        page.get_by_label("What is the school called?").fill("IES Triana")
        page.get_by_role("button", name="Create the school").click()
        expect(page.get_by_role("heading", level=1, name="IES Triana")).to_be_visible()
        self.see(page, "02-school")

    def ana_connects_the_organization(self) -> None:
        page, hub = self.ana, self.hub
        page.get_by_role("link", name="Connect Docker Hub").first.click()
        expect(page.get_by_label("Name on Docker Hub")).to_have_value("iestriana")
        expect(page.locator("#name-finding")).to_contain_text("Free")
        self.see(page, "03-name")
        page.get_by_role("button", name="Go on with this name").click()
        address = page.get_by_role("link", name="Open Docker’s page").get_attribute("href")
        self._ana_makes_it_on_docker_hub(str(address))
        # The page notices by itself.
        expect(page.get_by_label("Access token", exact=True)).to_be_visible(timeout=STEP_ARRIVES)
        self.see(page, "04-token")
        hub.goto(str(page.get_by_role("link", name="page for access tokens").get_attribute("href")))
        hub.get_by_role("button", name="Create an access token").click()
        page.get_by_label("Access token", exact=True).fill(hub.locator("#token").inner_text())
        page.get_by_label("Seats bought").fill("10")
        page.get_by_role("button", name="Test the access token").click()
        expect(page.get_by_role("heading", level=1, name="Connection to Docker Hub")).to_be_visible()
        self.see(page, "05-connected")

    def _ana_makes_it_on_docker_hub(self, address: str) -> None:
        hub = self.hub
        hub.goto(f"{self.installation.hub_url}/signup")
        self._sign_up_at_docker_hub(hub, "anaruiz", "ana@iestriana.example")
        hub.goto(address)
        hub.get_by_role("button", name="Create an organization").click()
        expect(hub.get_by_role("heading", level=1)).to_contain_text("iestriana")
        for repository, visibility in (("lamp", "public"), ("examen-ut1", "private")):
            hub.goto(f"{self.installation.hub_url}/orgs/iestriana/push")
            hub.get_by_label("Repository").fill(repository)
            hub.get_by_label("Tag").fill("v1")
            hub.get_by_label("Visibility").select_option(visibility)
            hub.get_by_role("button", name="Push").click()
            expect(hub.get_by_role("row").filter(has_text=repository)).to_be_visible()

    def _sign_up_at_docker_hub(self, hub: Page, docker_id: str, email: str) -> None:
        hub.get_by_label("Docker ID").fill(docker_id)
        hub.get_by_label("E-mail address").fill(email)
        hub.get_by_label("Password").fill(PASSWORD)
        hub.get_by_role("main").get_by_role("button", name="Sign up").click()
        expect(hub.get_by_role("button", name="Sign out")).to_be_visible()

    def ana_brings_in_the_class_list(self) -> None:
        page = self.ana
        page.get_by_role("link", name="IES Triana").first.click()
        page.get_by_role("link", name="Upload the class list").click()
        page.get_by_label("Class list").set_input_files(CLASS_LIST)
        page.get_by_role("button", name="Look at the list").click()
        expect(page.get_by_text("Nothing has been written yet.")).to_be_visible()
        self.see(page, "06-preview")
        page.get_by_role("button", name=re.compile("Bring in 3 students")).click()
        expect(page.get_by_role("heading", name="The class list is in")).to_be_visible()
        page.get_by_role("link", name="Go to the classes").click()
        page.get_by_role("link", name=re.compile("1SMR")).first.click()
        self.see(page, "07-class")

    def ana_assigns_a_public_and_a_private_image(self) -> None:
        page = self.ana
        for reference, kind in (
            ("iestriana/lamp:v1", "Public image"),
            ("iestriana/examen-ut1:v1", "Private image"),
        ):
            page.get_by_role("link", name="Assign an image").first.click()
            page.get_by_label("Which image?").fill(reference)
            expect(page.locator("#reference-check")).to_contain_text(kind)
            self.see(page, f"08-assign-{kind[:6]}")
            page.get_by_role("button", name="Assign", exact=True).click()
            expect(page.get_by_text(reference).first).to_be_visible()

    def ana_makes_the_students_members(self) -> None:
        """Only where the school says so: a seat costs money."""
        page = self.ana
        page.get_by_role("link", name="Settings").click()
        page.get_by_role("button", name="Make the students members").click()
        expect(page.get_by_role("button", name="Students are no longer members")).to_be_visible()
        page.get_by_role("link", name=re.compile("1SMR")).first.click()
        page.get_by_role("row").filter(has_text="Gil Ortiz").get_by_role("link", name="Change").click()
        page.get_by_label("Docker ID").fill("brunogil")
        page.get_by_role("main").get_by_role("button", name="Save").click()
        expect(page.get_by_role("row").filter(has_text="brunogil")).to_be_visible()
        hub = self._somebody()
        hub.goto(f"{self.installation.hub_url}/signup")
        self._sign_up_at_docker_hub(hub, "brunogil", "bruno@mail.example")
        hub.context.close()

    def ana_lets_it_happen(self) -> None:
        page = self.ana
        page.get_by_role("link", name="IES Triana").first.click()
        page.get_by_role("link", name="See the synchronization").click()
        page.get_by_role("button", name="See what will be done").click()
        plan = page.get_by_role("main")
        expect(plan).to_contain_text("Create the team of 1SMR")
        expect(plan).to_contain_text("brunogil")
        expect(plan).to_contain_text("examen-ut1")
        self.see(page, "09-plan")
        page.get_by_role("button", name="Let it happen").click()
        # Each step arrives without loading the page again.
        expect(page.get_by_role("main")).to_contain_text("3 of 3 steps", timeout=STEP_ARRIVES)
        expect(page.locator(".pill", has_text="done").first).to_be_visible()
        expect(page.locator("#last-runs")).to_contain_text("as the school wants it", timeout=STEP_ARRIVES)
        self.see(page, "10-done")
        self.hub.goto(f"{self.installation.hub_url}/orgs/iestriana")
        expect(self.hub.get_by_role("main")).to_contain_text("examen-ut1 (read)")

    def bruno_accepts_the_invitation(self) -> None:
        hub = self._somebody()
        hub.goto(f"{self.installation.hub_url}/inbox?address=brunogil")
        hub.get_by_role("button", name="Accept: iestriana").click()
        expect(hub.get_by_text("No invitation waits here.")).to_be_visible()
        hub.goto(f"{self.installation.hub_url}/orgs/iestriana")
        expect(hub.get_by_role("main")).to_contain_text("brunogil")
        hub.context.close()

    def bruno_sees_what_to_pull(self) -> None:
        page = self.ana
        page.get_by_role("link", name="IES Triana").first.click()
        page.get_by_role("link", name=re.compile("1SMR")).first.click()
        page.get_by_role("link", name="Access codes").click()
        page.get_by_role("main").get_by_role("button").first.click()
        slip = page.get_by_role("listitem").filter(has_text="Gil Ortiz")
        code = slip.locator("code").inner_text()
        bruno = self._somebody()
        bruno.goto(self.installation.url)
        bruno.get_by_role("link", name="I have a code").click()
        bruno.get_by_label("Your code").fill(code)
        bruno.get_by_role("button", name="Go on").click()
        bruno.get_by_label("Choose a user name").fill("bruno")
        bruno.get_by_label("Choose a password").fill(PASSWORD)
        bruno.get_by_role("button", name="Open my account").click()
        main = bruno.get_by_role("main")
        expect(main).to_contain_text("docker pull iestriana/lamp:v1")
        expect(main).to_contain_text("docker pull iestriana/examen-ut1:v1")
        self.see(bruno, "11-student")
        self.bruno = bruno

    def everything_is_there_in_spanish(self) -> None:
        bruno = self.bruno
        bruno.get_by_role("button", name="Español").click()
        expect(bruno.locator("html")).to_have_attribute("lang", "es")
        expect(bruno.get_by_role("heading", level=1)).to_contain_text("descargar")
        self.see(bruno, "12-student-es")
