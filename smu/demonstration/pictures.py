"""The demonstration's pictures: drawn here, brought in as any other, one of our own and one of a newspaper's."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from content.media.keeping import coming, take_in
from content.media.noting import Ground, Person, note_person, say_rights
from content.media.stamping import FONT
from content.models import Asset
from members.models import Member

BY = "lmoreau"  # user name of members.json
SIZE = (1600, 900)
NAMES = ("coffee-with-a-cop.png", "harbor-at-dusk.jpg")


def load_pictures() -> list[Asset]:
    """The pictures of the library that are not there yet, with rights and people."""
    there = set(Asset.objects.filter(name__in=NAMES).values_list("name", flat=True))
    by = Member.objects.filter(username=BY).first()
    if by is None or there == set(NAMES):
        return []
    own = Ground("own", source="Drawn for the summer's coffee mornings.")
    until = timezone.localdate() + timedelta(days=20)
    licensed = Ground("licensed", "Photo: Ana Ruiz", "Bayside Herald, licence 2291", expires_on=until)
    made = []
    for name, picture, ground in ((NAMES[0], _invitation(), own), (NAMES[1], _harbor(), licensed)):
        if name not in there:
            with coming() as path:
                picture.save(path, "PNG" if name.endswith("png") else "JPEG")
                asset = take_in(path, name, by=by)
            say_rights(asset, ground, by=by)
            note_person(asset, Person("nobody"), by=by)
            made.append(asset)
    return made


def _invitation() -> Image.Image:
    """A cup on a table, and when."""
    picture = Image.new("RGB", SIZE, "#f3e9da")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 640, 1600, 900), fill="#8a5a3b")
    draw.rounded_rectangle((1050, 360, 1330, 660), 50, fill="#1f4e79")
    draw.arc((1270, 420, 1430, 590), 270, 90, fill="#1f4e79", width=34)
    draw.ellipse((1070, 345, 1310, 405), fill="#4a2c1a")
    draw.text((110, 150), "Coffee\nwith a Cop", font=ImageFont.truetype(FONT, 110), fill="#1f2f3f", spacing=24)
    draw.text((110, 470), "Saturday, 10 to 12", font=ImageFont.truetype(FONT, 52), fill="#1f2f3f")
    return picture


def _harbor() -> Image.Image:
    """Sky, sea and a boat."""
    picture = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(picture)
    for y in range(SIZE[1]):
        part = y / 520 if y < 520 else (y - 520) / 380
        sky, sea = (40 + int(190 * part), 60 + int(70 * part), 120 - int(30 * part)), (24, 60 - int(25 * part), 96)
        draw.line((0, y, SIZE[0], y), fill=sky if y < 520 else sea)
    draw.ellipse((1130, 400, 1290, 560), fill="#ffd9a0")
    draw.rectangle((0, 522, 1600, 610), fill=(24, 60, 96))
    draw.polygon([(420, 560), (900, 560), (840, 640), (480, 640)], fill="#10202e")
    draw.rectangle((560, 490, 700, 560), fill="#e8edf2")
    return picture
