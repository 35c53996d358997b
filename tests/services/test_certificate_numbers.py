"""Tests of the numbers of certificates: gaps and disorder show, a series begins where the paper ended; the month."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.monthly_certificates import ApproverOfMonth
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.certificates import approve_certificates, prepare_certificates
from eic_tracker.services.delivery_list import delivery_list, delivery_list_paper
from eic_tracker.services.exports import note_export
from eic_tracker.services.home import data_quality
from eic_tracker.services.monthly_certificates import month_of_certificates, monthly_report
from eic_tracker.services.number_series import SeriesStart, check_numbers, numbers_pdf, start_series
from eic_tracker.services.register_pages import PagesAsked, freeze_pages
from eic_tracker.store.tables.certificates import Certificate, CertificateSeries, Delivery, RegisterEntry
from eic_tracker.store.transaction import Actor, Entry
from tests.reports.pdf_reading import assert_inside_the_pages, words_of
from tests.services.registered import annul, registered
from tests.services.school import NOW, PASSPHRASE, school, user, values

ES = Translator(Language.ES)
MONTH, TODAY = dt.date(2018, 12, 1), dt.date(2018, 12, 31)


def test_a_missing_number_one_beyond_the_end_and_one_out_of_order_are_told_by_the_report(tmp_path: Path) -> None:
    with registered(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        annul(db, 4, "Error")
        (row,) = check_numbers(db, manager).series
        assert (row.whole, row.valid, row.annulled) == (True, 4, 1)
        assert "Ningún número falta" in words_of(numbers_pdf(db, manager, t=ES))
        with db.write(Entry(Actor("test"), "plant", "test")) as tx:
            tx.update(CertificateSeries, {1: {"last_number": 4}})
            tx.update(Certificate, {2: {"serial": 9}})
            # the two entries of the second folio change places
            tx.update(RegisterEntry, {3: {"number": 9}})
        wrong = {item.code: item.count for item in data_quality(db, manager, TODAY)}
        assert wrong["number_gap"] == 4, "the one beyond the end, its neighbours, and the one that is past the last"
        (row,) = check_numbers(db, manager).series
        assert row.missing == ("EIC-2018-000002",)
        assert row.outside == ("EIC-2018-000005", "EIC-2018-000002")
        assert row.out_of_order == ("EIC-2018-000004", "EIC-2018-000002")
        report = numbers_pdf(db, manager, t=ES, paper=Paper.OFICIO)
        assert_inside_the_pages(report, 20)
        assert "EIC-2018-000002" in words_of(report)


def test_a_series_begins_where_the_paper_ended_with_the_reason_and_only_before_its_first_number(
    tmp_path: Path,
) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        start = SeriesStart("EIC", 2018, 431, "Los números 1 a 430 se dieron en el libro 3 de papel")
        with pytest.raises(DraftRefused, match="needed"):
            start_series(db, manager, SeriesStart("EIC", 2018, 431, " "))
        with pytest.raises(DraftRefused, match="from 1 to 999"):
            start_series(db, manager, SeriesStart("EIC", 2018, 0, "x"))
        start_series(db, manager, start)
        assert check_numbers(db, manager).whole
        prepare_certificates(db, user(db, Role.REGISTRAR), "007-2018")
        approve_certificates(db, manager, "007-2018", t=ES, passphrase=PASSPHRASE)
        assert values(db, "SELECT number FROM certificate ORDER BY serial") == [
            ("EIC-2018-000431",),
            ("EIC-2018-000432",),
        ]
        found = check_numbers(db, manager)
        assert (found.whole, found.series[0].first, found.series[0].last) == (True, 431, 432)
        with pytest.raises(Refused, match="up to 432"):
            start_series(db, manager, start)
        assert "libro 3 de papel" in words_of(numbers_pdf(db, manager, t=ES))


def test_the_month_tells_numbers_annulments_and_duplicates_by_person_and_hour_and_names_no_graduate(
    tmp_path: Path,
) -> None:
    with registered(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        annul(db, 3, "Error en el nombre de Dunia")
        with db.write(Entry(Actor("test"), "replace_certificate", "test")) as tx:
            tx.update(Certificate, {5: {"duplicate_of_id": 1}})
        freeze_pages(db, user(db, Role.REGISTRAR), PagesAsked())
        month = month_of_certificates(db, manager, MONTH, TODAY)
        assert month.issued == 5
        assert [(each.series, each.first, each.last) for each in month.series] == [
            ("EIC-2018", "EIC-2018-000001", "EIC-2018-000005")
        ]
        assert month.approvers == (ApproverOfMonth("Manager", 5, ((12, 5),)),)
        assert [(each.number, each.on) for each in month.annulled] == [("EIC-2018-000003", NOW.date())]
        assert [(each.number, each.first) for each in month.duplicates] == [("EIC-2018-000005", "EIC-2018-000001")]
        assert month.last_folio is not None
        assert (month.last_folio.book, month.last_folio.folio) == ("1", 2)
        before = month_of_certificates(db, manager, dt.date(2018, 11, 1), TODAY)
        assert (before.issued, before.annulled, before.last_folio) == (0, (), None)
        with pytest.raises(UserError, match="01/2019 has not begun"):
            month_of_certificates(db, manager, dt.date(2019, 1, 1), TODAY)
        report = monthly_report(db, manager, MONTH, t=ES, today=TODAY)
        told = words_of(report)
        assert month.last_folio.code in told
        assert "Dunia" not in told
        assert_inside_the_pages(report, 20)


def test_the_delivery_list_has_a_box_for_whoever_has_not_received_theirs(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        with pytest.raises(Refused, match="nothing to hand over"):
            delivery_list(db, registrar, 1)
        prepare_certificates(db, registrar, "007-2018")
        approve_certificates(db, user(db, Role.MANAGER), "007-2018", t=ES, passphrase=PASSPHRASE)
        with db.write(Entry(Actor("test"), "deliver_certificates", "test")) as tx:
            tx.insert(
                Delivery, [{"certificate_id": 1, "delivered_on": NOW.date(), "received_by": "su <b>tío</b> & Co"}]
            )
        note = note_export(db, registrar, "delivery list", 2, None)
        told = words_of(delivery_list_paper(db, registrar, 1, t=ES, note=note, paper=Paper.LEGAL))
        assert "su <b>tío</b> & Co" in told
        assert "2 certificados, 1 entregados, 1 por entregar" in told
        with pytest.raises(Refused, match="note in the journal"):
            delivery_list_paper(db, registrar, 1, t=ES, note=None)
