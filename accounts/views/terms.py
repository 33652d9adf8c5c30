"""The terms as the unit keeps them (S.O.P. 4): versions, the draft, languages, and whether the accounts show them."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import adopting, terms_checking, terms_writing
from accounts.models import Account, Terms, TermsCheck, TermsDraft, TermsText
from accounts.models.terms import may_write
from accounts.terms_forms import DraftForm, LanguageForm, ReviewForm, SeenForm, TextForm
from accounts.views.drafts import DraftPages
from members import authority
from members.asking import member_of
from members.languages import NAMES
from members.models.agency import agency
from members.powers import Power
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid


@require_safe
def register(request: HttpRequest) -> HttpResponseBase:
    """Versions, languages with who reviewed them, the draft, and every account; `format=csv`: every check ever made."""
    member = member_of(request)
    authority.require(member, Power.READ_UNIT)
    if request.GET.get("format") == "csv":
        return csv_answer(
            "terms-checks", ["account", "at", "how", "result", "version", "by", "note", "digest"], _lines()
        )
    in_force = Terms.objects.in_force()
    accounts = list(Account.objects.visible_to(member).open())
    context = {
        "versions": Terms.objects.order_by("-version"),
        "in_force": in_force,
        "texts": [(one, NAMES.get(one.language, one.language)) for one in TermsText.objects.newest(in_force)]
        if in_force
        else [],
        "standings": terms_checking.standings(accounts),
        "draft": TermsDraft.objects.filter(state=TermsDraft.State.DRAFT).first(),
        "addresses": terms_checking.addresses(),
        "may_write": may_write(member),
        "language_form": LanguageForm(),
        "brings": _brings(in_force),
    }
    return render(request, "accounts/terms_register.html", context)


def _brings(in_force: Terms | None) -> bool:
    """Whether the product has a translation of this version that does not stand beside it yet."""
    if in_force is None or in_force.version != 1:
        return False
    return in_force.texts.filter(language__in=adopting.TRANSLATIONS).values("language").distinct().count() < len(
        adopting.TRANSLATIONS
    )


def _lines() -> Iterator[list[object]]:
    rows = TermsCheck.objects.defer("picture").select_related("account", "terms", "by")
    for one in rows[:LARGEST].iterator():
        yield [
            one.account,
            timezone.localtime(one.at).isoformat(),
            one.get_how_display(),
            one.get_result_display(),
            one.terms.version,
            one.by.name if one.by else "",
            one.note,
            bytes(one.digest).hex(),
        ]


# --- the draft ---


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Draw up the next version from the one in force, or go on with the draft that is open."""
    return redirect("terms_draft", terms_writing.begin(by=member_of(request)).pk)


PAGES = DraftPages(
    drafts=TermsDraft,
    form=DraftForm,
    said=lambda form: {"preamble": form.cleaned_data["preamble"], "clauses": form.clauses()},
    write=terms_writing.write,
    publish=terms_writing.publish,
    changes=lambda draft: terms_writing.changes(draft, draft.based_on),
    template="accounts/terms_draft.html",
    page="terms_draft",
    register="terms_register",
)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The draft, to be written, and where it differs from the version before."""
    return PAGES.show(request, draft_id)


@require_POST
def publish(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    """Make it the next version."""
    return PAGES.make(request, draft_id)


@require_POST
def drop(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Let the draft go."""
    return PAGES.drop(request, draft_id)


