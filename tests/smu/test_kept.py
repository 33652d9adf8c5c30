"""What stands on every page the same is drawn once for each of the values it depends on."""

from django.template import Context, Template

from smu.templatetags import kept

PAGE = "{% load kept %}{% kept here %}{{ here }} {{ other }}{% endkept %} {{ other }}"


def test_it_is_drawn_once_for_each_value_named():
    page = Template(PAGE)
    assert page.render(Context({"here": "a", "other": 1})) == "a 1 1"
    assert page.render(Context({"here": "a", "other": 2})) == "a 1 2"
    assert page.render(Context({"here": "b", "other": 2})) == "b 2 2"


def test_it_keeps_no_more_than_it_may(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 2)
    page = Template(PAGE)
    drawn = [page.render(Context({"here": here, "other": n})) for n, here in enumerate("abca")]
    assert drawn == ["a 0 0", "b 1 1", "c 2 2", "a 3 3"]


def test_what_is_written_into_it_is_escaped_as_anywhere():
    assert Template("{% load kept %}{% kept here %}{{ here }}{% endkept %}").render(Context({"here": "<b>"})) == (
        "&lt;b&gt;"
    )


def test_what_depends_on_more_this_time_is_drawn_anew():
    page = Template(PAGE)
    assert [page.render(Context({"here": None, "other": n})) for n in (1, 2)] == ["None 1 1", "None 2 2"]
