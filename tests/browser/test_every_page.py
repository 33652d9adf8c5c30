"""What holds for every page: accessible in light and dark, no sideways scrolling on a phone, nothing hostile runs."""

from dataclasses import replace

import pytest
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import expect

from accounts.models import Post
from content import holding, items, listing, remarking
from content.manuscript import Picture, Place
from content.models import Asset, Item, Placement, PostDifference, PublicationOrder
from members.models import Designation
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from moderation.models import Appeal, AppealText, Comment, Referral, Section, Threat
from tests.browser.looking import trouble, violations
from tests.content.acts import approve, begun, submitted
from tests.content.pictures import library_world
from tests.content.planning import hostile_world
from tests.content.planning import pages as pages_of_planning
from tests.equipment.belongings import belongings
from tests.equipment.belongings import pages as pages_of_belongings
from tests.equipment.handed import out
from tests.equipment.handled import hostile_modification
from tests.equipment.handled import pages as pages_of_handling
from tests.equipment.listed import counted
from tests.equipment.listed import pages as pages_of_counts
from tests.equipment.purchases import hostile_purchase
from tests.equipment.purchases import pages as pages_of_purchases
from tests.equipment.worked import maintenance_pages
from tests.equipment.worked import pages as pages_of_maintenance
from tests.moderation.acts import grade
from tests.moderation.referring import refer, section

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
HOSTILE = [
    "<script>window.bad = 1</script><img src=x onerror='window.bad = 1'>",
    "\u202ednuora denrut \u2066 and never closed",
    "W" * 3000,
    "مرحبا <b onmouseover=bad()>بكم</b> العالم",
]


@pytest.fixture
def filled(make_comment, supervisor, officer, other_officer, specialist, commander, hand_over):
    """Comments in every stage, some of them hostile."""
    comments = [make_comment(text, author=text[:80]) for text in HOSTILE]
    comments += [make_comment("Where do I apply?", urgency=2, suspected=3, because="asks something")]
    comments += [make_comment(f"About level {level}", suspected=level, because="a guess") for level in range(4, 9)]
    for level in range(1, 9):
        fields = {"reply": "Thank you."} if level in {1, 3} else {}
        grade(make_comment(f"Graded {level}", author="Ines Ortega"), level, officer, **fields)
    refer(Comment.objects.get(text="Graded 4"), officer, section=section(HOSTILE[0][:120]), asks=HOSTILE[2])
    graded = Comment.objects.get(text="Graded 7")
    appeal = Appeal.objects.create(reference="APPEALED99", comment=graded, grade=graded.grades.get())
    for text in HOSTILE:
        AppealText.objects.create(appeal=appeal, text=text, name=text[:200], email="ines@example.org")
    tell([officer], Kind.THREAT, HOSTILE[0], "/comments/")
    tell([officer], Kind.MEMBERS, HOSTILE[2])
    library_world(officer)
    of_items(officer, other_officer, specialist, comments[0].account)
    publish(comments[0].account, officer, commander)
    hand_over(commander, officer, Power.APPROVE_CONTENT, reason=HOSTILE[2])
    hand_over(commander, officer, Power.APPROVE_PROPOSALS)
    hostile_purchase(HOSTILE, supervisor)
    out(belongings(supervisor, words=HOSTILE[2])[0], by=officer, purpose=HOSTILE[2][:200])
    hostile_modification(HOSTILE[2], by=supervisor)
    counted(supervisor, officer, words=HOSTILE[2])
    maintenance_pages(supervisor, words=HOSTILE[2])
    for words in HOSTILE:
        hostile_world(words, by=officer, specialist=specialist)
    return comments


