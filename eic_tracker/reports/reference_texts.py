"""The words of the shipped list of published figures, marked for the catalogue so that papers say them in Spanish."""

from __future__ import annotations

from eic_tracker.i18n import N_

PUBLISHED_FIGURE_TEXTS = (
    N_("14 of 18 departments; none in La Paz, Ocotepeque, Gracias a Dios, Islas de la Bahía"),
    N_("44 online workshops in 5 cities"),
    N_("day not found: a Friday of about early September"),
    N_("Distrito Central only"),
    N_("INL Work by Country: Honduras Summary (page undated; text written in 2019)"),
    N_("Escuela Innova, Villa de San Antonio"),
    N_("one ceremony for Tegucigalpa and Danlí"),
    N_("one ceremony, Tegucigalpa"),
    N_("one lesson, Comayagua"),
    N_("one school, San Pedro Sula"),
    N_("page date not found; fits the end of 2016"),
    N_("page undated, as eic-graduates"),
    N_("page undated; it speaks of 2018 as past and of the end of 2019 as to come"),
    N_("progress is counted from the day after the as-of date of eic-graduates"),
    N_("progress is counted from the day after the as-of date of great-reached"),
    N_("students housed at the Comayagua site; 20 instructors beside them"),
    N_("summer component"),
    N_("the source says: nearly, reportedly"),
    N_("this source says that the programme began in 2013"),
    N_("told three months after the date of great-reached, and far below it"),
    N_("two-day holiday camps, more than eight cities"),
    N_("workshops are not the curriculum: reached, never graduated"),
)
