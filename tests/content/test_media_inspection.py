"""What is given to the library, and what each bad file is told (issue 6, faults 30)."""

import io
import zipfile

import pytest
from PIL import Image

from content.media.inspection import inspect
from content.media.running import scratch
from members.states import Invalid
from tests.content.pictures import as_sent, bomb, held, photo, saved, video

pytestmark = pytest.mark.sop("2.D", "2.G")


@pytest.fixture
def look(tmp_path):
    def looked(data: bytes, name: str):
        path = tmp_path / "given"
        path.write_bytes(data)
        return inspect(path, name, still=tmp_path / "still.jpg")

    return looked


def zipped() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("run.js", "alert(1)")
    return kept.getvalue()


BAD = {
    "a bomb": (bomb, "a.png", "202 million pixels"),
    "a page behind it": (
        lambda: held(1) + b"<html><script>alert(1)</script></html>",
        "a.jpg",
        "something else at once",
    ),
    "a page in its comment": (lambda: saved(photo(), comment=b"<script>alert(1)</script>"), "a.jpg", "at once"),
    "an archive behind it": (lambda: held(1) + zipped(), "a.jpg", "something else at once"),
    "words behind a PNG": (lambda: saved(photo(), "PNG") + b"and more", "a.png", "something else at once"),
    "half a JPEG": (lambda: held(1)[:9000], "a.jpg", "damaged or cut off"),
    "half a PNG": (lambda: saved(photo(), "PNG")[:-3000], "a.png", "damaged or cut off"),
    "half a GIF": (lambda: moving("GIF")[:2000], "a.gif", "damaged or cut off"),
    "a drawing": (lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg", "SVG drawing"),
    "a wrong ending": (lambda: held(1), "a.png", "the file is a JPEG: name it .jpg"),
    "nothing": (lambda: b"", "a.jpg", "is empty"),
    "a PDF": (lambda: b"%PDF-1.7 ...", "a.pdf", "This is a PDF"),
    "words": (lambda: b"Hello.", "a.jpg", "no picture or video that we know"),
    "a thread": (lambda: saved(Image.new("RGB", (65_500, 10)), "PNG"), "a.png", "too small to show"),
}


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (200, 150), (n * 20, 90, 40)) for n in range(8)]
    for n, frame in enumerate(frames):
        frame.paste((255, 255, 255), (n * 20, 0, n * 20 + 20, 150))
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


@pytest.mark.parametrize("what", BAD)
def test_a_bad_picture_is_refused_with_a_sentence(look, what):
    make, name, sentence = BAD[what]
    with pytest.raises(Invalid, match=sentence) as refused:
        look(make(), name)
    assert refused.value.field == "given"


def test_a_bad_video_is_refused_with_a_sentence(look, tmp_path):
    whole = video(tmp_path / "v.mp4")
    for data, name, sentence in (
        (whole[: len(whole) // 2], "v.mp4", "damaged or cut off"),
        (whole + b"<html>hello</html>", "v.mp4", "something else at once"),
        (whole, "v.gif", "the file is an MP4"),
        (whole[:32] + b"\x00" * 4000, "v.mp4", "damaged or cut off"),
    ):
        with pytest.raises(Invalid, match=sentence):
            look(data, name)


def test_a_video_of_sound_alone_is_refused(look, tmp_path):
    import av
    import numpy as np

    with av.open(str(tmp_path / "s.mp4"), "w") as film:
        track = film.add_stream("aac", rate=48000)
        track.codec_context.layout = "stereo"
        for number in range(20):
            frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), "float32"), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = 48000, number * 1024
            film.mux(track.encode(frame))
        film.mux(track.encode(None))
    with pytest.raises(Invalid, match="only sound"):
        look((tmp_path / "s.mp4").read_bytes(), "s.mp4")


def test_what_is_good_is_known_with_its_measures_upright(look, tmp_path):
    found = look(held(6), "IMG_0001.JPG")
    assert (found.kind, found.width, found.height) == ("image", 640, 480)
    assert {"place", "camera", "words"} <= set(found.carries)
    gif, webp = look(moving("GIF"), "a.gif"), look(moving("WEBP"), "a.webp")
    assert gif.kind == webp.kind == "video"
    assert gif.seconds == pytest.approx(0.8)
    film = look(video(tmp_path / "v.mov", turned=-90), "v.mov")
    assert (film.kind, film.width, film.height, film.sound) == ("video", 360, 640, True)
    assert "place" in film.carries


def test_a_video_without_frames_is_refused(look, tmp_path):
    import av

    with av.open(str(tmp_path / "e.mp4"), "w") as film:
        track = film.add_stream("libx264", rate=30)
        track.width, track.height, track.pix_fmt = 640, 360, "yuv420p"
        film.start_encoding()
    with pytest.raises(Invalid, match=r"no picture in it|damaged or cut off"):
        look((tmp_path / "e.mp4").read_bytes(), "e.mp4")


def test_a_phone_s_heic_is_a_picture(look):
    pillow_heif = pytest.importorskip("pillow_heif")
    pillow_heif.register_heif_opener()
    found = look(saved(photo(), "HEIF"), "IMG_1.HEIC")
    assert (found.kind, found.mime, found.width) == ("image", "image/heic", 640)


def test_the_child_s_end_is_a_sentence(look, monkeypatch, tmp_path):
    from content.media import running

    monkeypatch.setattr(running.sys, "executable", "/bin/false")
    with pytest.raises(Invalid, match="could not be read"):
        look(held(1), "a.jpg")


@pytest.mark.django_db
def test_the_form_keeps_what_was_typed_and_says_at_the_field_what_is_wrong(browser_of, officer):
    browser = browser_of(officer)
    typed = {"given": as_sent(bomb(), "big.png"), "basis": "public_domain", "source": "National Archives"}
    page = browser.post("/content/media/add/", typed)
    assert page.status_code == 422
    assert "202 million pixels" in page.content.decode()
    assert 'value="National Archives"' in page.content.decode()
    assert not any(path.name.startswith("tmp") for path in scratch().iterdir())
