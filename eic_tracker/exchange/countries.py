"""Countries as lists name them: words, adjectives and codes."""

from __future__ import annotations

from functools import cache

from eic_tracker.domain.names import fold

_NEAR = {
    "HND": "honduras hondureno hondurena hondurenos hn hnd hon honduran",
    "GTM": "guatemala guatemalteco guatemalteca gt gtm gua guatemalan",
    "SLV": "el salvador|salvador|salvadoreno|salvadorena|sv|slv|esa|salvadoran",
    "NIC": "nicaragua nicaraguense ni nic nicaraguan",
    "CRI": "costa rica|costarricense|cr|cri",
    "PAN": "panama panameno panamena pa pan panamanian",
    "BLZ": "belice beliceno belicena belize bz blz",
    "COL": "colombia colombiano colombiana co col colombian",
    "MEX": "mexico mexicano mexicana mx mex mexican",
    "USA": "estados unidos|estadounidense|ee uu|eeuu|eua|us|usa|u s a|american|united states",
    "DOM": "republica dominicana|dominicano|dominicana|rd|do|dom",
    "ESP": "espana espanol espanola es esp spain spanish",
}


@cache
def _by_text() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, words in _NEAR.items():
        found |= dict.fromkeys(words.split("|") if "|" in words else words.split(), code)
    return found


def country_named_in(text: str) -> str | None:
    """A neighbour whose name stands among other words, as in the name of its police; None for Honduras."""
    folded = fold(text)
    if "guatemala" in folded:
        return "GTM"
    return "SLV" if "el salvador" in folded else None


def country_code(text: str) -> str | None:
    """The three-letter code of a country as a list names it, None where it is none."""
    folded = fold(text)
    if not folded:
        return None
    near = _by_text().get(folded)
    if near is not None:
        return near
    import pycountry

    try:
        return str(pycountry.countries.lookup(text.strip()).alpha_3)
    except LookupError:
        return None