def publish(account, officer, commander):
    """An item out on an account and to be posted elsewhere; its post changed by another hand, and everything held."""
    places = (Place(HOSTILE[2][:200], address=HOSTILE[2], text=HOSTILE[0]),)
    item = submitted(account, by=officer, reviewer=commander, text=HOSTILE[0], places=places)
    (order,) = approve(item, by=commander)
    PublicationOrder.objects.filter(pk=order.pk).update(state="failed", outcome=HOSTILE[2])
    post = Post.objects.create(account=account, remote_id="moved", text=HOSTILE[2])
    PostDifference.objects.create(post=post, kind="changed", approved=HOSTILE[3], seen=HOSTILE[2])
    holding.hold(by=commander, why=HOSTILE[2][:400])


def of_items(officer, other_officer, specialist, account):
    """A draft that shows something and lacks much, and one that waits for approval; of each kind of words one."""
    listing.add("María López", "juvenile", by=officer)
    text = f"{HOSTILE[0]} Call 305-555-0134. Officers are on scene with Maria Lopez. #NotAsked https://example.org/x"
    shown = Asset.objects.filter(kind="image")[:1]
    draft = begun(account, by=officer, text=text, pictures=tuple(Picture(one.pk) for one in shown))
    items.save(draft, replace(draft.manuscript, text=f"{text} {HOSTILE[1]}"), by=officer, on=1)
    remarking.remark(draft, HOSTILE[0], by=officer)
    submitted(account, by=other_officer, reviewer=specialist, text=HOSTILE[0])


def addresses(comments):
    """Every page of the product that this slice has, with something on it."""
    comment = comments[0]
    graded = comment.account.comments.get(text="Graded 7")
    draft = Item.objects.filter(state="draft", title="Coffee").latest("pk")
    pages = {
        "queue": reverse("queue"),
        "desk": f"{reverse('queue')}?open={comment.pk}",
        "panel 3": f"{reverse('queue')}?open={comment.pk}&level=3",
        "panel 7": f"{reverse('queue')}?open={comment.pk}&level=7",
        "comment": reverse("comment", args=[comment.pk]),
        "graded comment": reverse("comment", args=[graded.pk]),
        "threat": Threat.objects.latest("pk").get_absolute_url(),
        "graded on the desk": f"{reverse('queue')}?open={graded.pk}&last={graded.pk}",
        "poster": reverse("poster", args=[graded.poster_id]),
        "review": graded.reviews.get().get_absolute_url(),
        "appeal": graded.appeals.get().get_absolute_url(),
        "appeal by hand": reverse("take_down_appeal", args=[graded.pk]),
        "member": reverse("member", args=[graded.grades.get().by_id]),
        "details": reverse("change_details", args=[graded.grades.get().by_id]),
        "sessions": reverse("sessions"),
        "second factor again": reverse("mfa_reauthenticate"),
        "nothing to carry on": reverse("carry_on", args=["nothing"]),
        "locked out": reverse("locked_out"),
        "a way in that is over": reverse("unlock", args=["nothing"]),
        "agency": reverse("agency"),
        "health of the accounts": reverse("account_health"),
        "webhooks": reverse("deliveries"),
        "picture": reverse("asset", args=[Asset.objects.latest("pk").pk]),
        "account": reverse("account", args=[comment.account_id]),
        "posts": reverse("posts", args=[comment.account_id]),
        "post": reverse("post", args=[comment.post_id]),
        "authority": reverse("authority"),
        "designations": reverse("designations"),
        "designation": reverse("designation", args=[Designation.objects.latest("pk").pk]),
        "refused": reverse("designate"),
        "not found": "/comments/999999/",
        "draft": draft.get_absolute_url(),
        "editor": reverse("edit_item", args=[draft.pk]),
        "revisions": reverse("item_revisions", args=[draft.pk]),
        "to approve": Item.objects.filter(state="approval").latest("pk").get_absolute_url(),
        "begin an item": reverse("begin_item"),
        "listed names": reverse("listed_names"),
        "referral": Referral.objects.latest("pk").get_absolute_url(),
        "section": Section.objects.latest("pk").get_absolute_url(),
        "item that is out": reverse("item", args=[Placement.objects.latest("pk").item_id]),
        "posted elsewhere": reverse("placement", args=[Placement.objects.latest("pk").pk]),
        "changed by another hand": PostDifference.objects.latest("pk").get_absolute_url(),
    }
    pages |= pages_of_planning() | pages_of_belongings() | pages_of_counts() | pages_of_purchases()
    pages |= pages_of_maintenance()
    pages |= pages_of_handling()
    lists = [
        "custody",
        "found_reports",
        "all_comments",
        "threats",
        "triage",
        "by_hand",
        "referrals",
        "sections",
        "proposals",
        "bans",
        "holdings",
        "reviews",
        "appeals",
        "clearances",
        "clause_flags",
        "second_looks",
        "equipment",
        "capability_matrix",
        "kinds",
        "kits",
        "receipts",
        "stock_takes",
        "activity",
        "coverage",
        "audits",
        "grade_blind",
        "captures",
        "skipped",
        "own_desk",
        "near_copies",
        "enter",
        "publications",
        "held",
        "differences",
        "media_library",
        "add_asset",
        "capabilities",
        "bookings",
        "skills",
        "maintenance",
        "services",
        "handling",
    ]
    lists += ["grading_system", "texts", "write_text", "library", "propose_fact"]
    lists += ["records", "set_aside", "accounts", "trail", "reads", "roster", "members"]
    for name in ["home", *lists, "notifications", "contact", "security"]:
        try:
            pages[name] = reverse(name)
        except NoReverseMatch:
            continue
    return pages


