"""The way back and forth through the places of the window."""

from __future__ import annotations

from eic_tracker.gui.place import Place, Trail


def test_going_back_gives_the_place_as_it_was_left() -> None:
    trail = Trail(Place("home"))
    trail.leave({"scroll": 7})
    trail.go(Place("people"))
    trail.leave({"text": "jose"})
    assert trail.back() == Place("home", state={"scroll": 7})
    assert trail.forward() == Place("people", state={"text": "jose"})


def test_going_on_drops_what_lay_ahead() -> None:
    trail = Trail(Place("home"))
    trail.go(Place("people"))
    trail.back()
    trail.go(Place("courses"))
    assert not trail.can_go_forward
    assert trail.back().page == "home"


def test_the_same_place_twice_is_one_step() -> None:
    trail = Trail(Place("home"))
    trail.go(Place("person", 4))
    trail.go(Place("person", 4, {"tab": "history"}))
    trail.go(Place("person", 5))
    assert trail.back() == Place("person", 4, {"tab": "history"})
    assert trail.back() == Place("home")
    assert trail.back() == Place("home")


def test_a_long_day_keeps_the_newest_places_only() -> None:
    trail = Trail(Place("home"))
    for number in range(500):
        trail.go(Place("person", number))
    steps = 0
    while trail.can_go_back:
        trail.back()
        steps += 1
    assert steps == 199
