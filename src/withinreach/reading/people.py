"""Words for people: an analyst is based in a capital, troops are sent to a country."""

from withinreach.reading.phrases import any_of

__all__ = ["PEOPLE"]

# General English of news pages; none of them is a weapon that stands or flies.
PEOPLE = any_of(
    "troops? soldiers? analysts? experts? think[_-]tanks? institutes? reporters? journalists?",
    "correspondents? compan(?:y|ies) firms? groups? officials? diplomats? scholars? researchers?",
    "cent(?:re|er)s? universit(?:y|ies) agenc(?:y|ies) personnel forces peacekeepers advis[eo]rs?",
    "ambassadors? embassy refugees residents film movies? aid food supplies talks colonel teams?",
    "spokes(?:man|woman|person) militias? planners? commanders? generals? leaders? ministers?",
    "lawmakers? engineers? workers? crews? admirals? strategists?",
)
