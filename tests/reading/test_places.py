"""Names in a text: what is a place, which place, and what only looks like one."""

from collections import Counter

import pytest
from tests.timing import best_seconds

from withinreach.atlas.table import PlaceTable
from withinreach.reading.candidates import name_at
from withinreach.reading.tokens import pieces
from withinreach.reading.toponyms import find_places


@pytest.fixture(scope="module")
def table():
    return PlaceTable.open()


@pytest.fixture(scope="module")
def found(table):
    def find(text):
        mentions = find_places(text, table)
        assert all(text[m.start : m.end] == m.text for m in mentions)
        return {m.text: m.place for m in mentions}

    return find


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Pakistan's army and Turkey’s navy met in Doha.", ["Pakistan", "Turkey", "Doha"]),
        ("BAGHDAD, Nov 3 - A bridge in Mosul was opened again.", ["BAGHDAD", "Mosul"]),
        ("They drove from St. Louis to Ft. Worth.", ["St. Louis", "Ft. Worth"]),
        ("She was born in Gary, Ind., and lives in Reno, Nev.", ["Gary", "Ind", "Reno", "Nev"]),
        ("The ferry from New\nYork to Halifax is late.", ["New\nYork", "Halifax"]),
        ("Fighting went on near al-Qaim and in Deir ez-Zor.", ["al-Qaim", "Deir ez-Zor"]),
        ("The U.A.E. and the U.S. signed in Muscat.", ["U.A.E.", "U.S.", "Muscat"]),
    ],
)
def test_names_as_newspapers_write_them(text, places, found):
    assert list(found(text)) == places


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Mr. Houston opened the meeting. Later Houston thanked the crowd.", "Houston"),
        ("The mayor, Peter Lincoln, spoke first. Lincoln said the work was done.", "Lincoln"),
        ("Sheikh Hassan Basra spoke in Cairo.", "Basra"),
        ("Sofia Carter, 34, of Leeds, was not hurt.", "Sofia"),
        ("The judge, Anna Florence, was not in court in Leeds.", "Florence"),
        ("“It is late,” said Jordan Miller, who lives in Leeds.", "Jordan"),
    ],
)
def test_a_person_is_no_place(text, person, found):
    assert person not in found(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A Chicago Tribune reporter wrote from Boston.", ["Tribune"]),
        ("The University of Leeds will close its Center in May.", ["University", "Center", "May"]),
        ("The Iraqi minister met a Saudi envoy.", ["Iraqi", "Saudi"]),
        ("The meeting on Main Street ended late on Friday.", ["Main", "Street", "Friday"]),
        ("Reading is fun. Hope and Faith are words.", ["Reading", "Hope", "Faith"]),
    ],
)
def test_other_capitals_are_no_places(text, words, found):
    assert not set(words) & set(found(text))


@pytest.mark.parametrize(
    ("text", "name", "where"),
    [
        ("The fair in Paris, Texas, drew people from Dallas.", "Paris", ("US", "Texas")),
        ("The fair in Paris drew people from Lyon and all France.", "Paris", ("FR", None)),
        ("Police in Hyderabad, Pakistan, closed a road.", "Hyderabad", ("PK", "Sindh")),
        ("They flew from Atlanta, Georgia, to Denver.", "Georgia", ("US", "Georgia")),
        ("They drove from Batumi, Georgia, to Yerevan in Armenia.", "Georgia", ("GE", None)),
        ("Ontario built a hospital in London and a school in Hamilton.", "London", ("CA", None)),
        ("In Ohio, towns such as Dayton and Athens lost voters.", "Athens", ("US", "Ohio")),
    ],
)
def test_the_rest_of_the_text_decides_which_place(text, name, where, found):
    place = found(text)[name]
    assert place.country == where[0]
    assert where[1] is None or where[1] in (place.admin1, place.name)


def test_two_namesakes_in_one_text(table):
    text = "From Tripoli, Lebanon, he flew home. In Tripoli, Libya, nobody waited."
    mentions = [m for m in find_places(text, table) if m.name == "Tripoli"]
    assert [m.place.country for m in mentions] == ["LB", "LY"]


def test_a_county_is_in_the_state_of_the_text(found):
    place = found("Indiana farmers lost crops. In Marion County and in Muncie it rained.")
    assert place["Marion County"].admin1 == "Indiana"


