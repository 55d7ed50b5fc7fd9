"""Which weapon a claim speaks of decides from where and how far it reaches."""

import pytest

from withinreach.reading.spoken_weapons import SpokenWeapon, relation


def claims(read_marked, text):
    _, _, roles = read_marked(text)
    return {
        target.text: (claim.origin and claim.origin.text, claim.range and claim.range.max_km)
        for claim in roles.claims
        for target in claim.targets
    }


def test_a_weapon_named_again_keeps_its_place_and_its_range(read_marked):
    text = (
        "Venezuela has sent missiles to [Valera|VE]. Further south, at [San Carlos|VE], the army"
        " has unpacked drones.\n\nThe missiles have a range of 350 km and the drones one of 120 km,"
        " the ministry said.\n\nAccording to the paper, the missiles could hit [Maracaibo|VE]."
        " The drones cannot come near the coast. They can, however, reach [Barinas|VE]."
    )
    assert claims(read_marked, text) == {
        "Maracaibo": ("Valera", 350),
        "Barinas": ("San Carlos", 120),
    }


def test_each_place_keeps_the_range_that_was_told_with_it(read_marked):
    text = (
        "Rockets in [Sumy|UA] with a range of 90 km and missiles in [Poltava|UA] that fly 300 km"
        " worry the neighbours, the ministry said.\n\nFrom Poltava, it said, they can hit"
        " [Belgorod|RU] and [Kursk|RU].\n\nFrom [Sumy|UA] they cannot reach [Bryansk|RU]."
    ).replace("From Poltava", "From [Poltava|UA]")
    assert claims(read_marked, text) == {
        "Belgorod": ("Poltava", 300),
        "Kursk": ("Poltava", 300),
        "Bryansk": ("Sumy", 90),
    }


@pytest.mark.parametrize(
    ("meant", "other", "told"),
    [
        (("missile", None), ("missile", None), "same kind"),
        (("missile", None), ("cruise missile", None), "same kind"),
        (("ballistic missile", None), ("cruise missile", None), "other kind"),
        (("missile", None), ("drone", None), "other kind"),
        (("missile", "ababil"), ("missile", "ababil-9"), "same name"),
        (("missile", "qadr"), ("missile", "zelzal"), "other name"),
        (("rocket", "fatah-i"), ("rocket", "fatah-iib"), "other name"),
        ((None, "qadr"), ("drone", None), "untold"),
    ],
)
def test_how_two_weapons_go_together(meant, other, told):
    assert relation(SpokenWeapon(0, *meant), SpokenWeapon(5, *other)) == told


def test_a_weapon_that_is_not_told_goes_with_none():
    assert relation(None, SpokenWeapon(0, "drone", None)) == "untold"
