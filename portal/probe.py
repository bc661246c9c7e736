"""`python -m portal.probe`: exit status 0 where the web server of this container answers /healthz, else 1.

Standard library only, so that a check each half minute costs little.
"""

import http.client
import os
import sys


def answers(port: int, host: str) -> bool:
    """Asked under a name that the portal answers to, and as its proxy asks."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    name = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    sys.exit(0 if answers(int(os.environ.get("PORT", "8000")), name) else 1)
