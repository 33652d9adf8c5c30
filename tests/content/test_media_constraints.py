"""What the database refuses of pictures, whoever asks (2.B, 2.D, 2.G)."""

import pytest
from django.db import DatabaseError, transaction

from content.models import Asset, Depicted, Mark, Rendering, Rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def asset(officer):
    return Asset.objects.create(
        kind="image",
        digest="a" * 64,
        still="b" * 64,
        mime="image/jpeg",
        size=9,
        width=3,
        height=2,
        name="x",
        by=officer,
    )


@pytest.fixture
def mark():
    return Mark.objects.create(version=1, text="Bayside Police", digest=b"1" * 32)


def refused(make, **fields):
    with pytest.raises(DatabaseError), transaction.atomic():
        make(**fields)


def rendering(asset, rights, **fields):
    made = {"recipe": {}, "recipe_digest": "c" * 64, "original": asset.digest, "digest": "d" * 64, "still": "e" * 64}
    made |= {"mime": "image/jpeg", "size": 5, "width": 3, "height": 2}
    return Rendering.objects.create(asset=asset, rights=rights, **(made | fields))


@pytest.mark.sop("2.G")
def test_none_of_our_own_is_rendered_without_the_mark(asset, mark, officer):
    own = Rights.objects.create(asset=asset, basis="own", by=officer)
    refused(rendering, asset=asset, rights=own)
    refused(rendering, asset=asset, rights=own, mark=mark)  # it must say where
    made = rendering(asset, own, mark=mark, mark_box=[0, 0, 1, 1], proof={})
    refused(Rendering.objects.filter(pk=made.pk).update, mark=None)
    refused(rendering, asset=asset, rights=own, mark=mark, mark_box=[0, 0, 1, 1], proof={}, original="f" * 64)


@pytest.mark.sop("2.G", "2.B")
def test_the_work_of_others_is_never_stamped_and_carries_its_credit(asset, mark, officer):
    by = {"asset": asset, "by": officer, "credit": "Photo: J. Roe"}
    licensed = Rights.objects.create(basis="licensed", expires_on="2030-01-01", **by)
    refused(rendering, asset=asset, rights=licensed, mark=mark, mark_box=[0, 0, 1, 1], proof={})
    refused(rendering, asset=asset, rights=licensed)
    rendering(asset, licensed, mark_box=[0, 0, 1, 1])
    common = Rights.objects.create(asset=asset, by=officer, basis="public_domain", source="National Archives")
    refused(rendering, asset=asset, rights=licensed, mark_box=[0, 0, 1, 1], recipe_digest="9" * 64)
    rendering(asset, common)


@pytest.mark.sop("2.B")
@pytest.mark.parametrize(
    "fields",
    [
        {"basis": "licensed", "credit": "J. Roe"},
        {"basis": "licensed", "expires_on": "2030-01-01"},
        {"basis": "permission", "credit": "J. Roe"},
        {"basis": "public_domain"},
        {"basis": "permission", "credit": "J. Roe", "proof": "../../etc/passwd"},
    ],
)
def test_rights_without_what_proves_them_are_refused(asset, officer, fields):
    refused(Rights.objects.create, asset=asset, by=officer, **fields)


@pytest.mark.sop("2.D", "D.2")
@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "juvenile"},
        {"kind": "juvenile", "blurred": True, "name": "Tom"},
        {"kind": "victim"},
        {"kind": "undercover", "consent": "a" * 64, "consent_mime": "application/pdf"},
        {"kind": "consenting", "name": "Tom"},
        {"kind": "member", "name": "Tom"},
    ],
)
def test_people_are_noted_with_what_protects_them(asset, officer, fields):
    refused(Depicted.objects.create, asset=asset, by=officer, **fields)


def test_who_has_left_says_nothing_of_rights(asset, transferred):
    refused(Rights.objects.create, asset=asset, basis="own", by=transferred)
