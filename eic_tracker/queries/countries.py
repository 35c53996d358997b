"""Names of countries, by their ISO 3166-1 alpha-3 codes."""

from __future__ import annotations

from sqlalchemy import Connection

from eic_tracker.domain.names import sort_key
from eic_tracker.i18n import Language

_USED = """
SELECT DISTINCT document_country FROM participant WHERE document_country IS NOT NULL
UNION SELECT DISTINCT country FROM force
"""


def country_names(connection: Connection, language: Language) -> dict[str, str]:
    """Names in the language of the countries of participants' documents and of forces."""
    return {code: country_name(code, language) for (code,) in connection.exec_driver_sql(_USED)}


def country_name(code: str, language: Language) -> str:
    """The name of a country in the language; a code that is none stands as it is."""
    import pycountry
    from babel import Locale

    country = pycountry.countries.get(alpha_3=code)
    return Locale(language.value).territories.get(country.alpha_2, country.name) if country else code


def countries_by_name(language: Language) -> dict[int | str, str]:
    """The names of all countries, by code, in the order of their names."""
    names = all_countries(language)
    return {code: names[code] for code in sorted(names, key=lambda code: sort_key(names[code]))}


def all_countries(language: Language) -> dict[str, str]:
    """The names of all countries in the language, by code."""
    import pycountry
    from babel import Locale

    territories = Locale(language.value).territories
    return {country.alpha_3: territories.get(country.alpha_2, country.name) for country in pycountry.countries}
