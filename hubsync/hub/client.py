"""The portal's client for Docker Hub: a connection, and what reads or writes through it.

connection = HubConnection(url, "iestriana", token)
HubReader(connection).list_teams("iestriana")
HubWriter(connection).create_team("iestriana", "smr1-a-2627")
"""

from hubsync.hub.reader import HubReader
from hubsync.hub.transport import HubConnection, user_agent_with
from hubsync.hub.writer import HubWriter

__all__ = ["HubConnection", "HubReader", "HubWriter", "user_agent_with"]
