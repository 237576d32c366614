"""What the doors must know about the way to a server: this machine, or through a proxy."""

import ipaddress
import os
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


def is_loopback(url: str) -> bool:
    """Tell whether an address leads to this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def proxy_for(url: str) -> str | None:
    """Find the proxy that the environment names for an address; none for this machine."""
    parts = urlsplit(url)
    if is_loopback(url) or not parts.hostname or proxy_bypass(parts.hostname):
        return None
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if proxy and "://" not in proxy:
        return f"http://{proxy}"
    return proxy


def keep_loopback_direct() -> None:
    """Name this machine in NO_PROXY of this process.

    slack_sdk reads the proxy variables itself for each client, and bolt copies clients for each
    request: the environment is the one place that all of them look at.
    """
    if not getproxies():
        return
    for name in ("NO_PROXY", "no_proxy"):
        known = [host for host in os.environ.get(name, "").split(",") if host]
        missing = [host for host in _LOOPBACK_NAMES if host not in known]
        os.environ[name] = ",".join([*known, *missing])
