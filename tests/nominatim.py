"""A geocoder on loopback that speaks Nominatim's answers, in the manner that a test sets."""

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

__all__ = ["FACTORY", "PROVINCE", "TOWN", "Nominatim"]

# As Nominatim writes them; the places are invented.
TOWN = {
    "place_id": 1,
    "osm_type": "node",
    "lat": "35.123456",
    "lon": "42.987654",
    "class": "place",
    "type": "town",
    "addresstype": "town",
    "place_rank": 18,
    "importance": 0.4,
    "name": "Quxabad",
    "display_name": "Quxabad, Nineveh, Iraq",
    "boundingbox": ["35.08", "35.16", "42.94", "43.02"],
}
FACTORY = TOWN | {
    "class": "building", "type": "industrial", "addresstype": "building", "name": "Qux Works",
}  # fmt: skip
PROVINCE = TOWN | {
    "class": "boundary",
    "type": "administrative",
    "addresstype": "state",
    "name": "Quxland",
    "display_name": "Quxland, Iraq",
    "boundingbox": ["34.0", "36.0", "42.0", "44.0"],
}


class Nominatim(ThreadingHTTPServer):
    """A geocoder on loopback whose manners a test sets."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = {"quxabad": [TOWN], "qux works": [FACTORY], "quxland": [PROVINCE]}
        self.status = 200
        self.body = None
        self.wait_s = 0.0
        self.drip = False
        self.requests = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        server = self.server
        asked = parse_qs(urlsplit(self.path).query)
        server.requests.append((asked["q"][0], self.headers["User-Agent"], time.monotonic()))
        time.sleep(server.wait_s)
        body = server.body
        if body is None:
            body = json.dumps(server.answers.get(asked["q"][0].lower(), [])).encode()
        self.send_response(server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            for i in range(len(body) if server.drip else 1):
                self.wfile.write(body[i : i + 1] if server.drip else body)
                self.wfile.flush()
                time.sleep(0.1 if server.drip else 0)
        except OSError:
            pass

    def log_message(self, *arguments):
        pass
