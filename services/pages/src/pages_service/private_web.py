"""The addresses of the pages of a signed-in reader; none of it is kept anywhere."""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from pages_service import private
from pages_service.answers import SAFE, language_of, passed_on, problem, sent
from pages_service.graph import Asker, Graph
from pages_service.pdf import PDF, pdf_of
from pages_service.rendering import Page, address, rendered
from pages_service.settings import PagesSettings
from pages_service.signing_in import (
    Reader,
    is_own_form,
    reader_of,
    sign_in,
    sign_out,
    signed_in,
)

View = Callable[[Asker, Reader, Request], Awaitable[Page]]

NOT_KEPT = "no-store"
FORM_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
"""The form brings its style with it, and may do nothing."""


def asker_of(reader: Reader, request: Request) -> Asker:
    language = language_of(request)
    return Asker(language=language, token=reader.token, headers=passed_on(request))


class PrivatePages:
    def __init__(self, graph: Graph, settings: PagesSettings) -> None:
        self._graph = graph
        self._secure = settings.profile == "production"
        self._login_url = settings.login_url

    def routes(self) -> list[Route]:
        return [
            Route("/ket-qua", self._page(self._mine)),
            Route("/ket-qua/vao", self._sign_in, methods=["GET", "POST"]),
            Route("/ket-qua/ra", self._sign_out, methods=["POST"]),
            Route("/ket-qua/phieu/{id}", self._page(self._result)),
            Route("/ket-qua/phieu/{id}/mau-so-01", self._form),
            Route("/ket-qua/phieu/{id}/mau-so-01.pdf", self._pdf),
            Route("/ket-qua/cho-xu-ly/{kind}", self._page(self._waiting)),
        ]

    async def _mine(self, asker: Asker, reader: Reader, _: Request) -> Page:
        return await private.mine(self._graph, asker, reader.officer)

    async def _result(self, asker: Asker, reader: Reader, request: Request) -> Page:
        return await private.result(self._graph, asker, request.path_params["id"], reader.officer)

    async def _waiting(self, asker: Asker, _: Reader, request: Request) -> Page:
        after = request.query_params.get("sau")
        return await private.waiting(self._graph, asker, request.path_params["kind"], after)

    async def _form(self, request: Request) -> Response:
        reader = signed_in(request)
        if reader is None:
            return self._to_sign_in(request)
        text = await private.form(self._graph, asker_of(reader, request), request.path_params["id"])
        headers = SAFE | {"content-security-policy": FORM_POLICY, "cache-control": NOT_KEPT}
        return HTMLResponse(text, headers=headers)

    async def _pdf(self, request: Request) -> Response:
        reader = signed_in(request)
        if reader is None:
            return self._to_sign_in(request)
        text = await private.form(self._graph, asker_of(reader, request), request.path_params["id"])
        made = await asyncio.to_thread(pdf_of, text)
        return sent(request, Page.of(made, PDF, "mau-so-01.pdf"), cache=NOT_KEPT)

    def _page(self, view: View) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            reader = signed_in(request)
            if reader is None:
                return self._to_sign_in(request)
            page = await view(asker_of(reader, request), reader, request)
            return sent(request, page, cache=NOT_KEPT)

        return endpoint

    def _to_sign_in(self, request: Request) -> Response:
        where = address("ket-qua", "vao", lang=language_of(request))
        return RedirectResponse(where, HTTPStatus.SEE_OTHER, SAFE | {"cache-control": NOT_KEPT})

    async def _sign_in(self, request: Request) -> Response:
        refused = False
        if request.method == "POST":
            if not is_own_form(request):
                return problem(request, HTTPStatus.FORBIDDEN)
            given = parse_qs((await request.body()).decode("latin-1")).get("token", [""])[0]
            reader = reader_of(given.strip())
            if reader is not None:
                response = self._elsewhere(request, "ket-qua")
                sign_in(response, reader, secure=self._secure)
                return response
            refused = True
        text = rendered(
            "sign_in.html",
            lang=language_of(request),
            here="/ket-qua/vao",
            login_url=self._login_url,
            refused=refused,
        )
        status = HTTPStatus.BAD_REQUEST if refused else HTTPStatus.OK
        return sent(request, Page.of(text), cache=NOT_KEPT, status=status)

    async def _sign_out(self, request: Request) -> Response:
        if not is_own_form(request):
            return problem(request, HTTPStatus.FORBIDDEN)
        response = self._elsewhere(request, "cong-khai")
        sign_out(response, secure=self._secure)
        return response

    def _elsewhere(self, request: Request, place: str) -> Response:
        where = address(place, lang=language_of(request))
        return RedirectResponse(where, HTTPStatus.SEE_OTHER, SAFE | {"cache-control": NOT_KEPT})
