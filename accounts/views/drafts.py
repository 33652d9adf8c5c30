"""The pages of a draft: written, compared with the version before it, published, dropped (S.O.P. 4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from accounts import drafting
from accounts.models.drafts import VersionDraft
from accounts.terms_forms import PublishForm
from members.asking import member_of
from members.days import midnight
from members.freshness import fresh_second_factor
from members.states import Invalid, WrongState

Draft = TypeVar("Draft", bound=VersionDraft)


@dataclass(frozen=True)
class DraftPages(Generic[Draft]):
    """One kind of draft, as its pages need it.

    `said(form)`: what a valid form says, as the words that `write` takes. `changes(draft)`: where it differs from the
    version before. `page`: the address name of a draft's page; `register`: of the versions' page.
    """

    drafts: type[Draft]
    form: Callable[..., Any]
    said: Callable[[Any], dict[str, Any]]
    write: Callable[..., None]
    publish: Callable[..., Any]
    changes: Callable[[Draft], list[Any]]
    template: str
    page: str
    register: str

    def show(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        """The draft, to be written, and word by word where it differs; POST keeps what was written."""
        found = self.draft_of(request, draft_id)
        form = self.form(request.POST or None, draft=found)
        publishing = PublishForm(initial={"revision": found.revision})
        if request.method != "POST" or not form.is_valid():
            return self._answer(request, found, form, publishing)
        said = form.cleaned_data
        try:
            self.write(
                found, by=member_of(request), revision=said["revision"], reason=said["reason"], **self.said(form)
            )
        except Invalid as error:
            form.refuse(error)
        except WrongState as error:
            form.add_error(None, f"{error} What you typed is below; the draft as it stands is on its own page.")
            return self._answer(request, found, form, PublishForm(), status=409)
        else:
            messages.success(request, "Kept. What changes stands beside it.")
            return redirect(self.page, found.pk)
        return self._answer(request, found, form, publishing)

    def make(self, request: HttpRequest, draft_id: int) -> HttpResponseBase:
        """Publish it as the next version, by whoever proves a second factor."""
        found = self.draft_of(request, draft_id)

        @fresh_second_factor
        def publish(request: HttpRequest) -> HttpResponseBase:
            return self._make(request, found)

        return publish(request)

    def _make(self, request: HttpRequest, found: Draft) -> HttpResponse:
        form = PublishForm(request.POST)
        if form.is_valid():
            day, revision = form.cleaned_data["effective_from"], form.cleaned_data["revision"]
            begins = midnight(day) if day else None
            try:
                made = self.publish(found, by=member_of(request), revision=revision, effective_from=begins)
            except Invalid as error:
                form.refuse(error)
            else:
                messages.success(request, f"Version {made.version} is published; the unit has been told.")
                return redirect(self.register)
        return self._answer(request, found, self.form(draft=found), form)

    def drop(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        """Let the draft go."""
        drafting.drop(self.draft_of(request, draft_id), by=member_of(request))
        messages.success(request, "The draft was dropped; the version in force stays.")
        return redirect(self.register)

    def draft_of(self, request: HttpRequest, draft_id: int) -> Draft:
        """The draft with this number. Raises Refused for others than the Unit Commander and designees, Http404."""
        drafting.require(member_of(request))
        return get_object_or_404(self.drafts, pk=draft_id)

    def _answer(
        self, request: HttpRequest, found: Draft, form: Form, publishing: PublishForm, status: int = 200
    ) -> HttpResponse:
        context: dict[str, Any] = {
            "draft": found,
            "form": form,
            "publishing": publishing,
            "changes": self.changes(found),
            "open": found.state == VersionDraft.State.DRAFT,
        }
        wrong = form.errors or publishing.errors
        return render(request, self.template, context, status=422 if wrong and status == 200 else status)
