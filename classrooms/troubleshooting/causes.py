"""The errors that a class meets most, each with what it means and what mends it.

A cause is found by what Docker itself prints, in English on every system. The first that fits wins, so that what is
particular stands before what is general: a pull limit also says "denied".
"""

from __future__ import annotations

import re
from dataclasses import dataclass


def gettext_noop(text: str) -> str:
    """The same text; the name is what the collector of translatable texts looks for."""
    return text


@dataclass(frozen=True)
class Cause:
    """`code` is stable. `what` says what happened, `mend` what to do; `command` is to be copied, "" where there is none.

    `who` is "student" where the student can mend it alone, "teacher" where somebody else has to.
    """

    code: str
    pattern: re.Pattern[str]
    what: str
    mend: str
    command: str = ""
    who: str = "student"


def _cause(
    code: str, pattern: str, what: str, mend: str, command: str = "", *, who: str = "student"
) -> Cause:
    return Cause(code, re.compile(pattern, re.IGNORECASE), what, mend, command, who)


CAUSES: tuple[Cause, ...] = (
    _cause(
        "limit",
        r"toomanyrequests|pull rate limit|429 too many requests",
        gettext_noop("Docker Hub lets this network pull no more for now: the whole class shares one limit."),
        gettext_noop("Sign in with your own Docker ID, or wait. Tell your teacher: the class can share one copy."),
        "docker login",
    ),
    _cause(
        "login_email",
        r"incorrect username or password|unauthorized: incorrect|get .*: unauthorized.*password",
        gettext_noop("The name or the password is not right."),
        gettext_noop(
            "Use your Docker ID, not your e-mail address. With a second factor you need an access token as password."
        ),
        "docker login",
    ),
    _cause(
        "no_access",
        r"pull access denied|repository does not exist or may require|requested access .*authorization failed",
        gettext_noop("There is no image of this name, or it is private and you are not signed in."),
        gettext_noop("Copy the command again from the portal. If it says that the image is private, sign in first."),
        "docker login",
    ),
    _cause(
        "push_denied",
        r"denied: requested access to the resource is denied|insufficient_scope|push access denied",
        gettext_noop("Docker Hub does not let you write to this name."),
        gettext_noop(
            "The part before “/” has to be your own Docker ID. Sign in, give the image that name, and check at Docker "
            "Hub that your address is confirmed."
        ),
        "docker tag IMAGE YOUR-DOCKER-ID/IMAGE",
    ),
    _cause(
        "no_tag",
        r"manifest (?:for .+ )?(?:unknown|not found)|manifest unknown|not found: manifest",
        gettext_noop("The image exists, but not this version of it."),
        gettext_noop("Copy the command again from the portal: the tag after “:” is another one."),
    ),
    _cause(
        "platform",
        r"no matching manifest for|no match for platform|does not match the (?:specified|detected host) platform",
        gettext_noop("The image is not made for the processor of your computer."),
        gettext_noop("On a Mac with an Apple chip add the platform. It is slower, but it works."),
        "docker pull --platform linux/amd64 IMAGE",
    ),
    _cause(
        "exec_format",
        r"exec format error",
        gettext_noop("The program in the image is for another processor."),
        gettext_noop("If you built it: build it for the computers of the class as well."),
        "docker buildx build --platform linux/amd64,linux/arm64 -t NAME --push .",
    ),
    _cause(
        "disk",
        r"no space left on device|not enough (?:free )?(?:disk )?space",
        gettext_noop("The disk is full."),
        gettext_noop("Remove what no container uses. Images that you need are pulled again later."),
        "docker system prune",
    ),
    _cause(
        "port",
        r"port is already allocated|address already in use|bind: only one usage of each socket",
        gettext_noop("Another program uses this port already."),
        gettext_noop("Stop the other container, or choose another number before “:” in “-p”."),
        "docker ps",
    ),
    _cause(
        "name_in_use",
        r"the container name .+ is already in use",
        gettext_noop("There is a container of this name already."),
        gettext_noop("Remove it, or start it again."),
        "docker rm -f NAME",
    ),
    _cause(
        "socket_permission",
        r"permission denied .*docker(?:\.sock|_engine| daemon socket)|dial unix .*docker\.sock.*permission denied",
        gettext_noop("Your account on this computer may not use Docker."),
        gettext_noop("Your teacher has to put you into the group “docker”. Sign out and in again afterwards."),
        who="teacher",
    ),
    _cause(
        "daemon",
        r"cannot connect to the docker daemon|is the docker daemon running|docker desktop is (?:not running|unable to start)"
        r"|dockerDesktopLinuxEngine|error during connect",
        gettext_noop("Docker is not running on this computer."),
        gettext_noop("Start Docker Desktop and wait until it says that it runs; on Linux start the service."),
        "sudo systemctl start docker",
    ),
    _cause(
        "not_installed",
        r"docker: (?:command )?not found|command not found: docker|'docker' is not recognized"
        r"|docker: no se encontró la orden|the term 'docker' is not recognized",
        gettext_noop("Docker is not installed on this computer, or the window was opened before it was."),
        gettext_noop("Open a new window. If it stays like that, ask your teacher."),
        who="teacher",
    ),
    _cause(
        "virtualization",
        r"hardware assisted virtualization|virtualization support not detected"
        r"|wsl (?:2 )?(?:installation is incomplete|update failed)|wslregisterdistribution failed|hypervisor is not running",
        gettext_noop("Windows cannot start the small Linux that Docker needs."),
        gettext_noop(
            "Bring WSL up to date. If it stays like that, virtualization is switched off in the computer’s set-up."
        ),
        "wsl --update",
        who="teacher",
    ),
    _cause(
        "clock",
        r"certificate has expired or is not yet valid|token (?:used|is not valid) before|clock skew",
        gettext_noop("The clock of this computer is wrong."),
        gettext_noop("Set date and time, then try again."),
    ),
    _cause(
        "certificate",
        r"x509: certificate|certificate signed by unknown authority|tls: failed to verify certificate",
        gettext_noop("The network of the school opens secure connections, and Docker does not trust it."),
        gettext_noop("Tell your teacher: the school’s certificate has to be given to Docker on this computer."),
        who="teacher",
    ),
    _cause(
        "http_registry",
        r"server gave http response to https client",
        gettext_noop("The registry of the classroom has no certificate, and Docker asks for one."),
        gettext_noop("Tell your teacher: the registry has to be named in Docker’s settings on this computer."),
        who="teacher",
    ),
    _cause(
        "dns",
        r"no such host|temporary failure in name resolution|server misbehaving|could not resolve host",
        gettext_noop("The computer does not find Docker Hub’s address."),
        gettext_noop("Open any web page. If that works too badly or not at all, it is the network of the school."),
    ),
    _cause(
        "no_answer",
        r"i/o timeout|tls handshake timeout|context deadline exceeded|net/http: request canceled"
        r"|connection (?:refused|reset)|client\.timeout exceeded|network is unreachable",
        gettext_noop("Docker Hub did not answer in time."),
        gettext_noop("Run the same command again: what was pulled already is kept."),
    ),
    _cause(
        "bad_name",
        r"invalid reference format|repository name must be lowercase|invalid tag|is not a valid repository/tag",
        gettext_noop("The name of the image is not written as Docker reads it."),
        gettext_noop("Small letters only, no spaces and no accents. Copy the command instead of typing it."),
    ),
    _cause(
        "no_dockerfile",
        r"failed to read dockerfile|unable to prepare context|unable to evaluate symlinks in dockerfile path"
        r"|open dockerfile: no such file",
        gettext_noop("There is no Dockerfile where the command was given."),
        gettext_noop("Go into the folder with the Dockerfile. It has a capital D and no ending such as .txt."),
        "ls",
    ),
    _cause(
        "compose_yaml",
        r"yaml: line \d+|mapping values are not allowed|did not find expected|services must be a mapping"
        r"|additional propert(?:y|ies) .* (?:is|are) not allowed|no configuration file provided",
        gettext_noop("Docker Compose cannot read the file."),
        gettext_noop("Look at the line it names: indents are two spaces, never a tab, and a space stands after “:”."),
        "docker compose config",
    ),
    _cause(
        "no_command",
        r"executable file not found in \$path|exec: .+: no such file or directory|oci runtime create failed",
        gettext_noop("The image starts, but the program that it should run is not in it."),
        gettext_noop("Look at CMD and ENTRYPOINT of the Dockerfile. A script needs Linux line ends and the right to run."),
    ),
    _cause(
        "memory",
        r"exited? (?:with code |\()137|oomkilled|out of memory|cannot allocate memory",
        gettext_noop("The container needed more memory than there was."),
        gettext_noop("Stop other containers. In Docker Desktop more memory can be given to Docker."),
        "docker stats --no-stream",
    ),
)  # fmt: skip
