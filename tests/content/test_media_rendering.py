"""What leaves: upright, in the right colours, without a word of what the camera knew, marked or credited (2.D, 2.G)."""

import io
import zlib

import av
import numpy as np
import pytest
from PIL import Image, ImageStat

from content.manuscript import Picture
from content.media import stamping
from content.media.marking import has_mark, mark_in_force
from content.media.noting import Ground, say_rights
from content.media.rendering import render
from content.models import Rendering
from members.models import Agency
from members.states import Invalid
from tests.content.pictures import BLUE, GREEN, RED, held, in_library, near, opened, photo, png, saved, video
from tests.content.test_media_inspection import moving

pytestmark = pytest.mark.django_db


def shown(asset, platform="facebook", **picture) -> Rendering:
    return render(asset, Picture(asset.pk, "A park.", **picture), platform)


@pytest.mark.sop("2.D", "2.G")
def test_a_photo_stands_upright_whichever_way_the_camera_was_held_and_tells_nothing(officer):
    for orientation in range(1, 9):
        made = shown(in_library(held(orientation), f"{orientation}.jpg", officer))
        with opened(made) as picture:
            assert picture.size == (640, 480)
            assert near(picture.getpixel((20, 20)), RED), orientation
            assert near(picture.getpixel((620, 20)), GREEN), orientation
            assert near(picture.getpixel((20, 460)), BLUE) or made.mark_box[0] < 20
            assert not dict(picture.getexif())
            assert not {"comment", "exif", "xmp", "photoshop", "icc_profile"} & set(picture.info)
        assert b"sister" not in made.path.read_bytes()
        assert b"Phone 9" not in made.path.read_bytes()
        assert has_mark(made.path, made)


def test_colours_are_those_that_were_seen(officer):
    inked = saved(photo().convert("CMYK"), quality=95)
    grey16 = (np.asarray(photo().convert("L")).astype(">u2") * 257).astype(">u2")
    grey = png(640, 480, b"".join(b"\0" + row.tobytes() for row in grey16), depth=16, colour=0)
    through = photo().convert("RGBA")
    through.putalpha(Image.new("L", through.size, 0))
    through.paste((*RED, 255), (0, 0, 160, 120))
    palette = photo().convert("P", palette=Image.Palette.ADAPTIVE)
    wide = np.asarray(photo()).astype(">u2") * 257
    deep = png(640, 480, b"".join(b"\0" + row.tobytes() for row in wide), depth=16)
    for data, name, corner in (
        (inked, "ink.jpg", RED),
        (grey, "grey.png", (sum((0.299 * RED[0], 0.587 * RED[1], 0.114 * RED[2])),) * 3),
        (saved(through, "PNG"), "through.png", RED),
        (saved(palette, "PNG"), "palette.png", RED),
        (deep, "deep.png", RED),
    ):
        with opened(shown(in_library(data, name, officer))) as picture:
            assert picture.mode == "RGB"
            assert near(picture.getpixel((60, 60)), corner), name
            if name == "through.png":
                assert near(picture.getpixel((400, 100)), (255, 255, 255)), "what is seen through stands on white"


def test_a_profile_is_reckoned_into_what_every_screen_shows(officer):
    """A grey of gamma 1 looks lighter than its numbers say."""
    profile = linear_grey()
    data = saved(Image.new("L", (320, 320), 64), icc_profile=profile)
    with opened(shown(in_library(data, "linear.jpg", officer))) as picture:
        assert picture.getpixel((20, 20))[0] == pytest.approx(137, abs=6)
        assert "icc_profile" not in picture.info