def test_no_page_breaks_a_rule_of_accessibility_or_scrolls_sideways(sign_in, officer, filled):
    page = sign_in(officer)
    broken = {}
    for name, address in addresses(filled).items():
        page.goto(address)
        if found := trouble(page, name):
            broken[name] = found
    assert broken == {}


def test_the_menu_the_keys_and_the_filters_are_accessible_too(sign_in, officer, filled):
    page = sign_in(officer)
    page.goto(reverse("queue"))
    page.locator(".member-menu summary").click()
    assert trouble(page, "menu") == []
    page.keyboard.press("Escape")
    page.locator(".filters summary").click()
    assert trouble(page, "filters") == []
    page.locator("body").press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert trouble(page, "keys") == []


def test_the_sign_in_page_is_accessible(sign_in, live_unit, officer):
    page = sign_in(None)
    page.goto("/comments/")
    assert violations(page) == []


def test_on_a_phone_the_list_comes_first_and_a_comment_has_the_whole_width(sign_in, officer, make_comment):
    comment = make_comment("Where do I apply?")
    page = sign_in(officer, **PHONE)
    page.goto(reverse("queue"))
    expect(page.locator("#stream")).to_be_visible()
    expect(page.locator("#desk")).to_be_hidden()
    page.locator(f"#row-{comment.pk} button").click()
    expect(page.locator("article.in-hand")).to_be_visible()
    expect(page.locator("#stream")).to_be_hidden()
    tops = [cell.bounding_box()["y"] for cell in page.locator(".level-cell").all()]
    assert len(set(tops)) == 2  # four and four
    page.locator(".back-to-stream").click()
    expect(page.locator("#stream")).to_be_visible()


def test_nothing_that_the_public_wrote_runs(sign_in, officer, filled):
    page = sign_in(officer)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for comment in filled[: len(HOSTILE)]:
        for address in [f"{reverse('queue')}?open={comment.pk}&level=7", reverse("comment", args=[comment.pk])]:
            page.goto(address)
            expect(page.locator("#words")).to_contain_text(comment.text[:60])
            assert page.evaluate("typeof window.bad") == "undefined"
    assert [url for url in asked if "localhost" not in url] == []


def test_every_page_carries_the_strict_policy(browser_of, officer, filled):
    client = browser_of(officer)
    for name, address in addresses(filled).items():
        answer = client.get(address)
        policy = answer["Content-Security-Policy"]
        assert "script-src 'self'" in policy, name
        assert "unsafe" not in policy, name
        shown = answer.content.decode()
        assert " style=" not in shown, name
        assert "<script>" not in shown.replace("&lt;script&gt;", ""), name
        assert " onclick=" not in shown, name
