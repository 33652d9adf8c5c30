"""Connecting an account in a browser: from the approved request to the platform and back, on a phone and by keys."""

import httpx
import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from accounts import tokens
from accounts.models import Account, AccountRequest, Connecting, StandingBan, Takeover
from accounts.models.requests import Case, request_account
from tests.browser.looking import trouble
from tests.cast import give_second_factor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("1.1", "1.FB", "1.X")]
NAME = "Bayside Police Recruiting"


def put(live_unit, path, **order):
    httpx.put(f"{live_unit.sandbox}/_sandbox{path}", json=order, trust_env=False).raise_for_status()


def approved(platform, commander, officer):
    goals, roles = {"G": "It informs."}, {officer.pk: "administrator"}
    request = request_account(Case(platform, "baysidepdjobs", NAME, "To recruit.", "Open.", goals, roles), by=officer)
    request.approve("It serves.", by=commander)
    return request


@pytest.fixture
def pages(live_unit, commander):
    """Two Pages stand on the sandbox, and one account on X; the Commander has just proved a second factor."""
    give_second_factor(commander)
    for platform, remote_id, name in (
        ("facebook", "104829376998127", NAME),
        ("facebook", "104829376998128", "Bayside Parks"),
        ("x", "2874998127", NAME),
    ):
        app = settings.PLATFORM_APPS[platform]
        told = {"handle": "baysidepdjobs", "name": name, "tier": "enterprise", "app_secret": app["client_secret"]}
        put(live_unit, f"/accounts/{platform}/{remote_id}", **told, **app)
        put(live_unit, f"/apps/{platform}", **app)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_one_of_two_pages_is_connected_by_its_approved_request(sign_in, cast, commander, officer, pages, script):
    request = approved("facebook", commander, officer)
    options = {} if script else {"java_script_enabled": False}
    page = sign_in(commander, **options)
    page.goto(reverse("connect", args=[request.pk]))
    expect(page.get_by_role("heading", name="What will happen")).to_be_visible()
    page.get_by_label("Days before today").fill("3")
    page.get_by_role("button", name="Sign in at Facebook").press("Enter")
    expect(page.get_by_role("heading", name="Which of them is it?")).to_be_visible()
    assert "code=" not in page.url
    expect(page.get_by_role("radio", name="Bayside Parks")).to_be_disabled()
    page.get_by_role("radio", name=NAME).check()
    page.get_by_role("button", name="Connect it").click()
    expect(page.get_by_text("is connected. It is read within a minute.")).to_be_visible()
    account = Account.objects.get()
    assert (account.name, account.cut_off_days) == (NAME, 3)
    assert AccountRequest.objects.get().state == "connected"


def test_x_asks_for_the_commanders_word_first(sign_in, cast, commander, officer, pages):
    request = approved("x", commander, officer)
    page = sign_in(commander)
    page.goto(reverse("connect", args=[request.pk]))
    expect(page.get_by_text("Government End User")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in at X")).to_have_count(0)
    page.get_by_role("button", name="I have read these terms").click()
    expect(page.get_by_text("acknowledged", exact=True)).to_be_visible()
    page.get_by_role("button", name="Sign in at X").click()
    expect(page.get_by_text("is connected. It is read within a minute.")).to_be_visible()


def test_a_refusal_at_the_platform_is_said_with_a_way_to_begin_again(
    sign_in, cast, commander, officer, pages, live_unit
):
    request = approved("facebook", commander, officer)
    put(live_unit, "/consents/facebook", deny=True)
    page = sign_in(commander)
    page.goto(reverse("connect", args=[request.pk]))
    page.get_by_role("button", name="Sign in at Facebook").click()
    expect(page.get_by_role("alert")).to_contain_text("declined at the platform")
    page.get_by_role("link", name="Begin again").click()
    expect(page.get_by_role("heading", name="What will happen")).to_be_visible()


def test_its_pages_are_accessible_and_fit_a_phone(sign_in, commander, officer, x, facebook, pages):
    waiting = approved("facebook", commander, officer)
    tokens.lose(x)
    Takeover.objects.create(account=x, bans_by_hand=True)
    StandingBan.objects.create(account=x, name="W" * 190, remote_id="9" * 30, noted_by=commander)
    failed = Connecting.objects.create(
        request=waiting, member=commander, platform="facebook", state_digest=b"1", session_digest=b"1", redirect_uri="/"
    )
    failed.fail("These permissions are needed and were not granted: pages_manage_engagement. Nothing was connected.")
    page = sign_in(commander)
    addresses = {
        "connect": reverse("connect", args=[waiting.pk]),
        "reconnect_x": reverse("reconnect", args=[x.pk]),
        "refused": reverse("connect_choice", args=[failed.pk]),
        "gaps": reverse("gaps", args=[x.pk]),
        "bans": reverse("standing_bans", args=[x.pk]),
        "account": reverse("account", args=[x.pk]),
    }
    for name, address in addresses.items():
        page.goto(address)
        assert trouble(page, name) == []
    page.goto(addresses["connect"])
    page.get_by_role("button", name="Sign in at Facebook").click()
    expect(page.get_by_role("heading", name="Which of them is it?")).to_be_visible()
    assert trouble(page, "choice") == []
