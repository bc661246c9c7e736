"""What Docker prints for each cause, as one expression that grep -E and PowerShell's -match both read."""

SIGNS: dict[str, str] = {
    "limit": "toomanyrequests|pull rate limit|429 Too Many",
    "platform": "no matching manifest|no match for platform|no image found in (manifest list|image index)",
    "disk": "no space left on device|not enough disk space",
    "clock": "certificate has expired or is not yet valid",
    "dns": "no such host|name resolution|server misbehaving",
    "missing": "manifest unknown|not found|name unknown",
    "login": "unauthorized|denied|authentication required|no basic auth",
    "daemon": "[Cc]annot connect to the Docker daemon|error during connect|docker.sock|dockerDesktopLinuxEngine",
    "no_answer": "timeout|timed out|connection refused|connection reset|EOF|unreachable|deadline exceeded",
}
