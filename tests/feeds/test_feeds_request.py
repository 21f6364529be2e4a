from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator

import httpx
import pytest

from feeds.errors import FeedError, Trouble
from feeds.guard import GuardedNetwork, is_inside, is_public
from feeds.replay import ReplayServer, Reply
from feeds.request import Answer, Fetcher, refusal


@pytest.fixture
async def server() -> AsyncIterator[ReplayServer]:
    async with ReplayServer(hosts=2) as running:
        yield running


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher("spreadwatch/test (mailto:me@news.example)", deadline=20, largest=1 << 20) as own:
        yield own


async def trouble(fetcher: Fetcher, url: str, **more: bool) -> Trouble:
    with pytest.raises(FeedError) as caught:
        await fetcher.get(url, **more)
    return caught.value.trouble


def redirect(to: str, status: int = 302) -> Reply:
    return Reply(status=status, headers=(("Location", to),))


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"x" * 500, drip=0.05),
        Reply(b"x", drip_headers=0.02),
        Reply(b"x", delay=30),
        Reply(b"", raw=b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nx", delay=5),
    ],
)
async def test_however_slowly_an_answer_drips_the_deadline_ends_it(
    server: ReplayServer, reply: Reply
) -> None:
    async with Fetcher(deadline=0.4) as hurried:
        assert await trouble(hurried, server.add("/feed", reply)) is Trouble.TIMEOUT


async def test_an_endless_body_is_cut_at_the_cap(server: ReplayServer, fetcher: Fetcher) -> None:
    assert await trouble(fetcher, server.add("/feed", Reply(b"x" * 65_536, endless=True))) is Trouble.TOO_BIG


@pytest.mark.parametrize("headers", [(("Content-Encoding", "gzip"),), ()])
async def test_a_gzip_bomb_is_stopped_whether_or_not_it_says_so(
    server: ReplayServer, fetcher: Fetcher, headers: tuple[tuple[str, str], ...]
) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert await trouble(fetcher, server.add("/feed", Reply(bomb, headers=headers))) is Trouble.TOO_BIG


async def test_a_body_that_says_it_is_too_big_is_not_read(server: ReplayServer, fetcher: Fetcher) -> None:
    url = server.add("/feed", Reply(b"x" * (2 << 20)))
    assert await trouble(fetcher, url) is Trouble.TOO_BIG


async def test_of_an_error_page_only_the_beginning_is_kept(server: ReplayServer, fetcher: Fetcher) -> None:
    found = await fetcher.get(server.add("/feed", Reply(b"x" * 500_000, status=500)))
    assert found.status == 500 and len(found.body) <= 65_536


@pytest.mark.parametrize(
    "raw", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", b"\x16\x03\x01"]
)
async def test_what_is_not_http_is_a_feed_error(server: ReplayServer, fetcher: Fetcher, raw: bytes) -> None:
    assert await trouble(fetcher, server.add("/feed", Reply(raw=raw))) in (Trouble.PROTOCOL, Trouble.CONNECT)


async def test_a_reset_in_the_body_is_a_feed_error(server: ReplayServer, fetcher: Fetcher) -> None:
    url = server.add("/feed", Reply(b"x" * 100_000, reset_after=50_000))
    assert await trouble(fetcher, url) in (Trouble.PROTOCOL, Trouble.CONNECT)


async def test_a_refused_connection_and_an_unknown_name_are_told_apart(fetcher: Fetcher) -> None:
    assert await trouble(fetcher, "http://127.0.0.1:9/feed") is Trouble.CONNECT
    assert await trouble(fetcher, "http://no-such-host.invalid/feed") is Trouble.DNS


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest", "http://10.0.0.1/feed", "http://[::1]/feed", "http://localhost:1/feed",
     "file:///etc/passwd", "http://[::ffff:10.0.0.1]/", "http://0.0.0.0/", "http://2130706433/"],
)  # fmt: skip
async def test_a_redirect_to_a_private_address_is_refused_without_a_connection(
    server: ReplayServer, fetcher: Fetcher, target: str
) -> None:
    assert await trouble(fetcher, server.add("/feed", redirect(target))) in (Trouble.GUARDED, Trouble.DNS)


async def test_a_feed_on_the_loopback_may_not_lead_to_its_neighbours(
    server: ReplayServer, fetcher: Fetcher
) -> None:
    server.add("/secret", b"inside")
    url = server.add("/feed", redirect(server.url("/secret", host=1)))
    assert await trouble(fetcher, url) is Trouble.GUARDED
    assert not server.paths["/secret"].requests


async def test_a_name_that_leads_inside_is_refused_at_connect_time(
    server: ReplayServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()

    async def answers(*asked: object, **more: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("127.0.0.1", server.port))]

    monkeypatch.setattr(loop, "getaddrinfo", answers)
    server.add("/feed", b"inside")
    url = f"http://public.example:{server.port}/feed"
    assert await trouble(fetcher, url) is Trouble.GUARDED
    assert server.connections == 0
    assert (await fetcher.get(url, inside=True)).body == b"inside"


async def test_a_redirect_loop_and_too_many_hops_come_to_an_end(
    server: ReplayServer, fetcher: Fetcher
) -> None:
    assert await trouble(fetcher, server.add("/loop", redirect("/loop"))) is Trouble.REDIRECTS
    assert len(server.paths["/loop"].requests) == 1
    for number in range(9):
        server.add(f"/hop{number}", redirect(f"/hop{number + 1}"))
    assert await trouble(fetcher, server.url("/hop0")) is Trouble.REDIRECTS
    assert await trouble(fetcher, server.add("/nowhere", Reply(status=302))) is Trouble.REDIRECTS