# --- languages ---


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """To the page on which the version in force is put into a language."""
    authority.require(member_of(request), Power.UPDATE_GRADING)
    form, terms = LanguageForm(request.GET), Terms.objects.in_force()
    if terms is None or not form.is_valid():
        return redirect("terms_register")
    return redirect("terms_text", terms.version, form.cleaned_data["language"])


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, version: int, language: str) -> HttpResponse:
    """Put a version into a language, or put right what stands there: a new text follows the former."""
    member = member_of(request)
    authority.require(member, Power.UPDATE_GRADING)
    terms = get_object_or_404(Terms, version=version)
    if language not in NAMES or language == "en":
        raise Http404
    newest = terms.texts.filter(language=language).order_by("-id").first()
    form = TextForm(request.POST or None, terms=terms, newest=newest)
    if request.method == "POST" and form.is_valid():
        try:
            preamble = form.cleaned_data["preamble"]
            terms_writing.translate(terms, language, by=member, preamble=preamble, clauses=form.clauses())
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, f"The public reads it in {NAMES[language]} now, marked as not reviewed.")
            return redirect("terms_register")
    context = {"terms": terms, "language": language, "name": NAMES[language], "form": form, "newest": newest}
    return render(request, "accounts/terms_text.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, text_id: int) -> HttpResponse:
    """Who has reviewed a translation: both texts side by side, and the note that the public reads."""
    member = member_of(request)
    authority.require(member, Power.UPDATE_GRADING)
    found = get_object_or_404(TermsText.objects.select_related("terms", "review"), pk=text_id)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            terms_writing.review(found, by=member, **form.cleaned_data)
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, "Noted. The public page says so.")
            return redirect("terms_register")
    both = [(one.letter, one.text, found.clauses.get(one.letter, "")) for one in found.terms.clauses.order_by("letter")]
    context = {"text": found, "name": NAMES.get(found.language, found.language), "both": both, "form": form}
    return render(request, "accounts/terms_review.html", context, status=422 if form.errors else 200)


@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Put the product's own translations of version 1 beside it."""
    authority.require(member_of(request), Power.UPDATE_GRADING)
    terms = get_object_or_404(Terms, version=1)
    count = adopting.bring_translations(terms, agency())
    messages.success(request, f"{count} brought. Nobody has reviewed them yet, and the page says so.")
    return redirect("terms_register")


# --- what the accounts show ---


@require_safe
def account_terms(request: HttpRequest, account_id: int) -> HttpResponse:
    """Every look at one account, and the form for what a member saw."""
    return _account_page(request, _account_of(request, account_id), SeenForm())


@require_POST
def check(request: HttpRequest, account_id: int) -> HttpResponse:
    """Keep what a member saw on the platform, with the picture."""
    account, form = _account_of(request, account_id), SeenForm(request.POST, request.FILES)
    if not terms_checking.may_check(member_of(request), account):
        raise account.refused("says whether the terms are shown there")
    if form.is_valid():
        try:
            terms_checking.check_by_eye(account, by=member_of(request), **form.cleaned_data)
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, "Kept, with the picture as proof.")
            return redirect("account_terms", account.pk)
    return _account_page(request, account, form)


def _account_of(request: HttpRequest, account_id: int) -> Account:
    return get_object_or_404(Account.objects.visible_to(member_of(request)), pk=account_id)


def _account_page(request: HttpRequest, account: Account, form: SeenForm) -> HttpResponse:
    (standing,) = terms_checking.standings([account])
    context = {
        "account": account,
        "standing": standing,
        "checks": account.terms_checks.defer("picture").select_related("by", "terms")[:50],
        "form": form,
        "may_check": terms_checking.may_check(member_of(request), account) and account.state != Account.State.CLOSED,
        "addresses": terms_checking.addresses(),
    }
    return render(request, "accounts/terms_account.html", context, status=422 if form.errors else 200)


@require_safe
def picture(request: HttpRequest, check_id: int) -> HttpResponse:
    """The picture of a check, byte for byte as it was given. 404 for a check that has none."""
    visible = Account.objects.visible_to(member_of(request))
    found = get_object_or_404(TermsCheck, pk=check_id, account__in=visible, picture__isnull=False)
    answer = HttpResponse(bytes(found.picture or b""), content_type=found.mime)
    ending = found.mime.removeprefix("image/")
    answer["Content-Disposition"] = f'inline; filename="terms-check-{found.pk}.{ending}"'
    return answer
