"""Names of countries, by their ISO 3166-1 alpha-3 codes."""

from __future__ import annotations

from sqlalchemy import Connection

from eic_tracker.i18n import Language

_USED = """
SELECT DISTINCT document_country FROM participant WHERE document_country IS NOT NULL
UNION SELECT DISTINCT country FROM force
"""


def country_names(connection: Connection, language: Language) -> dict[str, str]:
    """Names in the language of the countries of participants' documents and of forces."""
    import pycountry
    from babel import Locale

    territories = Locale(language.value).territories
    names = {}
    for (code,) in connection.exec_driver_sql(_USED):
        country = pycountry.countries.get(alpha_3=code)
        names[code] = territories.get(country.alpha_2, country.name) if country else code
    return names
