"""A server of ours on loopback that can be made to fail in every way."""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import closing

Behaviour = bytes | Callable[[socket.socket], None]


def answer(body: bytes = b"", *headers: str, status: str = "200 OK", length: bool = True) -> bytes:
    """Return the bytes of an answer."""
    sized = (f"Content-Length: {len(body)}",) if length else ()
    head = "\r\n".join((f"HTTP/1.1 {status}", *headers, *sized))
    return head.encode("latin-1") + b"\r\n\r\n" + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    """Return the bytes of a redirect."""
    return answer(b"", f"Location: {location}", status=status)


def drip(content: bytes, pause: float = 0.05) -> Callable[[socket.socket], None]:
    """Send a byte at a time."""

    def behave(connection: socket.socket) -> None:
        for byte in content:
            connection.sendall(bytes([byte]))
            time.sleep(pause)

    return behave


def flood(start: bytes, again: bytes, most: int = 256 * 1024 * 1024) -> Callable[..., None]:
    """Send `start`, then `again` for as long as anybody takes it."""
    piece = again * max(1, 65536 // len(again))

    def behave(connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in range(most // len(piece)):
            connection.sendall(piece)

    return behave


class Server:
    """Behaves on each path as `server[path]` says; `requests` are the heads it was sent."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        """Listen on a free port."""
        self.behaviours: dict[str, Behaviour] = {}
        self.requests: list[str] = []
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def __setitem__(self, path: str, behaviour: Behaviour) -> None:
        self.behaviours[path] = behaviour

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"http{'s' if self._tls else ''}://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return the paths that were asked for."""
        return [request.split(" ")[1] for request in self.requests]

    def close(self) -> None:
        """Answer nobody any more."""
        self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that listens
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with closing(self._secured(connection)) as sock:
                head = self._head(sock)
                if head:
                    self.requests.append(head)
                    self._behave(sock, head.split(" ")[1])
        except OSError:  # the other side has had enough, which is its right
            pass

    def _secured(self, connection: socket.socket) -> socket.socket:
        return self._tls.wrap_socket(connection, server_side=True) if self._tls else connection

    def _head(self, sock: socket.socket) -> str:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = sock.recv(65536)
            if not piece:
                break
            head += piece
        return head.decode("latin-1")

    def _behave(self, sock: socket.socket, path: str) -> None:
        behaviour = self.behaviours.get(path, answer(b"", status="404 Not Found"))
        if callable(behaviour):
            behaviour(sock)
        else:
            sock.sendall(behaviour)
