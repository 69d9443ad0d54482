"""The original on the page: every character once, in order, with the right marks on it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lianzhang.web.bulletins.review.highlights import WHOLE, Line, Place, lines_of

SIGNS = st.text(alphabet="甲乙\n1a𠀀<", max_size=60)


def whole(lines: list[Line]) -> str:
    return "\n".join("".join(piece.text for piece in line.pieces) for line in lines)


@st.composite
def texts_with_places(draw: st.DrawFn) -> tuple[str, list[Place], list[tuple[int, int]]]:
    text = draw(SIGNS)
    spans = st.tuples(st.integers(-2, len(text) + 2), st.integers(-2, len(text) + 2))
    places = [
        Place(start, end, str(number % 4), f"c{number}" if number % 2 else "")
        for number, (start, end) in enumerate(draw(st.lists(spans, max_size=8)))
    ]
    damages = [span for span in draw(st.lists(spans, max_size=3)) if 0 <= span[0] < span[1] <= len(text)]
    return text, places, sorted(damages)


@given(texts_with_places())
def test_every_character_stands_once_with_the_marks_of_all_places_over_it(
    given_text: tuple[str, list[Place], list[tuple[int, int]]],
) -> None:
    text, places, damages = given_text
    lines = lines_of(text, places, damages)
    assert whole(lines) == text
    real = [place for place in places if 0 <= place.start < place.end <= len(text)]
    anchors = []
    for line in lines:
        for piece in line.pieces:
            assert text[piece.start : piece.start + len(piece.text)] == piece.text
            anchors += piece.anchors
            for position in range(piece.start, piece.start + len(piece.text)):
                wanted = {place.mark for place in real if place.start <= position < place.end}
                assert set(piece.marks) == wanted
                broken = any(start <= position < end for start, end in damages)
                assert (piece.damage is not None) == broken
    assert sorted(anchors) == sorted(place.anchor for place in real if place.anchor)


def test_places_that_overlap_share_their_common_characters() -> None:
    [line] = lines_of("0123456789", [Place(1, 6, "a", "ca"), Place(4, 8, "b", "cb")])
    assert [(piece.text, piece.marks, piece.anchors) for piece in line.pieces] == [
        ("0", (), ()),
        ("123", ("a",), ("ca",)),
        ("45", ("a", "b"), ("cb",)),
        ("67", ("b",), ()),
        ("89", (), ()),
    ]


def test_two_mentions_of_one_claim_side_by_side_leave_no_gap() -> None:
    [line] = lines_of("abcd", [Place(0, 2, "1"), Place(2, 4, "1")])
    assert [(piece.text, piece.marks) for piece in line.pieces] == [("ab", ("1",)), ("cd", ("1",))]


def test_a_character_beyond_the_basic_plane_counts_as_one() -> None:
    [line] = lines_of("𠀀企业12家", [Place(3, 6, "1")])
    assert [(piece.start, piece.text) for piece in line.pieces] == [(0, "𠀀企业"), (3, "12家")]


def test_a_long_text_is_shown_in_excerpts_around_its_places() -> None:
    paragraphs = [f"第{number}段" + "文" * 200 for number in range(1000)]
    text = "\n".join(paragraphs)
    assert len(text) > WHOLE
    start = text.index("第500段")
    lines = lines_of(text, [Place(start, start + 5, "1", "c1")])
    shown = [line for line in lines if not line.omitted]
    assert [line.pieces[0].text[:5] for line in shown if line.pieces[0].text][1:] != []
    assert len(shown) == 4
    left_out = sum(line.omitted for line in lines)
    kept = sum(len(piece.text) + 0 for line in shown for piece in line.pieces) + len(shown)
    assert left_out + kept == len(text) + 1