async def test_permanent_redirects_alone_say_that_a_feed_moved(
    server: ReplayServer, fetcher: Fetcher
) -> None:
    server.add("/new", b"feed")
    assert (await fetcher.get(server.add("/a", redirect("/new", 301)))).moved_to == server.url("/new")
    server.add("/b2", redirect("/new", 302))
    assert (await fetcher.get(server.add("/b", redirect("/b2", 308)))).moved_to == server.url("/b2")
    assert (await fetcher.get(server.add("/c", redirect("/new", 302)))).moved_to == ""
    server.add("/d2", redirect("/new", 301))
    assert (await fetcher.get(server.add("/d", redirect("/d2", 302)))).moved_to == ""


async def test_a_password_in_an_address_is_for_its_own_host_alone(server: ReplayServer) -> None:
    asked: list[tuple[str, str]] = []

    def noted(request: httpx.Request) -> httpx.Response:
        asked.append((request.url.host, request.headers.get("authorization", "")))
        away = {"/feed": "/again", "/again": "https://user:secret@other.example/"}.get(request.url.path)
        return httpx.Response(302, headers={"Location": away}) if away else httpx.Response(200)

    async with Fetcher(transport=httpx.MockTransport(noted)) as fetcher:
        await fetcher.get("https://user:secret@news.example/feed")
    basic = "Basic dXNlcjpzZWNyZXQ="
    assert asked == [("news.example", basic), ("news.example", basic), ("other.example", "")]


async def test_validators_are_sent_back_byte_for_byte(server: ReplayServer, fetcher: Fetcher) -> None:
    odd = (("ETag", 'W/"caf\xe9 ;x"'), ("Last-Modified", "Fri, 31 Foo 2023 25:00:00 MSK"))
    url = server.add("/feed", Reply(b"feed", headers=odd))
    first = await fetcher.get(url)
    await fetcher.get(url, etag=first.header("etag"), last_modified=first.header("last-modified"))
    asked = server.paths["/feed"].requests[1].headers
    assert (asked["if-none-match"], asked["if-modified-since"], asked["a-im"]) == (
        odd[0][1],
        odd[1][1],
        "feed",
    )


async def test_the_request_names_the_program_and_how_to_reach_its_user(
    server: ReplayServer, fetcher: Fetcher
) -> None:
    await fetcher.get(server.add("/feed", b"feed"))
    headers = server.paths["/feed"].requests[0].headers
    assert headers["user-agent"] == "spreadwatch/test (mailto:me@news.example)"
    assert headers["accept-encoding"] == "gzip, deflate, br, zstd"


async def test_a_connection_is_used_again(server: ReplayServer, fetcher: Fetcher) -> None:
    url = server.add("/feed", [b"one", b"two", Reply(status=304), Reply(b"no", status=500), b"three"])
    assert [(await fetcher.get(url)).body for _ in range(5)] == [b"one", b"two", b"", b"no", b"three"]
    assert server.connections == 1


async def test_a_server_that_hangs_up_between_requests_is_asked_on_a_new_connection(
    server: ReplayServer, fetcher: Fetcher
) -> None:
    url = server.add("/feed", Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none"))
    assert [(await fetcher.get(url)).body for _ in range(4)] == [b"one"] * 4
    rude = server.add("/rude", [Reply(raw=b""), Reply(b"two")])
    assert (await fetcher.get(rude)).body == b"two"


async def test_requests_go_through_the_proxy_that_the_environment_names(
    server: ReplayServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.port}")
    monkeypatch.delenv("no_proxy", raising=False)
    server.add("http://news.example/feed", b"by proxy")
    assert (await fetcher.get("http://news.example/feed")).body == b"by proxy"
    server.add("http://news.example/away", redirect("http://10.0.0.1/"))
    assert await trouble(fetcher, "http://news.example/away") is Trouble.GUARDED


async def test_a_test_transport_can_stand_for_the_network() -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200, content=b"mock"))
    async with Fetcher(transport=transport) as fetcher:
        assert (await fetcher.get("https://news.example/")).body == b"mock"


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (Answer(200, ""), None),
        (Answer(304, ""), None),
        (Answer(226, ""), None),
        (Answer(403, ""), Trouble.STATUS),
        (Answer(403, "", {"cf-mitigated": "challenge"}), Trouble.CHALLENGE),
        (Answer(503, "", {}, b"<title>Just a moment...</title>"), Trouble.CHALLENGE),
        (Answer(503, ""), Trouble.BUSY),
        (Answer(429, ""), Trouble.BUSY),
        (Answer(410, ""), Trouble.GONE),
        (Answer(404, ""), Trouble.STATUS),
        (Answer(204, ""), Trouble.EMPTY),
    ],
)
def test_a_status_is_told_from_a_challenge(answer: Answer, trouble: Trouble | None) -> None:
    found = refusal(answer)
    assert (found.trouble if found else None) is trouble


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
     "::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "nonsense"],
)  # fmt: skip
def test_only_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert not is_public(address)
    assert is_public("93.184.216.34") and is_public("2606:2800:220:1::1")


def test_only_addresses_written_as_private_may_go_inside() -> None:
    assert is_inside("127.0.0.1") and is_inside("localhost") and is_inside("::1")
    assert not is_inside("news.example") and not is_inside("93.184.216.34")


async def test_names_that_have_public_and_private_addresses_use_the_public_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def answers(*asked: object, **more: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("10.0.0.1", 80)), (2, 1, 6, "", ("93.184.216.34", 80))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", answers)
    assert await GuardedNetwork()._addresses("mixed.example", 80) == ["93.184.216.34"]