def linear_grey() -> bytes:
    """The smallest ICC profile of a grey whose numbers are light itself."""
    import struct

    def tag(kind: bytes, data: bytes) -> bytes:
        return kind + bytes(4) + data

    white = tag(b"XYZ ", struct.pack(">iii", 63190, 65536, 54061))
    curve = tag(b"curv", struct.pack(">I", 0))
    words = tag(b"mluc", struct.pack(">II2s2sII", 1, 12, b"en", b"US", 10, 28) + "linear"[:5].encode("utf-16-be"))
    parts = [(b"desc", words), (b"cprt", words), (b"wtpt", white), (b"kTRC", curve)]
    table, body, place = struct.pack(">I", len(parts)), b"", 128 + 4 + 12 * len(parts)
    for name, data in parts:
        data += bytes(-len(data) % 4)
        table += name + struct.pack(">II", place + len(body), len(data))
        body += data
    size = 128 + len(table) + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"lcms", 0x04300000, b"mntr", b"GRAY", b"XYZ ") + bytes(12) + b"acsp"
    head += bytes(28) + struct.pack(">iii", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body


@pytest.mark.sop("2.G")
def test_ours_bears_the_mark_in_force_and_what_was_marked_before_keeps_its_own(officer):
    asset = in_library(held(1), "a.jpg", officer)
    first = shown(asset)
    assert first.mark == mark_in_force()
    assert shown(asset).pk == first.pk
    Agency.objects.update_or_create(
        id=1, defaults={"name": "Baytown Police", "short_name": "Baytown PD", "zone": "America/New_York"}
    )
    second = shown(asset)
    assert second.mark.version == first.mark.version + 1
    assert has_mark(second.path, second)
    assert has_mark(first.path, first)
    assert first.original == second.original == asset.digest


@pytest.mark.sop("2.G")
@pytest.mark.parametrize("ground", ["white", "black", "busy"])
def test_the_mark_is_known_again_after_coding_and_missed_where_it_is_not(officer, ground, tmp_path):
    size = (1200, 900)
    noise = np.random.default_rng(1).integers(0, 256, (900, 1200, 3), dtype="uint8")
    picture = Image.fromarray(noise) if ground == "busy" else Image.new("RGB", size, ground)
    asset = in_library(saved(picture, quality=92), f"{ground}.jpg", officer)
    made = shown(asset)
    assert has_mark(made.path, made)
    with opened(made) as whole:
        whole.save(tmp_path / "again.jpg", quality=50)
    assert has_mark(tmp_path / "again.jpg", made)
    assert not has_mark(asset.path, made)
    picture.resize((made.width, made.height)).save(tmp_path / "none.jpg")
    assert not has_mark(tmp_path / "none.jpg", made)


def test_outside_of_the_mark_a_photo_is_what_a_plain_coding_makes_of_it(officer, tmp_path):
    made = shown(in_library(held(1), "a.jpg", officer))
    with Image.open(io.BytesIO(held(1))) as given:
        given.load()
        given.info = {}
        given.save(tmp_path / "plain.jpg", quality=90)
    with Image.open(tmp_path / "plain.jpg") as plain, opened(made) as marked:
        one, other = np.asarray(plain).astype(int), np.asarray(marked).astype(int)
    left, top, width, height = made.mark_box
    apart = np.abs(one - other).max(axis=2)
    assert apart[top : top + height, left : left + width].max() > 40
    apart[top : top + height, left : left + width] = 0
    assert apart.max() == 0


@pytest.mark.sop("2.B", "2.G")
def test_the_work_of_others_carries_its_credit_and_never_our_mark(officer):
    given = {"basis": "public_domain", "source": "National Archives", "credit": "Photo: J. Roe"}
    made = shown(in_library(held(2), "b.jpg", officer, **given))
    assert made.mark is None
    assert has_mark(made.path, made)
    assert made.proof
    asset = in_library(held(3), "c.jpg", officer, basis="public_domain", source="National Archives")
    assert shown(asset).proof is None


@pytest.mark.sop("2.D")
def test_what_is_blurred_is_gone_for_good(officer):
    words = Image.new("RGB", (1000, 800), (128, 128, 128))
    for n in range(0, 300, 6):
        words.paste((255, 255, 255), (300 + n, 300, 303 + n, 450))
    made = shown(in_library(saved(words, "PNG"), "plate.png", officer), blurs=((0.3, 0.375, 0.3, 0.1875),))
    with opened(made) as picture:
        inside = picture.crop((320, 320, 580, 430)).convert("L")
        assert ImageStat.Stat(inside).stddev[0] < 20, "the stripes are gone"
    with Image.open(made.path.parent.parent / made.still[:2] / made.still) as small:
        part = small.convert("L").crop(tuple(int(edge * small.width / 1000) for edge in (320, 320, 580, 430)))
        assert ImageStat.Stat(part).stddev[0] < 20


def test_each_platform_gets_its_part_within_its_measures(officer):
    noise = Image.fromarray(np.random.default_rng(2).integers(0, 256, (2400, 3200, 3), dtype="uint8"))
    asset = in_library(saved(noise, quality=80), "noise.jpg", officer)
    made = shown(asset, "instagram", crops={"instagram": (0.25, 0.0, 0.5, 1.0)})
    assert (made.width, made.height) == (960, 1440)
    assert shown(asset, "facebook").size <= 4_000_000


def test_nothing_is_made_without_rights_in_force(officer):
    asset = in_library(held(4), "d.jpg", officer)
    say_rights(asset, Ground("public_domain", source="A museum"), by=officer)
    assert shown(asset).mark is None


def probed(path) -> dict:
    with av.open(str(path)) as film:
        frames = [frame for packet in film.demux(video=0) for frame in packet.decode()]
        return {
            "frames": len(frames),
            "first": frames[0].to_image(),
            "last": frames[-1].to_image(),
            "sound": film.streams.audio[0].codec_context.name if film.streams.audio else "",
            "said": dict(film.metadata),
            "tracks": len(film.streams),
        }


@pytest.mark.sop("2.D", "2.G")
@pytest.mark.parametrize(
    ("name", "sound", "turned"), [("a.mp4", "aac", 0), ("b.mov", "pcm_s16le", -90), ("c.mp4", "", 0)]
)
def test_a_video_is_upright_marked_and_heard_and_tells_nothing(officer, tmp_path, name, sound, turned):
    asset = in_library(video(tmp_path / name, sound=sound, turned=turned), name, officer)
    made = shown(asset)
    found = probed(made.path)
    assert found["frames"] == 30
    assert found["sound"] == ("aac" if sound else "")
    assert found["tracks"] == (2 if sound else 1)
    size = (360, 640) if turned else (640, 360)
    assert found["first"].size == found["last"].size == size == (made.width, made.height)
    red = (300, 40) if turned else (60, 60)
    assert near(found["last"].getpixel(red), (255, 0, 0), 60)
    assert set(found["said"]) <= {"major_brand", "minor_version", "compatible_brands", "encoder"}
    assert b"sister" not in made.path.read_bytes()
    assert b"25.7743" not in made.path.read_bytes()
    assert has_mark(made.path, made)
    assert stamping.is_there(found["last"], made.proof)
    assert not has_mark(asset.path, made)


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_what_moves_becomes_a_video(officer, kind):
    made = shown(in_library(moving(kind), f"a.{kind.lower()}", officer))
    found = probed(made.path)
    assert made.mime == "video/mp4"
    assert found["frames"] >= 8
    assert made.seconds == pytest.approx(0.84, abs=0.1)
    assert has_mark(made.path, made)


def test_a_file_that_cannot_be_made_ready_says_so_at_its_picture(officer):
    asset = in_library(held(5), "e.jpg", officer)
    asset.path.write_bytes(zlib.compress(b"no picture any more"))
    with pytest.raises(Invalid) as refused:
        shown(asset)
    assert refused.value.field == f"picture-{asset.pk}"
