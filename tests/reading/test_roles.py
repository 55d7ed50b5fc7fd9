"""Origin, target or context: the role of every place, and what kind of origin it is."""

import pytest


def roles_of(roles):
    return {m.text: m.role for m in roles.places}


def origins_of(roles):
    return {o.mention.text: (o.site, o.basis) for o in roles.origins}


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("The missiles were launched from [Homs|SY].", "Homs"),
        ("Rockets were fired out of [Homs|SY].", "Homs"),
        ("Missiles have been deployed in [Homs|SY].", "Homs"),
        ("The missiles are based in [Homs|SY].", "Homs"),
        ("Missile units stationed at [Homs|SY] were put on alert.", "Homs"),
        ("The rockets were moved from [Hama|SY] to [Homs|SY].", "Homs"),
        ("Launchers were transferred to [Homs|SY] by night.", "Homs"),
        ("A missile factory in [Homs|SY] has been opened.", "Homs"),
        ("There is a rocket plant at [Homs|SY].", "Homs"),
        ("The missiles are stored at [Homs|SY].", "Homs"),
        ("A missile depot near [Homs|SY] burned.", "Homs"),
        ("They drove to the missile launch site in [Homs|SY].", "Homs"),
        ("[Homs|SY]-based missiles were tested.", "Homs"),
        ("The army hid rockets in [Homs|SY].", "Homs"),
        ("It is smuggling missiles into [Homs|SY].", "Homs"),
    ],
)
def test_words_that_make_an_origin(text, origin, read_marked):
    _, _, roles = read_marked(text)
    assert [name for name, role in roles_of(roles).items() if role == "origin"] == [origin]


@pytest.mark.parametrize(
    "text",
    [
        "Missile experts based in [London|GB] disagree.",
        "Troops stationed in [Homs|SY] saw the missile.",
        "The missile was shown at a parade in [Tehran|IR].",
        "[Tehran|IR] denied that it had sold missiles.",
        "Missile talks were held in [Vienna|AT].",
        "The missile fell into the sea off [Latakia|SY].",
        "The missile base lies on the road to [Homs|SY].",
        "The rocket hit a base in [Homs|SY] on Monday.",
    ],
)
def test_words_that_make_no_origin(text, read_marked):
    _, _, roles = read_marked(text)
    assert roles.origins == ()


def test_factories_listed_one_by_one_are_named_sites_in_doubt(read_marked):
    _, _, roles = read_marked(
        "Three missile factories exist: one in [Alton|GB], east of [Bath|GB], and one in "
        "[Corby|GB], north of [Derby|GB]. They also have one in [Wales|GB|region]."
    )
    assert origins_of(roles) == {
        "Alton": ("named site", "doubt"),
        "Corby": ("named site", "doubt"),
        "Wales": ("named site", "doubt"),
    }
    assert roles_of(roles)["Bath"] == roles_of(roles)["Derby"] == "context"


def test_a_supposed_launch_area_is_meant_as_a_whole(read_marked):
    _, _, roles = read_marked(
        "Missiles launched from [Wales|GB|region] would hit [Dublin|IE]. "
        "If deployed in [Kent|GB|region], they could reach [Lille|FR]. "
        "Rockets in [Essex|GB|region] can reach [Ghent|BE]. "
        "A missile base somewhere in [Devon|GB|region] can reach [Brest|FR]."
    )
    assert origins_of(roles) == {
        "Wales": ("assumed launch area", "extent"),
        "Kent": ("assumed launch area", "extent"),
        "Essex": ("named site", "extent"),
        "Devon": ("named site", "doubt"),
    }


def test_a_country_that_holds_a_finer_origin_is_context(read_marked):
    text = (
        "Missiles were moved to [Syria|SY|country]. A missile factory stands in [Homs|SY]. "
        "Rockets were moved to [Yemen|YE|country]."
    )
    _, _, roles = read_marked(text)
    assert roles_of(roles) == {"Syria": "context", "Homs": "origin", "Yemen": "origin"}


def test_a_country_that_a_claim_starts_from_stays_an_origin(read_marked):
    _, _, roles = read_marked(
        "Missiles launched from [Syria|SY|country] could hit [Haifa|IL]. "
        "A missile factory stands in [Homs|SY]."
    )
    assert roles_of(roles) == {"Syria": "origin", "Haifa": "target", "Homs": "origin"}


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("Missiles can hit [Amman|JO], [Jordan|JO|country].", "Jordan"),
        ("Missiles can hit [Jordan|JO|country]'s capital, [Amman|JO].", "Jordan"),
        ("Missiles can hit [Mosul|IQ] in northern [Iraq|IQ|country].", "Iraq"),
        ("Missiles can hit [Amman|JO], west of [Azraq|JO].", "Azraq"),
        ("Missiles can hit [Amman|JO] near [Salt|JO].", "Salt"),
        ("[Iran|IR|country] gave them missiles that can hit [Amman|JO].", "Iran"),
        ("Officials in [Cairo|EG] say the missiles can hit [Amman|JO].", "Cairo"),
        ("Missiles can hit U.S. troops in [Amman|JO], said a spokesman in [Doha|QA].", "Doha"),
    ],
)
def test_what_only_places_or_speaks_is_context(text, context, read_marked):
    _, _, roles = read_marked(text)
    assert roles_of(roles)[context] == "context"
    assert roles_of(roles)[next(n for n in ("Amman", "Mosul") if n in text)] == "target"


def test_neighbouring_countries_in_a_list_are_all_targets(read_marked):
    _, _, roles = read_marked(
        "Missiles can hit [Syria|SY|country], [Jordan|JO|country] and [Iraq|IQ|country]."
    )
    assert set(roles_of(roles).values()) == {"target"}


def test_a_place_reported_hit_is_a_target_without_a_claim(read_marked):
    _, _, roles = read_marked("Missiles fired from [Sanaa|YE] struck [Riyadh|SA] on Monday.")
    assert roles_of(roles) == {"Sanaa": "origin", "Riyadh": "target"}
    assert roles.claims == ()


def test_one_statement_for_each_place_and_a_site_before_a_supposition(read_marked):
    _, _, roles = read_marked(
        "Missiles launched from [Homs|SY] could hit [Haifa|IL]. Missiles are stored in [Homs|SY]."
    )
    assert origins_of(roles) == {"Homs": ("named site", "doubt")}
    assert len(roles.origins) == 1


def test_no_places_no_roles(read_marked):
    _, _, roles = read_marked("The missile can reach any city.")
    assert (roles.places, roles.origins, roles.claims) == ((), (), ())