def test_where_many_weigh_alike_no_place_is_named(table):
    (mention,) = find_places("The road to San Pedro was closed.", table)
    assert mention.place is None or mention.score < 0.6
    assert len({c.place.id for c in mention.candidates}) > 1


def test_what_contradicts_lowers_the_score(table):
    sure = find_places("Troops left Mosul, Iraq, for Baghdad.", table)[0].score
    unsure = find_places("Orange was there.", table)
    assert sure > 0.9
    assert all(m.score < sure for m in unsure)


def test_tokens_joined_are_the_text():
    text = "Sana’a’s “U.S.” Ft. Hood\n\n\ta\u2028b\x00 \U0001f600é—al-Qaim " * 900
    parts = list(pieces(text))
    assert "".join(token for piece in parts for token in piece.tokens) == text
    assert len(parts) > 1
    for piece in parts:
        assert all(
            text.startswith(token, start)
            for token, start in zip(piece.tokens, piece.starts[:-1], strict=True)
        )


def test_the_longest_name_wins(table):
    tokens = next(pieces("New York City Hall")).tokens
    name = name_at(tokens, 0, table)
    assert name is not None
    assert (name.key, name.last) == ("new york city", 5)


@pytest.mark.parametrize("words", ["Paris, Texas, ", "Springfield ", "St. ", "Al-", "J. "])
def test_a_text_of_one_word_takes_time_in_proportion(words, table):
    def seconds(times):
        return best_seconds(lambda: find_places(words * times, table))

    # Eight times the text; quadratic reading would take 64 times as long.
    assert seconds(8000) < 40 * max(seconds(1000), 0.01)


def test_demonyms_vote_for_their_country(table):
    told = Counter()
    from withinreach.reading.candidates import names_of

    for piece in pieces("Iraqi and Syrian officers, an Iraqi minister"):
        list(names_of(piece, table, told))
    assert told == {"IQ": 2, "SY": 1}


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        (
            "The ferry from San Antonio, on the west coast of Zambales province, was late.",
            15.0,
            120.1,
        ),
        ("A school in Quezon, in southern Palawan, was shut.", 9.2, 118.0),
    ],
)
def test_a_container_may_be_told_with_a_direction(text, lat, lon, table):
    place = find_places(text, table)[0].place
    assert abs(place.lat - lat) + abs(place.lon - lon) < 0.6


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The trucks were seen in Grodno on Monday.", "Grodno", "town"),
        ("The mayor of Nabatieh spoke in Beirut.", "Nabatieh", "town"),
        # A name that the table gives to the province alone.
        ("The mayor of Sulaimani went to Erbil.", "Sulaimani", "town"),
        ("The trucks were seen in Grodno region on Monday.", "Grodno region", "region"),
        ("The trucks were seen in western Grodno and in Minsk.", "western Grodno", "region"),
        # Much more than the town of its name, or not called like its largest town.
        ("The governor of Sinaloa spoke in Mexico City.", "Sinaloa", "region"),
        ("The fleet stays off Okinawa, said Tokyo.", "Okinawa", "region"),
        ("A school in Laghman, Afghanistan, was shut.", "Laghman", "region"),
        ("Farmers in Quezon province lost their rice.", "Quezon province", "region"),
    ],
)
def test_a_bare_name_means_the_town_rather_than_its_province(text, name, kind, found):
    assert found(text)[name].kind == kind


def test_a_place_introduced_with_its_container_stays_there(table):
    text = "They left Magong, the main town of Penghu, for Xiamen. From Quanzhou Magong is far."
    countries = [m.place.country for m in find_places(text, table) if m.text == "Magong"]
    assert countries == ["TW", "TW"]


def test_a_container_named_later_does_not_hold_for_the_first(table):
    text = (
        "Tripoli was calm, and so were Misrata, Benghazi and the rest of Libya. The envoy went on"
        " to Tripoli, Lebanon, on Friday. Back in Tripoli he met Libyan ministers."
    )
    countries = [m.place.country for m in find_places(text, table) if m.text.startswith("Tripoli")]
    assert countries == ["LY", "LB", "LY"]


@pytest.mark.parametrize("text", ["The road to al-Qwrtzplk is closed.", "El-Qwrtzplk was shelled."])
def test_an_article_alone_is_no_town(text, found):
    assert found(text) == {}


def test_peninsulas_and_seas_in_small_letters(table):
    found = [
        m.text
        for m in find_places("Storms crossed the Korean peninsula and the Kola peninsula.", table)
    ]
    assert found == ["Korean peninsula", "Kola peninsula"]
